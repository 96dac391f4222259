/* Covers patches/musl/1.2.5/0239: the clock of a vdso is found by its GNU hash table. The vdso is made by this program,
 * which puts it in place of the kernel's before libc looks for the clock. */
// arch: arm arm64
// link: dynamic static
#define _GNU_SOURCE
#include <elf.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define CLOCK_32 "__vdso_clock_gettime" /* on arm, libc trusts no vdso without it */
#ifdef __aarch64__
#define CLOCK "__kernel_clock_gettime"
#else
#define CLOCK "__vdso_clock_gettime64"
#endif

static int calls;

static int our_clock(clockid_t clock, struct timespec *time)
{
    (void)clock;
    calls++;
    *time = (struct timespec){ .tv_sec = 12345 };
    return 0;
}

static struct {
    ElfW(Ehdr) header;
    ElfW(Phdr) segments[2];
    size_t dynamic[8];
    ElfW(Sym) symbols[4];
    struct { uint32_t buckets, first, words, shift; size_t bloom[1]; uint32_t bucket[2], chain[3]; } hash;
    char strings[64];
} vdso;

int main(int argc, char **argv, char **environment)
{
    (void)argc, (void)argv;
    while (*environment++);
    size_t *entry = (size_t *)environment;
    for (; *entry && *entry != AT_SYSINFO_EHDR && *entry != AT_SECURE; entry += 2);
    if (!*entry) return 2;

    vdso.header.e_phoff = offsetof(typeof(vdso), segments);
    vdso.header.e_phnum = 2;
    vdso.header.e_phentsize = sizeof *vdso.segments;
    vdso.segments[0].p_type = PT_LOAD;
    vdso.segments[1].p_type = PT_DYNAMIC;
    vdso.segments[1].p_offset = offsetof(typeof(vdso), dynamic);
    memcpy(vdso.dynamic, (size_t[]){ DT_STRTAB, offsetof(typeof(vdso), strings), DT_SYMTAB, offsetof(typeof(vdso), symbols),
        DT_GNU_HASH, offsetof(typeof(vdso), hash) }, 6 * sizeof(size_t));
    strcpy(vdso.strings + 1, CLOCK);
    strcpy(vdso.strings + 32, CLOCK_32);
    for (int i = 1; i < 4; i++) {
        vdso.symbols[i].st_info = STB_GLOBAL << 4 | STT_FUNC;
        vdso.symbols[i].st_shndx = 1;
    }
    /* The clock is the last symbol, and in the chain that begins last: bucket 0 has symbol 1, bucket 1 has 2 and 3. */
    vdso.symbols[1].st_name = 32;
    vdso.symbols[1].st_value = (size_t)our_clock - (size_t)&vdso;
    vdso.symbols[3].st_name = 1;
    vdso.symbols[3].st_value = (size_t)our_clock - (size_t)&vdso;
    vdso.hash.buckets = 2;
    vdso.hash.first = 1;
    vdso.hash.words = 1;
    memcpy(vdso.hash.bucket, (uint32_t[]){ 1, 2 }, 8);
    memcpy(vdso.hash.chain, (uint32_t[]){ 1, 2, 3 }, 12);
    entry[0] = AT_SYSINFO_EHDR;
    entry[1] = (size_t)&vdso;

    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) || calls != 1 || now.tv_sec != 12345) {
        printf("the clock of the vdso was called %d times\n", calls);
        return 1;
    }
    puts("ok");
}
