/*
 * Where a kernel thread is until it gets something to run, and how it begins that. In a file of its own, as the watcher needs
 * it in programs without threads, too.
 */

#include <l4/sys/thread.h>
#include "backend.h"

/* On the stack of musl's thread. */
static void run(struct thread *self)
{
	__common_end_busy();
	SYS_exit_function(self->function(self->argument));
}

static void set_pointer(void *pointer)
{
#ifdef __aarch64__
	__asm__ volatile ("msr tpidr_el0, %0" : : "r"(pointer) : "memory");
#else
	/* tpidruro can be written by the kernel only; an invalid capability is the calling thread. */
	l4_thread_arm_set_tpidruro(L4_INVALID_CAP, (l4_addr_t)pointer);
#endif
}

/* Waits for something to run. */
void __l4re_thread_home(struct thread *self)
{
	__l4re_await_waker(FOREVER);
	set_pointer(self->pointer);
	__l4re_on_stack((void *)((uintptr_t)self->stack & -16ul), run, self);
}

#ifdef __arm__
long SYS_arm_set_tls_function(void *pointer)
{
	set_pointer(pointer);
	return 0;
}
#endif
