/* Covers patches/musl/1.2.5/0225: isatty says that a terminal was hung up. */
// arch: arm arm64
// link: dynamic static
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    int controller = posix_openpt(O_RDWR | O_NOCTTY);
    if (controller < 0 || grantpt(controller) || unlockpt(controller)) return 2;
    int terminal = open(ptsname(controller), O_RDWR | O_NOCTTY);
    if (terminal < 0 || isatty(terminal) != 1) return 2;
    close(controller);
    errno = 0;
    if (isatty(terminal) != 0 || errno != EIO) {
        printf("errno is %d\n", errno);
        return 1;
    }
    int ends[2];
    errno = 0;
    if (pipe(ends) || isatty(ends[0]) || errno != ENOTTY || isatty(-1) || errno != EBADF) {
        printf("errno of a pipe, or of nothing, is %d\n", errno);
        return 1;
    }
    puts("ok");
}
