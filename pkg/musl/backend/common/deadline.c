/* From the times that callers give to deadlines. */

#include "common.h"

#define LONGEST (INT64_MAX / SECOND - 1) /* seconds: 292 years, and more are for ever */

int __common_valid(const struct kernel_timespec *time)
{
	return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < SECOND;
}

/* The deadline at that moment of the monotonic clock, or of the time of day. */
uint64_t __common_at(const struct kernel_timespec *time, int of_day)
{
	if (time->tv_sec > LONGEST) return FOREVER;
	int64_t moment = time->tv_sec*SECOND + time->tv_nsec, offset = of_day ? __common_day_offset() : 0;
	return moment > offset ? (uint64_t)moment - offset : 0;
}

/* The deadline after that time. */
uint64_t __common_after(const struct kernel_timespec *time)
{
	uint64_t now = __backend_now(), length = __common_at(time, 0);
	return length > FOREVER - now ? FOREVER : now + length;
}

/* What is left until the deadline. */
struct kernel_timespec __common_rest(uint64_t deadline)
{
	uint64_t now = __backend_now(), rest = deadline > now ? deadline - now : 0;
	return (struct kernel_timespec){ rest / SECOND, rest % SECOND };
}

/* Less than none is for ever. */
uint64_t __common_after_milliseconds(int milliseconds)
{
	struct kernel_timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };
	return milliseconds < 0 ? FOREVER : __common_after(&time);
}
