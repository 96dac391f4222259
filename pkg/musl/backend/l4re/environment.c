/* From the entry (start.S) to musl's: L4Re's environment is found, and the auxiliary vector completed. And the way out. */

#include <elf.h>
#include <string.h>
#include <sys/auxv.h>
#include <l4/re/protocols.h>
#include <l4/sys/ipc.h>
#include <l4/sys/vcon.h>
#include "common.h"
#include "common/file.h"

#define EXTRA 256 /* bytes; as in start.S */

/* l4/util/elf.h, AT_L4_ENV and AT_L4_KIP */
#define AT_ENVIRONMENT 0xf1
#define AT_KERNEL_INFORMATION 0xf2

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

extern __attribute__((visibility("hidden"))) const Header __ehdr_start; /* ld's, where the program maps its headers */

l4re_env_t *__l4re_environment;
static const char *const *arguments;

REPLACEABLE const char *const *__backend_arguments(void)
{
	return arguments;
}

l4_kernel_info_t *__l4re_kernel_information;

/*
 * The parent gets the status, and destroys the task with all its threads: L4Re::Parent::signal (l4/re/parent), whose
 * first argument is 0 for the end, as L4Re's own _exit sends it.
 */
void __backend_exit(int status)
{
	l4_msg_regs_t *message = l4_utcb_mr();
	message->mr[0] = 0;
	message->mr[1] = 0;
	message->mr[2] = status;
	l4_ipc_call(__l4re_environment->parent, l4_utcb(), l4_msgtag(L4RE_PROTO_PARENT, 3, 0, 0), L4_IPC_NEVER);
	for (;;) l4_ipc_sleep(L4_IPC_NEVER);
}

/*
 * The loader (l4/libloader/loader, Loader::launch) tells program headers only to programs with a PT_PHDR, which static
 * ones of ld don't have, and neither AT_RANDOM nor AT_HWCAP. Later entries of a kind take precedence in musl.
 */
__attribute__((visibility("hidden"))) void __l4re_start(unsigned long *old)
{
	static char random[16];
	unsigned long *stack = old - EXTRA / sizeof *old, *end = old;

	end += 1 + *end + 1;
	while (*end++);
	for (; *end; end += 2) {
		if (end[0] == AT_ENVIRONMENT) __l4re_environment = (void *)end[1];
		if (end[0] == AT_KERNEL_INFORMATION) __l4re_kernel_information = (void *)end[1];
	}
	if (!__l4re_environment || !__l4re_kernel_information) __builtin_trap(); /* without them there is no way to say anything */
	__l4re_main_thread.id = 1;
	__l4re_avoid_trampoline(__l4re_environment->main_thread); /* before any code that isn't of this backend */
	if (__l4re_new_waker(&__l4re_main_thread.waker, __l4re_environment->main_thread) < 0) {
		static const char text[] = "musl: the factory gives no interrupt object\n";
		l4_vcon_write(__l4re_environment->log, text, sizeof text - 1);
		__backend_exit(126);
	}

	memmove(stack, old, (char *)end - (char *)old);
	arguments = (const char *const *)stack + 1;
	unsigned long *p = stack + (end - old);
	const unsigned long added[] = {
		AT_PHDR, (unsigned long)&__ehdr_start + __ehdr_start.e_phoff,
		AT_PHENT, __ehdr_start.e_phentsize,
		AT_PHNUM, __ehdr_start.e_phnum,
		AT_RANDOM, (unsigned long)random,
		AT_HWCAP, HARDWARE,
		AT_NULL, 0
	};
	_Static_assert(sizeof added <= EXTRA + 2*sizeof *added, "EXTRA is too small");
	__l4re_random(random, sizeof random);
	for (size_t i = 0; i < sizeof added / sizeof *added; i++) p[i] = added[i];
}
