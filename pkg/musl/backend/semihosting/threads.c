/*
 * Threads, cooperative: a thread runs until it waits, sleeps, yields or ends. There is one core and no interrupts, so
 * whatever runs between two such points is atomic, and nothing in this backend needs a lock. The price: a thread that
 * spins without a system call (pthread_spin_lock on a lock whose holder waits, a loop over trylock) never ends.
 */

#include <errno.h>
#include <time.h>
#include "semihosting.h"

struct queue { struct thread *first, **end; };

static struct thread main_thread = { .id = 1 };
static struct thread *self = &main_thread;
static struct queue ready = { 0, &ready.first }, waiting = { 0, &waiting.first };

static void append(struct queue *queue, struct thread *thread)
{
	thread->next = 0;
	*queue->end = thread;
	queue->end = &thread->next;
}

/* Takes the thread out of its queue, in which *link points to it. */
static struct thread *take(struct queue *queue, struct thread **link)
{
	struct thread *thread = *link;
	*link = thread->next;
	if (queue->end == &thread->next) queue->end = link;
	return thread;
}

static void end_wait(struct thread **link, long result)
{
	struct thread *thread = take(&waiting, link);
	thread->result = result;
	append(&ready, thread);
}

/* Ends the waits that are over; returns the earliest deadline of the others. */
static uint64_t expire(void)
{
	uint64_t earliest = FOREVER, now = 0;
	for (struct thread **link = &waiting.first; *link;) {
		struct thread *thread = *link;
		if (thread->deadline != FOREVER && !now) now = __backend_now();
		if (thread->deadline != FOREVER && thread->deadline <= now) {
			end_wait(link, -ETIMEDOUT);
			continue;
		}
		if (thread->deadline < earliest) earliest = thread->deadline;
		link = &thread->next;
	}
	return earliest;
}

/* Runs the first thread that is ready; returns when the caller is it. */
static void schedule(void)
{
	struct thread *before = self;
	uint64_t earliest;
	while (earliest = expire(), !ready.first) {
		if (earliest == FOREVER) {
			__semihosting_report("semihosting: deadlock: threads that wait for ever: ");
			__semihosting_report_number(__backend_thread_count() - 1, 10);
			__semihosting_report(", and none that could wake them\n");
			__backend_exit(70);
		}
		__semihosting_idle_until(earliest);
	}
	self = take(&ready, &ready.first);
	if (self != before) __semihosting_switch(&before->stack_pointer, self->stack_pointer);
}

struct thread *__backend_self(void)
{
	return self;
}

int __backend_thread_count(void)
{
	int count = 1;
	for (struct thread *thread = ready.first; thread; thread = thread->next) count++;
	for (struct thread *thread = waiting.first; thread; thread = thread->next) count++;
	return count;
}

struct thread *__backend_find(int id)
{
	if (self->id == id) return self;
	for (struct thread *thread = ready.first; thread; thread = thread->next) if (thread->id == id) return thread;
	for (struct thread *thread = waiting.first; thread; thread = thread->next) if (thread->id == id) return thread;
	return 0;
}

/* One core, number 0. */
unsigned long __backend_processors(void)
{
	return 1;
}

void __semihosting_start_ready(struct thread *thread)
{
	append(&ready, thread);
}

void __backend_yield(void)
{
	append(&ready, self);
	schedule();
}

/* Waits to be woken (0), for the deadline (-ETIMEDOUT) or an interruption (-EINTR). */
long __backend_wait(const volatile int *futex, const int *expected, unsigned bits, uint64_t deadline)
{
	if (expected && *futex != *expected) return -EAGAIN;
	self->waits_for = futex;
	self->bits = bits;
	self->deadline = deadline;
	append(&waiting, self);
	schedule();
	return self->result;
}

/* Wakes up to count threads in the order in which they came, then lets up to limit others wait for target instead. */
static int release(const volatile int *futex, int count, unsigned bits, int limit, const volatile int *target)
{
	int done = 0, moved = 0;
	for (struct thread **link = &waiting.first; *link && (done < count || moved < limit);) {
		struct thread *thread = *link;
		if (thread->waits_for != futex || !(thread->bits & bits)) {
			link = &thread->next;
		} else if (done < count) {
			end_wait(link, 0);
			done++;
		} else {
			thread->waits_for = target;
			moved++;
			link = &thread->next;
		}
	}
	return done + moved;
}

int __backend_wake(const volatile int *futex, int count, unsigned bits)
{
	return release(futex, count, bits, 0, 0);
}

long __backend_requeue(const volatile int *futex, const int *expected, int count, int limit, const volatile int *target)
{
	return expected && *futex != *expected ? -EAGAIN : release(futex, count, ~0u, limit, target);
}

/* Ends the thread's wait with -EINTR, if it waits. */
void __backend_interrupt(struct thread *thread)
{
	for (struct thread **link = &waiting.first; *link; link = &(*link)->next)
		if (*link == thread) {
			end_wait(link, -EINTR);
			return;
		}
}

/*
 * The end of the thread. Its stack may be free memory already, and schedule still uses it, but that's all right: until
 * another thread runs, nobody allocates.
 */
void __semihosting_leave(void)
{
	schedule();
	__builtin_unreachable();
}
