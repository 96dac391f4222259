/* Covers patches/musl/1.2.5/0013: back references match what they should in texts with characters of several bytes, and
 * nothing behind the end of the text is read. */
// arch: arm arm64
// link: dynamic static
#define _GNU_SOURCE
#include <locale.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char *end; /* of memory that may be read */

static int matches(const char *pattern, const char *text, int start, int stop)
{
    regex_t expression;
    regmatch_t whole;
    if (regcomp(&expression, pattern, 0)) return 0;
    char *copy = strcpy(end - strlen(text) - 1, text);
    int error = regexec(&expression, copy, 1, &whole, 0);
    regfree(&expression);
    if (start < 0 ? error == REG_NOMATCH : !error && whole.rm_so == start && whole.rm_eo == stop) return 1;
    printf("%s on \"%s\": error %d, %d to %d\n",
        pattern, text, error, error ? -1 : (int)whole.rm_so, error ? -1 : (int)whole.rm_eo);
    return 0;
}

int main(void)
{
    long page = sysconf(_SC_PAGESIZE);
    if (!setlocale(LC_CTYPE, "C.UTF-8")) return 2;
    end = (char *)mmap(0, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) + page;
    mprotect(end, page, PROT_NONE);

    int right = matches("\\(€\\)\\1", "€€", 0, 6);
    right &= matches("\\(é\\)x\\1", "aéxé", 1, 6);
    right &= matches("\\(a*\\)€*\\1b", "aa€€aab", 0, 11);
    right &= matches("\\(😀.*\\)\\1$", "x😀é😀é", 1, 13);
    right &= matches("\\(é\\)\\1", "éaé", -1, -1);
    right &= matches("\\(\\(\\(\\(\\D\\)**\\)\\)*\\3\\{4\\}\\(\\)\\+\\+[!-~]\\{4,\\}\\| \\)", "Aa-aA__€ca", 0, 7);
    right &= matches("\\(.*\\)\\1é\\1€$", "éééé€", 0, 11);
    if (!right) return 1;
    puts("ok");
}
