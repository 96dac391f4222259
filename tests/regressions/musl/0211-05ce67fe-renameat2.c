/* Covers patches/musl/1.2.5/0211: renameat2 is declared, linked, and passes its flags on. */
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
    char folder[] = "/tmp/renameat2-XXXXXX";
    if (!mkdtemp(folder)) return 2;
    int at = open(folder, O_DIRECTORY | O_RDONLY);
    close(openat(at, "a", O_CREAT | O_WRONLY, 0600));
    close(openat(at, "b", O_CREAT | O_WRONLY, 0600));

    int replaced = renameat2(at, "a", at, "b", RENAME_NOREPLACE);
    int error = errno;
    int plain = renameat2(at, "a", at, "c", 0);

    unlinkat(at, "a", 0);
    unlinkat(at, "b", 0);
    unlinkat(at, "c", 0);
    rmdir(folder);
    if (!replaced || error != EEXIST || plain) {
        printf("RENAME_NOREPLACE returned %d (%d), a plain rename %d\n", replaced, error, plain);
        return 1;
    }
    puts("ok");
}
