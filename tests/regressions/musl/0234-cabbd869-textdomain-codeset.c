/* Covers patches/musl/1.2.5/0234: bind_textdomain_codeset succeeds for UTF-8, and says what there is. */
// arch: arm arm64
// link: dynamic static
#include <errno.h>
#include <libintl.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    char *set = bind_textdomain_codeset("domain", "utf-8"), *current = bind_textdomain_codeset("domain", 0);
    if (!set || strcmp(set, "UTF-8") || !current || strcmp(current, "UTF-8")) {
        puts("no codeset");
        return 1;
    }
    if (bind_textdomain_codeset("domain", "KOI8-R") || errno != EINVAL) return 1;
    puts("ok");
}
