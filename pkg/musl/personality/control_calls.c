/* Calls whose argument is a value or leads to a structure, depending on what is asked for. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include "user.h"
#include "own_calls.h"

#define LARGEST 64

enum way { COPIES_IN = 1, COPIES_OUT = 2 }; /* the structure, for the kernel and from it */

/* Calls with a copy of the structure. */
static long with_copy(user_t address, size_t size, int ways, long (*call)(void *context, void *copy), void *context)
{
	char copy[LARGEST] __attribute__((aligned(16))) = { 0 };
	if (ways & COPIES_IN && copy_from_user(copy, address, size)) return -EFAULT;
	if (ways & COPIES_OUT && linux_accessible(address, size, PROT_WRITE) < size) return -EFAULT;
	long result = call(context, copy);
	if (result >= 0 && ways & COPIES_OUT && copy_to_user(address, copy, size)) return -EFAULT;
	return result;
}

struct request { int fd; unsigned long number; };

static long ioctl_with(void *context, void *copy)
{
	const struct request *request = context;
	return SYS_ioctl_function(request->fd, request->number, (unsigned long)copy);
}

long linux_ioctl(struct linux_thread *thread, const unsigned long *a)
{
	static const struct { unsigned request; unsigned char size, ways; } known[] = {
		{ TCGETS, sizeof(struct kernel_termios), COPIES_OUT },
		{ TCSETS, sizeof(struct kernel_termios), COPIES_IN }, { TCSETSW, sizeof(struct kernel_termios), COPIES_IN },
		{ TCSETSF, sizeof(struct kernel_termios), COPIES_IN },
		{ TIOCGWINSZ, 8, COPIES_OUT }, { TIOCSWINSZ, 8, COPIES_IN },
		{ TIOCGPGRP, 4, COPIES_OUT }, { TIOCGSID, 4, COPIES_OUT }, { TIOCSPGRP, 4, COPIES_IN },
		{ FIONREAD, 4, COPIES_OUT }, { TIOCOUTQ, 4, COPIES_OUT }, { FIONBIO, 4, COPIES_IN },
		{ FIOCLEX, 0, 0 }, { FIONCLEX, 0, 0 },
		{ TCSBRK, 0, 0 }, { TCSBRKP, 0, 0 }, { TCXONC, 0, 0 }, { TCFLSH, 0, 0 }, { TIOCSCTTY, 0, 0 }, { TIOCNOTTY, 0, 0 },
	};
	struct request request = { a[0], (unsigned)a[1] };
	(void)thread;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (known[i].request != request.number) continue;
		if (known[i].ways) return with_copy(a[2], known[i].size, known[i].ways, ioctl_with, &request);
		return SYS_ioctl_function(request.fd, request.number, a[2]);
	}
	return SYS_fcntl_function(request.fd, F_GETFD, 0) < 0 ? -EBADF : -ENOTTY;
}

static long fcntl_with(void *context, void *copy)
{
	const struct request *request = context;
	return SYS_fcntl_function(request->fd, request->number, (unsigned long)copy);
}

long linux_control(int fd, unsigned command, user_t argument)
{
	struct request request = { fd, command };
	switch (request.number) {
	case F_GETLK: case F_OFD_GETLK:
		return with_copy(argument, sizeof(struct flock), COPIES_IN | COPIES_OUT, fcntl_with, &request);
	case F_SETLK: case F_SETLKW: case F_OFD_SETLK: case F_OFD_SETLKW:
		return with_copy(argument, sizeof(struct flock), COPIES_IN, fcntl_with, &request);
	case F_DUPFD: case F_DUPFD_CLOEXEC: case F_GETFD: case F_SETFD: case F_GETFL: case F_SETFL: case F_GETOWN: case F_SETOWN:
	case F_GETSIG: case F_SETSIG: case F_GETPIPE_SZ: case F_SETPIPE_SZ: case F_ADD_SEALS: case F_GET_SEALS:
		return SYS_fcntl_function(fd, command, argument);
	}
	return SYS_fcntl_function(fd, F_GETFD, 0) < 0 ? -EBADF : -EINVAL;
}

long SYS_prctl_function(int option, unsigned long argument, unsigned long second, unsigned long third, unsigned long fourth);

static long prctl_with(void *context, void *copy)
{
	return SYS_prctl_function(*(int *)context, (unsigned long)copy, 0, 0, 0);
}

long linux_prctl(struct linux_thread *thread, const unsigned long *a)
{
	char name[16] = "";
	int option = a[0];
	(void)thread;
	switch (option) {
	case PR_SET_NAME:
		if (copy_text_from_user(name, a[1], sizeof name - 1, 0) < 0) return -EFAULT;
		return SYS_prctl_function(option, (unsigned long)name, 0, 0, 0);
	case PR_GET_NAME:
		return with_copy(a[1], 16, COPIES_OUT, prctl_with, &option);
	case PR_GET_PDEATHSIG:
		return with_copy(a[1], 4, COPIES_OUT, prctl_with, &option);
	}
	return SYS_prctl_function(option, a[1], a[2], a[3], a[4]);
}
