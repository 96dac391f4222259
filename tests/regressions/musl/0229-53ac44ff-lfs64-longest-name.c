/* Covers patches/musl/1.2.5/0229: the loader serves the names with 64, the longest of them as well. The reference is
 * weak, so that the program can be linked. */
// arch: arm arm64
// link: dynamic
// options: -fPIE -pie -Wl,-z,dynamic-undefined-weak
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

__attribute__((weak)) int posix_fallocate64(int fd, long long offset, long long length);
__attribute__((weak)) long long lseek64(int fd, long long offset, int whence);

int main(void)
{
    if (!lseek64 || !posix_fallocate64) {
        puts(lseek64 ? "posix_fallocate64 is not there" : "neither is there");
        return 1;
    }
    char name[] = "/tmp/lfs64-XXXXXX";
    int fd = mkstemp(name);
    if (fd < 0) return 2;
    unlink(name);
    int error = posix_fallocate64(fd, 0, 1000);
    if (error || lseek64(fd, 0, SEEK_END) != 1000) {
        printf("error %d\n", error);
        return 1;
    }
    puts("ok");
}
