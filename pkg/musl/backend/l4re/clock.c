/*
 * Time. The monotonic clock is the kernel's: it runs from the start of the machine. L4Re gives a program no time of day
 * (its rtc package has a server for it, whose protocol is C++ only): CLOCK_REALTIME begins at 0 with the machine, until
 * the program sets it for itself.
 */

#include <errno.h>
#include <time.h>
#include <l4/sys/kip.h>
#include "backend.h"

#define NANOSECONDS 1000000000
#define LONGEST (INT64_MAX / SECOND - 1) /* in seconds; more is for ever */

static int64_t day_offset; /* nanoseconds from the monotonic clock to the time of day */

/* Microseconds: the unit of timeouts. Read by code of the kernel in the kernel information page. */
uint64_t __l4re_now(void)
{
	return l4_kip_clock(__l4re_kernel_information);
}

static int64_t read_clock(clockid_t clock)
{
	switch (clock) {
	case CLOCK_REALTIME: case CLOCK_REALTIME_COARSE:
		return l4_kip_clock_ns(__l4re_kernel_information) + __atomic_load_n(&day_offset, __ATOMIC_RELAXED);
	case CLOCK_MONOTONIC: case CLOCK_MONOTONIC_RAW: case CLOCK_MONOTONIC_COARSE: case CLOCK_BOOTTIME:
		return l4_kip_clock_ns(__l4re_kernel_information);
	}
	return -EINVAL;
}

long SYS_clock_gettime_function(clockid_t clock, struct kernel_timespec *now)
{
	int64_t time = read_clock(clock);
	if (time < 0) return time;
	*now = (struct kernel_timespec){ time / NANOSECONDS, time % NANOSECONDS };
	return 0;
}

long SYS_clock_settime_function(clockid_t clock, const struct kernel_timespec *now)
{
	if (clock != CLOCK_REALTIME || !__l4re_valid(now) || now->tv_sec > INT64_MAX / NANOSECONDS - 1) return -EINVAL;
	int64_t time = now->tv_sec*NANOSECONDS + now->tv_nsec;
	__atomic_store_n(&day_offset, time - read_clock(CLOCK_MONOTONIC), __ATOMIC_RELAXED);
	return 0;
}

/* Sleeps and timeouts are counted in microseconds. A kernel without CONFIG_SYNC_CLOCK only counts its ticks. */
long SYS_clock_getres_function(clockid_t clock, struct kernel_timespec *resolution)
{
	int64_t time = read_clock(clock);
	if (time < 0) return time;
	if (resolution) *resolution = (struct kernel_timespec){ 0, NANOSECONDS / SECOND };
	return 0;
}

int __l4re_valid(const struct kernel_timespec *time)
{
	return time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < NANOSECONDS;
}

static uint64_t microseconds(const struct kernel_timespec *time)
{
	return time->tv_sec > LONGEST ? FOREVER : time->tv_sec*(uint64_t)SECOND + (time->tv_nsec + 999) / 1000;
}

/* The deadline at that moment of the monotonic clock, or of the time of day. */
uint64_t __l4re_at(const struct kernel_timespec *time, int of_day)
{
	uint64_t deadline = microseconds(time);
	int64_t offset = of_day ? __atomic_load_n(&day_offset, __ATOMIC_RELAXED) / (NANOSECONDS / SECOND) : 0;
	if (deadline == FOREVER) return FOREVER;
	return (int64_t)deadline > offset ? deadline - offset : 0;
}

/* The deadline after that time; a microsecond has begun already. */
uint64_t __l4re_after(const struct kernel_timespec *time)
{
	uint64_t now = __l4re_now(), length = microseconds(time);
	return length >= FOREVER - now - 1 ? FOREVER : now + length + !!length;
}

/* Returns 0, or -EINTR before that. */
long __l4re_sleep(uint64_t deadline)
{
	long result = __l4re_wait(&__l4re_self()->id, 0, ~0u, deadline);
	return result == -ETIMEDOUT ? 0 : result;
}

long SYS_clock_nanosleep_function(clockid_t clock, int flags, const struct kernel_timespec *time, struct kernel_timespec *remaining)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME) return -EINVAL;
	if (!__l4re_valid(time)) return -EINVAL;
	uint64_t deadline = flags & TIMER_ABSTIME ? __l4re_at(time, clock == CLOCK_REALTIME) : __l4re_after(time);
	long result = __l4re_sleep(deadline);
	if (result && remaining && !(flags & TIMER_ABSTIME)) {
		uint64_t now = __l4re_now(), rest = deadline > now ? deadline - now : 0;
		*remaining = (struct kernel_timespec){ rest / SECOND, rest % SECOND * (NANOSECONDS / SECOND) };
	}
	return result;
}

#ifndef __arm__
long SYS_nanosleep_function(const struct kernel_timespec *time, struct kernel_timespec *remaining)
{
	return SYS_clock_nanosleep_function(CLOCK_MONOTONIC, 0, time, remaining);
}

long SYS_gettimeofday_function(struct kernel_timespec *now, void *zone)
{
	(void)zone;
	SYS_clock_gettime_function(CLOCK_REALTIME, now);
	now->tv_nsec /= 1000;
	return 0;
}
#endif
