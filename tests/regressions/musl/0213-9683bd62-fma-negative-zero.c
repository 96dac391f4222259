/* Covers patches/musl/1.2.5/0213: fma(x, y, 0) is -0 when the product is negative and rounds to zero.
 * arm64 has an instruction for fma. */
// arch: arm
// link: dynamic static
#include <float.h>
#include <math.h>
#include <stdio.h>

int main(void)
{
    volatile double tiny = DBL_MIN, zero = 0;
    if (!signbit(fma(-tiny, tiny, zero)) || signbit(fma(tiny, tiny, zero)) || fma(2, 3, zero) != 6) {
        puts("the sign of a product that rounds to zero is lost");
        return 1;
    }
    puts("ok");
}
