/* Covers patches/musl/1.2.5/0014: an nscd that sends lengths below zero does no harm.
 * The daemon is played by this program's own connect, which libc calls: that takes a static program. */
// arch: arm arm64
// link: static
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* version, found, lengths of name and password, id, number of members */
static const int32_t header[6] = { 2, 1, -16, 17, 77, 0 };

int connect(int fd, const struct sockaddr *address, socklen_t size)
{
    int pair[2];
    (void)address, (void)size;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) return -1;
    if (write(pair[1], header, sizeof header) < 0 || write(pair[1], "", 1) < 0) return -1;
    shutdown(pair[1], SHUT_WR);
    return dup2(pair[0], fd) < 0 ? -1 : 0;
}

int main(void)
{
    /* A name of -16 bytes, and a password of 17. */
    errno = 0;
    if (getgrnam("no-such-group-here") || errno != EIO) {
        printf("errno is %d\n", errno);
        return 1;
    }
    puts("ok");
}
