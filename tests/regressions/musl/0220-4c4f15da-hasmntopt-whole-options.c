/* Covers patches/musl/1.2.5/0220: hasmntopt finds whole options. */
// arch: arm arm64
// link: dynamic static
#include <mntent.h>
#include <stdio.h>

int main(void)
{
    char options[] = "rw,noatime,errors=remount-ro,user";
    struct mntent entry = { .mnt_opts = options };
    static const struct { const char *name; int at; } cases[] = {
        { "rw", 0 }, { "noatime", 3 }, { "errors", 11 }, { "user", 29 }, { "errors=remount-ro", 11 },
        { "atime", -1 }, { "ro", -1 }, { "no", -1 }, { "use", -1 }, { "users", -1 },
    };
    int bad = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *found = hasmntopt(&entry, cases[i].name);
        if ((found ? found - options : -1) != cases[i].at)
            bad = printf("%s: \"%s\"\n", cases[i].name, found ? found : "not found");
    }
    if (bad) return 1;
    puts("ok");
}
