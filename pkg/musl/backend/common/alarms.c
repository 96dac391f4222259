/*
 * Timers that send signals. The time of a clock that counts processor time can't be told in advance, only when it can't be
 * before: then it is looked at again.
 */

#include <errno.h>
#include "alarms.h"

#define GRAIN (SECOND / 1000) /* how often to look at a clock for processor time */
#define PAUSE (SECOND / 20000) /* at least, between two signals of one timer; it counts what it leaves out */

static int runs_always(clockid_t clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME || clock == CLOCK_TAI;
}

/* The earliest moment at which the clock can show that time. */
static uint64_t moment_of(clockid_t clock, uint64_t time)
{
	if (time == FOREVER) return FOREVER;
	int64_t now = __backend_now(), shown = __common_clock(clock);
	if (shown < 0) return FOREVER; /* of a thread that has ended */
	int64_t rest = time > (uint64_t)shown ? time - shown : 0;
	if (runs_always(clock)) return rest > INT64_MAX - now ? FOREVER : (uint64_t)(now + rest);
	rest /= __builtin_popcountl(__backend_processors());
	return now + (rest < GRAIN ? GRAIN : rest);
}

static void send(struct alarm *alarm, int times)
{
	if (alarm->silent) return;
	if (alarm->information.si_code != SI_TIMER) {
		__common_post(0, &alarm->information);
		return;
	}
	if (__atomic_exchange_n(&alarm->waiting, 1, __ATOMIC_SEQ_CST)) {
		__atomic_fetch_add(&alarm->overrun, times, __ATOMIC_SEQ_CST);
		return;
	}
	__atomic_fetch_add(&alarm->overrun, times - 1, __ATOMIC_SEQ_CST);
	struct thread *thread = alarm->thread ? __backend_find(alarm->thread) : 0;
	if ((alarm->thread && !thread) || __common_post(thread, &alarm->information)) alarm->waiting = 0;
}

/* How often it is over since this was asked last. The lock is held. */
static int times_over(struct alarm *alarm)
{
	uint64_t shown = alarm->time == FOREVER ? 0 : __common_clock(alarm->runs_on);
	if ((int64_t)shown < 0 || alarm->time > shown) return 0;
	uint64_t more = alarm->interval ? (shown - alarm->time) / alarm->interval : 0;
	alarm->time = alarm->interval ? alarm->time + (more + 1)*alarm->interval : FOREVER;
	return more < INT32_MAX - 1 ? more + 1 : INT32_MAX;
}

/* As on Linux, up to the moment at which the signal is taken, and not to that of the last look. */
int __common_take_overrun(struct alarm *alarm)
{
	__atomic_store_n(&alarm->waiting, 0, __ATOMIC_SEQ_CST);
	__common_lock(&alarm->lock);
	int times = alarm->interval ? times_over(alarm) : 0;
	__common_unlock(&alarm->lock);
	return __atomic_exchange_n(&alarm->overrun, 0, __ATOMIC_SEQ_CST) + times;
}

static void expire(struct common_timer *timer)
{
	struct alarm *alarm = (struct alarm *)timer;
	struct process *before = __common_act_for(alarm->process);
	__common_lock(&alarm->lock);
	int times = times_over(alarm);
	uint64_t moment = moment_of(alarm->runs_on, alarm->time), earliest = __backend_now() + PAUSE;
	__common_set_timer(timer, moment < earliest ? earliest : moment);
	__common_unlock(&alarm->lock);
	if (times) send(alarm, times);
	__common_act_for(before);
}

void __common_prepare_alarm(struct alarm *alarm, clockid_t clock, int signal, int code)
{
	*alarm = (struct alarm){ .timer.expire = expire, .clock = clock, .runs_on = clock, .time = FOREVER,
		.process = __common_process() };
	alarm->information.si_signo = signal;
	alarm->information.si_code = code;
}

long __common_set_alarm(struct alarm *alarm, uint64_t first, int absolute, uint64_t interval)
{
	clockid_t runs_on = alarm->clock == CLOCK_REALTIME && !absolute ? CLOCK_MONOTONIC : alarm->clock;
	int64_t shown = __common_clock(runs_on);
	if (shown < 0) return -EINVAL;
	__common_lock(&alarm->lock);
	alarm->runs_on = runs_on;
	if (!first) alarm->time = FOREVER;
	else if (absolute) alarm->time = first;
	else alarm->time = first > (uint64_t)INT64_MAX - shown ? FOREVER : shown + first;
	alarm->interval = interval;
	__atomic_store_n(&alarm->overrun, 0, __ATOMIC_SEQ_CST);
	__common_set_timer(&alarm->timer, moment_of(runs_on, alarm->time));
	__common_unlock(&alarm->lock);
	return 0;
}

void __common_clock_was_set(struct alarm *alarm)
{
	__common_lock(&alarm->lock);
	if (alarm->runs_on == CLOCK_REALTIME) __common_set_timer(&alarm->timer, moment_of(CLOCK_REALTIME, alarm->time));
	__common_unlock(&alarm->lock);
}

void __common_read_alarm(struct alarm *alarm, uint64_t *rest, uint64_t *interval)
{
	__common_lock(&alarm->lock);
	int64_t shown = __common_clock(alarm->runs_on);
	*interval = alarm->interval;
	*rest = 0;
	if (alarm->time != FOREVER) *rest = alarm->time > (uint64_t)shown ? alarm->time - shown : 1; /* 0 would say that it isn't set */
	__common_unlock(&alarm->lock);
}
