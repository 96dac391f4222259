/*
 * Between the sources in this folder, which are compiled into the library of each backend that wants them, and that
 * backend, whose own header "common.h" declares or defines
 *
 *   struct thread   with the members int id; int *clear_at_exit; void *robust_list; struct thread_signals signals;
 *                   int policy, priority, lent, nice, processor; unsigned long affinity; char name[16];
 *   PAGE            bytes of a page
 *   STACK           bytes of the main thread's stack
 *   DESCRIPTORS     how many there can be
 *
 * and includes this one.
 */
#ifndef COMMON_INTERFACE_H
#define COMMON_INTERFACE_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include "syscall_functions.h"

/* Times are nanoseconds, and deadlines moments of the monotonic clock. */
#define SECOND 1000000000
#define FOREVER UINT64_MAX /* a deadline that never comes */

struct thread;

/* Of a function or variable for which linux-run (../personality) has another one, where programs are not in the backend's own
 * address space. */
#ifdef PROCESSES
#define REPLACEABLE __attribute__((weak))
#else
#define REPLACEABLE
#endif

/* What each thread has to do with signals. Bit 0 of a set is signal 1. A new thread gets __common_new_signals. */
struct thread_signals {
	uint64_t mask, pending;
	uint64_t awaited;   /* it waits for one of these (sigwait), which are not to be handled */
	int busy;           /* no handler may run: the thread waits, or holds that many locks */
	int masked;         /* 1: between __common_begin_mask and __common_end_mask, which restores unmasked */
	uint64_t unmasked;
	int ran;            /* the last handlers: enum delivered */
	int cut;            /* the next wait is to end with EINTR */
	void *stack;        /* of sigaltstack */
	size_t stack_size;  /* 0: none */
};

/* For shared structures; all zero is free. Not recursive. */
struct common_lock { int state; };

/* All zero but for the function, it isn't set. */
struct common_timer {
	struct common_timer *next;
	uint64_t deadline;
	void (*expire)(struct common_timer *timer);
};

/* What the end of a wait by a signal leads to, after its handler has run: EINTR always, or only if the handler's action
 * has no SA_RESTART. signal(7), "Interruption of system calls", tells which calls are of which kind. */
enum after_signal { ENDS, RESTARTS };
enum delivered { NO_HANDLER_RAN = -1, ALL_WITH_RESTART, NOT_ALL_WITH_RESTART };
enum due { TO_HANDLE = 1, AWAITED = 2 }; /* a set of these */

#include "common/process.h"

#pragma GCC visibility push(hidden)

/* -- What the backend provides -- */

/* The end of all threads. */
_Noreturn void __backend_exit(int status);
/* The end of the calling thread; comes back if no other is left. In programs that have threads. */
__attribute__((weak)) void __backend_end_thread(void);
struct thread *__backend_self(void);
struct thread *__backend_find(int id); /* null if no thread has that number */
int __backend_thread_count(void);
void __backend_yield(void);
unsigned long __backend_processors(void); /* a bit for each one that threads may run on */
/* Sets the members of the thread as well. SCHED_FIFO and SCHED_RR have priorities of 1 to 99, others 0. */
long __backend_schedule(struct thread *thread, int policy, int priority);
/* While it is higher than the thread's own, it has that priority. */
void __backend_lend(struct thread *thread, int priority);
long __backend_place(struct thread *thread, unsigned long processors);

/* Waits to be woken (0), for the deadline (-ETIMEDOUT) or an interruption (-EINTR). With expected, the value is compared
 * as one step with the beginning of the wait (-EAGAIN). The caller is busy. */
long __backend_wait(const volatile int *futex, const int *expected, unsigned bits, uint64_t deadline);
/* Wakes up to count waiters that have one of the bits; returns how many. */
int __backend_wake(const volatile int *futex, int count, unsigned bits);
/* Wakes up to count waiters and lets up to limit others wait for target; returns how many they are together. */
long __backend_requeue(const volatile int *futex, const int *expected, int count, int limit, const volatile int *target);
/* Ends the thread's wait. A thread that doesn't wait is left alone, or its next wait ended. */
void __backend_interrupt(struct thread *thread);
struct thread *__backend_next_thread(struct thread *thread); /* in a list of all, from null to null */
/* Makes a thread that runs look for signals soon (__common_deliver_at). */
void __backend_kick(struct thread *thread);
/* Whether there is a handler for a signal that instructions cause. The backend delivers them: __common_fault. */
void __backend_catch(int signal, int handled);
/* The stack for signals of this thread has changed; size 0: it has none. */
void __backend_set_signal_stack(void *stack, size_t size);
/* From now on the backend calls __common_run_timers at the moment that __common_next_timer says. */
void __backend_timers_changed(void);

uint64_t __backend_now(void); /* the monotonic clock */
int64_t __backend_day_offset(void); /* from it to the time of day, as it is known at the start */
int64_t __backend_thread_time(struct thread *thread); /* of the processor */
int64_t __backend_ended_time(void); /* of threads that have ended */
int64_t __backend_clock_resolution(void);

/* In bytes. */
long __backend_memory(size_t *total, size_t *unused);
/* -- What it can use -- */

/* shared_lock.c */
/* Who holds a lock is busy. */
void __common_lock(struct common_lock *lock);
void __common_unlock(struct common_lock *lock);

/* call_wait.c */
/* No handler runs between these two; they nest. The last one delivers what has arrived meanwhile. */
void __common_begin_busy(void);
void __common_end_busy(void);
/* As __backend_wait, for calls: handlers of signals run in it, and then it returns -EINTR or goes on (with a new
 * comparison), as "how" says. If the caller is busy, no signal ends it. */
long __common_wait(const volatile int *futex, const int *expected, unsigned bits, uint64_t deadline, enum after_signal how);
/* For calls like ppoll: until the end, the thread has that mask, and signals come only in __common_wait. With null nothing
 * changes, and the end does nothing. Not for a caller that is busy. */
void __common_begin_mask(const uint32_t *mask);
void __common_end_mask(void);

/* signals.c */
void __common_raise(int signal); /* for the caller, because of what it does: SIGPIPE */
/* Whoever wants to know defines this one: a signal is pending, and may be blocked. The lock of signals is held. */
void __common_signal_queued(int signal);

/* signals.c: only weak references to these, so that they are linked only for a program that uses signals */
int __common_due(struct thread *self);
void __common_deliver(struct thread *self);
void __common_change_mask(struct thread *self, uint64_t mask); /* without delivering what is no longer blocked */
void __common_forget_signals(struct thread *thread); /* of a thread that ends */

/* timers.c */
/* Calls its function, once, when the deadline is over; FOREVER takes it back. The function runs where it must not wait for
 * long, in one thread at a time, and may come a last time while the timer is being taken back. */
void __common_set_timer(struct common_timer *timer, uint64_t deadline);
/* For the backend, as weak references: */
void __common_run_timers(void); /* what is over; the caller is busy */
uint64_t __common_next_timer(void); /* when the next one is */

/* time.c: what the clock shows, or an error */
int64_t __common_clock(clockid_t clock);

/* day.c, posix_timers.c */
int64_t __common_day_offset(void);
extern int __common_day_changes; /* a futex */
void __common_day_was_set(void);
void __common_day_offset_is(int64_t offset);

/* limits.c: for the table of descriptors */
int __common_descriptor_limit(void);

/* clone_flags.c */
long __common_check_clone(int flags);

/* deadline.c, sleep.c */
int __common_valid(const struct kernel_timespec *time);
uint64_t __common_at(const struct kernel_timespec *time, int of_day);
uint64_t __common_after(const struct kernel_timespec *time);
struct kernel_timespec __common_rest(uint64_t deadline);
uint64_t __common_after_milliseconds(int milliseconds);
long __common_sleep(uint64_t deadline);

#pragma GCC visibility pop

/* Of a new thread, made by the one with these. */
static inline struct thread_signals __common_new_signals(const struct thread_signals *parent)
{
	return (struct thread_signals){ .mask = parent->mask };
}

static inline size_t __common_length(const char *text)
{
	size_t length = 0;
	while (text[length]) length++;
	return length;
}

static inline int __common_equal(const char *a, const char *b)
{
	while (*a && *a == *b) a++, b++;
	return *a == *b;
}

/* Where files have nothing but names, the hash of a name (FNV-1a) serves as inode number. */
static inline uint64_t __common_hash(const char *name)
{
	uint64_t hash = 0xcbf29ce484222325u;
	for (; *name; name++) hash = (hash ^ (unsigned char)*name) * 0x100000001b3u;
	return hash;
}

#endif
