/* The one process: its end, its names, what it may use. */

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include "semihosting.h"

_Noreturn long SYS_exit_group_function(int status)
{
	__semihosting_exit(status);
}

long SYS_getpid_function(void) { return 1; }
long SYS_getppid_function(void) { return 0; }

long SYS_getuid_function(void) { return 0; }
long SYS_geteuid_function(void) { return 0; }
long SYS_getgid_function(void) { return 0; }
long SYS_getegid_function(void) { return 0; }

long SYS_uname_function(struct utsname *name)
{
	memset(name, 0, sizeof *name);
	memcpy(name->sysname, "semihosting", 12);
	memcpy(name->nodename, "virt", 5);
	memcpy(name->release, "0", 2);
	memcpy(name->version, "0", 2);
#ifdef __aarch64__
	memcpy(name->machine, "aarch64", 8);
#else
	memcpy(name->machine, "armv7l", 7);
#endif
	return 0;
}

long SYS_sysinfo_function(struct sysinfo *info)
{
	size_t total, unused;
	__semihosting_memory(&total, &unused);
	memset(info, 0, sizeof *info);
	info->uptime = __semihosting_now() / SECOND;
	info->totalram = total;
	info->freeram = unused;
	info->procs = __semihosting_thread_count();
	info->mem_unit = 1;
	return 0;
}

long SYS_prlimit64_function(pid_t id, int resource, const struct rlimit *new_limit, struct rlimit *limit)
{
	if (id && id != 1) return -ESRCH;
	if (resource < 0 || resource >= RLIM_NLIMITS) return -EINVAL;
	if (new_limit) return -EPERM; /* the limits are those of this backend's tables */
	rlim_t value = RLIM_INFINITY;
	if (resource == RLIMIT_STACK) value = STACK;
	if (resource == RLIMIT_NOFILE) value = DESCRIPTORS;
	if (resource == RLIMIT_CORE) value = 0;
	if (limit) limit->rlim_cur = limit->rlim_max = value;
	return 0;
}

/* musl's getrlimit and setrlimit ask prlimit64 first, and these if that answers ENOSYS. */
#ifdef __aarch64__
long SYS_getrlimit_function(void) { return -ENOSYS; }
#else
long SYS_ugetrlimit_function(void) { return -ENOSYS; }
#endif
long SYS_setrlimit_function(void) { return -ENOSYS; }

long SYS_sched_yield_function(void)
{
	__semihosting_yield();
	return 0;
}

/* One core, number 0. */
long SYS_sched_getaffinity_function(pid_t id, size_t size, unsigned long *set)
{
	if (id && !__semihosting_find(id)) return -ESRCH;
	if (size < sizeof(long) || size % sizeof(long)) return -EINVAL;
	*set = 1;
	return sizeof(long);
}

/* All threads have the one policy there is, SCHED_OTHER (0) with priority 0. */
long SYS_sched_setscheduler_function(int id, int policy, const int *priority)
{
	if (!__semihosting_find(id)) return -ESRCH;
	return policy ? -EPERM : *priority ? -EINVAL : 0;
}

/* Barriers between cores, of which there's one; musl takes the error. */
long SYS_membarrier_function(int command, unsigned flags, int core)
{
	(void)command, (void)flags, (void)core;
	return -ENOSYS;
}
