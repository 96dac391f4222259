/*
 * poll and select. Files are always ready. Of the console's input semihosting doesn't tell: it counts as ready, and
 * reading it stops the whole machine until something comes.
 */

#include <errno.h>
#include <poll.h>
#include <sys/select.h>
#include "semihosting.h"

long __backend_poll(struct pollfd *fds, unsigned long count, uint64_t deadline)
{
	long ready = 0;
	for (unsigned long i = 0; i < count; i++) {
		struct file *file = __semihosting_file(fds[i].fd);
		fds[i].revents = fds[i].fd < 0 ? 0 : file ? fds[i].events & (POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM) : POLLNVAL;
		ready += !!fds[i].revents;
	}
	return ready ? ready : __common_sleep(deadline);
}

static long select_until(int count, fd_set *readable, fd_set *writable, fd_set *exceptional, uint64_t deadline)
{
	long ready = 0;
	if (count < 0 || count > FD_SETSIZE) return -EINVAL;
	for (int fd = 0; fd < count; fd++) {
		int reads = readable && FD_ISSET(fd, readable), writes = writable && FD_ISSET(fd, writable);
		int any = reads || writes || (exceptional && FD_ISSET(fd, exceptional));
		if (any && !__semihosting_file(fd)) return -EBADF;
		ready += reads + writes;
	}
	for (int fd = 0; exceptional && fd < count; fd++) FD_CLR(fd, exceptional);
	return ready ? ready : __common_sleep(deadline);
}

#ifdef __aarch64__
#define SYS_pselect SYS_pselect6_function
#else
#define SYS_pselect SYS_pselect6_time64_function
#endif

long SYS_pselect(int count, fd_set *readable, fd_set *writable, fd_set *exceptional, const struct kernel_timespec *time)
{
	if (time && !__common_valid(time)) return -EINVAL;
	return select_until(count, readable, writable, exceptional, time ? __common_after(time) : FOREVER);
}
