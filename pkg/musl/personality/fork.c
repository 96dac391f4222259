/*
 * fork, vfork, and clone of processes. The child is a thread in another task that goes on where the parent is. Its memory is a
 * copy, whose pages are copied when either writes there, or with CLONE_VM the parent's.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include "user.h"

/* Untraced, without System V semaphores to undo, and detached are all that there are. */
#define SERVED (CLONE_VM | CLONE_VFORK | CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID \
	| CLONE_UNTRACED | CLONE_SYSVSEM | CLONE_DETACHED | CSIGNAL)

static struct space *space_for_child(unsigned long flags)
{
	struct space *space = linux_space();
	if (!(flags & CLONE_VM)) return linux_copy_space();
	__atomic_fetch_add(&space->references, 1, __ATOMIC_RELAXED);
	return space;
}

/* All of it but the memory, timers, and pending signals. */
static long inherit(struct process *child)
{
	__common_inherit_descriptors(child->distance);
	__common_inherit_umask(child->distance);
	__common_inherit_owner(child->distance);
	__common_inherit_limits(child->distance);
	__common_inherit_actions(child->distance);
	return __common_inherit_folder(child->distance);
}

/* Of one that never ran. */
static void forget(struct process *child)
{
	struct process *parent = __common_act_for(child);
	__common_close_all(0);
	__common_free_folder();
	__common_act_for(parent);
	if (child->space) linux_put_space(child->space);
	__common_lock(&linux_processes_lock);
	linux_free_process(child);
	__common_unlock(&linux_processes_lock);
}

static struct process *new_child(unsigned long flags)
{
	struct process *child = linux_new_process();
	if (!child) return 0;
	child->end_signal = flags & CSIGNAL;
	child->space = space_for_child(flags);
	if (child->space && !inherit(child)) return child;
	forget(child);
	return 0;
}

/* Its first thread, which waits to be woken. */
static struct thread *new_leader(struct process *child, struct linux_thread *parent, const unsigned long *arguments)
{
	unsigned long flags = arguments[0];
	struct beginning *beginning = linux_may_have_thread() ? linux_new_beginning(parent, arguments) : 0;
	if (!beginning) return 0;
	struct process *before = __common_act_for(child);
	struct thread *thread = __l4re_make_thread(linux_begin_thread, beginning, linux_stack_of(beginning));
	if (thread) {
		int *word = flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID) ? linux_writable_word(arguments[4]) : 0;
		child->id = thread->id;
		if (flags & CLONE_CHILD_CLEARTID) thread->clear_at_exit = word;
		if (flags & CLONE_CHILD_SETTID && word) *word = thread->id;
	} else {
		linux_free_beginning(beginning);
	}
	__common_act_for(before);
	return thread;
}

/* Until the child no longer uses its parent's memory. Only a signal that ends the parent ends that, too: the memory stays. */
static void wait_for_memory(int id, int *lent)
{
	const int is_lent = 1;
	__common_begin_busy();
	while (__atomic_load_n(lent, __ATOMIC_SEQ_CST) && !__common_is_dying(__backend_self()))
		__backend_wait(lent, &is_lent, ~0u, FOREVER);
	__common_lock(&linux_processes_lock);
	struct process *child = linux_find_process(id);
	if (child && child->lent == lent) child->lent = 0;
	__common_unlock(&linux_processes_lock);
	__common_end_busy();
}

long linux_clone_process(struct linux_thread *thread, const unsigned long *arguments)
{
	unsigned long flags = arguments[0];
	if (flags & ~SERVED) return -EINVAL;
	if ((flags & CSIGNAL) > SIGNALS) return -EINVAL;
	struct process *child = new_child(flags);
	if (!child) return -EAGAIN;
	struct thread *leader = new_leader(child, thread, arguments);
	if (!leader) {
		forget(child);
		return -EAGAIN;
	}
	int id = child->id, waits = !!(flags & CLONE_VFORK), lent = waits;
	int *word = flags & CLONE_PARENT_SETTID ? linux_writable_word(arguments[2]) : 0;
	if (word) *word = id;
	child->lent = waits ? &lent : 0;
	linux_add_process(child);
	__l4re_wake(leader);
	if (waits) wait_for_memory(id, &lent);
	return id;
}
