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

enum way { READS = 1, WRITES = 2 }; /* what the kernel does with the structure */

/* Calls with a copy of the structure. */
static long with_copy(user_t address, size_t size, int ways, long (*call)(void *context, void *copy), void *context)
{
	char copy[LARGEST] __attribute__((aligned(16))) = { 0 };
	if (ways & READS && copy_from_user(copy, address, size)) return -EFAULT;
	if (ways & WRITES && linux_accessible(address, size, PROT_WRITE) < size) return -EFAULT;
	long result = call(context, copy);
	if (result >= 0 && ways & WRITES && copy_to_user(address, copy, size)) return -EFAULT;
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
		{ TCGETS, sizeof(struct kernel_termios), WRITES },
		{ TCSETS, sizeof(struct kernel_termios), READS }, { TCSETSW, sizeof(struct kernel_termios), READS },
		{ TCSETSF, sizeof(struct kernel_termios), READS },
		{ TIOCGWINSZ, 8, WRITES }, { TIOCSWINSZ, 8, READS },
		{ TIOCGPGRP, 4, WRITES }, { TIOCGSID, 4, WRITES }, { TIOCSPGRP, 4, READS },
		{ FIONREAD, 4, WRITES }, { TIOCOUTQ, 4, WRITES }, { FIONBIO, 4, READS },
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

long linux_fcntl(struct linux_thread *thread, const unsigned long *a)
{
	struct request request = { a[0], (unsigned)a[1] };
	(void)thread;
	switch (request.number) {
	case F_GETLK: case F_OFD_GETLK:
		return with_copy(a[2], sizeof(struct flock), READS | WRITES, fcntl_with, &request);
	case F_SETLK: case F_SETLKW: case F_OFD_SETLK: case F_OFD_SETLKW:
		return with_copy(a[2], sizeof(struct flock), READS, fcntl_with, &request);
	case F_DUPFD: case F_DUPFD_CLOEXEC: case F_GETFD: case F_SETFD: case F_GETFL: case F_SETFL: case F_GETOWN: case F_SETOWN:
	case F_GETSIG: case F_SETSIG: case F_GETPIPE_SZ: case F_SETPIPE_SZ: case F_ADD_SEALS: case F_GET_SEALS:
		return SYS_fcntl_function(request.fd, request.number, a[2]);
	}
	return SYS_fcntl_function(request.fd, F_GETFD, 0) < 0 ? -EBADF : -EINVAL;
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
		return with_copy(a[1], 16, WRITES, prctl_with, &option);
	case PR_GET_PDEATHSIG:
		return with_copy(a[1], 4, WRITES, prctl_with, &option);
	}
	return SYS_prctl_function(option, a[1], a[2], a[3], a[4]);
}

static long limit_with(void *context, void *copy)
{
	const struct request *request = context;
	int reads = request->fd == READS;
	return SYS_prlimit64_function(0, request->number, reads ? copy : 0, reads ? 0 : copy);
}

long linux_getrlimit(struct linux_thread *thread, const unsigned long *a)
{
	struct request request = { WRITES, a[0] };
	(void)thread;
	return with_copy(a[1], 2*sizeof(uint64_t), WRITES, limit_with, &request);
}

long linux_setrlimit(struct linux_thread *thread, const unsigned long *a)
{
	struct request request = { READS, a[0] };
	(void)thread;
	return with_copy(a[1], 2*sizeof(uint64_t), READS, limit_with, &request);
}
