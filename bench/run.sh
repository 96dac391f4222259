#!/usr/bin/env bash
# Compares the whole build with a plain "configure && make && make install" of the same sources for both architectures.
#
#   bench/run.sh [rounds]      needs what ./build.sh Provision installs
#
# Both make musl alone: no components.
#
# Each round runs both, one after the other, so that a change in the machine's speed affects both alike. Look at the ratios
# of processor time; wall time on a busy machine says little.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
rounds=${1:-3}
work=$(mktemp -d)
mkdir "$work/figures"
trap 'rm -rf "$work"' EXIT
TIMEFORMAT='%R %U %S'

measure() { # NAME COMMAND...: appends "wall cpu" to figures/NAME
    local name=$1 wall user sys
    shift
    { time "$@" > "$work/log" 2>&1; } 2> "$work/time" || { cat "$work/log" >&2; exit 1; }
    read -r wall user sys < "$work/time"
    echo "$wall $(awk -v u="$user" -v s="$sys" 'BEGIN { print u + s }')" >> "$work/figures/$name"
}

plain() {
    local jobs prefix triple
    jobs=$(nproc)
    tar -xf "$work/cache/downloads/musl-1.2.5.tar.gz" -C "$work"
    for pair in arm-linux-gnueabihf-:arm-linux-musleabihf aarch64-linux-gnu-:aarch64-linux-musl; do
        prefix=${pair%%:*} triple=${pair##*:}
        mkdir -p "$work/plain/$triple"
        (
            cd "$work/plain/$triple"
            CROSS_COMPILE=$prefix CC=${prefix}gcc "$work/musl-1.2.5/configure" --target="$triple" --prefix=/ --enable-wrapper=gcc
            make -j"$jobs"
            make install DESTDIR="$work/installed/$triple"
        )
    done
}

build() { "$root/build.sh" "$@" --cache-folder "$work/cache"; }

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

report() { # NAME LABEL
    printf '%-44s %8.2f %8.2f\n' "$2" \
        "$(cut -d ' ' -f 1 "$work/figures/$1" | median)" "$(cut -d ' ' -f 2 "$work/figures/$1" | median)"
}

ratio() { # NAME NAME: of processor time, round by round
    paste -d ' ' "$work/figures/$1" "$work/figures/$2" | awk '{ printf "%.3f\n", $2 / $4 }' | median
}

build FetchMusl > /dev/null
for round in $(seq "$rounds"); do
    echo "round $round of $rounds" >&2
    rm -rf "$root/out" "$work/cache/compiled" "$work/plain" "$work/installed" "$work/musl-1.2.5"
    measure cold build LsbRoot --components musl
    measure plain plain
    measure noop build LsbRoot --components musl
    measure help build --help
done

printf '%-44s %8s %8s\n' "median of $rounds rounds, seconds" wall CPU
report cold 'LsbRoot, nothing there, archive in the cache'
report plain 'plain configure, make, make install'
report noop 'LsbRoot again'
report help '--help'
echo "CPU of LsbRoot / CPU of plain: $(ratio cold plain)"
