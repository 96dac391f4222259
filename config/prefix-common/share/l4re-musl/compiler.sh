# shellcheck disable=SC2154 # The script that reads this one has set them.
#
# A part of the compiler wrapper, which reads it when the arguments may ask the compiler for its target, folders or libraries.
# GCC would answer for the libc that it was made for; here are the answers for this prefix. What it finds among its own files
# (programs, start files, libgcc) stays.
#
# Needs the variables L4RE_MUSL_PREFIX, cross, tool, specs and cxx (the specs for C++, if they are used), and all arguments for
# the compiler, also those that make it one for this prefix. Returns with the arguments that are to be passed to it, or exits.

# The compiler's own file, if it has one of this name.
gcc_file() {
    file=$("$cross$tool" -print-file-name="$1") && case $file in */*) [ -e "$file" ] ;; *) false ;; esac
}

own_folder() {
    file=$("$cross$tool" -print-libgcc-file-name) && file=${file%/*}
}

# Libraries of the compiler that do not depend on a libc; the others are made for another one.
is_for_any_libc() {
    case $1 in
        libgcc.a | libgcc_eh.a | libgcov.a) ;;
        */* | lib*.a | lib*.so*) return 1 ;;
    esac
}

print_file_name() {
    if [ -e "$L4RE_MUSL_PREFIX/lib/$1" ]; then
        printf '%s\n' "$L4RE_MUSL_PREFIX/lib/$1"
    elif is_for_any_libc "$1" && own_folder && [ -e "$file/$1" ]; then
        printf '%s\n' "$file/$1"
    else
        printf '%s\n' "$1" # As GCC does for what it does not find.
    fi
}

print_program_name() {
    if [ -x "$L4RE_MUSL_PREFIX/bin/@TRIPLE@-$1" ]; then
        printf '%s\n' "$L4RE_MUSL_PREFIX/bin/@TRIPLE@-$1"
    else
        exec "$cross$tool" -print-prog-name="$1"
    fi
}

print_search_dirs() {
    "$cross$tool" -print-search-dirs | grep -v '^libraries: ' && printf 'libraries: =%s\n' "$L4RE_MUSL_PREFIX/lib/"
}

# GCC's own specs, with those of the prefix in effect; the manual's section "Spec Files" has their form.
print_specs() {
    "$cross$tool" -dumpspecs | cat - "$specs" ${cxx:+"$cxx"} | awk -v call='%:getenv(L4RE_MUSL_PREFIX ' '
        {
            while (i = index($0, call)) {
                rest = substr($0, i + length(call))
                $0 = substr($0, 1, i - 1) ENVIRON["L4RE_MUSL_PREFIX"] substr(rest, 1, index(rest, ")") - 1) \
                    substr(rest, index(rest, ")") + 1)
            }
        }
        /^%rename / { renamed[$2] = $3; text[$3] = text[$2]; order[++n] = $3; next }
        /^\*.*:$/ { name = substr($0, 2, length($0) - 2); if (!(name in text)) order[++n] = name; isNew = 1; next }
        isNew && /^\+ / { text[name] = text[name] substr($0, 2); isNew = 0; next }
        isNew { text[name] = $0; isNew = 0; next }
        $0 != "" { text[name] = text[name] "\n" $0 }
        END { for (i = 1; i <= n; i++) printf "*%s:\n%s\n\n", order[i], text[order[i]] }'
    exit
}

# What GCC prints on its way.
corrected() {
    own_folder
    own=$file awk '
        /^Target: / { print "Target: @TRIPLE@"; next }
        /^LIBRARY_PATH=/ { print "LIBRARY_PATH=" ENVIRON["L4RE_MUSL_PREFIX"] "/lib/:" ENVIRON["own"] "/"; next }
        /^Configured with: / { gsub(/ --(includedir|with-sysroot|with-build-sysroot|with-native-system-header-dir)=[^ ]*/, "") }
        { print; fflush() }'
}

is_verbose='' separate=''
for argument; do
    shift
    if [ -n "$separate" ]; then
        argument=-print-$separate=$argument separate=''
    fi
    case $argument in
        -dumpmachine) echo @TRIPLE@; exit ;;
        -dumpspecs) print_specs ;;
        -print-multiarch | --print-multiarch) echo; exit ;;
        -print-search-dirs | --print-search-dirs) print_search_dirs; exit ;;
        --print-file-name | --print-prog-name) separate=${argument#--print-} ;;
        -print-file-name=* | --print-file-name=*) print_file_name "${argument#*=}"; exit ;;
        -print-prog-name=* | --print-prog-name=*) print_program_name "${argument#*=}"; exit ;;
        -v | -\#\#\# | --verbose)
            is_verbose=1
            set -- "$@" "$argument"
            ;;
        # They are asked for by name where nothing else of the compiler's libraries is linked (-nostdlib).
        -lgcc | -lgcc_eh | -lgcov)
            if gcc_file "lib${argument#-l}.a"; then argument=$file; fi
            set -- "$@" "$argument"
            ;;
        *) set -- "$@" "$argument" ;;
    esac
done

if [ -n "$is_verbose" ]; then
    # The exit code is the compiler's; its standard output and input stay what they are.
    {
        code=$(
            {
                { "$cross$tool" "$@" 2>&1 >&4 3>&- 4>&-; echo $? >&3; } | corrected >&2
            } 3>&1
        )
    } 4>&1
    exit "$code"
fi
