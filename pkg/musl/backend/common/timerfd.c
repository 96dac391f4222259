/*
 * timerfd. Nothing happens by itself when a timer expires: whoever waits for events does so no longer than to the next
 * expiry, and whether and how often a timer has expired follows from the time. An expiry between looking at a timer and
 * waiting would be missed; so before it waits, a thread makes an event of each one that was not made one yet.
 */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/timerfd.h>
#include "common.h"
#include "common/moment.h"
#include "common/objects.h"
#include "common/parts.h"

#define NEVER INT64_MAX

struct timer {
	struct timer *next;         /* of all */
	struct moment moment;
	clockid_t clock;
	int of_day;                 /* it was set to a time of day */
	int64_t expiry, interval;   /* on its clock; the first expiry that was not read yet; interval 0: the only one */
	unsigned settings;          /* and what was read: with the expirations, the number of its events */
	unsigned announced;         /* that number when all were told of it */
};

static struct timers { struct common_lock lock; struct timer *first; } timers;

/* -- With the lock held -- */

static int64_t time_for(const struct timer *timer)
{
	return __backend_now() + (timer->of_day ? __common_day_offset() : 0);
}

static uint64_t expirations(const struct timer *timer)
{
	int64_t now = time_for(timer);
	if (timer->expiry == NEVER || timer->expiry > now) return 0;
	return timer->interval ? 1 + (now - timer->expiry) / timer->interval : 1;
}

/* As a deadline, the first expiry after that many. */
static uint64_t expiry_after(const struct timer *timer, uint64_t count)
{
	if (timer->expiry == NEVER || (count && !timer->interval)) return FOREVER;
	return timer->expiry + count*timer->interval - (timer->of_day ? __common_day_offset() : 0);
}

static uint64_t next_of(const struct timer *timer)
{
	return expiry_after(timer, expirations(timer));
}

static uint64_t take_expirations(struct timer *timer)
{
	uint64_t count = expirations(timer);
	if (!count) return 0;
	timer->expiry = timer->interval ? timer->expiry + (int64_t)count*timer->interval : NEVER;
	timer->settings += count;
	return count;
}

static struct kernel_timespec timespec_of(int64_t time)
{
	return (struct kernel_timespec){ time / SECOND, time % SECOND };
}

static void describe(const struct timer *timer, struct kernel_itimerspec *time)
{
	uint64_t next = next_of(timer), now = __backend_now();
	time->interval = timespec_of(timer->interval);
	time->value = timespec_of(next == FOREVER ? 0 : next > now ? (int64_t)(next - now) : 1);
}

static int64_t nanoseconds(const struct kernel_timespec *time)
{
	return time->tv_sec > NEVER / SECOND / 2 ? NEVER : time->tv_sec*SECOND + time->tv_nsec;
}

static void set(struct timer *timer, int flags, const struct kernel_itimerspec *time)
{
	int64_t value = nanoseconds(&time->value);
	int absolute = flags & TFD_TIMER_ABSTIME;
	timer->of_day = absolute && (timer->clock == CLOCK_REALTIME || timer->clock == CLOCK_REALTIME_ALARM);
	timer->interval = value ? nanoseconds(&time->interval) : 0;
	timer->expiry = !value || value == NEVER ? NEVER : absolute ? value : (int64_t)__backend_now() + value;
	timer->settings++;
	__common_happens(&timer->moment, EVERYBODY);
}

/* -- */

uint64_t __common_next_expiry(void)
{
	uint64_t earliest = FOREVER;
	int any = 0;
	__common_lock(&timers.lock);
	for (struct timer *timer = timers.first; timer; timer = timer->next) {
		uint64_t count = expirations(timer), next = expiry_after(timer, count);
		if (next < earliest) earliest = next;
		any |= count && timer->announced != timer->settings + (unsigned)count;
		timer->announced = timer->settings + count;
	}
	__common_unlock(&timers.lock);
	if (any) __common_changed();
	return earliest;
}

static long read_timer(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	struct timer *timer = file->object;
	(void)position;
	if (__common_length_of(parts, count) < sizeof(uint64_t)) return -EINVAL;
	for (;;) {
		__common_lock(&timers.lock);
		uint64_t number = take_expirations(timer), next = expiry_after(timer, 0);
		int seen = timer->moment.number;
		__common_unlock(&timers.lock);
		if (number) return __common_scatter(parts, count, 0, &number, sizeof number);
		if (file->flags & O_NONBLOCK) return -EAGAIN;
		long error = __common_await(&timer->moment, seen, EVERYBODY, next, RESTARTS);
		if (error == -EINTR) return error;
	}
}

static unsigned ready(struct file *file)
{
	__common_lock(&timers.lock);
	unsigned events = expirations(file->object) ? POLLIN : 0;
	__common_unlock(&timers.lock);
	return events;
}

static unsigned events(struct file *file, unsigned which)
{
	struct timer *timer = file->object;
	__common_lock(&timers.lock);
	unsigned number = which == POLLIN ? timer->settings + (unsigned)expirations(timer) : 0;
	__common_unlock(&timers.lock);
	return number;
}

static void release(struct file *file)
{
	struct timer *timer = file->object, **link = &timers.first;
	__common_lock(&timers.lock);
	while (*link != timer) link = &(*link)->next;
	*link = timer->next;
	__common_unlock(&timers.lock);
	__common_free(timer);
}

static const struct file_kind kind = {
	.read = read_timer, .ready = ready, .events = events, .status = __common_status_of_nothing, .release = release,
};

long SYS_timerfd_create_function(clockid_t clock, int flags)
{
	if (flags & ~(TFD_CLOEXEC | TFD_NONBLOCK)) return -EINVAL;
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME
		&& clock != CLOCK_REALTIME_ALARM && clock != CLOCK_BOOTTIME_ALARM) return -EINVAL;
	struct timer *timer = __common_allocate(sizeof *timer);
	if (!timer) return -ENOMEM;
	timer->clock = clock;
	timer->expiry = NEVER;
	__common_lock(&timers.lock);
	timer->next = timers.first;
	timers.first = timer;
	__common_unlock(&timers.lock);
	return __common_new_object(&kind, timer, flags);
}

/* TFD_TIMER_CANCEL_ON_SET is accepted; setting the clock cancels nothing. */
long SYS_timerfd_settime_function(int fd, int flags, const struct kernel_itimerspec *time, struct kernel_itimerspec *old)
{
	long error;
	if (flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)) return -EINVAL;
	if (!__common_valid(&time->value) || !__common_valid(&time->interval)) return -EINVAL;
	struct kernel_itimerspec wanted = *time; /* old may be the same */
	struct file *file = __common_file_of_kind(fd, &kind, -EINVAL, &error);
	if (!file) return error;
	__common_lock(&timers.lock);
	if (old) describe(file->object, old);
	set(file->object, flags, &wanted);
	__common_unlock(&timers.lock);
	__common_put(file);
	return 0;
}

long SYS_timerfd_gettime_function(int fd, struct kernel_itimerspec *time)
{
	long error;
	struct file *file = __common_file_of_kind(fd, &kind, -EINVAL, &error);
	if (!file) return error;
	__common_lock(&timers.lock);
	describe(file->object, time);
	__common_unlock(&timers.lock);
	__common_put(file);
	return 0;
}
