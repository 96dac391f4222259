/* Reading the clocks. */

#include <errno.h>
#include <time.h>
#include "common.h"

static int64_t process_time(void)
{
	int64_t time = __backend_ended_time();
	for (struct thread *thread = 0; (thread = __backend_next_thread(thread));) time += __backend_thread_time(thread);
	return time;
}

static int64_t read_clock(clockid_t clock)
{
	switch (clock) {
	case CLOCK_REALTIME: case CLOCK_REALTIME_COARSE:
		return __backend_now() + __backend_day_offset();
	case CLOCK_MONOTONIC: case CLOCK_MONOTONIC_RAW: case CLOCK_MONOTONIC_COARSE: case CLOCK_BOOTTIME:
		return __backend_now();
	case CLOCK_PROCESS_CPUTIME_ID:
		return process_time();
	}
	return -EINVAL;
}

long SYS_clock_gettime_function(clockid_t clock, struct kernel_timespec *now)
{
	int64_t time = read_clock(clock);
	if (time < 0) return time;
	*now = (struct kernel_timespec){ time / SECOND, time % SECOND };
	return 0;
}

long SYS_clock_getres_function(clockid_t clock, struct kernel_timespec *resolution)
{
	int64_t time = read_clock(clock);
	if (time < 0) return time;
	if (resolution) *resolution = (struct kernel_timespec){ 0, __backend_clock_resolution() };
	return 0;
}

#ifndef __arm__
long SYS_gettimeofday_function(struct kernel_timespec *now, void *zone)
{
	(void)zone;
	SYS_clock_gettime_function(CLOCK_REALTIME, now);
	now->tv_nsec /= 1000;
	return 0;
}
#endif
