/* Covers patches/musl/1.2.5/0218: the last byte of a full buffer is what was written. */
// arch: arm arm64
// link: dynamic static
#include <stdio.h>
#include <string.h>

int main(void)
{
    char buffer[6] = "xxxxx";
    FILE *f = fmemopen(buffer, 5, "w");
    if (!f || fwrite("abcde", 1, 5, f) != 5 || fclose(f)) return 2;
    if (memcmp(buffer, "abcde", 6)) {
        printf("the buffer has \"%.5s\"\n", buffer);
        return 1;
    }
    /* Where there is room, a zero ends it. */
    f = fmemopen(buffer, 5, "w");
    if (!f || fwrite("ABC", 1, 3, f) != 3 || fclose(f)) return 2;
    if (memcmp(buffer, "ABC\0e", 6)) {
        puts("no zero where there is room for it");
        return 1;
    }
    puts("ok");
}
