#!/usr/bin/env bash
# Compares the ways to run a program for Linux: by linux-run as tasks of L4Re, on a Linux kernel alone, and on Linux in L4Re's
# virtual machine; beside them the same source as a native program. Prints a table of instructions: QEMU counts them (-icount),
# so the figures do not depend on the machine. Then what the start of a program takes, and how much memory it needs.
#
#   bench/linux.sh --l4re-build BUILD [--architecture arm64|arm] [--fiasco FOLDER] [--keep FOLDER]
#
# Needs ./build.sh Image --l4re-build BUILD, with --flavours linux l4re. --fiasco is the build folder of another Fiasco than the
# one that L4Re's make knows. --keep is for the images and the console's output.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build='' architecture=arm64 fiasco='' folder=''
while [ $# -gt 1 ]; do
    case $1 in
        --l4re-build) build=$(cd "$2" && pwd) ;;
        --architecture) architecture=$2 ;;
        --fiasco) fiasco=$(cd "$2" && pwd) ;;
        --keep) mkdir -p "$2"; folder=$(cd "$2" && pwd) ;;
        *) echo "unknown option '$1'" >&2; exit 2 ;;
    esac
    shift 2
done
if [ -z "$build" ] || [ $# -gt 0 ]; then sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
case $architecture in
    arm64) triple=aarch64 machine=virt,gic-version=3 cpu=cortex-a57 cross=aarch64-linux-gnu- suffix=musl ;;
    arm) triple=arm machine=virt cpu=cortex-a15 cross=arm-linux-gnueabihf- suffix=musleabihf ;;
    *) echo "no architecture '$architecture'" >&2; exit 2 ;;
esac
if [ -z "$folder" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi
tree=$(readlink -f "$build/source")
assets=$build/assets/misc/musl/$architecture
kernel=$root/distribution/images/$architecture/kernel
for file in "$kernel" "$assets/linux-programs/linux-run"; do
    [ -e "$file" ] || { echo "'$file' is missing: ./build.sh Image --l4re-build $build --flavours linux l4re" >&2; exit 1; }
done

for program in bench hello; do
    source=$root/bench/linux/$program.c
    "$root/out/musl/$architecture/bin/$triple-linux-$suffix-gcc" -O2 -Wall -static -s "$source" -o "$folder/$program"
    "$root/out/musl-l4re/$architecture/bin/$triple-l4re-musl-gcc" --backend=l4re -DNATIVE -O2 -Wall -s "$source" \
        -o "$folder/native-$program"
    mkdir -p "$folder/root/dev"
    cp "$folder/$program" "$folder/root/init"
    (cd "$folder/root" && find . | cpio --quiet -o -H newc) > "$folder/$program.cpio"
done
cp "$assets/linux-programs/linux-run" "$folder/"

cat > "$folder/bench.ned" <<'EOT'
local L4 = require("L4");

local architecture = {};
for line in io.lines("rom/architecture") do
  local key, value = line:match("^([%w_]+)=(.*)$");
  if key then architecture[key] = value; end
end

local function run(...)
  return L4.default_loader:startv({ log = L4.Env.log }, ...):wait();
end

local function vm(program, words)
  local ram = L4.Env.user_factory:create(L4.Proto.Dataspace, 256 * 1024 * 1024,
    L4.Mem_alloc_flags.Continuous | L4.Mem_alloc_flags.Pinned | L4.Mem_alloc_flags.Super_pages,
    tonumber(architecture.L4RE_GUEST_MEMORY_ALIGNMENT));
  local console = "console=" .. architecture.L4RE_GUEST_CONSOLE;
  return L4.default_loader:startv({ caps = { ram = ram:m("rw") }, log = L4.Env.log },
    "rom/uvmm", "-krom/linux", "-rrom/" .. program .. ".cpio", "-drom/virt.dtb",
    "-c" .. console .. " quiet panic=-1 power_off=1 " .. words):wait();
end

local function between(name, start)
  run("rom/native-hello", name .. "-begin");
  if start then start(); end
  run("rom/native-hello", name .. "-end");
end

run("rom/native-bench", "native");
run("rom/linux-run", "rom/bench", "linux-run");
between("nothing");
between("native", function() run("rom/native-hello"); end);
between("linux-run", function() run("rom/linux-run", "rom/hello"); end);
between("vm", function() vm("hello", ""); end);
vm("bench", "variant=vm");
L4.cast("L4::Platform_control", L4.Env.icu):system_shutdown(0);
EOT

# Less and less memory, until the program fails, or does not come back.
cat > "$folder/memory.ned" <<'EOT'
local L4 = require("L4");
for kilobytes = 4096, 256, -256 do
  local factory = L4.Env.user_factory:create(L4.Proto.Factory, kilobytes * 1024):m("rws");
  if L4.default_loader:startv({ log = L4.Env.log, mem = factory }, "rom/linux-run", "rom/hello"):wait() ~= 0 then break; end
  print("BENCH linux-run " .. kilobytes .. " memory");
end
L4.cast("L4::Platform_control", L4.Env.icu):system_shutdown(0);
EOT
cat > "$folder/modules.list" <<'EOT'
modaddr 0x01100000
default-kernel fiasco -serial_esc
default-bootstrap bootstrap

group linux-run
module l4re
module ned
module linux-run
module hello

entry linux-bench
roottask moe rom/bench.ned
module-group linux-run
module bench.ned
module bench
module native-bench
module native-hello
module uvmm
module bench.cpio
module hello.cpio
module[shell,fname=virt.dtb] sed -n "s,^L4RE_GUEST_DEVICE_TREE=,dtb/,p" "$OBJ_BASE/assets/misc/musl/$ARCH/architecture"
module[shell] echo misc/musl/$ARCH/architecture
module[shell] echo misc/musl/$ARCH/linux

entry linux-memory
roottask moe rom/memory.ned
module-group linux-run
module memory.ned
EOT

export CROSS_COMPILE=${CROSS_COMPILE:-$cross}
export MODULE_SEARCH_PATH=$folder${fiasco:+:$fiasco}${MODULE_SEARCH_PATH:+:$MODULE_SEARCH_PATH}
for entry in bench memory; do
    make -C "$tree" O="$build" E=linux-$entry MODULES_LIST="$folder/modules.list" BOOTSTRAP_OUTPUT_DIR="$folder" \
        IMAGE_BASENAME=image elfimage
done > "$folder/build.log" 2>&1 || { tail -n 40 "$folder/build.log" >&2; exit 1; }

boot() { # MACHINE [OPTION...]
    local on=$1
    shift
    timeout "$limit" "qemu-system-$triple" -machine "$on" -cpu "$cpu" -m 1024 -nodefaults -display none -serial stdio -no-reboot \
        "$@" < /dev/null 2>&1 || true
}

limit=1800
count='-icount shift=0,sleep=off'
l4=${machine/virt/virt,virtualization=true}
# shellcheck disable=SC2086 # Two words.
{
    boot "$machine" $count -kernel "$kernel" -initrd "$folder/bench.cpio" \
        -append "console=ttyAMA0 quiet panic=-1 power_off=1 variant=linux"
    boot "$l4" $count -kernel "$folder/image_linux-bench.elf"
    limit=60
    boot "$l4" -kernel "$folder/image_linux-memory.elf"
} > "$folder/log"

awk '
    { gsub(/\r/, ""); sub(/^.*BENCH/, "BENCH") }
    $1 != "BENCH" { next }
    $3 == "failed" { print; bad = 1; next }
    $4 == "moment" { moment[$2] = $3; next }
    $4 == "memory" { memory = $3; next }
    {
        what = $0; sub(/^BENCH [a-z-]+ [0-9]+ /, "", what)
        if (!(what in seen)) { seen[what]; order[++lines] = what }
        figure[$2, what] = $3
    }
    function column(variant, what) { return ((variant, what) in figure) ? figure[variant, what] : "-" }
    function took(what) { return moment[what "-end"] - moment[what "-begin"] - (moment["nothing-end"] - moment["nothing-begin"]) }
    END {
        form = "%-36s %12s %12s %12s %12s %9s %9s\n"
        printf form, "instructions", "native", "linux-run", "Linux", "Linux in VM", "/ Linux", "/ VM"
        for (i = 1; i <= lines; i++) {
            what = order[i]
            mine = column("linux-run", what); linux = column("linux", what); vm = column("vm", what)
            if (mine == "-" || linux == "-" || vm == "-") { bad = 1; continue }
            printf form, what, column("native", what), mine, linux, vm, sprintf("%.2f", mine / linux), sprintf("%.3f", mine / vm)
        }
        if (!lines || took("vm") <= 0 || !memory) { print "not all was measured" > "/dev/stderr"; exit 1 }
        printf "\nmilliseconds of a million instructions, from start to end of a program that says hello:\n"
        printf "native %.0f, linux-run %.0f, VM %.0f; linux-run / VM %.3f\n", took("native") / 1e6, took("linux-run") / 1e6,
            took("vm") / 1e6, took("linux-run") / took("vm")
        printf "memory in which linux-run says hello: %d KiB; the VM has 262144\n", memory
        exit bad
    }' "$folder/log"
