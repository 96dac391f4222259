/* Covers patches/musl/1.2.5/0012: regcomp returns REG_ESPACE wherever memory runs out. Each allocation fails in turn. */
// arch: arm arm64
// link: dynamic static
#include <regex.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Alignas(16) char memory[1 << 17];
static size_t used;
static int until_failure = -1;

void *malloc(size_t size)
{
    if (until_failure == 0) return 0;
    if (until_failure > 0) until_failure--;
    size_t start = used + 16;
    if (size > sizeof memory - start) return 0;
    used = start + (size + 15) / 16 * 16;
    memcpy(memory + start - 16, &size, sizeof size);
    return memory + start;
}

void free(void *block) { (void)block; }

void *calloc(size_t count, size_t size)
{
    /* The memory is used once, so it is still zero. */
    return size && count > SIZE_MAX / size ? 0 : malloc(count * size);
}

void *realloc(void *block, size_t size)
{
    size_t before = 0;
    if (block) memcpy(&before, (char *)block - 16, sizeof before);
    void *moved = malloc(size);
    return moved && block ? memcpy(moved, block, before < size ? before : size) : moved;
}

/* Compiles it with the n-th allocation failing, for all n. */
static int errors_are_reported(const char *pattern)
{
    for (int n = 0;; n++) {
        regex_t expression;
        used = 0;
        memset(memory, 0, sizeof memory);
        until_failure = n;
        int error = regcomp(&expression, pattern, REG_EXTENDED);
        until_failure = -1;
        if (!error) return 1;
        if (error != REG_ESPACE) {
            printf("%s: error %d\n", pattern, error);
            return 0;
        }
    }
}

int main(void)
{
    /* regcomp allocates a kilobyte at a time: the length decides which node of the tree is the first one in it. */
    char branch[80] = "", branches[80] = "";
    for (int length = 1; length < 70; length++) {
        strcat(branch, "a");
        strcat(branches, length % 2 ? "a" : "|");
        if (!errors_are_reported(branch) || !errors_are_reported(branches)) return 1;
    }
    puts("ok");
}
