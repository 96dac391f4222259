# The user's cache of compiled builds, for build.sh: a fresh clone takes its build from there, without a compiler or NuGet.
#
#   <cache>/build/<result>_<SDK>_<SHA-256>.tar   build/bin: what it was made from, the SDK's version, and the file's own hash
#   <cache>/build/lacks_<question>               what NuGet sources without NUKE lack, according to the last answer
#
# What is in there will be run. So the folder must belong to the user alone, and each file is checked by its hash before use.
# Files are written under another name and renamed, so a killed build leaves nothing that could be taken for a result. If
# anything is wrong with the cache, the build is compiled.
: "${root:?}" "${temp:?}" "${dll:?}" "${stamp_file:?}" "${sha256:?}" "${sources:?}" "${locks=}" # From build.sh.

kept=8 # The number of results that a cache keeps.

# The folder of the parameter CacheFolder. This runs before arguments and parameter files are read.
cache=${NUKE_CACHE_FOLDER:-${CACHE_FOLDER:-}}
if [ -z "$cache" ]; then
    case ${XDG_CACHE_HOME:-} in
        /*) cache=$XDG_CACHE_HOME/l4re-musl ;;
        *) cache=$HOME/.cache/l4re-musl ;;
    esac
fi
case $cache in
    /*) ;;
    *) cache=$PWD/$cache ;;
esac
cache=$cache/build

is_private() { [ -O "$1" ] && [ -z "$(find "$1" -prune \( -perm -020 -o -perm -002 \))" ]; }

# Runs a command in the cache. Its paths are relative, so that nobody can put another folder there after the check.
in_cache() { (cd "$cache" 2> /dev/null && is_private . && "$@"); } # COMMAND...

# From what the compiled build is made.
name_result() {
    hash_locks
    result=$(printf '%s\n' "$sources" "$locks" "$engine" | $sha256)
    result=${result%% *}
}

# What NuGet is asked for, and which sources it asks.
# https://learn.microsoft.com/nuget/consume-packages/configuring-nuget-behavior
name_question() {
    settings=${DOTNET_CLI_HOME:-$HOME}/.nuget
    set -- "$root"/Directory.*.props "$root/build/_build.csproj" "$settings/NuGet/NuGet.Config" \
        "$settings"/config/*.[Cc]onfig "$settings"/NuGet/config/*.[Cc]onfig \
        "${NUGET_COMMON_APPLICATION_DATA:-/etc/opt}"/NuGet/Config/*.[Cc]onfig
    folder=$root
    while set -- "$@" "$folder"/[Nn]u[Gg]et.[Cc]onfig && [ -n "$folder" ]; do folder=${folder%/*}; done
    question=$(
        {
            printf '%s\n' "${NUGET_PACKAGES:-}" "${NUGET_FALLBACK_PACKAGES:-}" "${RestoreSources:-}" \
                "${RestoreAdditionalProjectSources:-}" "${RestoreConfigFile:-}"
            cat "$@" 2> /dev/null
        } | $sha256
    )
    question=${question%% *}
}

# Whether $dotnet can run what $sdk compiled, and has this SDK or none. Another SDK may compile it differently.
is_good_for_sdk() {
    resolve "$dotnet"
    channel=${sdk#*.}
    channel=${sdk%%.*}.${channel%%.*}
    set -- "$folder"shared/Microsoft.NETCore.App/"$channel".*/
    [ -d "$1" ] || return 1
    set -- "$folder"sdk/[0-9]*/
    [ ! -d "$1" ] || [ -d "$folder/sdk/$sdk" ]
}

is_whole() { # FILE
    sum=$($sha256 "$1")
    named=${1##*_}
    [ "${sum%% *}" = "${named%.tar}" ]
}

# Unpacks a result that $dotnet can run.
unpack() {
    [ -x "$dotnet" ] || return 1
    for file in "$result"_*.tar; do
        sdk=${file#*_}
        sdk=${sdk%%_*}
        if [ ! -f "$file" ] || ! is_good_for_sdk; then continue; fi
        if is_private "$file" && is_whole "$file"; then
            [ ! -e "$unpacked" ] || rm -rf "$unpacked"
            mkdir "$unpacked" && tar -xof "$file" -C "$unpacked" || return 1
            touch -c "$file" 2> /dev/null || true # It was used.
            return 0
        fi
        say "not using $cache/$file, because it is damaged, or others could have changed it"
        rm -f "$file" 2> /dev/null || true
    done
    return 1
}

# Unpacks the result. Without an engine, it is that of the stand-in if NuGet is known to lack the other one.
take() {
    if [ -z "$is_engine_chosen" ] && [ -f "lacks_$question" ]; then
        IFS= read -r lacking < "lacks_$question" && engine=standin
    fi
    name_result
    first_dotnet unpack && printf '%s\n' "$engine" "$locks" "$lacking" "$dotnet" > "$unpacked/origin"
}

take_from_cache() {
    lacking='' # What NuGet sources without NUKE lack.
    question=''
    [ -n "$is_engine_chosen" ] || name_question
    unpacked=$temp/unpacked
    in_cache take || return 1
    { read -r engine && read -r locks && IFS= read -r lacking && IFS= read -r dotnet; } < "$unpacked/origin"
    rm -rf "$stamp_file" "$root/build/bin"
    mv "$unpacked" "$root/build/bin" && [ -f "$dll" ] || return 1
    say "taking the compiled build from $cache"
    [ -z "$lacking" ] || say_stand_in "$lacking"
    write_stamp
}

make_cache() {
    [ ! -d "$cache" ] || return 0
    existing=${cache%/*}
    while [ ! -d "${existing:-/}" ]; do existing=${existing%/*}; done
    # Root must leave nothing in the folders of the user who called sudo.
    [ -z "${SUDO_UID:-}" ] || [ -O "${existing:-/}" ] || return 1
    mkdir -p "${cache%/*}" && mkdir -m 700 "$cache"
}

keep_newest() { # FILE...
    # shellcheck disable=SC2012 # There are only letters, digits, points and such in these names.
    ls -t -- "$@" 2> /dev/null | sed "1,${kept}d" | while IFS= read -r file; do rm -f "$file"; done
}

# Notes NuGet's answer for clones without an engine. NuGet may have written its first configuration in the meantime, so this
# is the answer to the question before and after.
note_answer() {
    umask 077
    for name in $asked $question; do
        if [ "$engine" = package ]; then
            rm -f "lacks_$name"
        elif [ -n "$lacking" ]; then
            printf '%s\n' "$lacking" > ".new.$$" && mv -f ".new.$$" "lacks_$name" || return 1
        fi
    done
    keep_newest lacks_*
}

store() { # RESULT SDK
    umask 077
    new=$(mktemp .new.XXXXXX) || return 1
    if tar -cf "$new" -C "$root/build/bin" Release warnings && sum=$($sha256 "$new") \
        && mv -f "$new" "$1_$2_${sum%% *}.tar"; then
        keep_newest ./*_*_*.tar
        find . -name '.new.*' -mtime +0 -exec rm -f {} + # What killed builds have left.
    else
        rm -f "$new"
        return 1
    fi
}

put_into_cache() { # RESULT SDK: RESULT is empty, if the lock files do not say what was compiled
    asked=$question
    name_question
    if { make_cache && in_cache note_answer && { [ -z "$1" ] || in_cache store "$@"; }; } 2> /dev/null; then return 0; fi
    say "could not put the compiled build into $cache, where this user must be able to write, and nobody else"
}
