/* Covers patches/musl/1.2.5/0242: functions of the program's that are named munmap and mprotect have nothing to do with
 * malloc. Only in a static program are they ever in its way. */
// arch: arm arm64
// link: static
#include <stdio.h>
#include <stdlib.h>

static int calls;

int munmap(void *memory, size_t size)
{
    (void)memory, (void)size;
    calls++;
    return 0;
}

int mprotect(void *memory, size_t size, int protection)
{
    (void)memory, (void)size, (void)protection;
    calls++;
    return 0;
}

int main(void)
{
    void *blocks[100];
    for (int i = 0; i < 100; i++)
        if (!(blocks[i] = malloc(1000 << i % 12))) return 2;
    for (int i = 0; i < 100; i++) free(blocks[i]);
    if (calls) {
        printf("%d calls\n", calls);
        return 1;
    }
    puts("ok");
}
