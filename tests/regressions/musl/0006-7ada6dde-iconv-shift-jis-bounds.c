/* Covers patches/musl/1.2.5/0006: Shift_JIS pairs outside the table are errors. */
// arch: arm arm64
// link: dynamic static
#include <errno.h>
#include <iconv.h>
#include <stdio.h>

static iconv_t cd;

static int rejects(int lead, int trail)
{
    char text[2] = { lead, trail }, buffer[8], *in = text, *out = buffer;
    size_t inLeft = sizeof text, outLeft = sizeof buffer;
    size_t r = iconv(cd, &in, &inLeft, &out, &outLeft);
    return r == (size_t)-1 && errno == EILSEQ;
}

int main(void)
{
    cd = iconv_open("UTF-8", "SHIFT_JIS");
    if (cd == (iconv_t)-1) return 2;
    for (int lead = 0x81; lead <= 0xef; lead++) {
        if (lead == 0xa0) lead = 0xe0;
        for (int trail = 0; trail < 0x100; trail++) {
            int outside = lead >= 0xeb || trail < 0x40 || trail == 0x7f || trail > 0xfc;
            if (outside && !rejects(lead, trail)) {
                printf("%02X %02X was accepted\n", lead, trail);
                return 1;
            }
        }
    }
    if (rejects(0x88, 0x9f) || rejects(0xea, 0xa2)) {
        puts("the first or a late kanji is no longer accepted");
        return 1;
    }
    puts("ok");
}
