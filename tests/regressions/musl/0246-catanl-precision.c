/* Covers patches/musl/1.2.5/0246: catanl is no less precise than catan. On arm, the two are one function. */
// arch: arm64
// link: dynamic static
#include <complex.h>
#include <stdio.h>

int main(void)
{
    volatile double real = 0.5, imaginary = 0.25; /* or the compiler knows the results */
    double complex z = CMPLX(real, imaginary);
    long double difference = cabsl(catanl(z) - catan(z));
    if (!(difference < 1e-15L)) {
        printf("they differ by %Lg\n", difference);
        return 1;
    }
    puts("ok");
}
