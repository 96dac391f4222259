/* timer_create and its relatives. */

#include <errno.h>
#include <limits.h>
#include <time.h>
#include "alarms.h"

#ifdef __arm__
#define SYS_timer_settime SYS_timer_settime64_function
#define SYS_timer_gettime SYS_timer_gettime64_function
#else
#define SYS_timer_settime SYS_timer_settime_function
#define SYS_timer_gettime SYS_timer_gettime_function
#endif

#define TIMERS 64

/* As musl hands it over (src/time/timer_create.c), and Linux takes it. */
struct kernel_sigevent {
	union sigval value;
	int signal, notify, thread;
};

static PROCESS_VARIABLE struct {
	struct common_lock lock;
	char used[TIMERS];
	struct alarm alarms[TIMERS];
} posix_timers;

#define timers of_process(posix_timers)

static struct alarm *find(int id)
{
	return id >= 0 && id < TIMERS && timers.used[id] ? timers.alarms + id : 0;
}

/* A signal that was put off makes room for the next one. */
void __common_timer_taken(siginfo_t *information)
{
	struct alarm *alarm = find(information->si_timerid);
	if (!alarm) return;
	alarm->last_overrun = information->si_overrun = __common_take_overrun(alarm);
}

static long check(clockid_t clock, const struct kernel_sigevent *event)
{
	if (__common_clock(clock) < 0 || clock == CLOCK_MONOTONIC_RAW || clock == CLOCK_REALTIME_COARSE
		|| clock == CLOCK_MONOTONIC_COARSE) return -EINVAL;
	if (event->notify == SIGEV_NONE) return 0;
	if (event->notify != SIGEV_SIGNAL && event->notify != SIGEV_THREAD_ID) return -EINVAL;
	if (event->signal < 1 || event->signal > SIGNALS) return -EINVAL;
	return event->notify == SIGEV_THREAD_ID && !__backend_find(event->thread) ? -EINVAL : 0;
}

long SYS_timer_create_function(clockid_t clock, const struct kernel_sigevent *wanted, int *result)
{
	struct kernel_sigevent event = { .signal = SIGALRM, .notify = SIGEV_SIGNAL };
	int id = 0;
	if (wanted) event = *wanted;
	long error = check(clock, &event);
	if (error) return error;
	__common_lock(&timers.lock);
	while (id < TIMERS && timers.used[id]) id++;
	if (id < TIMERS) {
		struct alarm *alarm = timers.alarms + id;
		__common_prepare_alarm(alarm, clock, event.signal, SI_TIMER);
		alarm->silent = event.notify == SIGEV_NONE;
		alarm->thread = event.notify == SIGEV_THREAD_ID ? event.thread : 0;
		alarm->information.si_timerid = id;
		if (wanted) alarm->information.si_value = event.value;
		else alarm->information.si_value.sival_int = id;
		timers.used[id] = 1;
	}
	__common_unlock(&timers.lock);
	if (id == TIMERS) return -EAGAIN;
	*result = id;
	return 0;
}

long SYS_timer_delete_function(int id)
{
	struct alarm *alarm = find(id);
	if (!alarm) return -EINVAL;
	__common_set_alarm(alarm, 0, 0, 0);
	__common_set_timer(&alarm->timer, FOREVER);
	timers.used[id] = 0;
	return 0;
}

static void read(struct alarm *alarm, struct kernel_timespec value[2])
{
	uint64_t rest, interval;
	__common_read_alarm(alarm, &rest, &interval);
	value[0] = (struct kernel_timespec){ interval / SECOND, interval % SECOND };
	value[1] = (struct kernel_timespec){ rest / SECOND, rest % SECOND };
}

/* Of the two times, the first is the interval. */
long SYS_timer_settime(int id, int flags, const struct kernel_timespec value[2], struct kernel_timespec old[2])
{
	struct alarm *alarm = find(id);
	if (!alarm || !__common_valid(value) || !__common_valid(value + 1)) return -EINVAL;
	if (old) read(alarm, old);
	return __common_set_alarm(alarm, __common_at(value + 1, 0), flags & TIMER_ABSTIME, __common_at(value, 0));
}

long SYS_timer_gettime(int id, struct kernel_timespec value[2])
{
	struct alarm *alarm = find(id);
	if (!alarm) return -EINVAL;
	read(alarm, value);
	return 0;
}

long SYS_timer_getoverrun_function(int id)
{
	struct alarm *alarm = find(id);
	return alarm ? alarm->last_overrun : -EINVAL;
}

void __common_day_was_set(void)
{
	for (int id = 0; id < TIMERS; id++)
		if (timers.used[id]) __common_clock_was_set(timers.alarms + id);
}

#ifdef PROCESSES
void __common_delete_timers(void)
{
	for (int id = 0; id < TIMERS; id++) if (timers.used[id]) SYS_timer_delete_function(id);
}
#endif
