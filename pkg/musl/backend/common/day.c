/* The time of day, which differs from the monotonic clock by a number that can be set. */

#include <errno.h>
#include <limits.h>
#include <time.h>
#include "common.h"

/* Only a program with timers has this. */
__attribute__((weak)) __typeof__(__common_day_was_set) __common_day_was_set;

/* Only linux-run has this. The lock of the day is held. */
__attribute__((weak)) __typeof__(__common_day_offset_is) __common_day_offset_is;

static struct common_lock lock;
static int64_t offset;
static int is_known;
int __common_day_changes; /* a futex: how often it was set */

int64_t __common_day_offset(void)
{
	if (!__atomic_load_n(&is_known, __ATOMIC_ACQUIRE)) {
		__common_lock(&lock);
		if (!is_known) __atomic_store_n(&offset, __backend_day_offset(), __ATOMIC_RELAXED);
		__atomic_store_n(&is_known, 1, __ATOMIC_RELEASE);
		__common_unlock(&lock);
	}
	return __atomic_load_n(&offset, __ATOMIC_RELAXED);
}

/* For this program. */
long SYS_clock_settime_function(clockid_t clock, const struct kernel_timespec *now)
{
	if (clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID || clock < 0)
		return __common_clock(clock) < 0 ? -EINVAL : -EPERM;
	if (clock != CLOCK_REALTIME || !__common_valid(now) || now->tv_sec > INT64_MAX / SECOND - 1) return -EINVAL;
	__common_lock(&lock);
	__atomic_store_n(&offset, now->tv_sec*SECOND + now->tv_nsec - (int64_t)__backend_now(), __ATOMIC_RELAXED);
	__atomic_store_n(&is_known, 1, __ATOMIC_RELEASE);
	if (__common_day_offset_is) __common_day_offset_is(offset);
	__common_unlock(&lock);
	__atomic_fetch_add(&__common_day_changes, 1, __ATOMIC_SEQ_CST);
	__backend_wake(&__common_day_changes, INT_MAX, ~0u);
	if (__common_day_was_set) __common_day_was_set();
	return 0;
}

/* Nobody adjusts the clock's rate. */
#ifdef __arm__
long SYS_clock_adjtime64_function(clockid_t clock, void *state)
#else
long SYS_clock_adjtime_function(clockid_t clock, void *state)
#endif
{
	(void)state;
	return clock == CLOCK_REALTIME ? -EPERM : -EOPNOTSUPP;
}

long SYS_adjtimex_function(void *state)
{
	(void)state;
	return -EPERM;
}
