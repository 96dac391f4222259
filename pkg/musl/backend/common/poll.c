/* The two forms of poll. There are no signals that a mask could keep out. */

#include <errno.h>
#include <poll.h>
#include "common.h"
#include "common/file.h"

static long poll_until(struct pollfd *fds, unsigned long count, uint64_t deadline)
{
	for (;;) {
		long ready = 0;
		int seen = __common_event_count();
		for (unsigned long i = 0; i < count; i++) {
			struct file *file = __common_file(fds[i].fd);
			fds[i].revents = fds[i].fd < 0 ? 0 : !file ? POLLNVAL
				: __common_ready(file) & (fds[i].events | POLLERR | POLLHUP);
			if (file) __common_put(file);
			ready += !!fds[i].revents;
		}
		if (ready) return ready;
		long error = __common_wait_for_event(seen, deadline);
		if (error == -ETIMEDOUT) return 0;
		if (error == -EINTR) return error;
	}
}

long SYS_ppoll_function(struct pollfd *fds, unsigned long count, const struct kernel_timespec *timeout,
	const unsigned long *mask, size_t mask_size)
{
	(void)mask, (void)mask_size;
	if (timeout && !__common_valid(timeout)) return -EINVAL;
	return poll_until(fds, count, timeout ? __common_after(timeout) : FOREVER);
}

#ifdef __arm__
long SYS_poll_function(struct pollfd *fds, unsigned long count, int milliseconds)
{
	struct kernel_timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };
	return poll_until(fds, count, milliseconds < 0 ? FOREVER : __common_after(&time));
}
#endif
