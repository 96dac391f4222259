/*
 * The moments at which an object changes: whoever finds that it can't go on reads the number under the object's lock, gives
 * the lock back, and waits until the number is another one. Those who wait for different things do so with different bits.
 */
#ifndef COMMON_MOMENT_H
#define COMMON_MOMENT_H

#include <errno.h>
#include <limits.h>
#include "common.h"
#include "common/file.h"

struct moment { int number, waiting; };

enum { READERS = 1, WRITERS = 2, EVERYBODY = 3 };

/* To be called under the object's lock. */
static inline void __common_happens(struct moment *moment, unsigned bits)
{
	__atomic_fetch_add(&moment->number, 1, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&moment->waiting, __ATOMIC_SEQ_CST)) __backend_wake(&moment->number, INT_MAX, bits);
	__common_changed();
}

/* Returns 0 when there is a reason to look again, or -EINTR or -ETIMEDOUT. */
static inline long __common_await(struct moment *moment, int seen, unsigned bits, uint64_t deadline, enum after_signal how)
{
	__atomic_fetch_add(&moment->waiting, 1, __ATOMIC_SEQ_CST);
	long result = __common_wait(&moment->number, &seen, bits, deadline, how);
	__atomic_fetch_sub(&moment->waiting, 1, __ATOMIC_SEQ_CST);
	return __common_end_of_wait(result, how);
}

#endif
