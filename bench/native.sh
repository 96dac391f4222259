#!/usr/bin/env bash
# Compares this project's musl, as a task of L4Re, with L4Re's own libc: the same program (bench/native/bench.c) is linked with
# both, and both run in one boot image, one after the other. Prints a table of instructions: QEMU counts them (-icount), so
# the figures do not depend on the machine.
#
#   bench/native.sh --l4re-build BUILD [--architecture arm64|arm] [--prefix PREFIX] [--keep FOLDER] [--limit FACTOR]
#
# BUILD is the build folder of an L4Re tree as docs/l4re.md describes it: with Fiasco in its MODULE_SEARCH_PATH, and built with
# everything that boot images contain. PREFIX is the flavour's prefix with the backend l4re; by default
# out/musl-l4re/<architecture>, which "./build.sh Stage --flavours l4re --l4re-build BUILD" makes. FOLDER gets the image and the
# console's output. With --limit, a line above that factor makes the exit code 1.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build='' architecture=arm64 prefix='' folder='' limit=''
while [ $# -gt 1 ]; do
    case $1 in
        --l4re-build) build=$(cd "$2" && pwd) ;;
        --architecture) architecture=$2 ;;
        --prefix) prefix=$2 ;;
        --keep) mkdir -p "$2"; folder=$(cd "$2" && pwd) ;;
        --limit) limit=$2 ;;
        *) echo "unknown option '$1'" >&2; exit 2 ;;
    esac
    shift 2
done
if [ -z "$build" ] || [ $# -gt 0 ]; then sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
prefix=${prefix:-$root/out/musl-l4re/$architecture}
case $architecture in
    arm64) triple=aarch64 machine=virt,virtualization=true,gic-version=3 cpu=cortex-a57 cross=aarch64-linux-gnu- ;;
    arm) triple=arm machine=virt,virtualization=true cpu=cortex-a15 cross=arm-linux-gnueabihf- ;;
    *) echo "no architecture '$architecture'" >&2; exit 2 ;;
esac
if [ -z "$folder" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi
tree=$(readlink -f "$build/source")
mkdir -p "$folder/upstream"

"$prefix/bin/$triple-l4re-musl-gcc" --backend=l4re -O2 -Wall "$root/bench/native/bench.c" -o "$folder/bench-musl"
cp "$root/bench/native/bench.c" "$folder/upstream/"
cp "$root/bench/bench.h" "$root/bench/now.h" "$folder/"
cat > "$folder/upstream/Makefile" <<EOT
PKGDIR = .
L4DIR = $tree
TARGET = bench-upstream
SRC_C = bench.c
REQUIRES_LIBS = libpthread
include \$(L4DIR)/mk/prog.mk
EOT
head -c 4194304 /dev/urandom > "$folder/bench-data"
cat > "$folder/bench.ned" <<'EOT'
local L4 = require("L4");
for _, libc in ipairs({ "upstream", "musl" }) do
  local task = L4.default_loader:start({ log = L4.Env.log }, "rom/bench-" .. libc .. " " .. libc .. " rom/bench-data");
  print("BENCH " .. libc .. " ended: " .. tostring(task:wait()));
end
L4.cast("L4::Platform_control", L4.Env.icu):system_shutdown(0);
EOT
cat > "$folder/modules.list" <<'EOT'
modaddr 0x01100000
default-kernel fiasco -serial_esc
default-bootstrap bootstrap

entry bench-native
roottask moe rom/bench.ned
module l4re
module ned
module bench.ned
module bench-upstream
module bench-musl
module bench-data
EOT

export CROSS_COMPILE=${CROSS_COMPILE:-$cross} MODULE_SEARCH_PATH=$folder${MODULE_SEARCH_PATH:+:$MODULE_SEARCH_PATH}
{
    make -C "$folder/upstream" O="$build" OBJ_DIR="$folder/object" INSTALLDIR_BIN_LOCAL="$folder" INSTALLDIR_BIN="$folder"
    make -C "$tree" O="$build" E=bench-native MODULES_LIST="$folder/modules.list" BOOTSTRAP_OUTPUT_DIR="$folder" \
        IMAGE_BASENAME=image elfimage
} > "$folder/build.log" 2>&1 || { tail -n 40 "$folder/build.log" >&2; exit 1; }

timeout 600 "qemu-system-${triple}" -machine "$machine" -cpu "$cpu" -m 1024 -icount shift=0,sleep=off -nodefaults -display none \
    -serial stdio -no-reboot -kernel "$folder/image_bench-native.elf" < /dev/null > "$folder/log" 2>&1 || true

awk -v limit="$limit" '
    { sub(/\r$/, ""); sub(/^[^B]*/, "") }
    $1 == "BENCH" && $3 == "ended:" && $4 != 0 { print "the program for " $2 " ended with " $4; bad = 1 }
    $1 == "BENCH" && $3 ~ /^[0-9]+$/ {
        what = $0; sub(/^BENCH [a-z]+ [0-9]+ /, "", what)
        if (!(what in upstream) && !(what in musl)) order[++lines] = what
        if ($2 == "musl") musl[what] = $3; else upstream[what] = $3
    }
    END {
        if (!lines) { print "nothing was measured"; exit 1 }
        printf "%-34s %14s %14s %8s\n", "instructions", "musl", "L4Re libc", "factor"
        for (i = 1; i <= lines; i++) {
            what = order[i]
            if (!(what in musl) || !upstream[what]) {
                printf "%-34s %14s %14s\n", what, what in musl ? musl[what] : "-", what in upstream ? upstream[what] : "-"
                continue
            }
            factor = musl[what] / upstream[what]
            printf "%-34s %14d %14d %8.2f\n", what, musl[what], upstream[what], factor
            if (limit && factor > limit) bad = 1
        }
        exit bad
    }' "$folder/log"
