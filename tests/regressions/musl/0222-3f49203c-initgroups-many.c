/* Covers patches/musl/1.2.5/0222: a user may be in more than 32 groups. What sets them, and the file, are this program's
 * own, as only root may do it: libc calls these, which takes a static program. */
// arch: arm arm64
// link: static
#define _GNU_SOURCE
#include <grp.h>
#include <stdio.h>
#include <string.h>

enum { groups = 100 };

static size_t set;
static gid_t first, last;

int setgroups(size_t count, const gid_t *list)
{
    set = count;
    first = list[0];
    last = list[count - 1];
    return 0;
}

FILE *fopen(const char *restrict path, const char *restrict mode)
{
    static char text[groups * 32];
    (void)mode;
    if (strcmp(path, "/etc/group")) return 0;
    char *end = text;
    for (int i = 0; i < groups; i++) end += sprintf(end, "group%d:x:%d:bob,eve\n", i, 2000 + i);
    return fmemopen(text, strlen(text), "r");
}

int main(void)
{
    if (initgroups("bob", 1000)) {
        puts("initgroups failed");
        return 1;
    }
    if (set != groups + 1 || first != 1000 || last != 2000 + groups - 1) {
        printf("%zu groups, %d to %d\n", set, (int)first, (int)last);
        return 1;
    }
    puts("ok");
}
