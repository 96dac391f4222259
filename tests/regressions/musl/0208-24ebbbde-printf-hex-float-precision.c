/* Covers patches/musl/1.2.5/0208: %a keeps exactly as many digits as asked for, at every precision. */
// arch: arm arm64
// link: dynamic static
#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The digits that 1 + the smallest step takes: LDBL_MANT_DIG-1 bits after the point. */
#define FULL ((LDBL_MANT_DIG - 1 + 3) / 4)

int main(void)
{
    char text[64];
    for (int precision = 0; precision <= FULL + 2; precision++) {
        snprintf(text, sizeof text, "%.*La", precision, 1 + LDBL_EPSILON);
        char *point = strchr(text, '.');
        int digits = point ? (int)strcspn(point + 1, "p") : 0;
        if (digits != precision) {
            printf("%%.%dLa printed %d digits: %s\n", precision, digits, text);
            return 1;
        }
        long double expected = precision < FULL ? 1 : 1 + LDBL_EPSILON;
        if (strtold(text, 0) != expected) {
            printf("%%.%dLa printed another value: %s\n", precision, text);
            return 1;
        }
    }
    snprintf(text, sizeof text, "%.1a %.1a %.1a", 0x1.08p0, 0x1.18p0, 0x1.fcp0);
    if (strcmp(text, "0x1.0p+0 0x1.2p+0 0x2.0p+0")) {
        printf("halfway cases rounded to %s\n", text);
        return 1;
    }
    puts("ok");
}
