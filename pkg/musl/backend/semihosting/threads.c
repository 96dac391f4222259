/*
 * Threads. One runs until it waits, sleeps, yields or ends, or until the timer's interrupt makes it yield (tick.c). That is
 * put off while this backend runs, so whatever runs between two such points is atomic, and nothing here needs a lock.
 */

#include <errno.h>
#include <sched.h>
#include "semihosting.h"

/* Only a program with timers has them, and only one that handles signals has more than two of these. */
__attribute__((weak)) __typeof__(__common_run_timers) __common_run_timers;
__attribute__((weak)) __typeof__(__common_next_timer) __common_next_timer;
__attribute__((weak)) __typeof__(__semihosting_set_tick) __semihosting_set_tick;

struct queue { struct thread *first, **end; };

static struct thread main_thread = { .id = 1 };
static struct thread *self = &main_thread, *all = &main_thread;
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

static int priority_of(const struct thread *thread)
{
	return thread->lent > thread->priority ? thread->lent : thread->priority;
}

/* Behind those of its priority, or before them. */
static void make_ready(struct thread *thread, int first)
{
	struct thread **link = &ready.first;
	while (*link && priority_of(*link) >= priority_of(thread) + first) link = &(*link)->next;
	thread->next = *link;
	*link = thread;
	if (ready.end == link) ready.end = &thread->next;
}

static void end_wait(struct thread **link, long result)
{
	struct thread *thread = take(&waiting, link);
	thread->result = result;
	make_ready(thread, 0);
}

/* When the first of the waits and timers is over that are not over yet. */
uint64_t __semihosting_earliest(void)
{
	uint64_t earliest = __common_next_timer ? __common_next_timer() : FOREVER;
	for (struct thread *thread = waiting.first; thread; thread = thread->next)
		if (thread->deadline < earliest) earliest = thread->deadline;
	return earliest;
}

/* Ends the waits that are over. */
static void expire(void)
{
	uint64_t now = 0;
	if (__common_run_timers) __common_run_timers();
	for (struct thread **link = &waiting.first; *link;) {
		struct thread *thread = *link;
		if (thread->deadline != FOREVER && !now) now = __backend_now();
		if (thread->deadline != FOREVER && thread->deadline <= now) end_wait(link, -ETIMEDOUT);
		else link = &thread->next;
	}
}

/* Runs the first thread that is ready; returns when the caller is it. */
static void schedule(void)
{
	struct thread *before = self;
	while (expire(), !ready.first) {
		uint64_t earliest = __semihosting_earliest();
		if (earliest == FOREVER) {
			__semihosting_report("semihosting: deadlock: threads that wait for ever: ");
			__semihosting_report_number(__backend_thread_count(), 10);
			__semihosting_report(", and none that could wake them\n");
			__backend_exit(70);
		}
		__semihosting_idle_until(earliest);
	}
	self = take(&ready, &ready.first);
	if (self == before) return;
	before->used += __semihosting_processor_time();
	self->used -= __semihosting_processor_time();
	__semihosting_switch(&before->stack_pointer, self->stack_pointer);
}

struct thread *__backend_self(void)
{
	return self;
}

/* The used time of the one that runs has the moment at which it began taken off. */
int64_t __backend_thread_time(struct thread *thread)
{
	return thread->used + (thread == self ? __semihosting_processor_time() : 0);
}

struct thread *__backend_next_thread(struct thread *thread)
{
	return thread ? thread->older : all;
}

int __backend_thread_count(void)
{
	int count = 0;
	for (struct thread *thread = all; thread; thread = thread->older) count++;
	return count;
}

struct thread *__backend_find(int id)
{
	struct thread *thread = all;
	while (thread && thread->id != id) thread = thread->older;
	return thread;
}

/* One core, number 0. */
unsigned long __backend_processors(void)
{
	return 1;
}

void __semihosting_start_ready(struct thread *thread)
{
	thread->older = all;
	all = thread;
	make_ready(thread, 0);
}

void __backend_yield(void)
{
	make_ready(self, 0);
	schedule();
}

/* What ready threads and time demand, without being asked. With SCHED_FIFO others of the same priority have to wait. */
void __semihosting_take_turns(void)
{
	make_ready(self, self->policy == SCHED_FIFO);
	schedule();
}

static void sort_again(struct thread *thread)
{
	for (struct thread **link = &ready.first; *link; link = &(*link)->next)
		if (*link == thread) {
			make_ready(take(&ready, link), 0);
			return;
		}
}

/* The queue of threads that are ready is in the order of their priorities. A thread that is not the first any more by it
 * goes on until its turn is over. */
long __backend_schedule(struct thread *thread, int policy, int priority)
{
	thread->policy = policy;
	thread->priority = priority;
	sort_again(thread);
	return 0;
}

void __backend_lend(struct thread *thread, int priority)
{
	thread->lent = priority;
	sort_again(thread);
}

long __backend_place(struct thread *thread, unsigned long processors)
{
	thread->affinity = processors;
	return 0;
}

/* Waits to be woken (0), for the deadline (-ETIMEDOUT) or an interruption (-EINTR). */
long __backend_wait(const volatile int *futex, const int *expected, unsigned bits, uint64_t deadline)
{
	if (expected && *futex != *expected) return -EAGAIN;
	self->waits_for = futex;
	self->bits = bits;
	self->deadline = deadline;
	append(&waiting, self);
	if (deadline != FOREVER && __semihosting_set_tick) __semihosting_set_tick();
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

/* It looks for signals when it runs again (tick.c, and the end of the call that it is in). */
void __backend_kick(struct thread *thread)
{
	(void)thread;
}

/*
 * The end of the thread. Its stack may be free memory already, and schedule still uses it, but that's all right: until
 * another thread runs, nobody allocates.
 */
void __semihosting_leave(void)
{
	struct thread **link = &all;
	while (*link != self) link = &(*link)->older;
	*link = self->older;
	__semihosting_ended_time(__backend_thread_time(self));
	schedule();
	__builtin_unreachable();
}
