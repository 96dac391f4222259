/* Covers patches/musl/1.2.5/0010: an nscd that sends more members of a group than it announced does no harm.
 * The daemon is played by this program's own connect, which libc calls: that takes a static program. */
// arch: arm arm64
// link: static
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int32_t header[8]; /* version, found, lengths of name and password, id, number of members, then their lengths */
static char text[1 << 14];
static size_t length;

int connect(int fd, const struct sockaddr *address, socklen_t size)
{
    int pair[2];
    (void)address, (void)size;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) return -1;
    if (write(pair[1], header, sizeof header - (header[5] == 1 ? 0 : 4)) < 0 || write(pair[1], text, length) < 0) return -1;
    shutdown(pair[1], SHUT_WR);
    return dup2(pair[0], fd) < 0 ? -1 : 0;
}

int main(void)
{
    const char name[] = "no-such-group-here";
    /* The list of one member is 8000 zero bytes. */
    memcpy(header, (int32_t[]){ 2, 1, sizeof name, 2, 77, 1, 8000 }, 7 * sizeof *header);
    memcpy(text, name, sizeof name);
    memcpy(text + sizeof name, "x", 2);
    length = sizeof name + 2 + 8000;
    memmove(header + 7, text, 4); /* The eighth word is the text's first. */
    memmove(text, text + 4, length -= 4);
    for (int i = 0; i < 3; i++) {
        errno = 0;
        if (getgrnam(name)) {
            puts("a group came out of it");
            return 1;
        }
        if (errno != EIO) {
            printf("errno is %d\n", errno);
            return 1;
        }
    }
    puts("ok");
}
