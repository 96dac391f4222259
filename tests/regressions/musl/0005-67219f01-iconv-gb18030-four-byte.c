/* Covers patches/musl/1.2.5/0005: four-byte GB18030 decodes to the right characters, and fast. */
// arch: arm arm64
// link: dynamic static
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

static iconv_t cd;

static long decode(int index)
{
    char text[4] = { 0x81 + index / 12600, 0x30 + index / 1260 % 10, 0x81 + index / 10 % 126, 0x30 + index % 10 };
    uint32_t c = 0;
    char *in = text, *out = (char *)&c;
    size_t inLeft = sizeof text, outLeft = sizeof c;
    return iconv(cd, &in, &inLeft, &out, &outLeft) == (size_t)-1 ? -errno : (long)c;
}

/* Characters of the BMP grow with their index, so two ends and the count fix a stretch. */
static const struct { int index; long expected; } samples[] = {
    { 0, 0x80 }, { 35, 0xa3 }, { 36, 0xa5 }, { 7922, 0x2011 }, { 19042, 0x4dff }, { 33468, 0xd7ff },
    { 33469, 0xe76c }, { 33470, 0xe7c8 }, { 39393, 0xffdf }, { 39394, 0xffe6 }, { 39419, 0xffff },
    { 39420, -EILSEQ }, { 188999, -EILSEQ }, { 189000, 0x10000 }, { 189000 + 0xf600, 0x1f600 },
    { 189000 + 0xfffff, 0x10ffff }, { 189000 + 0x100000, -EILSEQ },
};

int main(void)
{
    cd = iconv_open("WCHAR_T", "GB18030");
    if (cd == (iconv_t)-1) return 2;

    /* U+9FA6, behind the large block of characters with two-byte forms, was the slowest of all. */
    alarm(15);
    for (int i = 0; i < 5000; i++)
        if (decode(19043) != 0x9fa6) return 1;

    long previous = 0;
    for (int index = 0; index < 39420; index++) {
        long c = decode(index);
        if (c <= previous || (c >= 0xd800 && c < 0xe000)) {
            printf("sequence %d gave %lX after %lX\n", index, c, previous);
            return 1;
        }
        previous = c;
    }

    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        long c = decode(samples[i].index);
        if (c != samples[i].expected) {
            printf("sequence %d gave %ld instead of %ld\n", samples[i].index, c, samples[i].expected);
            return 1;
        }
    }

    char *in = "\x81\x30\xff\x30", buffer[4], *out = buffer;
    size_t inLeft = 4, outLeft = sizeof buffer;
    if (iconv(cd, &in, &inLeft, &out, &outLeft) != (size_t)-1 || errno != EILSEQ) {
        puts("a third byte of FF was accepted");
        return 1;
    }
    puts("ok");
}
