/* From the entry (start.S) to musl's: the stack with arguments, environment and auxiliary vector that Linux would make. */

#include <elf.h>
#include <sys/auxv.h>
#include "common.h"
#include "common/file.h"

/* arm: without it setjmp leaves d8 to d15 out (src/setjmp/arm). arm64: the start-up code of libgcc's atomics asks, and
 * errno would be ENOENT in main if there were no answer. */
#ifdef __arm__
#define HARDWARE HWCAP_VFP
#else
#define HARDWARE (HWCAP_FP | HWCAP_ASIMD)
#endif

#if UINTPTR_MAX == UINT64_MAX
typedef Elf64_Ehdr Header;
#else
typedef Elf32_Ehdr Header;
#endif

#define COMMAND_LINE 0x10000 /* bytes of the longest one */
#define ARGUMENTS 1024

extern __attribute__((visibility("hidden"))) const Header __ehdr_start; /* ld's, where the image maps its headers */

static const char *const *arguments;

const char *const *__backend_arguments(void)
{
	return arguments;
}

/* Splits the line in place. QEMU joins its arg= options with spaces, so an argument with a space in it can't be told. */
static int split(char *line, char **argv)
{
	int argc = 0;
	for (;;) {
		while (*line == ' ') *line++ = 0;
		if (!*line || argc == ARGUMENTS) return argc;
		argv[argc++] = line;
		while (*line && *line != ' ') line++;
	}
}

/* Called on the exceptions' stack; returns the stack pointer for musl's _start. */
__attribute__((visibility("hidden"))) void *__semihosting_start(void)
{
	char *line = __semihosting_stack_bottom + STACK - COMMAND_LINE, *random = line - 16;
	long block[2] = { (long)line, COMMAND_LINE };
	if (__semihosting_call(SH_GET_CMDLINE, block)) {
		__semihosting_report("semihosting: no command line\n");
		__backend_exit(126);
	}
	/* Without a generator on the host the clocks must do: it's for stack protectors and malloc's canaries. */
	if (__semihosting_random(random, 16) != 16) {
		uint64_t guess = __backend_day_offset() ^ __semihosting_ticks() << 20;
		for (int i = 0; i < 16; i++) {
			guess = guess*6364136223846793005u + 1442695040888963407u;
			random[i] = guess >> 56;
		}
	}

	const unsigned long vector[] = {
		AT_PHDR, (unsigned long)&__ehdr_start + __ehdr_start.e_phoff,
		AT_PHENT, __ehdr_start.e_phentsize,
		AT_PHNUM, __ehdr_start.e_phnum,
		AT_PAGESZ, PAGE,
		AT_RANDOM, (unsigned long)random,
		AT_HWCAP, HARDWARE,
		/* All ids are 0 and so is AT_SECURE. */
		AT_NULL, 0
	};
	unsigned long *stack = (unsigned long *)random - ARGUMENTS - 2*sizeof vector / sizeof *vector;
	stack = (unsigned long *)((uintptr_t)stack & -16ul);
	unsigned long *p = stack;
	arguments = (const char *const *)p + 1;
	int argc = split((char *)block[0], (char **)p + 1);
	*p++ = argc;
	p += argc;
	*p++ = 0;
	*p++ = 0; /* no environment */
	for (size_t i = 0; i < sizeof vector / sizeof *vector; i++) *p++ = vector[i];
	return stack;
}
