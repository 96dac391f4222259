#!/bin/sh
# Makes a folder hold certain files and links, and nothing else:
#
#   replace.sh FOLDER [FROM | --follow FROM | --without NAME]...
#
# A FROM that ends in /. stands for everything in that folder. --follow copies the files that links lead to. --without leaves out
# what has this name in the FROMs before it. The folder is made beside its place and then renamed, unless nothing differs.
set -eu
umask 022
to=$1 new=$1.new
shift

add() {
    # Keeps modes, times and links; the files belong to the user who installs.
    cp -a --no-preserve=ownership --remove-destination "$@" "$new"
}

shape() {
    (cd "$1" && find . -printf '%p %y %m %l\n' | LC_ALL=C sort)
}

rm -rf "$new"
mkdir -p "$new"
while [ $# -gt 0 ]; do
    case $1 in
        --follow) shift && add -L "$1" ;;
        --without) shift && rm -rf "${new:?}/$1" ;;
        *) add "$1" ;;
    esac
    shift
done

if [ -d "$to" ] && [ "$(shape "$to")" = "$(shape "$new")" ] && diff -rq --no-dereference "$to" "$new" > /dev/null; then
    rm -rf "$new"
else
    rm -rf "$to"
    mv "$new" "$to"
    echo "musl: made $to"
fi
