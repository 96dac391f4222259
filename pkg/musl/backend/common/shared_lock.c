/*
 * Locks for what threads share. Whoever has to wait does so with __backend_wait, and no signal ends that: a thread that
 * holds a lock is busy, and what arrives meanwhile is delivered when it has given back the last one.
 */

#include "common.h"

enum { FREE, HELD, WANTED };

void __common_lock(struct common_lock *lock)
{
	const int wanted = WANTED;
	int expected = FREE;
	__common_begin_busy();
	if (__atomic_compare_exchange_n(&lock->state, &expected, HELD, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) return;
	while (__atomic_exchange_n(&lock->state, WANTED, __ATOMIC_ACQUIRE) != FREE)
		__backend_wait(&lock->state, &wanted, ~0u, FOREVER);
}

void __common_unlock(struct common_lock *lock)
{
	if (__atomic_exchange_n(&lock->state, FREE, __ATOMIC_RELEASE) == WANTED) __backend_wake(&lock->state, 1, ~0u);
	__common_end_busy();
}
