#!/bin/sh
# Runs the build: compiles build/ if one of its inputs has changed, then hands over to it with all arguments.
#
#   ./build.sh [targets] [--parameter value ...]        ./build.sh --help
#
#   NUKE_ENGINE=package   use the package Nuke.Common (what an ordinary NuGet source offers)
#   NUKE_ENGINE=standin   use src/NukeStandIn, a small replacement for sources without Nuke.*
#
# Without NUKE_ENGINE the engine is the one used last, at first the package if it can be had. A forced engine counts as used.
set -eu

say() { printf 'build.sh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# The repository is where this file lies, also when it is called through a symbolic link.
self=$0
while [ -h "$self" ]; do
    link=$(readlink "$self")
    case $link in
        /*) self=$link ;;
        *) self=$(dirname "$self")/$link ;;
    esac
done
root=$(CDPATH='' cd -- "$(dirname -- "$self")" && pwd -P)

temp=$root/.nuke/temp
engine_file=$temp/engine.props
stamp_file=$temp/build.stamp
log_file=$temp/compile.log
dll=$root/build/bin/Release/_build.dll

# NUKE reads each parameter from the environment, whatever put it there. A shell for cross-compiling has many of these names.
unset HOST TARGET ROOT SKIP PROFILE HELP PLAN VERBOSITY CONTINUE NOLOGO PARTITION STRICT

export NUKE_ROOT="$root"
export NUKE_TELEMETRY_OPTOUT="${NUKE_TELEMETRY_OPTOUT:-1}"
export DOTNET_CLI_TELEMETRY_OPTOUT="${DOTNET_CLI_TELEMETRY_OPTOUT:-1}"
export DOTNET_NOLOGO="${DOTNET_NOLOGO:-1}"

remembered_engine() {
    [ -f "$engine_file" ] || return 0
    case $(cat "$engine_file") in
        *'<NukeEngine>package</NukeEngine>'*) echo package ;;
        *'<NukeEngine>standin</NukeEngine>'*) echo standin ;;
    esac
}

remember_engine() {
    [ "$(remembered_engine)" = "$1" ] && return 0
    printf '<Project><PropertyGroup><NukeEngine>%s</NukeEngine></PropertyGroup></Project>\n' "$1" > "$engine_file.$$"
    mv -f "$engine_file.$$" "$engine_file"
}

choose_engine() {
    is_engine_chosen=yes
    case ${NUKE_ENGINE:-} in
        package | standin) engine=$NUKE_ENGINE ;;
        '')
            engine=$(remembered_engine)
            [ -n "$engine" ] || { engine=package is_engine_chosen=''; }
            ;;
        *) fail "NUKE_ENGINE is '$NUKE_ENGINE', which is no engine; use 'package' or 'standin'." ;;
    esac
}

sha256=sha256sum
command -v "$sha256" > /dev/null || sha256='shasum -a 256'

# A hash over names and bytes of everything that the compiler reads.
fingerprint() {
    (
        cd "$root"
        set -- build src global.json .editorconfig
        for file in Directory.*.props Directory.*.targets [Nn]u[Gg]et.[Cc]onfig; do
            [ -f "$file" ] && set -- "$@" "$file"
        done
        find "$@" \( -name bin -o -name obj \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 $sha256 \
            | $sha256 | cut -d ' ' -f 1
    )
}

# Whether the compiled build belongs to the fingerprint. The stamp holds that, the engine, and the dotnet that compiled it.
is_current() {
    [ -f "$stamp_file" ] && [ -f "$dll" ] || return 1
    { read -r stamp_hash && read -r stamp_engine && IFS= read -r dotnet; } < "$stamp_file" || return 1
    [ "$stamp_hash" = "$1" ] && [ "$stamp_engine" = "$engine" ] && [ -x "$dotnet" ]
}

# In the root, global.json says which SDKs are good enough.
is_good_sdk() { [ -x "$1" ] && (cd "$root" && "$1" --version > /dev/null 2>&1); }

find_sdk() {
    installed=$temp/dotnet-unix/dotnet
    for dotnet in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet" "$installed"; do
        is_good_sdk "$dotnet" && return 0
    done
    install_sdk
    dotnet=$installed
}

install_sdk() {
    version=$(sed -n 's/.*"version"[^"]*"\([0-9.]*\).*/\1/p' "$root/global.json")
    channel=$(echo "$version" | cut -d . -f 1-2)
    remedy="Install the .NET SDK $channel (https://dotnet.microsoft.com/download), or set DOTNET_ROOT to where it is."
    say "found no .NET SDK for global.json (version $version); installing one into .nuke/temp/dotnet-unix"
    command -v bash > /dev/null || fail "the installer of the .NET SDK needs bash, which is not there. $remedy"

    script=$temp/dotnet-install.sh url=https://dot.net/v1/dotnet-install.sh
    if command -v curl > /dev/null; then
        curl -fsSL -o "$script" "$url" || fail "could not download $url with curl. $remedy"
    elif command -v wget > /dev/null; then
        wget -q -O "$script" "$url" || fail "could not download $url with wget. $remedy"
    else
        fail "could not download $url, because neither curl nor wget is there. $remedy"
    fi
    bash "$script" --channel "$channel" --install-dir "$temp/dotnet-unix" --no-path >&2 || fail "could not install the .NET SDK. $remedy"
    is_good_sdk "$temp/dotnet-unix/dotnet" || fail "the installed .NET SDK does not satisfy global.json (version $version). $remedy"
}

# Runs dotnet without the variables that MSBuild would take for properties of our projects, and leaves no server behind.
# The analyzers are for those who change the code; `dotnet test` and an IDE run them.
run_sdk() {
    (
        cd "$root"
        for name in $(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p'); do
            case $(printf %s "$name" | tr '[:upper:]' '[:lower:]') in
                platform | platformtarget | configuration | outdir | outputpath | outputtype | publishdir | artifactspath \
                    | baseoutputpath | intermediateoutputpath | baseintermediateoutputpath | useartifactsoutput | targetname \
                    | targetext | targetframework | targetframeworks | runtimeidentifier | runtimeidentifiers | selfcontained \
                    | assemblyname | rootnamespace | version | versionprefix | versionsuffix | packageversion | assemblyversion \
                    | fileversion | informationalversion | langversion | nullable | nowarn | treatwarningsaserrors | warningsaserrors \
                    | defineconstants | debugtype | optimize | deterministic | solutiondir | nukeengine | appendtargetframeworktooutputpath \
                    | importdirectorybuildprops | importdirectorybuildtargets | directorybuildpropspath | directorybuildtargetspath \
                    | restorelockedmode | msbuildsdkspath | msbuildextensionspath | msbuild_exe_path)
                    unset "$name" ;;
            esac
        done
        "$dotnet" "$@" build/_build.csproj -p:Configuration=Release "-p:NukeEngine=$engine" \
            -nologo -nodeReuse:false -p:UseSharedCompilation=false -p:RunAnalyzers=false
    ) > "$log_file" 2>&1 9>&-
}

# Whether the last run failed only because sources lack packages. Any other error, like an unreachable source, is no reason to
# switch engines.
lacks_packages() {
    codes=$(sed -n 's/.*error \([A-Z]*[0-9]*\):.*/\1/p' "$log_file" | sort -u)
    [ -n "$codes" ] || return 1
    for code in $codes; do
        case $code in
            NU1101 | NU1102 | NU1103) ;;
            *) return 1 ;;
        esac
    done
}

# Restores and builds, with the stand-in if the package can't be had and nobody insists on it.
build() {
    run_sdk build && return 0
    if [ -z "$is_engine_chosen" ] && lacks_packages; then
        missing=$(sed -n 's/.*error \(NU110[123]\): [^.]*package \([^ ]*[^ .]\).*/\2 (\1)/p' "$log_file" | head -n 1)
        engine=standin
        say "using src/NukeStandIn, because the NuGet sources lack ${missing:-packages of NUKE}; NUKE_ENGINE=package forces the other"
        remember_engine "$engine"
        run_sdk build && return 0
    fi
    tail -n 20 "$log_file" >&2
    fail "could not compile the build (engine: $engine). The whole output is in $log_file."
}

compile() {
    mkdir -p "$temp"
    # Of two starts at once, the second waits, and then finds the work done.
    if command -v flock > /dev/null; then
        exec 9> "$temp/build.lock"
        flock 9
        choose_engine
        is_current "$hash" && return 0
    fi

    if [ -f "$stamp_file" ]; then
        say 'compiling the build (an input changed)'
    elif [ -f "$log_file" ]; then
        say 'compiling the build (the last time it did not succeed)'
    else
        say 'compiling the build (first start)'
    fi
    # Nothing is trusted until the end. Files are removed, not overwritten, since a running build may still use them.
    rm -rf "$stamp_file" "$root/build/bin"
    find_sdk
    build
    remember_engine "$engine"
    printf '%s\n' "$hash" "$engine" "$dotnet" > "$stamp_file.$$"
    mv -f "$stamp_file.$$" "$stamp_file"
}

choose_engine
hash=$(fingerprint)
if ! is_current "$hash"; then
    compile
    exec 9>&-
fi
exec "$dotnet" "$dll" "$@"
