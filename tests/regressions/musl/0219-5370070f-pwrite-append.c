/* Covers patches/musl/1.2.5/0219: pwrite and pwritev either write at the given offset or fail, never elsewhere. */
// arch: arm arm64
// link: dynamic static
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int right(int fd, const char *what, ssize_t result)
{
    char text[16] = "";
    int error = errno;
    pread(fd, text, 15, 0);
    if (result == 2 ? !strcmp(text, "XYaaaaaa") : result < 0 && error == EOPNOTSUPP && !strcmp(text, "aaaaaaaa")) return 1;
    printf("%s: %zd, errno %d, \"%s\"\n", what, result, error, text);
    return 0;
}

int main(void)
{
    char name[] = "/tmp/pwrite-XXXXXX";
    int fd = mkostemp(name, O_APPEND);
    if (fd < 0) return 2;
    unlink(name);
    if (write(fd, "aaaaaaaa", 8) != 8) return 2;
    if (!right(fd, "pwrite", pwrite(fd, "XY", 2, 0))) return 1;
    struct iovec part = { "XY", 2 };
    if (!right(fd, "pwritev", pwritev(fd, &part, 1, 0))) return 1;

    /* Without O_APPEND, and with an invalid offset. */
    char plain[] = "/tmp/pwrite-XXXXXX";
    fd = mkstemp(plain);
    unlink(plain);
    if (write(fd, "aaaaaaaa", 8) != 8 || !right(fd, "plain pwrite", pwrite(fd, "XY", 2, 0))) return 1;
    if (pwrite(fd, "Z", 1, -1) != -1 || errno != EINVAL || pwritev(fd, &part, 1, -1) != -1 || errno != EINVAL) {
        puts("offset -1 is accepted");
        return 1;
    }
    if (pwrite(fd, "b", 1, 0x100000000) != 1 || lseek(fd, 0, SEEK_END) != 0x100000001) {
        puts("large offset");
        return 1;
    }
    puts("ok");
}
