#!/bin/sh
# Runs the build: compiles build/ if one of its inputs has changed and the user's cache does not have the result (see
# build/cache.sh), then hands over to it with all arguments.
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

resolve() { # FILE: sets $resolved to what a symbolic link leads to, and $folder to where that is
    resolved=$1
    while [ -h "$resolved" ]; do
        link=$(readlink "$resolved")
        case $link in
            /*) resolved=$link ;;
            *) resolved=$(dirname "$resolved")/$link ;;
        esac
    done
    case $resolved in
        */*) folder=${resolved%/*}/ ;;
        *) folder=./ ;;
    esac
}

# The repository is where this file is, even if it is called through a symbolic link.
resolve "$0"
root=$(CDPATH='' cd -- "$folder" && pwd -P)

temp=$root/.nuke/temp
engine_file=$temp/engine.props
stamp_file=$temp/build.stamp
list_file=$temp/sources.list
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
# Guarding the code that .NET compiles against being overwritten takes a tenth of a start, and only attacks would overwrite it.
export DOTNET_EnableWriteXorExecute="${DOTNET_EnableWriteXorExecute:-0}"

# An ordinary start gets by with as few processes as possible, because they are what it costs.
recall_engine() { # sets $engine to the one used last, or to nothing
    engine=''
    [ -f "$engine_file" ] && IFS= read -r line < "$engine_file" || return 0
    case $line in
        *'<NukeEngine>package</NukeEngine>'*) engine=package ;;
        *'<NukeEngine>standin</NukeEngine>'*) engine=standin ;;
    esac
}

remember_engine() { # ENGINE
    recall_engine
    [ "$engine" != "$1" ] || return 0
    engine=$1
    printf '<Project><PropertyGroup><NukeEngine>%s</NukeEngine></PropertyGroup></Project>\n' "$1" > "$engine_file.$$"
    mv -f "$engine_file.$$" "$engine_file"
}

choose_engine() {
    is_engine_chosen=yes
    case ${NUKE_ENGINE:-} in
        package | standin) engine=$NUKE_ENGINE ;;
        '')
            recall_engine
            [ -n "$engine" ] || { engine=package is_engine_chosen=''; }
            ;;
        *) fail "NUKE_ENGINE is '$NUKE_ENGINE', which is not an engine; use 'package' or 'standin'." ;;
    esac
}

sha256=sha256sum
command -v "$sha256" > /dev/null || sha256='shasum -a 256'

# Runs find, in place of this shell, on what decides what the compiled build is.
find_sources() { # EXPRESSION...
    cd "$root"
    for file in Directory.*.props Directory.*.targets [Nn]u[Gg]et.[Cc]onfig; do
        [ ! -f "$file" ] || set -- "$file" "$@"
    done
    exec find build src build.sh global.json .editorconfig "$@"
}

# What a file system knows of these files. Nobody can change one and keep all of that. Without GNU's find, this fails.
list_sources() { find_sources \( -name bin -o -name obj \) -prune -o -type f -printf '%p %i %s %T@ %C@\n'; }

# A hash over names and bytes of these files, and one over lock files, which a restore may rewrite.
hash_sources() { # sets $sources
    # shellcheck disable=SC2086 # The command may have arguments.
    sources=$(
        cd "$root"
        find_sources \( -name bin -o -name obj -o -name 'packages*.lock.json' \) -prune -o -type f -print0 \
            | LC_ALL=C sort -z | xargs -0 $sha256 | $sha256
    )
    sources=${sources%% *}
}
hash_locks() { # sets $locks
    locks=$(cat "$root/build/packages.$engine.lock.json" "$root"/src/*/packages.lock.json 2> /dev/null | $sha256)
    locks=${locks%% *}
}

# The stamp says from what the compiled build was made, with which engine, and which dotnet runs it.
read_stamp() {
    [ -f "$stamp_file" ] && [ -f "$dll" ] || return 1
    { IFS= read -r stamp_inputs && read -r stamp_engine && IFS= read -r dotnet; } < "$stamp_file" || return 1
    [ "$stamp_engine" = "$engine" ] && [ -x "$dotnet" ]
}

write_stamp() {
    remember_engine "$engine"
    printf '%s\n' "$sources $locks" "$engine" "$dotnet" > "$stamp_file.$$"
    mv -f "$stamp_file.$$" "$stamp_file"
}

# Whether nobody touched the sources since they were last found to be those of the stamp.
is_untouched() { read_stamp && [ -f "$list_file" ] && { list_sources | cmp -s - "$list_file"; } 2> /dev/null; }

# The same by content.
is_current() { read_stamp && hash_locks && [ "$stamp_inputs" = "$sources $locks" ]; }

# In the root, global.json says which SDKs are good enough.
is_good_sdk() { [ -x "$dotnet" ] && sdk=$(cd "$root" && "$dotnet" --version 2> /dev/null); }

first_dotnet() { # TEST: sets $dotnet to the first that passes
    for dotnet in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet" \
        "$temp/dotnet-unix/dotnet"; do
        "$1" && return 0
    done
    return 1
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
    dotnet=$temp/dotnet-unix/dotnet
    is_good_sdk || fail "the installed .NET SDK does not satisfy global.json (version $version). $remedy"
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
        # A compilation lives too briefly to earn back the cost of profiling the compiler's own code.
        export DOTNET_TieredPGO=0
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
    name_result
    # MSBuild goes by times, but the result must be that of these sources, because other clones may take it from the cache.
    run_sdk build --no-incremental && return 0
    failed_only_with NU1102 || return 1
    result='' # The lock files do not say what this is.
    run_sdk build --no-incremental -p:NuGetLockFilePath=obj/packages.lock.json || return 1
    say 'the NuGet sources lack versions that the lock files pin; others were used, which may be untested'
}

# NuGet's warnings, such as advisories, once each; they belong to the compiled build.
collect_warnings() {
    sed -n 's/.* warning \(NU[0-9]*: .*\)/\1/p' "$log_file" | sed 's/ *\[[^]]*proj\]$//' | sort -u > "$root/build/bin/warnings"
}

# Shows them in the format of the CI system.
show_warnings() {
    prefix='build.sh: warning '
    [ -z "${GITHUB_ACTIONS:-}" ] || prefix='::warning::'
    [ -z "${TF_BUILD:-}" ] || prefix='##vso[task.logissue type=warning]'
    while IFS= read -r warning; do
        printf '%s%s\n' "$prefix" "$warning" >&2
    done < "$root/build/bin/warnings"
}

say_stand_in() { # WHAT IS MISSING
    say "using src/NukeStandIn, because the NuGet sources lack $1; NUKE_ENGINE=package forces the other"
}

# Restores and builds, with the stand-in if the package is not available and was not forced.
build() {
    compile_with "$engine" && return 0
    if [ -z "$is_engine_chosen" ] && lacks_packages; then
        lacking=$(sed -n -e 's/.*error \(NU1605\):.* downgrade: \([^ ]*\).*/a good \2 (\1)/p' \
            -e 's/.*error \(NU[0-9]*\): [^.]*package \([^ ]*[^ .]\).*/\2 (\1)/p' "$log_file" | head -n 1)
        lacking=${lacking:-packages of NUKE}
        say_stand_in "$lacking"
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
    if [ -f "$stamp_file" ]; then
        say 'compiling the build (an input changed)'
    elif [ -f "$log_file" ]; then
        say 'compiling the build (the last time it did not succeed)'
    else
        say 'compiling the build (first start)'
    fi
    # Nothing is trusted until the end. Files are removed, not overwritten, since a running build may still use them.
    rm -rf "$stamp_file" "$root/build/bin"
    first_dotnet is_good_sdk || install_sdk
    build
    collect_warnings
    hash_locks
    write_stamp
}

# Makes the compiled build that of the sources.
renew() {
    need_writable "$root/build" "$root"/build/bin "$root"/build/obj "$root"/src/*/obj "$root"/src/*/bin
    # If two start at once, the second waits, and then finds the work done.
    if command -v flock > /dev/null; then
        exec 9> "$temp/build.lock"
        flock 9
        choose_engine
        if is_current; then return 0; fi
    fi
    # shellcheck source=/dev/null # It is checked by itself.
    . "$root/build/cache.sh"
    if ! take_from_cache; then
        compile
        put_into_cache "$result" "$sdk"
    fi
    show_warnings
}

update() {
    [ -d "$temp" ] || mkdir -p "$temp"
    # A change while this runs makes the list obsolete, and is found the next time.
    list=$(list_sources 2> /dev/null) || list=''
    hash_sources
    if ! is_current; then
        renew
        exec 9>&-
    fi
    [ -z "$list" ] || { printf '%s\n' "$list" > "$list_file.$$" && mv -f "$list_file.$$" "$list_file"; }
}

choose_engine
is_untouched || update
exec "$dotnet" "$dll" "$@"
