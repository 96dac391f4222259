/* Covers patches/musl/1.2.5/0001: EUC-KR pairs past the end of the UHC extension are errors. */
// arch: arm arm64
// link: dynamic static
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

/* Whether the pair lies behind the last assigned one of the extension, C6 52. */
static int beyond(int lead, int trail)
{
    return trail < 0xa1 && (lead > 0xc6 || (lead == 0xc6 && trail > 0x52));
}

int main(void)
{
    iconv_t cd = iconv_open("UTF-8", "EUC-KR");
    if (cd == (iconv_t)-1) return 2;

    for (int lead = 0xc6; lead <= 0xfd; lead++)
    for (int trail = 0x41; trail < 0xa1; trail++) {
        if (!beyond(lead, trail)) continue;
        char text[2] = { lead, trail }, buffer[64];
        char *in = text, *out = buffer + 32;
        size_t inLeft = sizeof text, outLeft = 32;
        size_t r = iconv(cd, &in, &inLeft, &out, &outLeft);
        if (r != (size_t)-1 || errno != EILSEQ || out != buffer + 32) {
            printf("%02X %02X was accepted, output moved by %d\n", lead, trail, (int)(out - buffer) - 32);
            return 1;
        }
    }

    char *in = "\xc6\x52\xb0\xa1", buffer[8], *out = buffer;
    size_t inLeft = 4, outLeft = sizeof buffer;
    if (iconv(cd, &in, &inLeft, &out, &outLeft) || outLeft != 2 || memcmp(buffer, "\xed\x9e\xa3\xea\xb0\x80", 6)) {
        puts("the last pair of the extension and the first syllable no longer decode to U+D7A3 U+AC00");
        return 1;
    }
    puts("ok");
}
