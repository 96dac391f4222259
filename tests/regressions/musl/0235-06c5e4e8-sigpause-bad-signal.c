/* Covers patches/musl/1.2.5/0235: sigpause refuses what is no signal instead of waiting for ever. */
// arch: arm arm64
// link: dynamic static
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int sigpause(int signal);

int main(void)
{
    alarm(10);
    errno = 0;
    if (sigpause(1000) != -1 || errno != EINVAL) {
        printf("errno is %d\n", errno);
        return 1;
    }
    puts("ok");
}
