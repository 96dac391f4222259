/* Threads' life: clone, exit, unmapself, and their names. */

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

#define NEEDED (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD)
#define IGNORED (CLONE_SYSVSEM | CLONE_DETACHED) /* true by themselves, or without a meaning */
#define SERVED (CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID)

/* The thread's own record and its first registers lie at the top of its stack: nothing to allocate, nothing to free. */
long SYS_clone_thread_function(int (*function)(void *), void *stack, int flags, void *argument, int *parent_id,
	void *pointer, int *child_id)
{
	static int last = 1;
	if ((flags & NEEDED) != NEEDED) return -ENOSYS; /* another process, as of posix_spawn */
	if (flags & ~(NEEDED | IGNORED | SERVED)) return -EINVAL;
	if (last == INT_MAX) return -EAGAIN;

	struct thread *thread = (struct thread *)((uintptr_t)stack & -16ul) - 1;
	thread = (struct thread *)((uintptr_t)thread & -16ul);
	unsigned long *registers = (unsigned long *)thread - WORDS;
	for (int i = 0; i < WORDS; i++) registers[i] = 0;
	registers[FUNCTION] = (unsigned long)function;
	registers[ARGUMENT] = (unsigned long)argument;
	registers[START] = (unsigned long)__semihosting_thread_start;
	if (flags & CLONE_SETTLS) registers[POINTER] = (unsigned long)pointer;

	*thread = (struct thread){ .id = ++last, .stack_pointer = registers };
	if (flags & CLONE_CHILD_CLEARTID) thread->clear_at_exit = child_id;
	if (flags & CLONE_CHILD_SETTID) *child_id = thread->id;
	if (flags & CLONE_PARENT_SETTID) *parent_id = thread->id;
	__semihosting_start_ready(thread);
	return thread->id;
}

_Noreturn long SYS_exit_function(int status)
{
	struct thread *self = __semihosting_self();
	if (__semihosting_thread_count() == 1) __semihosting_exit(status);
	if (self->clear_at_exit) {
		*self->clear_at_exit = 0;
		__semihosting_wake(self->clear_at_exit, 1, ~0u, 0, 0);
	}
	__semihosting_leave();
}

_Noreturn void SYS_unmapself_function(void *start, size_t size)
{
	SYS_munmap_function(start, size);
	SYS_exit_function(0);
}

long SYS_set_tid_address_function(int *address)
{
	__semihosting_self()->clear_at_exit = address;
	return __semihosting_self()->id;
}

long SYS_gettid_function(void)
{
	return __semihosting_self()->id;
}

/* The list would serve a thread that is killed; here threads end in pthread_exit only, where musl walks it itself. */
long SYS_set_robust_list_function(void *list, size_t size)
{
	if (size != 3*sizeof(long)) return -EINVAL;
	__semihosting_self()->robust_list = list;
	return 0;
}

/* Has no prototype in the header, as musl is content with any answer but an error. */
long SYS_get_robust_list_function(int id, void **list, size_t *size)
{
	struct thread *thread = id ? __semihosting_find(id) : __semihosting_self();
	if (!thread) return -ESRCH;
	*list = thread->robust_list;
	*size = 3*sizeof(long);
	return 0;
}

#ifndef __aarch64__
long SYS_arm_set_tls_function(void *pointer)
{
	__asm__ volatile ("mcr p15, 0, %0, c13, c0, 3" : : "r"(pointer) : "memory"); /* TPIDRURO */
	return 0;
}
#endif
