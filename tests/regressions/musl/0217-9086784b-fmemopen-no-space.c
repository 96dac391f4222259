/* Covers patches/musl/1.2.5/0217: a stream on a buffer reports that the buffer is full. */
// arch: arm arm64
// link: dynamic static
#include <errno.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    char buffer[5] = "....";
    FILE *f = fmemopen(buffer, 4, "w");
    if (!f || fwrite("abcdefgh", 1, 8, f) != 8) return 2; /* buffered */
    errno = 0;
    if (fflush(f) != EOF || errno != ENOSPC || !ferror(f)) {
        printf("after fflush: errno %d, ferror %d\n", errno, ferror(f));
        return 1;
    }
    fclose(f);
    if (memcmp(buffer, "abcd", 5)) {
        printf("the buffer has \"%.4s\"\n", buffer);
        return 1;
    }
    f = fmemopen(buffer, 4, "w");
    fputs("abcde", f);
    if (fclose(f) != EOF) {
        puts("fclose knows of no error");
        return 1;
    }
    f = fmemopen(buffer, 4, "w");
    if (fputs("abc", f) < 0 || fclose(f)) return 2;
    puts("ok");
}
