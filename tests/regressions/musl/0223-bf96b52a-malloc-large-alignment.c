/* Covers patches/musl/1.2.5/0223: what was allocated with a large alignment can be freed. arm has no room for it. */
// arch: arm64
// link: dynamic static
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    for (int shift = 20; shift <= 34; shift++) {
        char *block = aligned_alloc((size_t)1 << shift, 100);
        if (!block) continue; /* no address space left */
        if ((uintptr_t)block & (((uintptr_t)1 << shift) - 1)) return 1;
        block[99] = 1;
        if (malloc_usable_size(block) < 100) return 1;
        block = realloc(block, 200);
        if (!block || block[99] != 1) return 1;
        free(block);
    }
    puts("ok");
}
