/* Covers patches/musl/1.2.5/0101: __getauxval can be linked from libc.so, by name and by out-of-line atomics. */
// arch: arm arm64
// link: dynamic
#include <stdio.h>
#include <sys/auxv.h>

unsigned long __getauxval(unsigned long);

int main(void)
{
    static int counter;
    __atomic_fetch_add(&counter, 1, __ATOMIC_SEQ_CST);
    if (counter != 1 || __getauxval(AT_PAGESZ) == 0 || __getauxval(AT_PAGESZ) != getauxval(AT_PAGESZ)) return 1;
    puts("ok");
}
