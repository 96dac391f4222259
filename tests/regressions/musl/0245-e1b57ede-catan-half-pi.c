/* Covers patches/musl/1.2.5/0245: on the imaginary axis above i, catan is on the side of the real part's sign. */
// arch: arm arm64
// link: dynamic static
#include <complex.h>
#include <math.h>
#include <stdio.h>

int main(void)
{
    volatile double zero = 0; /* or the compiler knows the results */
    double complex d = catan(CMPLX(zero, 2.0));
    long double complex l = catanl(CMPLXL(zero, 2.0L));
    float complex f = catanf(CMPLXF(zero, 2.0f));
    /* catanl had another fault, see 0246. */
    if (creal(d) != M_PI_2 || fabsl(creall(l) - M_PI_2) > 1e-6L || fabsf(crealf(f) - (float)M_PI_2) > 1e-6f) {
        printf("%.17g %.20Lg %.9g\n", creal(d), creall(l), crealf(f));
        return 1;
    }
    puts("ok");
}
