#!/usr/bin/env bash
# Measures the build beside a plain "configure && make && make install" of the same sources, and prints a table and JSON.
#
#   bench/run.sh [rounds] [scenario...]      needs what ./build.sh Provision installs; all scenarios by default
#
#   stage      both architectures from nothing, without components
#   one        one architecture from nothing
#   three      three architectures: riscv64, too, which needs gcc-riscv64-linux-gnu
#   jobs1      both, with --jobs 1
#   jobs4      both, with --jobs 4
#   default    LsbRoot from nothing, with the default components
#   formats    LsbRoot again, but with all formats of images, none of which is there
#   patch      one file of musl has changed since the last build
#   motd       the root file system's /etc/motd has changed
#   fresh      LsbRoot in a fresh clone, with a warm cache, from which the compiled build comes, too
#   remote     the same, with a warm remote cache on loopback instead; the compiled build comes from the local one
#   noop       LsbRoot again
#   help       --help
#   ccache     both architectures with a warm ccache, where that is installed
#
# Each round runs every scenario and the plain build, in turn, so that a change in the machine's speed affects all alike. Look at
# the ratios to the plain build of the same round. Wall time on a busy machine says little.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
rounds=${1:-3}
[ $# = 0 ] || shift
[ $# -gt 0 ] || set -- stage one three jobs1 jobs4 default formats patch motd fresh remote noop help ccache
scenarios=$*
work=$(mktemp -d)
mkdir "$work/figures"
server=
trap 'rm -rf "$work"; [ -z "$server" ] || kill "$server"' EXIT
TIMEFORMAT='%R %U %S'
version=1.2.5

measure() { # NAME COMMAND...: appends "wall cpu" to figures/NAME
    local name=$1 wall user sys
    shift
    { time "$@" > "$work/log" 2>&1; } 2> "$work/time" || { cat "$work/log" >&2; exit 1; }
    read -r wall user sys < "$work/time"
    echo "$wall $(awk -v u="$user" -v s="$sys" 'BEGIN { print u + s }')" >> "$work/figures/$name"
}

plain() {
    local prefix triple pair
    rm -rf "$work/plain" "$work/installed" "$work/musl-$version"
    tar -xf "$work/cache/downloads/musl-$version.tar.gz" -C "$work"
    for pair in arm-linux-gnueabihf-:arm-linux-musleabihf aarch64-linux-gnu-:aarch64-linux-musl; do
        prefix=${pair%%:*} triple=${pair##*:}
        mkdir -p "$work/plain/$triple"
        (
            cd "$work/plain/$triple"
            CROSS_COMPILE=$prefix CC=${prefix}gcc "$work/musl-$version/configure" --target="$triple" --prefix=/ \
                --enable-wrapper=gcc
            make -j"$(nproc)"
            make install DESTDIR="$work/installed/$triple"
        )
    done
}

# A copy, so that scenarios can change sources.
copy=$work/repository
git clone -q "$root" "$copy"
build() { NUKE_CACHE_FOLDER=$work/cache "$copy/build.sh" "$@"; }
forget() { rm -rf "$copy/out" "$work/cache/compiled"; }

# Another clone each time: a file system may be slow where much was just deleted.
clones=0
fresh() { # NAME ARGUMENT...
    local name=$1 clone
    shift
    clones=$((clones + 1))
    clone=$work/clone-$clones
    git clone -q "$copy" "$clone"
    measure "$name" env NUKE_CACHE_FOLDER="$work/cache" "$clone/build.sh" LsbRoot "$@"
}

serve() { # a folder on loopback; it takes a moment
    [ -z "$server" ] || return 0
    python3 -m http.server --bind 127.0.0.1 --directory "$work/remote" 0 > "$work/port" 2> "$work/requests" &
    server=$!
    until port=$(sed -n 's/.* port \([0-9]*\).*/\1/p' "$work/port") && [ -n "$port" ]; do sleep 0.1; done
}

change_motd() { date +%N >> "$copy/config/lsb_root/etc/motd"; }

change_patch() { # a comment in one source file, other in each round
    cat > "$copy/patches/musl/$version/9999-bench.patch" << END
Subject: memccpy: a comment
Why: To measure what a change of one file costs.
Reference: none
Applies-Until: not upstream
---

diff --git a/src/string/memccpy.c b/src/string/memccpy.c
--- a/src/string/memccpy.c
+++ b/src/string/memccpy.c
@@ -1,3 +1,4 @@
+/* $(date +%N) */
 #include <string.h>
 #include <stdint.h>
 #include <limits.h>
END
    grep -q 9999-bench "$copy/patches/musl/$version/series" || echo 9999-bench.patch >> "$copy/patches/musl/$version/series"
}

scenario() {
    case $1 in
        stage) forget; measure stage build Stage ;;
        one) forget; measure one build Stage --architectures arm64 ;;
        three)
            command -v riscv64-linux-gnu-gcc > /dev/null || return 0
            cp "$copy"/tests/EndToEnd.Tests/architectures/riscv64.json "$copy"/config/architectures/
            list=$copy/config/abi/musl-$version/riscv64.txt
            # The first build says what musl exports there.
            [ -f "$list" ] || build Stage --architectures riscv64 > /dev/null 2>&1 || true
            cp -n "$copy/out/logs/exports-$version-riscv64.txt" "$list"
            forget
            measure three build Stage --architectures arm arm64 riscv64
            rm "$copy"/config/architectures/riscv64.json
            ;;
        jobs1) forget; measure jobs1 build Stage --jobs 1 ;;
        jobs4) forget; measure jobs4 build Stage --jobs 4 ;;
        default) forget; measure default build LsbRoot ;;
        patch) build Stage > /dev/null; change_patch; measure patch build Stage ;;
        motd) build LsbRoot > /dev/null; change_motd; measure motd build LsbRoot ;;
        formats)
            build LsbRoot > /dev/null
            rm -rf "$copy/out/images" "$work/cache/compiled"
            measure formats build LsbRoot --image-formats ext4 squashfs cpio.gz tar
            ;;
        fresh) rm -rf "$copy/out"; build LsbRoot > /dev/null; fresh fresh ;;
        remote)
            mkdir -p "$work/remote"
            rm -rf "$copy/out"
            build LsbRoot --remote-cache "$work/remote" --remote-cache-mode read-write > /dev/null
            serve
            mv "$work/cache/compiled" "$work/compiled"
            fresh remote --remote-cache "http://127.0.0.1:$port/"
            rm -rf "$work/cache/compiled"
            mv "$work/compiled" "$work/cache/compiled"
            ;;
        noop) build LsbRoot > /dev/null; measure noop build LsbRoot ;;
        help) measure help build --help ;;
        ccache)
            command -v ccache > /dev/null || return 0
            export CCACHE_DIR=$work/ccache
            [ -d "$CCACHE_DIR" ] || { forget; build Stage --compiler-launcher ccache > /dev/null; }
            forget
            measure ccache build Stage --compiler-launcher ccache
            ;;
        *) echo "bench/run.sh: unknown scenario '$1'" >&2; exit 1 ;;
    esac
}

build FetchMusl > /dev/null
build Provision > /dev/null
for round in $(seq "$rounds"); do
    for name in $scenarios; do
        echo "round $round of $rounds: $name" >&2
        scenario "$name"
    done
    echo "round $round of $rounds: plain" >&2
    measure plain plain
done

# Medians over the rounds, of times and of ratios to the plain build in the same round.
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
column() { cut -d ' ' -f "$2" "$work/figures/$1" | median; }
ratio() { # NAME COLUMN
    paste -d ' ' "$work/figures/$1" "$work/figures/plain" \
        | awk -v a="$2" -v b="$(($2 + 2))" '{ printf "%.3f\n", $a / $b }' | median
}

printf '%-10s %9s %9s %6s %12s %12s\n' "$rounds rounds" 'wall, s' 'CPU, s' 'cores' 'wall/plain' 'CPU/plain'
for name in $scenarios plain; do
    [ -f "$work/figures/$name" ] || continue
    wall=$(column "$name" 1) cpu=$(column "$name" 2)
    printf '%-10s %9.2f %9.2f %6.2f %12.3f %12.3f\n' \
        "$name" "$wall" "$cpu" "$(awk -v w="$wall" -v c="$cpu" 'BEGIN { print c / w }')" "$(ratio "$name" 1)" "$(ratio "$name" 2)"
done
printf '{"rounds": %d, "processors": %d, "figures": {' "$rounds" "$(nproc)"
separator=''
for name in $scenarios plain; do
    [ -f "$work/figures/$name" ] || continue
    printf '%s"%s": {"wall": %s, "cpu": %s}' "$separator" "$name" "$(column "$name" 1)" "$(column "$name" 2)"
    separator=', '
done
printf '}}\n'
