/* Covers patches/musl/1.2.5/0233: the beginning of a character at the end of a block is kept for the next block. */
// arch: arm arm64
// link: dynamic static
#define _GNU_SOURCE
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

static int convert(mbstate_t *state)
{
    const char text[] = "ab€c", *at = text;
    wchar_t wide[8];
    size_t first = mbsnrtowcs(wide, &at, 4, 8, state); /* up to the middle of the euro sign */
    if (first != 2 || at != text + 4) {
        printf("%zu characters, %d bytes\n", first, (int)(at - text));
        return 0;
    }
    size_t second = mbsnrtowcs(wide + 2, &at, 3, 6, state);
    if (second != 2 || wmemcmp(wide, L"ab€c", 5)) {
        printf("then %zu characters\n", second);
        return 0;
    }
    return 1;
}

int main(void)
{
    mbstate_t state = { 0 };
    if (!setlocale(LC_CTYPE, "C.UTF-8")) return 2;
    if (!convert(&state) || !convert(0)) return 1;
    puts("ok");
}
