/* Covers patches/musl/1.2.5/0003: qsort of arrays whose heap forest needs both words of the bit vector.
 * The last element is the only one out of order and the smallest, so that it has to travel from a forest of
 * two trees (of order 33 or 34, and one element) to the front. Takes 19 MB and about 40 million comparisons. */
// arch: arm
// link: dynamic static
#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    return *(const unsigned char *)a - *(const unsigned char *)b;
}

static int sorts(size_t n)
{
    unsigned char *a = malloc(n);
    if (!a) return 0;
    for (size_t i = 0; i < n - 1; i++) a[i] = 1 + i / (n / 250 + 1);
    a[n - 1] = 0;
    qsort(a, n, 1, compare);
    int sorted = a[0] == 0 && a[1] == 1;
    for (size_t i = 1; i < n; i++) sorted &= a[i - 1] <= a[i];
    free(a);
    if (!sorted) printf("%zu elements are not in order\n", n);
    return sorted;
}

int main(void)
{
    /* Leonardo numbers 33 and 34, plus 1. */
    if (!sorts(11405773 + 1) || !sorts(18454929 + 1)) return 1;
    puts("ok");
}
