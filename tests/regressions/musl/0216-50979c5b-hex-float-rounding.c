/* Covers patches/musl/1.2.5/0216: hexadecimal floats are rounded to the nearest, also in the last digit that counts. */
// arch: arm arm64
// link: dynamic static
#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

int main(void)
{
    static const struct { const char *text; double value; } cases[] = {
        { "0x1.111111111111281", 0x1.1111111111113p0 }, { "0x1.11111111111111", 0x1.1111111111111p0 },
        { "0x1.11111111111128", 0x1.1111111111112p0 }, { "-0x1.11111111111138", -0x1.1111111111114p0 },
        { "0x0.000000111111111111281p24", 0x1.1111111111113p0 },
    };
    int bad = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double scanned;
        if (strtod(cases[i].text, 0) != cases[i].value && i < 4)
            bad = printf("strtod %s: %a\n", cases[i].text, strtod(cases[i].text, 0));
        if (i < 4 && (sscanf(cases[i].text, "%la", &scanned) != 1 || scanned != cases[i].value))
            bad = printf("scanf %s: %a\n", cases[i].text, scanned);
    }
    if (strtof("0x1.1111110000001", 0) != 0x1.111112p0f) bad = printf("strtof: %a\n", strtof("0x1.1111110000001", 0));
    if (wcstod(L"0x1.111111111111281", 0) != 0x1.1111111111113p0) bad = printf("wcstod\n");
#if LDBL_MANT_DIG == 113
    if (strtold("0x1.111111111111111111111111111281", 0) != 0x1.1111111111111111111111111113p0L) bad = printf("strtold down\n");
    if (strtold("0x1.11111111111111111111111111111", 0) != 0x1.1111111111111111111111111111p0L) bad = printf("strtold up\n");
#endif
    if (bad) return 1;
    puts("ok");
}
