/* Sleeping: a wait that ends at its deadline, as nobody wakes what waits at a thread's number. */

#include <errno.h>
#include <time.h>
#include "common.h"

/* Returns 0, or -EINTR before that. */
long __common_sleep(uint64_t deadline)
{
	long result = __common_wait(&__backend_self()->id, 0, ~0u, deadline, ENDS);
	return result == -ETIMEDOUT ? 0 : result;
}

long SYS_clock_nanosleep_function(clockid_t clock, int flags, const struct kernel_timespec *time,
	struct kernel_timespec *remaining)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME) return -EINVAL;
	if (!__common_valid(time)) return -EINVAL;
	uint64_t deadline = flags & TIMER_ABSTIME ? __common_at(time, clock == CLOCK_REALTIME) : __common_after(time);
	long result = __common_sleep(deadline);
	if (result && remaining && !(flags & TIMER_ABSTIME)) *remaining = __common_rest(deadline);
	return result;
}

#ifndef __arm__
long SYS_nanosleep_function(const struct kernel_timespec *time, struct kernel_timespec *remaining)
{
	return SYS_clock_nanosleep_function(CLOCK_MONOTONIC, 0, time, remaining);
}
#endif
