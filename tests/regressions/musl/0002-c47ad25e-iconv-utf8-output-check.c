/* Covers patches/musl/1.2.5/0002: no input makes iconv move the output pointer backwards.
 * The second way to that bug besides EUC-KR: the GB18030 decoder of 1.2.5 made surrogates. */
// arch: arm arm64
// link: dynamic static
#include <iconv.h>
#include <stdio.h>

int main(void)
{
    iconv_t cd = iconv_open("UTF-8", "GB18030");
    if (cd == (iconv_t)-1) return 2;

    /* The four-byte sequence after the one for U+D7FF. */
    char *in = "\x83\x36\xc7\x39", buffer[64], *out = buffer + 32;
    size_t inLeft = 4, outLeft = 32;
    iconv(cd, &in, &inLeft, &out, &outLeft);
    if (out < buffer + 32 || outLeft > 32) {
        printf("the output pointer moved by %d\n", (int)(out - buffer) - 32);
        return 1;
    }
    puts("ok");
}
