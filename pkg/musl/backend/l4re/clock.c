/*
 * Time. The monotonic clock is the kernel's: it runs from the start of the machine. L4Re gives a program no time of day
 * (its rtc package has a server for it, whose protocol is C++ only): CLOCK_REALTIME begins at 0 with the machine, until
 * the program sets it for itself.
 */

#include <errno.h>
#include <time.h>
#include <l4/sys/kip.h>
#include <l4/sys/thread.h>
#include "backend.h"

static int64_t day_offset;

/* Read by code of the kernel in the kernel information page. */
uint64_t __backend_now(void)
{
	return l4_kip_clock_ns(__l4re_kernel_information);
}

int64_t __backend_day_offset(void)
{
	return __atomic_load_n(&day_offset, __ATOMIC_RELAXED);
}

static int64_t ended;

/* Of threads that have ended. */
void __l4re_end_time(int64_t used)
{
	__atomic_fetch_add(&ended, used, __ATOMIC_RELAXED);
}

int64_t __backend_ended_time(void)
{
	return __atomic_load_n(&ended, __ATOMIC_RELAXED);
}

int64_t __backend_thread_time(struct thread *thread)
{
	l4_kernel_clock_t microseconds = 0;
	if (__l4re_error(l4_thread_stats_time(__l4re_kernel_thread(thread), &microseconds)) < 0) return 0;
	return microseconds*1000 - thread->used_before;
}

/* Sleeps and timeouts are counted in microseconds. A kernel without CONFIG_SYNC_CLOCK only counts its ticks. */
int64_t __backend_clock_resolution(void)
{
	return 1000;
}

long SYS_clock_settime_function(clockid_t clock, const struct kernel_timespec *now)
{
	if (clock != CLOCK_REALTIME || !__common_valid(now) || now->tv_sec > INT64_MAX / SECOND - 1) return -EINVAL;
	int64_t time = now->tv_sec*SECOND + now->tv_nsec;
	__atomic_store_n(&day_offset, time - (int64_t)__backend_now(), __ATOMIC_RELAXED);
	return 0;
}
