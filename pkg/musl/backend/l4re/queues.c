/*
 * Waiting: queues of threads that wait for a futex or for time to pass, each for its own waker.
 *
 * No wake-up is lost. A waiter compares the futex and enters the queue under the lock of the queue. Who wakes changes
 * the futex first, and then takes the lock: so either the waiter is in the queue by then and is found, or it compares
 * later, and sees the change. Taking a thread out of its queue and waking it belong together, one to one: the thread
 * doesn't leave __backend_wait before it has got the matching call, even if its time is over just then. So there is none
 * whenever a thread begins to wait, and one that comes too early isn't lost: the kernel keeps it.
 */

#include <errno.h>
#include "backend.h"

#define QUEUES 64

static struct queue { struct lock lock; struct thread *first, *last; } queues[QUEUES];

int __l4re_make_queue_locks(void)
{
	for (struct queue *queue = queues; queue < queues + QUEUES; queue++)
		if (!queue->lock.semaphore && __l4re_new_semaphore(&queue->lock.semaphore)) return -1;
	return 0;
}

static struct queue *queue_of(const volatile int *futex)
{
	return queues + (uintptr_t)futex / sizeof(int) % QUEUES;
}

/* What a thread waits for may become something else until its queue is locked: __backend_requeue. */
static struct queue *lock_queue_of(struct thread *thread)
{
	for (;;) {
		struct queue *queue = queue_of(__atomic_load_n(&thread->waits_for, __ATOMIC_SEQ_CST));
		__l4re_lock(&queue->lock);
		if (queue == queue_of(__atomic_load_n(&thread->waits_for, __ATOMIC_SEQ_CST))) return queue;
		__l4re_unlock(&queue->lock);
	}
}

static void enter(struct queue *queue, struct thread *thread, const volatile int *futex)
{
	thread->behind = 0;
	if (queue->first) queue->last->behind = thread;
	else queue->first = thread;
	queue->last = thread;
	__atomic_store_n(&thread->waits_for, futex, __ATOMIC_SEQ_CST);
}

/* The one before it is null if it is the first. */
static void leave(struct queue *queue, struct thread *before, struct thread *thread)
{
	if (before) before->behind = thread->behind;
	else queue->first = thread->behind;
	if (queue->last == thread) queue->last = before;
}

static void find_and_leave(struct queue *queue, struct thread *thread)
{
	struct thread *before = 0;
	for (struct thread *t = queue->first; t != thread; t = t->behind) before = t;
	leave(queue, before, thread);
	thread->waits_for = 0;
}

/* Waits to be woken (0), for the deadline (-ETIMEDOUT) or an interruption (-EINTR). The caller is busy. */
long __backend_wait(const volatile int *futex, const int *expected, unsigned bits, uint64_t deadline)
{
	struct thread *self = __backend_self();
	struct queue *queue = queue_of(futex);
	__l4re_lock(&queue->lock);
	if (expected && *futex != *expected) {
		__l4re_unlock(&queue->lock);
		return -EAGAIN;
	}
	self->bits = bits;
	self->result = 0;
	enter(queue, self, futex);
	/* Set after waits_for was, it is seen by __backend_interrupt; set before, it is seen here. */
	int interrupted = __atomic_load_n(&self->interrupted, __ATOMIC_SEQ_CST);
	__l4re_unlock(&queue->lock);

	if (interrupted || !__l4re_await_waker(deadline)) {
		queue = lock_queue_of(self);
		int still = !!self->waits_for;
		if (still) find_and_leave(queue, self);
		__l4re_unlock(&queue->lock);
		if (still) self->result = interrupted ? -EINTR : -ETIMEDOUT;
		else __l4re_await_waker(FOREVER);
	}
	if (self->result == -EINTR) __atomic_store_n(&self->interrupted, 0, __ATOMIC_SEQ_CST);
	return self->result;
}

/* Takes up to count threads with one of the bits out of the queue in which they came, and puts them before the rest. */
static struct thread *take(struct queue *queue, const volatile int *futex, int count, unsigned bits, int *taken)
{
	struct thread *first = 0, **end = &first, *before = 0, *next;
	*taken = 0;
	for (struct thread *thread = queue->first; thread && *taken < count; thread = next) {
		next = thread->behind;
		if (thread->waits_for != futex || !(thread->bits & bits)) {
			before = thread;
			continue;
		}
		leave(queue, before, thread);
		*end = thread;
		end = &thread->behind;
		++*taken;
	}
	*end = 0;
	return first;
}

/* Marks them as out of the queue; to be done under its lock. */
static void mark(struct thread *thread)
{
	for (; thread; thread = thread->behind) thread->waits_for = 0;
}

/* A thread's record is its own again from then on. */
static void let_go(struct thread *thread)
{
	while (thread) {
		struct thread *next = thread->behind;
		__l4re_wake(thread);
		thread = next;
	}
}

int __backend_wake(const volatile int *futex, int count, unsigned bits)
{
	int woken;
	struct queue *queue = queue_of(futex);
	__common_begin_busy();
	__l4re_lock(&queue->lock);
	struct thread *first = take(queue, futex, count, bits, &woken);
	mark(first);
	__l4re_unlock(&queue->lock);
	let_go(first);
	__common_end_busy();
	return woken;
}

/* Both locks at once, always in the same order, so that nobody can meet a thread between its two queues. */
long __backend_requeue(const volatile int *futex, const int *expected, int count, int limit, const volatile int *target)
{
	int woken = 0, moved = 0, as_expected = 1;
	struct queue *from = queue_of(futex), *to = queue_of(target);
	__common_begin_busy();
	__l4re_lock(from < to ? &from->lock : &to->lock);
	if (from != to) __l4re_lock(from < to ? &to->lock : &from->lock);
	struct thread *first = 0;
	if (expected && *futex != *expected) {
		as_expected = 0;
	} else {
		first = take(from, futex, count, ~0u, &woken);
		mark(first);
		for (struct thread *thread = take(from, futex, limit, ~0u, &moved), *next; thread; thread = next) {
			next = thread->behind;
			enter(to, thread, target);
		}
	}
	if (from != to) __l4re_unlock(&to->lock);
	__l4re_unlock(&from->lock);
	let_go(first);
	__common_end_busy();
	return as_expected ? woken + moved : -EAGAIN;
}

/* Ends the thread's wait, or else its next one. */
void __backend_interrupt(struct thread *thread)
{
	if (thread == __backend_self()) return;
	__common_begin_busy();
	__atomic_store_n(&thread->interrupted, 1, __ATOMIC_SEQ_CST);
	struct queue *queue = lock_queue_of(thread);
	/* It may have begun to wait in another queue since then; if so, it has seen that it is interrupted. */
	const volatile int *futex = __atomic_load_n(&thread->waits_for, __ATOMIC_SEQ_CST);
	int waits = futex && queue_of(futex) == queue;
	if (waits) {
		find_and_leave(queue, thread);
		thread->result = -EINTR;
	}
	__l4re_unlock(&queue->lock);
	if (waits) __l4re_wake(thread);
	__common_end_busy();
}
