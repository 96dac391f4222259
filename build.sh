#!/bin/sh
# Runs the build: compiles build/ if one of its inputs has changed, then hands over to it with all arguments.
#
#   ./build.sh [targets] [--parameter value ...]        ./build.sh --help
#
#   NUKE_ENGINE=package   use the package Nuke.Common (what an ordinary NuGet source offers)
#   NUKE_ENGINE=standin   use src/NukeStandIn, a small replacement for sources without Nuke.*
#
# Without NUKE_ENGINE the engine is the one used last, at first the package if it is available. A forced engine counts as used.
set -eu

say() { printf 'build.sh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# The repository is where this file is, even if it is called through a symbolic link.
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

# A shell that is started with an empty environment sets a PATH, but does not export it.
export PATH

need_writable() { # FOLDER...: stops if one exists and is read-only
    for folder in "$@"; do
        [ ! -e "$folder" ] || [ -w "$folder" ] || fail "cannot write to $folder, where logs or the compiled build belong; \
make the checkout writable for $(id -un 2> /dev/null || id -u), or clone it again as this user."
    done
}
need_writable "$root/.nuke" "$temp"

# .NET, NuGet and the cache write into the home folder. Root must not leave files in that of the user who called sudo.
is_good_home() { [ -d "$1" ] && [ -w "$1" ] && { [ -z "${SUDO_UID:-}" ] || [ -O "$1" ]; }; }
own_home() { getent passwd "$(id -u)" 2> /dev/null | cut -d : -f 6; }
[ -n "${HOME:-}" ] || HOME=$(own_home)
if ! is_good_home "$HOME"; then
    say "the home folder '$HOME' is missing, not writable, or another user's; using $temp/home instead"
    mkdir -p "$temp/home/.nuget"
    # The sources that the user has configured still count.
    [ ! -r "$HOME/.nuget/NuGet/NuGet.Config" ] || ln -sfn "$HOME/.nuget/NuGet" "$temp/home/.nuget/NuGet"
    HOME=$temp/home
    export DOTNET_CLI_HOME="$HOME"
fi
export HOME

# NUKE reads each parameter from the environment, whatever put it there. A shell for cross-compiling has many of these names.
unset HOST TARGET ROOT SKIP PROFILE HELP PLAN VERBOSITY CONTINUE NOLOGO PARTITION STRICT

export NUKE_ROOT="$root"
export NUKE_TELEMETRY_OPTOUT="${NUKE_TELEMETRY_OPTOUT:-1}"
export DOTNET_CLI_TELEMETRY_OPTOUT="${DOTNET_CLI_TELEMETRY_OPTOUT:-1}"
export DOTNET_NOLOGO="${DOTNET_NOLOGO:-1}"
# The first start of an SDK would make a certificate for web servers.
export DOTNET_GENERATE_ASPNET_CERTIFICATE=false

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
        *) fail "NUKE_ENGINE is '$NUKE_ENGINE', which is not an engine; use 'package' or 'standin'." ;;
    esac
}

sha256=sha256sum
command -v "$sha256" > /dev/null || sha256='shasum -a 256'

# A hash over names and bytes of everything that the compiler reads, and one over lock files, which a restore may rewrite.
hash_sources() {
    (
        cd "$root"
        set -- build src global.json .editorconfig
        for file in Directory.*.props Directory.*.targets [Nn]u[Gg]et.[Cc]onfig; do
            [ -f "$file" ] && set -- "$@" "$file"
        done
        # shellcheck disable=SC2086 # The command may have arguments.
        find "$@" \( -name bin -o -name obj -o -name 'packages*.lock.json' \) -prune -o -type f -print0 | LC_ALL=C sort -z \
            | xargs -0 $sha256 | $sha256 | cut -d ' ' -f 1
    )
}
hash_locks() { cat "$root"/build/packages*.lock.json "$root"/src/*/packages.lock.json 2> /dev/null | $sha256 | cut -d ' ' -f 1; }

# Whether the compiled build belongs to these hashes. The stamp holds them, the engine, and the dotnet that compiled it.
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
    command -v bash > /dev/null || fail "the installer of the .NET SDK needs bash, which is not installed. $remedy"

    script=$temp/dotnet-install.sh url=https://dot.net/v1/dotnet-install.sh
    if command -v curl > /dev/null; then
        curl -fsSL -o "$script" "$url" || fail "could not download $url with curl. $remedy"
    elif command -v wget > /dev/null; then
        wget -q -O "$script" "$url" || fail "could not download $url with wget. $remedy"
    else
        fail "could not download $url, because neither curl nor wget is installed. $remedy"
    fi
    bash "$script" --channel "$channel" --install-dir "$temp/dotnet-unix" --no-path >&2 \
        || fail "could not install the .NET SDK. $remedy"
    is_good_sdk "$temp/dotnet-unix/dotnet" \
        || fail "the installed .NET SDK does not satisfy global.json (version $version). $remedy"
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
                    | assemblyname | rootnamespace | version | versionprefix | versionsuffix | packageversion \
                    | assemblyversion | fileversion | informationalversion | langversion | nullable | nowarn \
                    | treatwarningsaserrors | warningsaserrors | defineconstants | debugtype | optimize | deterministic \
                    | solutiondir | nukeengine | appendtargetframeworktooutputpath | importdirectorybuildprops \
                    | importdirectorybuildtargets | directorybuildpropspath | directorybuildtargetspath \
                    | restorelockedmode | msbuildsdkspath | msbuildextensionspath | msbuild_exe_path)
                    unset "$name" ;;
            esac
        done
        "$dotnet" "$@" build/_build.csproj -p:Configuration=Release "-p:NukeEngine=$engine" \
            -nologo -nodeReuse:false -p:UseSharedCompilation=false -p:RunAnalyzers=false
    ) > "$log_file" 2>&1 9>&-
}

# The codes of the last run's errors, each once.
errors() { sed -n 's/.*error \([A-Z]*[0-9]*\):.*/\1/p' "$log_file" | sort -u; }

# Whether the last run failed, and only with errors of these codes.
failed_only_with() { # CODE...
    [ -n "$(errors)" ] || return 1
    for code in $(errors); do
        case " $* " in
            *" $code "*) ;;
            *) return 1 ;;
        esac
    done
}

# Whether the last run failed only because sources lack packages or versions (NuGet's error reference). Any other error, such
# as a source that does not answer, is no reason to switch engines.
lacks_packages() { failed_only_with NU1101 NU1102 NU1103 NU1605; }

# Compiles. If the sources lack a version in the lock files, uses what they have instead, locked in obj/.
compile_with() { # ENGINE
    engine=$1
    run_sdk build && return 0
    failed_only_with NU1102 || return 1
    run_sdk build -p:NuGetLockFilePath=obj/packages.lock.json || return 1
    say 'the NuGet sources lack versions that the lock files pin; others were used, which may be untested'
}

# Shows NuGet's warnings, such as advisories, once each, in the format of the CI system.
show_warnings() {
    prefix='build.sh: warning '
    [ -z "${GITHUB_ACTIONS:-}" ] || prefix='::warning::'
    [ -z "${TF_BUILD:-}" ] || prefix='##vso[task.logissue type=warning]'
    sed -n 's/.* warning \(NU[0-9]*: .*\)/\1/p' "$log_file" | sed 's/ *\[[^]]*proj\]$//' | sort -u |
        while IFS= read -r warning; do
            printf '%s%s\n' "$prefix" "$warning" >&2
        done
}

# Restores and builds, with the stand-in if the package is not available and was not forced.
build() {
    compile_with "$engine" && return 0
    if [ -z "$is_engine_chosen" ] && lacks_packages; then
        missing=$(sed -n -e 's/.*error \(NU1605\):.* downgrade: \([^ ]*\).*/a good \2 (\1)/p' \
            -e 's/.*error \(NU[0-9]*\): [^.]*package \([^ ]*[^ .]\).*/\2 (\1)/p' "$log_file" | head -n 1)
        say "using src/NukeStandIn, because the NuGet sources lack ${missing:-packages of NUKE};" \
            "NUKE_ENGINE=package forces the other"
        remember_engine standin
        compile_with standin && return 0
    fi
    tail -n 20 "$log_file" >&2
    case $(errors) in
        *NU1301*)
            say "a NuGet source does not answer; NUKE_ENGINE=standin needs fewer packages, and uses those already fetched" ;;
    esac
    fail "could not compile the build (engine: $engine). The whole output is in $log_file."
}

compile() {
    need_writable "$root/build" "$root"/build/bin "$root"/build/obj "$root"/src/*/obj "$root"/src/*/bin
    mkdir -p "$temp"
    # If two start at once, the second waits, and then finds the work done.
    if command -v flock > /dev/null; then
        exec 9> "$temp/build.lock"
        flock 9
        choose_engine
        is_current "$sources $(hash_locks)" && return 0
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
    show_warnings
    remember_engine "$engine"
    printf '%s\n' "$sources $(hash_locks)" "$engine" "$dotnet" > "$stamp_file.$$"
    mv -f "$stamp_file.$$" "$stamp_file"
}

choose_engine
sources=$(hash_sources)
if ! is_current "$sources $(hash_locks)"; then
    compile
    exec 9>&-
fi
exec "$dotnet" "$dll" "$@"
