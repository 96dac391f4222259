/* Sleeping: a wait that ends at its deadline, as nobody wakes what waits at a thread's number. */

#include <errno.h>
#include <time.h>
#include "common.h"

#define GRAIN (SECOND / 1000) /* how often to look at a clock for processor time */

/* Returns 0, or -EINTR before that. */
long __common_sleep(uint64_t deadline)
{
	long result = __common_wait(&__backend_self()->id, 0, ~0u, deadline, ENDS);
	return result == -ETIMEDOUT ? 0 : result;
}

/* Setting the clock changes when that is. */
static long sleep_until_day(const struct kernel_timespec *time)
{
	for (;;) {
		int changes = __atomic_load_n(&__common_day_changes, __ATOMIC_SEQ_CST);
		long result = __common_wait(&__common_day_changes, &changes, ~0u, __common_at(time, 1), ENDS);
		if (result == -ETIMEDOUT || result == -EINTR) return result == -EINTR ? result : 0;
	}
}

/* Until a clock shows that time that runs as the program does. */
static long sleep_on(clockid_t clock, uint64_t end)
{
	int64_t shown;
	while ((shown = __common_clock(clock)) >= 0 && (uint64_t)shown < end) {
		uint64_t rest = (end - shown) / __builtin_popcountl(__backend_processors());
		long error = __common_sleep(__backend_now() + (rest < GRAIN ? GRAIN : rest));
		if (error) return error;
	}
	return 0;
}

static void tell_rest(uint64_t end, uint64_t now, struct kernel_timespec *remaining)
{
	uint64_t rest = end > now ? end - now : 0;
	*remaining = (struct kernel_timespec){ rest / SECOND, rest % SECOND };
}

long SYS_clock_nanosleep_function(clockid_t clock, int flags, const struct kernel_timespec *time,
	struct kernel_timespec *remaining)
{
	int absolute = flags & TIMER_ABSTIME;
	int of_process = clock == CLOCK_PROCESS_CPUTIME_ID || (clock < 0 && __common_clock(clock) >= 0);
	if (clock == CLOCK_THREAD_CPUTIME_ID) return -EINVAL;
	if (clock == CLOCK_MONOTONIC_RAW || clock == CLOCK_MONOTONIC_COARSE || clock == CLOCK_REALTIME_COARSE) return -EOPNOTSUPP;
	if (__common_clock(clock) < 0 || !__common_valid(time)) return -EINVAL;
	if (absolute && (clock == CLOCK_REALTIME || clock == CLOCK_TAI)) return sleep_until_day(time);
	uint64_t end = absolute || of_process ? __common_at(time, 0) : __common_after(time);
	if (of_process && !absolute) end += __common_clock(clock);
	long result = of_process ? sleep_on(clock, end) : __common_sleep(end);
	if (result && remaining && !absolute) tell_rest(end, of_process ? (uint64_t)__common_clock(clock) : __backend_now(), remaining);
	return result;
}

#if !defined __arm__ || defined PROCESSES /* old programs have it */
long SYS_nanosleep_function(const struct kernel_timespec *time, struct kernel_timespec *remaining)
{
	return SYS_clock_nanosleep_function(CLOCK_MONOTONIC, 0, time, remaining);
}
#endif
