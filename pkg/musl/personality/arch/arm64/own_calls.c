/* The calls that are about addresses, or lead to structures with times, in arm64's form. */

#define _GNU_SOURCE
#include <errno.h>
#include <sys/resource.h>
#include "own_calls.h"

long linux_mmap(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_map(a[0], a[1], a[2], a[3], a[4], a[5]);
}

long linux_futex(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_futex_with(a, linux_bring_time);
}

long linux_pselect6(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_select_with(a, a[5], linux_bring_time, linux_take_time);
}

long linux_recvmmsg(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_receive_with(a, linux_bring_time);
}

long linux_fcntl(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return linux_control(a[0], a[1], a[2]);
}

long linux_getrlimit(struct linux_thread *thread, const unsigned long *a)
{
	struct rlimit limit;
	(void)thread;
	long error = SYS_prlimit64_function(0, a[0], 0, &limit);
	return error ? error : copy_to_user(a[1], &limit, sizeof limit);
}

long linux_setrlimit(struct linux_thread *thread, const unsigned long *a)
{
	struct rlimit limit;
	(void)thread;
	return copy_from_user(&limit, a[1], sizeof limit) ? -EFAULT : SYS_prlimit64_function(0, a[0], &limit, 0);
}
