/* Covers patches/musl/1.2.5/0007: regcomp refuses a pattern whose transitions are too many to be counted in an int.
 * 512 alternatives below 2^14 + 1 stars have 2^18 transitions more than 2^32. Without the patch, which also counts
 * faster, this takes a minute or two in emulation before the crash. */
// arch: arm arm64
// link: dynamic static
#include <regex.h>
#include <stdio.h>
#include <string.h>

enum { alternatives = 512, stars = (1 << 14) + 1 };

int main(void)
{
    static char pattern[2 * alternatives + stars + 3];
    char *end = pattern;
    *end++ = '(';
    for (int i = 0; i < alternatives; i++) {
        *end++ = 'a';
        *end++ = i + 1 < alternatives ? '|' : ')';
    }
    memset(end, '*', stars);

    regex_t expression;
    int error = regcomp(&expression, pattern, REG_EXTENDED);
    if (error != REG_ESPACE) {
        printf("regcomp returned %d rather than %d\n", error, REG_ESPACE);
        return 1;
    }
    /* What can be counted still works. */
    if (regcomp(&expression, "^((a|b*){3,}){2,}c$", REG_EXTENDED)) return 2;
    if (regexec(&expression, "aabbbaac", 0, 0, 0) || !regexec(&expression, "aabd", 0, 0, 0)) {
        puts("wrong match");
        return 1;
    }
    regfree(&expression);
    puts("ok");
}
