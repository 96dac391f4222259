/*
 * Between the sources in this folder, which are compiled into the library of each backend that wants them, and that
 * backend, whose own header "common.h" declares or defines
 *
 *   struct thread   with the members int id; int *clear_at_exit; void *robust_list; struct thread_signals signals;
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

/* What each thread has to do with signals. Zeroed for the main thread; for others, see __common_inherit_signals. */
struct thread_signals {
	uint64_t mask, pending; /* bit 0 is signal 1 */
	int busy;               /* no handler may run: the thread waits, or holds that many locks */
	int cut;                /* the next wait is to end with EINTR */
	void *stack;            /* of sigaltstack */
	size_t stack_size;
	int stack_flags;
};

/* For shared structures; all zero is free. Not recursive. */
struct common_lock { int state; };

/* What the end of a wait by a signal leads to, after its handler has run: EINTR always, or only if the handler's action
 * has no SA_RESTART. signal(7), "Interruption of system calls", tells which calls are of which kind. */
enum after_signal { ENDS, RESTARTS };
enum delivered { NO_HANDLER_RAN = -1, ALL_WITH_RESTART, NOT_ALL_WITH_RESTART };

#pragma GCC visibility push(hidden)

/* -- What the backend provides -- */

/* The end of all threads. */
_Noreturn void __backend_exit(int status);
struct thread *__backend_self(void);
struct thread *__backend_find(int id); /* null if no thread has that number */
int __backend_thread_count(void);
void __backend_yield(void);
unsigned long __backend_processors(void); /* a bit for each one that threads may run on */

/* Waits to be woken (0), for the deadline (-ETIMEDOUT) or an interruption (-EINTR). With expected, the value is compared
 * as one step with the beginning of the wait (-EAGAIN). */
long __backend_wait(const volatile int *futex, const int *expected, unsigned bits, uint64_t deadline);
/* Wakes up to count waiters that have one of the bits; returns how many. */
int __backend_wake(const volatile int *futex, int count, unsigned bits);
/* Wakes up to count waiters and lets up to limit others wait for target; returns how many they are together. */
long __backend_requeue(const volatile int *futex, const int *expected, int count, int limit, const volatile int *target);
/* Ends the thread's wait. A thread that doesn't wait is left alone, or its next wait ended. */
void __backend_interrupt(struct thread *thread);

uint64_t __backend_now(void); /* the monotonic clock */
int64_t __backend_day_offset(void); /* from it to the time of day */
int64_t __backend_processor_time(void); /* of the program, or an error */
int64_t __backend_clock_resolution(void);

/* In bytes. */
long __backend_memory(size_t *total, size_t *unused);
/* -- What it can use -- */

/* lock.c, wait.c */
/* No handler runs between these two; they nest. The second one delivers what has arrived meanwhile. */
void __common_begin_busy(void);
void __common_end_busy(void);
/* Who holds a lock is busy. */
void __common_lock(struct common_lock *lock);
void __common_unlock(struct common_lock *lock);
/* As __backend_wait, for calls: handlers of signals run in it, and then it returns -EINTR or goes on (with a new
 * comparison), as "how" says. If the caller is busy, no signal ends it. */
long __common_wait(const volatile int *futex, const int *expected, unsigned bits, uint64_t deadline, enum after_signal how);

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

/* Where files have nothing but names, the hash of a name (FNV-1a) serves as inode number. */
static inline uint64_t __common_hash(const char *name)
{
	uint64_t hash = 0xcbf29ce484222325u;
	for (; *name; name++) hash = (hash ^ (unsigned char)*name) * 0x100000001b3u;
	return hash;
}

#endif
