/* fcntl, ioctl, dup and poll. */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include "backend.h"

#define PAUSE (SECOND / 100) /* between two looks at the console */

static long control(struct file *file, int command, unsigned long argument)
{
	switch (command) {
	case F_GETFL:
		return file->flags;
	case F_SETFL:
		return (argument ^ file->flags) & O_APPEND || argument & O_NONBLOCK ? -EINVAL : 0;
	case F_GETFD:
	case F_SETFD:
		return 0; /* FD_CLOEXEC means nothing where exec is not */
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		return __l4re_duplicate(file, argument, 0);
	}
	return -EINVAL;
}

long SYS_fcntl_function(int fd, int command, unsigned long argument)
{
	__l4re_lock(&__l4re_files_lock);
	struct file *file = __l4re_file(fd);
	long result = file ? control(file, command, argument) : -EBADF;
	__l4re_unlock(&__l4re_files_lock);
	return result;
}

static long duplicate(int old, int lowest, int exact)
{
	__l4re_lock(&__l4re_files_lock);
	struct file *file = __l4re_file(old);
	long fd = file ? __l4re_duplicate(file, lowest, exact) : -EBADF;
	__l4re_unlock(&__l4re_files_lock);
	return fd;
}

long SYS_dup_function(int fd)
{
	return duplicate(fd, 0, 0);
}

long SYS_dup3_function(int old, int wanted, int flags)
{
	return old == wanted || flags & ~O_CLOEXEC ? -EINVAL : duplicate(old, wanted, 1);
}

#ifdef __arm__
long SYS_dup2_function(int old, int wanted)
{
	return duplicate(old, wanted, 1);
}
#endif

static int kind_of(int fd)
{
	__l4re_lock(&__l4re_files_lock);
	struct file *file = __l4re_file(fd);
	int kind = file ? file->kind : UNUSED;
	__l4re_unlock(&__l4re_files_lock);
	return kind;
}

/* The console is a terminal of unknown size, so stdio writes out each line when it is complete. */
long SYS_ioctl_function(int fd, int request, void *argument)
{
	int kind = kind_of(fd);
	if (kind == UNUSED) return -EBADF;
	if (request != TIOCGWINSZ || kind != CONSOLE) return -ENOTTY;
	memset(argument, 0, sizeof(struct winsize));
	return 0;
}

static long look(struct pollfd *fds, unsigned long count, int *console)
{
	long ready = 0;
	*console = 0;
	for (unsigned long i = 0; i < count; i++) {
		int kind = fds[i].fd < 0 ? UNUSED : kind_of(fds[i].fd);
		fds[i].revents = fds[i].fd < 0 ? 0 : kind == UNUSED ? POLLNVAL : fds[i].events & (POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM);
		if (kind == CONSOLE && fds[i].revents & (POLLIN | POLLRDNORM)) {
			*console = 1;
			if (!__l4re_console_ready()) fds[i].revents &= ~(POLLIN | POLLRDNORM);
		}
		ready += !!fds[i].revents;
	}
	return ready;
}

long __backend_poll(struct pollfd *fds, unsigned long count, uint64_t deadline)
{
	for (;;) {
		int console;
		long ready = look(fds, count, &console);
		if (ready || __backend_now() >= deadline) return ready;
		uint64_t pause = __backend_now() + PAUSE;
		long error = __common_sleep(console && pause < deadline ? pause : deadline);
		if (error) return error;
	}
}
