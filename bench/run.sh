#!/usr/bin/env bash
# Measures the build beside a plain "configure && make && make install" of the same sources, and prints a table and JSON.
#
#   bench/run.sh [rounds] [scenario...]      needs what ./build.sh Provision installs; all scenarios by default
#
#   stage      both architectures from nothing, without components
#   one        one architecture from nothing
#   jobs1      both, with --jobs 1
#   default    LsbRoot from nothing, with the default components
#   patch      one file of musl has changed since the last build
#   motd       the root file system's /etc/motd has changed
#   warm       LsbRoot in an empty output folder, with a warm cache
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
[ $# -gt 0 ] || set -- stage one jobs1 default patch motd warm noop help ccache
scenarios=$*
work=$(mktemp -d)
mkdir "$work/figures"
trap 'rm -rf "$work"' EXIT
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
build() { "$copy/build.sh" "$@" --cache-folder "$work/cache"; }
forget() { rm -rf "$copy/out" "$work/cache/compiled"; }

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
        jobs1) forget; measure jobs1 build Stage --jobs 1 ;;
        default) forget; measure default build LsbRoot ;;
        patch) build Stage > /dev/null; change_patch; measure patch build Stage ;;
        motd) build LsbRoot > /dev/null; change_motd; measure motd build LsbRoot ;;
        warm) build LsbRoot > /dev/null; rm -rf "$copy/out"; measure warm build LsbRoot ;;
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
build Doctor > /dev/null
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

printf '%-10s %9s %9s %12s %12s\n' "$rounds rounds" 'wall, s' 'CPU, s' 'wall/plain' 'CPU/plain'
for name in $scenarios plain; do
    [ -f "$work/figures/$name" ] || continue
    printf '%-10s %9.2f %9.2f %12.3f %12.3f\n' \
        "$name" "$(column "$name" 1)" "$(column "$name" 2)" "$(ratio "$name" 1)" "$(ratio "$name" 2)"
done
printf '{"rounds": %d, "processors": %d, "figures": {' "$rounds" "$(nproc)"
separator=''
for name in $scenarios plain; do
    [ -f "$work/figures/$name" ] || continue
    printf '%s"%s": {"wall": %s, "cpu": %s}' "$separator" "$name" "$(column "$name" 1)" "$(column "$name" 2)"
    separator=', '
done
printf '}}\n'
