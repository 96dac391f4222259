/* Threads' life: clone, exit and unmapself. */

#define _GNU_SOURCE /* CLONE_* */
#include <errno.h>
#include <sched.h>
#include "backend.h"

__attribute__((weak)) __typeof__(__l4re_watch) __l4re_watch;
__attribute__((weak)) __typeof__(__common_forget_signals) __common_forget_signals;

struct thread *__l4re_make_thread(int (*function)(void *), void *argument, void *stack)
{
	struct thread *thread = __l4re_take_thread(), *self = __backend_self();
	if (!thread) return 0;
	thread->function = function;
	thread->argument = argument;
	thread->stack = stack;
	thread->pointer = 0;
	thread->clear_at_exit = 0;
	thread->robust_list = 0;
	thread->interrupted = 0;
	thread->to_stop = thread->again = 0;
	thread->signals = __common_new_signals(&self->signals);
	thread->signals.busy = 1; /* until it runs */
	thread->used_before = 0;
	thread->used_before = __backend_thread_time(thread);
	if (__l4re_watch) __l4re_watch(thread);
	thread->unmap = 0;
	__l4re_inherit_scheduling(thread);
#ifdef PROCESSES
	thread->process_distance = self->process_distance;
	thread->space_distance = self->space_distance;
	__atomic_store_n(&thread->process, __common_process(), __ATOMIC_RELEASE);
#endif
	return thread;
}

long SYS_clone_thread_function(int (*function)(void *), void *stack, int flags, void *argument, int *parent_id,
	void *pointer, int *child_id)
{
	long error = __common_check_clone(flags);
	if (error) return error;
	struct thread *thread = __l4re_make_thread(function, argument, stack);
	if (!thread) return -EAGAIN;

	int id = thread->id;
	if (flags & CLONE_SETTLS) thread->pointer = pointer;
	if (flags & CLONE_CHILD_CLEARTID) thread->clear_at_exit = child_id;
	if (flags & CLONE_CHILD_SETTID) *child_id = id;
	if (flags & CLONE_PARENT_SETTID) *parent_id = id;
	__l4re_wake(thread);
	return id;
}

/* At home, so that none of the resources of musl's thread are in use when others learn that it has ended. */
static void end(struct thread *self)
{
	int *clear = self->clear_at_exit;
	if (self->unmap) SYS_munmap_function(self->stack, self->unmap);
	if (clear) {
		__atomic_store_n(clear, 0, __ATOMIC_SEQ_CST);
		__backend_wake(clear, 1, ~0u);
	}
	if (!self->home) for (;;) __l4re_await_waker(FOREVER); /* the main thread's stack belongs to no one else */
	__l4re_give_thread_back(self);
	__l4re_thread_home(self);
}

void __backend_end_thread(void)
{
	struct thread *self = __backend_self();
	__common_begin_busy(); /* to the end: no handler runs any more */
	if (__common_forget_signals) __common_forget_signals(self);
	__l4re_end_time(self);
	if (!__l4re_leave_thread()) return;
	if (self->home) __l4re_on_stack(self->home, end, self);
	end(self);
}

_Noreturn void SYS_unmapself_function(void *base, size_t size)
{
	struct thread *self = __backend_self();
	self->stack = base;
	self->unmap = size;
	SYS_exit_function(0);
}
