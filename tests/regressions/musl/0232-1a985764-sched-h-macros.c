/* Covers patches/musl/1.2.5/0232: sched.h and pthread.h can be used with macros of these names. */
// arch: arm arm64
// link: static
#define _GNU_SOURCE
#define calloc(count, size) counted_calloc(count, size, __LINE__)
#define free(block) counted_free(block, __LINE__)
#define memset(to, value, size) counted_memset(to, value, size, __LINE__)
#define memcmp(one, other, size) counted_memcmp(one, other, size, __LINE__)
#define memcpy(to, from, size) counted_memcpy(to, from, size, __LINE__)
#include <sched.h>
#include <pthread.h>
#include <stdio.h>

int main(void)
{
    cpu_set_t one, other, *made = CPU_ALLOC(64);
    CPU_ZERO(&one);
    CPU_ZERO(&other);
    CPU_SET(5, &one);
    if (!made || CPU_EQUAL(&one, &other) || CPU_COUNT(&one) != 1) return 1;
    CPU_FREE(made);
    puts("ok");
}
