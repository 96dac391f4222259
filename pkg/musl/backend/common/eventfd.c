/* eventfd: a number that is written to and read, with all that can wait for one or the other. */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include "common.h"
#include "common/moment.h"
#include "common/objects.h"
#include "common/parts.h"

#define HIGHEST (UINT64_MAX - 1)

struct counter {
	struct common_lock lock;
	struct moment moment;
	uint64_t value;
	int semaphore;
	unsigned raised, lowered; /* for edges */
};

static uint64_t lower(struct counter *counter)
{
	uint64_t value = counter->value && counter->semaphore ? 1 : counter->value;
	if (!value) return 0;
	counter->value -= value;
	counter->lowered++;
	__common_happens(&counter->moment, WRITERS);
	return value;
}

static int raise_by(struct counter *counter, uint64_t value)
{
	if (value > HIGHEST - counter->value) return 0;
	counter->value += value;
	counter->raised++;
	__common_happens(&counter->moment, READERS);
	return 1;
}

static long read_counter(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	struct counter *counter = file->object;
	(void)position;
	if (__common_length_of(parts, count) < sizeof(uint64_t)) return -EINVAL;
	for (;;) {
		__common_lock(&counter->lock);
		uint64_t value = lower(counter);
		int seen = counter->moment.number;
		__common_unlock(&counter->lock);
		if (value) return __common_scatter(parts, count, 0, &value, sizeof value);
		if (file->flags & O_NONBLOCK) return -EAGAIN;
		long error = __common_await(&counter->moment, seen, READERS, FOREVER, RESTARTS);
		if (error) return error;
	}
}

static long write_counter(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	struct counter *counter = file->object;
	uint64_t value;
	(void)position;
	if (__common_gather(&value, sizeof value, parts, count, 0) < sizeof value || value > HIGHEST) return -EINVAL;
	for (;;) {
		__common_lock(&counter->lock);
		int done = raise_by(counter, value), seen = counter->moment.number;
		__common_unlock(&counter->lock);
		if (done) return sizeof value;
		if (file->flags & O_NONBLOCK) return -EAGAIN;
		long error = __common_await(&counter->moment, seen, WRITERS, FOREVER, RESTARTS);
		if (error) return error;
	}
}

static unsigned ready(struct file *file)
{
	struct counter *counter = file->object;
	__common_lock(&counter->lock);
	unsigned events = (counter->value ? POLLIN : 0) | (counter->value < HIGHEST ? POLLOUT : 0);
	__common_unlock(&counter->lock);
	return events;
}

static unsigned events(struct file *file, unsigned which)
{
	struct counter *counter = file->object;
	return which == POLLIN ? counter->raised : which == POLLOUT ? counter->lowered : 0;
}

static void release(struct file *file)
{
	__common_free(file->object);
}

static const struct file_kind kind = {
	.read = read_counter, .write = write_counter, .ready = ready, .events = events, .status = __common_status_of_nothing,
	.release = release,
};

long SYS_eventfd2_function(unsigned value, int flags)
{
	if (flags & ~(EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE)) return -EINVAL;
	struct counter *counter = __common_allocate(sizeof *counter);
	if (!counter) return -ENOMEM;
	counter->value = value;
	counter->semaphore = flags & EFD_SEMAPHORE;
	return __common_new_object(&kind, counter, flags);
}

#ifdef __arm__
long SYS_eventfd_function(unsigned value)
{
	return SYS_eventfd2_function(value, 0);
}
#endif
