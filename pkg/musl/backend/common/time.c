/* Reading the clocks. */

#include <errno.h>
#include <time.h>
#include "common.h"

static int64_t process_time(void)
{
	int64_t time = __backend_ended_time();
	for (struct thread *thread = 0; (thread = __backend_next_thread(thread));)
		if (__common_is_mine(thread)) time += __backend_thread_time(thread);
	return time;
}

/* Of processor time: of a process or thread (bit 2) with its number, of kind 2 (scheduled), or 0 and 1 (profiled, user),
 * which are the same here. The three lowest bits apart, it is the number's complement. */
static int64_t processor_time(clockid_t clock)
{
	pid_t id = ~(clock >> 3);
	if ((clock & 3) == 3) return -EINVAL;
	if (!(clock & 4)) return id == 0 || id == SYS_getpid_function() ? process_time() : -EINVAL;
	struct thread *thread = id ? __backend_find(id) : __backend_self();
	return thread ? __backend_thread_time(thread) : -EINVAL;
}

int64_t __common_clock(clockid_t clock)
{
	int64_t offset;
	if (clock < 0) return processor_time(clock);
	switch (clock) {
	case CLOCK_REALTIME: case CLOCK_REALTIME_COARSE: case CLOCK_TAI: /* as in Linux, if nobody has told it leap seconds */
		offset = __common_day_offset(); /* first: it may have to be found out, which takes time */
		return __backend_now() + offset;
	case CLOCK_MONOTONIC: case CLOCK_MONOTONIC_RAW: case CLOCK_MONOTONIC_COARSE: case CLOCK_BOOTTIME:
		return __backend_now();
	case CLOCK_PROCESS_CPUTIME_ID:
		return process_time();
	case CLOCK_THREAD_CPUTIME_ID:
		return __backend_thread_time(__backend_self());
	}
	return -EINVAL;
}

long SYS_clock_gettime_function(clockid_t clock, struct kernel_timespec *now)
{
	int64_t time = __common_clock(clock);
	if (time < 0) return time;
	*now = (struct kernel_timespec){ time / SECOND, time % SECOND };
	return 0;
}

long SYS_clock_getres_function(clockid_t clock, struct kernel_timespec *resolution)
{
	int64_t time = __common_clock(clock);
	if (time < 0) return time;
	if (resolution) *resolution = (struct kernel_timespec){ 0, __backend_clock_resolution() };
	return 0;
}

#if !defined __arm__ || defined PROCESSES
long SYS_gettimeofday_function(struct kernel_timespec *now, void *zone)
{
	(void)zone;
	if (!now) return 0;
	SYS_clock_gettime_function(CLOCK_REALTIME, now);
	now->tv_nsec /= 1000;
	return 0;
}
#endif
