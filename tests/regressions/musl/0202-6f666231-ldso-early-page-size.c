/* Covers patches/musl/1.2.5/0202: libc.so's own relocated data is read-only once it is relocated. */
// arch: arm arm64
// link: dynamic
#define _GNU_SOURCE
#include <link.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static volatile char *relro;

static int find(struct dl_phdr_info *info, size_t size, void *unused)
{
    if (!strstr(info->dlpi_name, "ld-musl") && !strstr(info->dlpi_name, "libc.so")) return 0;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_GNU_RELRO) {
            /* The last byte: the start may share its page with read-only data. */
            uintptr_t end = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr + info->dlpi_phdr[i].p_memsz;
            relro = (char *)(end & -(uintptr_t)getpagesize()) - 1;
        }
    return 0;
}

static void refused(int signal)
{
    write(1, "ok\n", 3);
    _exit(0);
}

int main(void)
{
    dl_iterate_phdr(find, 0);
    if (!relro) {
        puts("libc.so wasn't found or has no PT_GNU_RELRO");
        return 2;
    }
    signal(SIGSEGV, refused);
    *relro = *relro;
    puts("libc.so's relocated data is writable");
    return 1;
}
