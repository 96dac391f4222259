/* Sleeping: a wait that nothing but its deadline ends, while other threads run. */

#include <errno.h>
#include <time.h>
#include "semihosting.h"

#define LONGEST ((int64_t)(FOREVER / SECOND) - 1) /* seconds: 584 years, and more are for ever */

int __semihosting_valid(const struct kernel_timespec *time)
{
	return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < SECOND;
}

/* The deadline at that time of a clock which is ahead of the monotonic one by the offset. */
uint64_t __semihosting_at(const struct kernel_timespec *time, uint64_t offset)
{
	if (time->tv_sec > LONGEST) return FOREVER;
	uint64_t deadline = time->tv_sec * (uint64_t)SECOND + time->tv_nsec;
	return deadline > offset ? deadline - offset : 0;
}

/* The deadline after that time. */
uint64_t __semihosting_after(const struct kernel_timespec *time)
{
	uint64_t now = __semihosting_now(), deadline = __semihosting_at(time, 0);
	return deadline > FOREVER - now ? FOREVER : now + deadline;
}

long SYS_clock_nanosleep_function(clockid_t clock, int flags, const struct kernel_timespec *time,
	struct kernel_timespec *remaining)
{
	uint64_t deadline;
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME) return -EINVAL;
	if (!__semihosting_valid(time)) return -EINVAL;
	if (flags & TIMER_ABSTIME)
		deadline = __semihosting_at(time, clock == CLOCK_REALTIME ? __semihosting_real_offset() : 0);
	else
		deadline = __semihosting_after(time);

	long result = __semihosting_wait(0, 0, deadline);
	if (result == -ETIMEDOUT) return 0;
	if (remaining && !(flags & TIMER_ABSTIME)) {
		uint64_t now = __semihosting_now(), rest = deadline > now ? deadline - now : 0;
		*remaining = (struct kernel_timespec){ rest / SECOND, rest % SECOND };
	}
	return result;
}

#ifdef __aarch64__
long SYS_nanosleep_function(const struct kernel_timespec *time, struct kernel_timespec *remaining)
{
	return SYS_clock_nanosleep_function(CLOCK_MONOTONIC, 0, time, remaining);
}
#endif

/* No signal ends it; where musl has no such call, its pause is a poll. */
#ifndef __aarch64__
long SYS_pause_function(void)
{
	return __semihosting_wait(0, 0, FOREVER);
}
#endif
