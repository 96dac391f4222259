/* Covers patches/musl/1.2.5/0244: 80 is the euro sign in GBK, and in no other encoding of the family. */
// arch: arm arm64
// link: dynamic static
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

static int decode(const char *charset, char *in, const char *expected)
{
    char buffer[16] = "", *out = buffer;
    size_t in_left = strlen(in), out_left = sizeof buffer - 1;
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1) return 0;
    size_t result = iconv(converter, &in, &in_left, &out, &out_left);
    int error = errno;
    iconv_close(converter);
    if (expected ? result == 0 && !strcmp(buffer, expected) : result == (size_t)-1 && error == EILSEQ) return 1;
    printf("%s: \"%s\"\n", charset, buffer);
    return 0;
}

int main(void)
{
    if (!decode("GBK", (char[]){ "5\x80!" }, "5€!") || !decode("GBK", (char[]){ "\x81\x80" }, "亐")) return 1;
    if (!decode("GB18030", (char[]){ "\x80" }, 0) || !decode("GB2312", (char[]){ "\x80" }, 0)) return 1;
    puts("ok");
}
