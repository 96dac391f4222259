/* Covers patches/musl/1.2.5/0008: a back reference to the subexpression that it stands in is an error. Without the patch
 * regexec never returns. */
// arch: arm arm64
// link: dynamic static
#include <regex.h>
#include <stdio.h>
#include <unistd.h>

static int compile(const char *pattern, const char *text, int expected)
{
    regex_t expression;
    int error = regcomp(&expression, pattern, 0);
    if (!error) {
        error = regexec(&expression, text, 0, 0, 0);
        regfree(&expression);
    }
    if (error == expected) return 1;
    printf("%s on \"%s\": %d rather than %d\n", pattern, text, error, expected);
    return 0;
}

int main(void)
{
    alarm(20);
    if (!compile("\\(^a*\\1\\)*", "aa", REG_ESUBREG) || !compile("\\(\\(a\\)\\1\\)", "aa", REG_ESUBREG)
        || !compile("\\2\\(a\\)\\(b\\)", "ab", REG_ESUBREG))
        return 1;
    if (!compile("\\(\\(a\\)\\2\\)\\1", "aaaa", 0)
            || !compile("^\\(a*\\)b\\1$", "aabaa", 0) || !compile("^\\(a*\\)b\\1$", "aaba", REG_NOMATCH))
        return 1;
    puts("ok");
}
