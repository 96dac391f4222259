/* Covers patches/musl/1.2.6/0280: strptime's %Z before any tzset, without a second name, and with a name of another zone. */
// arch: arm arm64
// link: dynamic static
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* A copy of a text that ends where memory does. */
static const char *at_the_end(const char *text)
{
    long page = sysconf(_SC_PAGESIZE);
    char *place = mmap(0, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (place == MAP_FAILED || munmap(place + page, page)) exit(9);
    return strcpy(place + page - strlen(text) - 1, text);
}

int main(void)
{
    struct tm tm = { .tm_isdst = -1 };
    const char *text, *end;
    setenv("TZ", "ABC0", 1);
    end = strptime("ABC 5", "%Z %d", &tm);
    if (!end || *end || tm.tm_isdst != 0 || tm.tm_mday != 5) return 1;
    tm.tm_isdst = -1;
    end = strptime("XYZ 6", "%Z %d", &tm);
    if (!end || *end || tm.tm_isdst != -1 || tm.tm_mday != 6) return 2;
    text = at_the_end("XYZ");
    if (strptime(text, "%Z", &tm) != text + 3) return 3;
    setenv("TZ", "ABC0DEF", 1);
    end = strptime("DEF", "%Z", &tm);
    if (!end || *end || tm.tm_isdst != 1) return 4;
    puts("ok");
}
