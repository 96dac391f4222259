/* The beginning of threads. It makes them take turns, so it is apart from their end, which each program has. */

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include "semihosting.h"

/* A thread's saved registers as switch.S lays them out. */
#ifdef __aarch64__
enum { FUNCTION = 0, ARGUMENT = 1, START = 11, POINTER = 20, WORDS = 22 };
#else
enum { POINTER = 0, FUNCTION = 2, ARGUMENT = 3, START = 11, WORDS = 28 };
#endif

/* The thread's own record and its first registers lie at the top of its stack: nothing to allocate, nothing to free. */
long SYS_clone_thread_function(int (*function)(void *), void *stack, int flags, void *argument, int *parent_id,
	void *pointer, int *child_id)
{
	static int last = 1;
	long error = __common_check_clone(flags);
	if (error) return error;
	if (last == INT_MAX) return -EAGAIN;

	struct thread *thread = (struct thread *)((uintptr_t)stack & -16ul) - 1;
	thread = (struct thread *)((uintptr_t)thread & -16ul);
	unsigned long *registers = (unsigned long *)thread - WORDS;
	for (int i = 0; i < WORDS; i++) registers[i] = 0;
	registers[FUNCTION] = (unsigned long)function;
	registers[ARGUMENT] = (unsigned long)argument;
	registers[START] = (unsigned long)__semihosting_thread_start;
	if (flags & CLONE_SETTLS) registers[POINTER] = (unsigned long)pointer;

	const struct thread *self = __backend_self();
	*thread = (struct thread){
		.id = ++last, .stack_pointer = registers, .signals = __common_new_signals(&self->signals),
		.policy = self->policy, .priority = self->priority, .nice = self->nice, .affinity = self->affinity
	};
	if (flags & CLONE_CHILD_CLEARTID) thread->clear_at_exit = child_id;
	if (flags & CLONE_CHILD_SETTID) *child_id = thread->id;
	if (flags & CLONE_PARENT_SETTID) *parent_id = thread->id;
	__semihosting_start_ready(thread);
	__semihosting_start_ticks();
	return thread->id;
}
<<<<<<< HEAD

void __backend_end_thread(void)
{
	struct thread *self = __backend_self();
	if (__backend_thread_count() == 1) return;
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
=======
>>>>>>> e1159a60922f2c81ddc76ebfc2bf8bfdcfdf7e23
