/*
 * Random mmap, munmap, mremap, mprotect and madvise beside malloc, and what must be in each page afterwards. Arguments: how
 * many steps, where the random numbers begin, and how many pages may be mapped at once.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE 4096ul
#define MAPPINGS 120
#define LARGEST 4096
#define ANYWHERE (MAP_PRIVATE | MAP_ANONYMOUS)
#define BOTH (PROT_READ | PROT_WRITE)

#define REQUIRE(condition) \
    do { if (!(condition)) fail(__LINE__, #condition); } while (0)

static struct mapping {
    char *start; /* null: there is none */
    size_t pages;
    unsigned char values[LARGEST], rights[LARGEST]; /* of each page: what is in all of its bytes, and what is allowed */
} mappings[MAPPINGS];

static uint64_t state = 88172645463325252u;
static long step, limit = 20000;
static size_t total;

static void fail(int line, const char *condition)
{
    printf("step %ld, line %d: %s (errno %d)\n", step, line, condition, errno);
    exit(1);
}

static unsigned below(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (state >> 20) % limit;
}

static void check(struct mapping *m)
{
    for (struct mapping *other = mappings; other < mappings + MAPPINGS; other++)
        REQUIRE(other == m || !other->start || other->start >= m->start + m->pages * PAGE
            || m->start >= other->start + other->pages * PAGE);
    for (size_t i = 0; i < m->pages; i++)
        for (size_t byte = i * PAGE; m->rights[i] && byte < (i + 1) * PAGE; byte += 1365)
            REQUIRE((unsigned char)m->start[byte] == m->values[i]);
}

static void set(struct mapping *m, char *start, size_t first, size_t end, int rights)
{
    m->start = start;
    memset(m->values + first, 0, end - first);
    memset(m->rights + first, rights, end - first);
}

/* There may be no memory left. */
static void begin(struct mapping *m)
{
    struct mapping *other = mappings + below(MAPPINGS);
    char *hint = other->start && !below(5) ? other->start + other->pages * PAGE : 0;
    size_t pages = 1 + below(below(4) ? 20 : below(4) ? 200 : 1500);
    int rights = below(6) ? BOTH : PROT_NONE;
    if (total + pages > (size_t)limit)
        return;
    char *start = mmap(hint, pages * PAGE, rights, ANYWHERE, -1, 0);
    if (start == MAP_FAILED)
        return;
    m->pages = pages;
    total += pages;
    set(m, start, 0, pages, rights);
}

static void end(struct mapping *m, size_t from)
{
    REQUIRE(munmap(m->start + from * PAGE, (m->pages - from) * PAGE) == 0);
    total -= m->pages - from;
    m->pages = from;
    if (!from)
        m->start = 0;
}

static void resize(struct mapping *m)
{
    size_t before = m->pages, after = 1 + below(below(3) ? 2 * before : 1500);
    if (after > LARGEST || (after > before && total + after - before > (size_t)limit))
        return;
    char *start = mremap(m->start, before * PAGE, after * PAGE, MREMAP_MAYMOVE);
    if (start == MAP_FAILED)
        return;
    m->pages = after;
    total += after - before;
    set(m, start, before, after > before ? after : before, m->rights[before - 1]);
}

static void change(struct mapping *m)
{
    static const unsigned char rights[] = { PROT_NONE, PROT_READ, BOTH, BOTH, PROT_READ | PROT_EXEC, BOTH | PROT_EXEC };
    size_t first = below(m->pages), count = 1 + below(m->pages - first);
    char *start = m->start + first * PAGE;
    switch (below(12)) {
    case 0:
        if (mmap(start, count * PAGE, BOTH, ANYWHERE | MAP_FIXED, -1, 0) == start)
            set(m, m->start, first, first + count, BOTH);
        else
            end(m, 0);
        break;
    case 1: {
        int wanted = rights[below(sizeof rights)];
        REQUIRE(mprotect(start, count * PAGE, wanted) == 0);
        memset(m->rights + first, wanted, count);
        break;
    }
    case 2:
        REQUIRE(madvise(start, count * PAGE, MADV_DONTNEED) == 0);
        memset(m->values + first, 0, count);
        break;
    case 3: case 4: end(m, 0); break;
    case 5: end(m, first); break;
    case 6: case 7: resize(m); break;
    default:
        for (size_t i = first; i < first + count; i++)
            if (m->rights[i] & PROT_WRITE)
                memset(m->start + i * PAGE, m->values[i] = 1 + below(255), PAGE);
    }
}

int main(int argc, char **argv)
{
    long steps = argc > 1 ? atol(argv[1]) : 20000;
    if (argc > 2)
        state += atol(argv[2]) * 7919;
    if (argc > 3)
        limit = atol(argv[3]);
    /* Whether a file can be mapped is not known in a program that opens none, but that this is none. */
    REQUIRE(mmap(0, PAGE, BOTH, MAP_SHARED, -1, 0) == MAP_FAILED && errno == EBADF);
    for (; step < steps; step++) {
        struct mapping *m = mappings + below(MAPPINGS);
        if (m->start)
            change(m);
        else
            begin(m);
        if (m->start)
            check(m);
        if (step % 64 == 0)
            free(malloc(1000 + below(300000)));
    }
    for (struct mapping *m = mappings; m < mappings + MAPPINGS; m++)
        if (m->start)
            check(m), end(m, 0);
    puts("ok");
    return 0;
}
