/*
 * setitimer and getitimer, one of each kind. Nobody tells the time that a program runs from the time that the system works
 * for it, so ITIMER_VIRTUAL counts the same as ITIMER_PROF: all processor time of the process.
 */

#include <errno.h>
#include <sys/time.h>
#include "alarms.h"

#define KINDS 3

static PROCESS_VARIABLE struct {
	struct common_lock lock;
	int prepared;
	struct alarm alarms[KINDS];
} interval_timers;

#define timers of_process(interval_timers)

static struct alarm *find(int which)
{
	if (which < 0 || which >= KINDS) return 0;
	__common_lock(&timers.lock);
	if (!timers.prepared) {
		__common_prepare_alarm(timers.alarms + ITIMER_REAL, CLOCK_MONOTONIC, SIGALRM, SI_KERNEL);
		__common_prepare_alarm(timers.alarms + ITIMER_VIRTUAL, CLOCK_PROCESS_CPUTIME_ID, SIGVTALRM, SI_KERNEL);
		__common_prepare_alarm(timers.alarms + ITIMER_PROF, CLOCK_PROCESS_CPUTIME_ID, SIGPROF, SI_KERNEL);
		timers.prepared = 1;
	}
	__common_unlock(&timers.lock);
	return timers.alarms + which;
}

static int64_t nanoseconds(const long time[2])
{
	const struct kernel_timespec as = { time[0], time[1]*1000ll };
	return __common_valid(&as) ? (int64_t)(__common_at(&as, 0) & INT64_MAX) : -1;
}

/* Seconds and microseconds, as long on both architectures; first those of the interval. */
long SYS_getitimer_function(int which, long value[4])
{
	struct alarm *alarm = find(which);
	uint64_t rest, interval;
	if (!alarm) return -EINVAL;
	__common_read_alarm(alarm, &rest, &interval);
	if (rest && rest < 1000) rest = 1000;
	value[0] = interval / SECOND;
	value[1] = interval % SECOND / 1000;
	value[2] = rest / SECOND;
	value[3] = rest % SECOND / 1000;
	return 0;
}

long SYS_setitimer_function(int which, const long value[4], long old[4])
{
	const long nothing[4] = { 0 };
	struct alarm *alarm = find(which);
	if (!value) value = nothing;
	int64_t interval = nanoseconds(value), first = nanoseconds(value + 2);
	if (!alarm || interval < 0 || first < 0) return -EINVAL;
	if (old) SYS_getitimer_function(which, old);
	return __common_set_alarm(alarm, first, 0, interval);
}

#ifdef PROCESSES
void __common_stop_interval_timers(void)
{
	for (int i = 0; timers.prepared && i < KINDS; i++) __common_set_alarm(timers.alarms + i, 0, 0, 0);
}
#endif
