/* Covers patches/musl/1.2.5/0226: comments and empty lines are no shells. The file is this program's own: libc calls its
 * fopen, which takes a static program. */
// arch: arm arm64
// link: static
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <unistd.h>

FILE *fopen(const char *restrict path, const char *restrict mode)
{
    static char text[] = "# valid shells\n\n/bin/sh\n#/bin/csh\n/bin/bash\n";
    (void)mode;
    return strcmp(path, "/etc/shells") ? 0 : fmemopen(text, strlen(text), "r");
}

int main(void)
{
    for (int again = 0; again < 2; again++) {
        const char *expected[] = { "/bin/sh", "/bin/bash", 0 };
        for (int i = 0; i < 3; i++) {
            char *shell = getusershell();
            if (shell ? !expected[i] || strcmp(shell, expected[i]) : !!expected[i]) {
                printf("shell %d is %s\n", i, shell ? shell : "missing");
                return 1;
            }
        }
        endusershell();
    }
    puts("ok");
}
