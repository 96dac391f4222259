/* Covers patches/musl/1.2.5/0105: SME, which setjmp and clone don't support, is hidden from programs and from the
 * compiler's libraries. The emulated CPU has every feature; if it lacks SME, other bits show the same. */
// arch: arm64
// link: dynamic static
// cpu: max
#include <stdio.h>
#include <sys/auxv.h>

unsigned long __getauxval(unsigned long);

int main(void)
{
    unsigned long features = __getauxval(AT_HWCAP), more = __getauxval(AT_HWCAP2);
    if (!(features & 1)) return 2; /* floating point, as everywhere */
    if (!(more & 1)) return 2;     /* dcpodp: the CPU has what came later, too */
    if (features >> 42 || more & (0xffUL << 23 | 0x3fUL << 37 | 0x3fUL << 57)) {
        printf("features %lx %lx\n", features, more);
        return 1;
    }
    if (getauxval(AT_HWCAP) != features || getauxval(AT_HWCAP2) != more || getauxval(29) || getauxval(30)) {
        puts("getauxval says something else");
        return 1;
    }
    puts("ok");
}
