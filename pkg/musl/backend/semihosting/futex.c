/* Futexes. As threads switch in waits only, comparing and beginning to wait is atomic by itself. */

#include <errno.h>
#include "semihosting.h"

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
		if (!bits || (time && !__semihosting_valid(time))) return -EINVAL;
		if (*address != value) return -EAGAIN;
		if (time && command == WAIT) deadline = __semihosting_after(time);
		else if (time) deadline = __semihosting_at(time, operation & REALTIME ? __semihosting_real_offset() : 0);
		return __semihosting_wait(address, bits, deadline);
	case WAKE:
		return __semihosting_wake(address, value, ALL, 0, 0);
	case WAKE_BITSET:
		return bits ? __semihosting_wake(address, value, bits, 0, 0) : -EINVAL;
	case CMP_REQUEUE:
		if (*address != third) return -EAGAIN;
		/* fall through */
	case REQUEUE:
		return __semihosting_wake(address, value, ALL, count, other);
	}
	return -ENOSYS; /* the ones with priority inheritance, for one */
}
