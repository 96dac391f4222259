/* fcntl, ioctl and dup. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include "semihosting.h"

long SYS_fcntl_function(int fd, int command, unsigned long argument)
{
	struct file *file = __semihosting_file(fd);
	if (!file) return -EBADF;
	switch (command) {
	case F_GETFL:
		return file->kind == CONSOLE ? file->flags & O_ACCMODE : file->flags;
	case F_SETFL:
		/* The host's mode can't be changed: only what is so already is accepted. */
		return (argument ^ file->flags) & O_APPEND && file->kind != CONSOLE ? -EINVAL : argument & O_NONBLOCK ? -EINVAL : 0;
	case F_GETFD:
	case F_SETFD:
		return 0; /* FD_CLOEXEC means nothing where exec is not */
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		return __semihosting_duplicate(file, argument, 0);
	}
	return -EINVAL;
}

#ifndef __aarch64__
long SYS_dup2_function(int old, int new)
{
	struct file *file = __semihosting_file(old);
	if (!file) return -EBADF;
	return old == new ? new : __semihosting_duplicate(file, new, 1);
}
#endif

long SYS_dup_function(int fd)
{
	struct file *file = __semihosting_file(fd);
	return file ? __semihosting_duplicate(file, 0, 0) : -EBADF;
}

long SYS_dup3_function(int old, int new, int flags)
{
	struct file *file = __semihosting_file(old);
	if (old == new || flags & ~O_CLOEXEC) return -EINVAL;
	return file ? __semihosting_duplicate(file, new, 1) : -EBADF;
}

/*
 * The window's size is unknown, as on a serial line (0 by 0), but whether there's one isn't: isatty asks this, and stdio
 * buffers by lines if so.
 */
long SYS_ioctl_function(int fd, int request, void *argument)
{
	struct file *file = __semihosting_file(fd);
	if (!file) return -EBADF;
	if (request == TIOCGWINSZ && file->kind == CONSOLE && SH_CALL(SH_ISTTY, __semihosting_console_handle(file)) == 1) {
		memset(argument, 0, sizeof(struct winsize));
		return 0;
	}
	return -ENOTTY;
}
