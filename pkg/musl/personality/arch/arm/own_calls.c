/* The calls that are about addresses, or lead to structures with times, in arm's forms; and those that are arm's alone. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/statfs.h>
#include <unistd.h>
#include "own_calls.h"

/* -- Memory -- */

long linux_mmap2(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_map(a[0], a[1], a[2], a[3], a[4], a[5] * 4096ull);
}

/* -- Files -- */

/* Offsets of 32 bits, with a sign. */
long linux_lseek(struct linux_thread *thread, const unsigned long *a)
{
	off_t position;
	long offset = a[1];
	(void)thread;
	long error = SYS__llseek_function(a[0], offset < 0 ? -1 : 0, offset, &position, a[2]);
	return error ? error : position > INT_MAX ? -EOVERFLOW : (long)position;
}

long linux_ftruncate(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return SYS_ftruncate_function(a[0], (long)a[1]);
}

long linux_sendfile(struct linux_thread *thread, const unsigned long *a)
{
	int32_t offset = 0;
	(void)thread;
	if (a[2] && copy_from_user(&offset, a[2], sizeof offset)) return -EFAULT;
	int64_t position = offset;
	long result = SYS_sendfile_function(a[0], a[1], a[2] ? &position : 0, a[3]);
	offset = position;
	return result >= 0 && a[2] && copy_to_user(a[2], &offset, sizeof offset) ? -EFAULT : result;
}

/* The size is an argument. Programs have one with padding, which Linux takes as well. */
#define STATUS_SIZE 84

long SYS_statfs64_function(const char *name, size_t size, void *storage);
long SYS_fstatfs64_function(int fd, size_t size, void *storage);

static int is_status_size(unsigned long size)
{
	return size == STATUS_SIZE || size == STATUS_SIZE + 4;
}

long linux_statfs64(struct linux_thread *thread, const unsigned long *a)
{
	char path[PATH_MAX], status[STATUS_SIZE];
	(void)thread;
	if (!is_status_size(a[1])) return -EINVAL;
	long error = copy_text_from_user(path, a[0], sizeof path, -ENAMETOOLONG);
	if (error >= 0) error = SYS_statfs64_function(path, STATUS_SIZE, status);
	return error ? error : copy_to_user(a[2], status, sizeof status);
}

long linux_fstatfs64(struct linux_thread *thread, const unsigned long *a)
{
	char status[STATUS_SIZE];
	(void)thread;
	long error = is_status_size(a[1]) ? SYS_fstatfs64_function(a[0], STATUS_SIZE, status) : -EINVAL;
	return error ? error : copy_to_user(a[2], status, sizeof status);
}

/* Locks of files with offsets of 32 bits: they are always free. */
enum { OLD_GETLK = 5, OLD_SETLK, OLD_SETLKW };
struct old_lock { int16_t type, whence; int32_t start, length, process; };

static long old_lock(int fd, unsigned command, user_t argument)
{
	struct old_lock lock;
	if (SYS_fcntl_function(fd, F_GETFD, 0) < 0) return -EBADF;
	if (copy_from_user(&lock, argument, sizeof lock)) return -EFAULT;
	if (lock.type != F_RDLCK && lock.type != F_WRLCK && lock.type != F_UNLCK) return -EINVAL;
	lock.type = F_UNLCK;
	return command == OLD_GETLK ? copy_to_user(argument, &lock, sizeof lock) : 0;
}

long linux_fcntl64(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return a[1] >= OLD_GETLK && a[1] <= OLD_SETLKW ? old_lock(a[0], a[1], a[2]) : linux_control(a[0], a[1], a[2]);
}

long linux_fcntl(struct linux_thread *thread, const unsigned long *a)
{
	return a[1] == F_GETLK || a[1] == F_SETLK || a[1] == F_SETLKW ? -EINVAL : linux_fcntl64(thread, a);
}

/* -- Waiting -- */

long linux_futex_time64(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_futex_with(a, linux_bring_time);
}

long linux_futex(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_futex_with(a, linux_bring_old_time);
}

long linux_pselect6_time64(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_select_with(a, a[5], linux_bring_time, linux_take_time);
}

long linux_pselect6(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_select_with(a, a[5], linux_bring_old_time, linux_take_old_time);
}

/* Its time has microseconds. */
static long bring_microseconds(struct kernel_timespec *time, user_t from)
{
	if (linux_bring_old_time(time, from)) return -EFAULT;
	time->tv_nsec *= 1000;
	return 0;
}

static long take_microseconds(user_t to, const struct kernel_timespec *time)
{
	const struct kernel_timespec changed = { time->tv_sec, time->tv_nsec / 1000 };
	return linux_take_old_time(to, &changed);
}

long linux__newselect(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_select_with(a, 0, bring_microseconds, take_microseconds);
}

long linux_recvmmsg_time64(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_receive_with(a, linux_bring_time);
}

long linux_recvmmsg(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_receive_with(a, linux_bring_old_time);
}

/* -- Threads and processes -- */

long linux_arm_set_tls(struct linux_thread *thread, const unsigned long *a)
{
	set_thread_pointer(&thread->vcpu->r, (void *)a[0]);
	return 0;
}

long linux_arm_get_tls(struct linux_thread *thread, const unsigned long *a)
{
	(void)a;
	return (long)get_thread_pointer(&thread->vcpu->r);
}

long linux_fork(struct linux_thread *thread, const unsigned long *a)
{
	(void)a;
	return linux_clone(thread, (const unsigned long[]){ SIGCHLD, 0, 0, 0, 0, 0 });
}

long linux_vfork(struct linux_thread *thread, const unsigned long *a)
{
	(void)a;
	return linux_clone(thread, (const unsigned long[]){ CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0, 0 });
}

long linux_getpgrp(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread, (void)a;
	return __common_process()->group;
}

/* Limits of 32 bits; what is more is no limit. */
struct old_limits { uint32_t current, highest; };
#define NO_LIMIT (~(uint32_t)0)

long linux_ugetrlimit(struct linux_thread *thread, const unsigned long *a)
{
	struct rlimit limits;
	(void)thread;
	long error = SYS_prlimit64_function(0, a[0], 0, &limits);
	const struct old_limits old = {
		limits.rlim_cur < NO_LIMIT ? limits.rlim_cur : NO_LIMIT, limits.rlim_max < NO_LIMIT ? limits.rlim_max : NO_LIMIT
	};
	return error ? error : copy_to_user(a[1], &old, sizeof old);
}

long linux_setrlimit(struct linux_thread *thread, const unsigned long *a)
{
	struct old_limits old;
	(void)thread;
	if (copy_from_user(&old, a[1], sizeof old)) return -EFAULT;
	const struct rlimit limits = {
		old.current == NO_LIMIT ? RLIM_INFINITY : old.current, old.highest == NO_LIMIT ? RLIM_INFINITY : old.highest
	};
	return SYS_prlimit64_function(0, a[0], &limits, 0);
}
