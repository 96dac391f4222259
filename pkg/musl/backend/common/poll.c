/* The two forms of poll. There are no signals that a mask could keep out. */

#include <errno.h>
#include "common.h"

long SYS_ppoll_function(struct pollfd *fds, unsigned long count, const struct kernel_timespec *timeout,
	const unsigned long *mask, size_t mask_size)
{
	(void)mask, (void)mask_size;
	if (timeout && !__common_valid(timeout)) return -EINVAL;
	return __backend_poll(fds, count, timeout ? __common_after(timeout) : FOREVER);
}

#ifdef __arm__
long SYS_poll_function(struct pollfd *fds, unsigned long count, int milliseconds)
{
	struct kernel_timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };
	return __backend_poll(fds, count, milliseconds < 0 ? FOREVER : __common_after(&time));
}
#endif
