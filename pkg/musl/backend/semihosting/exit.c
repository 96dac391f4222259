/* The end of threads, and what a thread has to begin with. */

#include "semihosting.h"

/* Only a program with signals has this. */
__attribute__((weak)) __typeof__(__common_forget_signals) __common_forget_signals;

_Noreturn long SYS_exit_function(int status)
{
	struct thread *self = __backend_self();
	if (__backend_thread_count() == 1) __backend_exit(status);
	__common_begin_busy(); /* to the end: no handler runs any more */
	if (__common_forget_signals) __common_forget_signals(self);
	if (self->clear_at_exit) {
		*self->clear_at_exit = 0;
		__backend_wake(self->clear_at_exit, 1, ~0u);
	}
	__semihosting_leave();
}

_Noreturn void SYS_unmapself_function(void *start, size_t size)
{
	SYS_munmap_function(start, size);
	SYS_exit_function(0);
}

#ifndef __aarch64__
long SYS_arm_set_tls_function(void *pointer)
{
	__asm__ volatile ("mcr p15, 0, %0, c13, c0, 3" : : "r"(pointer) : "memory"); /* TPIDRURO */
	return 0;
}
#endif
