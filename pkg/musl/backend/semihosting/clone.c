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
