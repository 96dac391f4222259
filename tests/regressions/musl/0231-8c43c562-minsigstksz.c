/* Covers patches/musl/1.2.5/0231: the smallest stack for signals has room for the handler, whatever the kernel stores. This
 * program replaces an entry of the vector that the kernel has passed: no emulated CPU has frames that large. */
// arch: arm arm64
// link: dynamic static
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/auxv.h>
#include <unistd.h>

enum { frame = 20000 };

int main(int argc, char **argv, char **environment)
{
    static char stack[2 * frame];
    (void)argc, (void)argv;
    while (*environment++);
    unsigned long *entry = (unsigned long *)environment;
    for (; *entry && *entry != AT_MINSIGSTKSZ && *entry != AT_SECURE; entry += 2);
    if (!*entry) return 2;
    entry[0] = AT_MINSIGSTKSZ;
    entry[1] = frame;
    if (getauxval(AT_MINSIGSTKSZ) != frame) return 2;

    if (sysconf(_SC_MINSIGSTKSZ) != frame + 1024) {
        printf("sysconf says %ld\n", sysconf(_SC_MINSIGSTKSZ));
        return 1;
    }
    if (sigaltstack(&(stack_t){ .ss_sp = stack, .ss_size = frame + 1023 }, 0) != -1 || errno != ENOMEM) {
        puts("a smaller stack is accepted");
        return 1;
    }
    if (sigaltstack(&(stack_t){ .ss_sp = stack, .ss_size = frame + 1024 }, 0)) {
        puts("the smallest stack is refused");
        return 1;
    }
    puts("ok");
}
