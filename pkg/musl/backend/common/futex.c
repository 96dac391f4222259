/* Futexes. Of this program only, so private ones and others are the same. */

#include <errno.h>
#include "common.h"

/* linux/futex.h; musl doesn't install these. */
enum { WAIT = 0, WAKE = 1, REQUEUE = 3, CMP_REQUEUE = 4, WAIT_BITSET = 9, WAKE_BITSET = 10 };
#define ALL ~0u
#define PRIVATE 128
#define REALTIME 256

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
	}
	return -ENOSYS; /* the ones with priority inheritance, for one */
}
