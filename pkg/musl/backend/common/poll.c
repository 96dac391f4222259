/* The two forms of poll. */

#define _GNU_SOURCE
#include <errno.h>
#include "common.h"
#include "common/polling.h"

static int look(struct pollfd *fds, unsigned long count)
{
	int ready = 0;
	for (; count--; fds++) {
		fds->revents = 0;
		if (fds->fd < 0) continue;
		struct file *file = __common_file(fds->fd);
		fds->revents = file ? __common_look(file, (unsigned short)fds->events) : POLLNVAL;
		if (file) __common_put(file);
		ready += !!fds->revents;
	}
	return ready;
}

/* Without any time left it waits, too: that lets others run, and signals be handled. */
static long poll_until(struct pollfd *fds, unsigned long count, uint64_t deadline)
{
	if (count > (unsigned long)__common_descriptor_limit()) return -EINVAL;
	for (;;) {
		int seen = __common_event_count();
		int ready = look(fds, count);
		if (ready) return ready;
		long error = __common_wait_for_event(seen, deadline);
		if (error == -EINTR) return error;
		if (error == -ETIMEDOUT) return look(fds, count);
	}
}

long SYS_ppoll_function(struct pollfd *fds, unsigned long count, struct kernel_timespec *timeout,
	const uint32_t *mask, size_t mask_size)
{
	if ((timeout && !__common_valid(timeout)) || (mask && mask_size != 2*sizeof *mask)) return -EINVAL;
	uint64_t deadline = timeout ? __common_after(timeout) : FOREVER;
	__common_begin_mask(mask);
	long result = poll_until(fds, count, deadline);
	__common_end_mask();
	if (timeout) *timeout = __common_rest(deadline);
	return result;
}

#ifdef __arm__
long SYS_poll_function(struct pollfd *fds, unsigned long count, int milliseconds)
{
	return poll_until(fds, count, __common_after_milliseconds(milliseconds));
}
#endif
