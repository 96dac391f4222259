/* Covers patches/musl/1.2.5/0212: the empty string contains the empty string. */
// arch: arm arm64
// link: dynamic static
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

int main(void)
{
    char empty[] = "", text[] = "Text";
    if (strcasestr(empty, "") != empty || strcasestr(text, "") != text || strcasestr(text, "XT") != text + 2
        || strcasestr(empty, "x")) return 1;
    puts("ok");
}
