/* Futexes. Of this program only, so private ones and others are the same. */

#include <errno.h>
#include "common.h"

/* linux/futex.h; musl doesn't install these. */
enum { WAIT = 0, WAKE = 1, REQUEUE = 3, CMP_REQUEUE = 4, LOCK_PI = 6, UNLOCK_PI, TRYLOCK_PI, WAIT_BITSET, WAKE_BITSET };
#define WAITED_FOR 0x80000000 /* bits of the number of the owner: FUTEX_WAITERS, FUTEX_OWNER_DIED */
#define OWNER_DIED 0x40000000
#define ALL ~0u
#define PRIVATE 128
#define REALTIME 256

/* The owner's number stands in the futex, and with WAITED_FOR the owner lets the next one in by a call. That bit stays set as
 * long as it can be needed, so whoever has waited sets it. Meanwhile the owner has the priority of those who wait. */
static long lock_pi(volatile int *address, const struct kernel_timespec *time, int try)
{
	struct thread *self = __backend_self();
	unsigned waited = 0;
	if (time && !__common_valid(time)) return -EINVAL;
	for (;;) {
		unsigned value = __atomic_load_n(address, __ATOMIC_SEQ_CST), next = value | WAITED_FOR;
		unsigned owner = value & ~(WAITED_FOR | OWNER_DIED);
		if (owner == (unsigned)self->id) return -EDEADLK;
		if (!owner) next = self->id | waited | (value & OWNER_DIED);
		else if (try) return -EAGAIN;
		if (!__atomic_compare_exchange_n(address, (int *)&value, next, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) continue;
		if (!owner) return 0;
		struct thread *thread = __backend_find(owner);
		if (!thread) return -ESRCH;
		if (self->priority > thread->priority && self->priority > thread->lent) __backend_lend(thread, self->priority);
		long result = __common_wait(address, (const int *)&next, ALL, time ? __common_at(time, 1) : FOREVER, RESTARTS);
		if (result == -ETIMEDOUT || result == -EINTR) return result;
		waited = WAITED_FOR;
	}
}

static long unlock_pi(volatile int *address)
{
	struct thread *self = __backend_self();
	unsigned value = __atomic_load_n(address, __ATOMIC_SEQ_CST);
	if ((value & ~(WAITED_FOR | OWNER_DIED)) != (unsigned)self->id) return -EPERM;
	__atomic_store_n(address, 0, __ATOMIC_SEQ_CST);
	__backend_wake(address, 1, ALL);
	if (self->lent) __backend_lend(self, 0);
	return 0;
}

/* The fourth argument is a time, or how many to requeue. */
long SYS_futex_function(volatile int *address, int operation, int value, const struct kernel_timespec *time,
	volatile int *other, int third)
{
	uint64_t deadline = FOREVER;
	int command = operation & ~(PRIVATE | REALTIME), count = (int)(intptr_t)time;
	unsigned bits = third;
	if (operation & REALTIME && command != WAIT_BITSET) return -ENOSYS;
	switch (command) {
	case WAIT:
		bits = ALL;
		/* fall through */
	case WAIT_BITSET:
		if (!bits || (time && !__common_valid(time))) return -EINVAL;
		if (time) deadline = command == WAIT ? __common_after(time) : __common_at(time, operation & REALTIME);
		return __common_wait(address, &value, bits, deadline, time ? ENDS : RESTARTS);
	case WAKE:
		return __backend_wake(address, value, ALL);
	case WAKE_BITSET:
		return bits ? __backend_wake(address, value, bits) : -EINVAL;
	case CMP_REQUEUE:
		return __backend_requeue(address, &third, value, count, other);
	case REQUEUE:
		return __backend_requeue(address, 0, value, count, other);
	case LOCK_PI:
	case TRYLOCK_PI:
		return lock_pi(address, time, command == TRYLOCK_PI);
	case UNLOCK_PI:
		return unlock_pi(address);
	}
	return -ENOSYS;
}
