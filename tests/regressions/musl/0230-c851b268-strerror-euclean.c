/* Covers patches/musl/1.2.5/0230: the errors of damaged file systems and missing resources have names. */
// arch: arm arm64
// link: static
#include <errno.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    const char *none = strerror(0);
    if (!strcmp(strerror(EUCLEAN), none) || !strcmp(strerror(ENAVAIL), none)) {
        printf("%s, %s\n", strerror(EUCLEAN), strerror(ENAVAIL));
        return 1;
    }
    puts("ok");
}
