/* The one process: its names, and what it may use. */

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <l4/sys/kip.h>
#include <l4/sys/thread.h>
#include "backend.h"

long SYS_getpid_function(void) { return 1; }
long SYS_getppid_function(void) { return 0; }

long SYS_getuid_function(void) { return 0; }
long SYS_geteuid_function(void) { return 0; }
long SYS_getgid_function(void) { return 0; }
long SYS_getegid_function(void) { return 0; }

/* There are no files to be made with it. */
long SYS_umask_function(mode_t mask)
{
	static mode_t kept = 022;
	return __atomic_exchange_n(&kept, mask & 0777, __ATOMIC_RELAXED);
}

long SYS_getcwd_function(char *path, size_t size)
{
	if (size < 2) return -ERANGE;
	memcpy(path, "/", 2);
	return 2;
}

/* The kernel's name for itself is a text like "Fiasco", its further features follow. L4Re has no version. */
long SYS_uname_function(struct utsname *names)
{
	memset(names, 0, sizeof *names);
	memcpy(names->sysname, "L4Re", 5);
	memcpy(names->nodename, "l4re", 5);
	memcpy(names->release, "0", 2);
	const char *version = l4_kip_version_string(__l4re_kernel_information);
	for (size_t i = 0; version[i] && i < sizeof names->version - 1; i++) names->version[i] = version[i];
#ifdef __aarch64__
	memcpy(names->machine, "aarch64", 8);
#else
	memcpy(names->machine, "armv7l", 7);
#endif
	return 0;
}

long SYS_sysinfo_function(struct sysinfo *information)
{
	struct memory_information memory;
	long error = __l4re_memory(&memory);
	if (error < 0) return error;
	memset(information, 0, sizeof *information);
	information->uptime = __l4re_now() / SECOND;
	information->totalram = memory.limit;
	information->freeram = memory.unused;
	information->procs = __l4re_thread_count();
	information->mem_unit = 1;
	return 0;
}

long SYS_prlimit64_function(pid_t process, int resource, const struct rlimit *wanted, struct rlimit *old)
{
	if (process && process != 1) return -ESRCH;
	if (resource < 0 || resource >= RLIM_NLIMITS) return -EINVAL;
	if (wanted) return -EPERM; /* the limits are quotas and tables, set by others */
	rlim_t value = RLIM_INFINITY;
	if (resource == RLIMIT_STACK) value = sizeof(long) << 18; /* l4/libloader/elf, Default_stack_words */
	if (resource == RLIMIT_NOFILE) value = DESCRIPTORS;
	if (resource == RLIMIT_CORE) value = 0;
	if (old) old->rlim_cur = old->rlim_max = value;
	return 0;
}

/* musl's getrlimit and setrlimit ask prlimit64 first, and these if that answers ENOSYS. */
#ifdef __aarch64__
long SYS_getrlimit_function(void) { return -ENOSYS; }
#else
long SYS_ugetrlimit_function(void) { return -ENOSYS; }
#endif
long SYS_setrlimit_function(void) { return -ENOSYS; }

/* To threads of the same priority on this processor. */
long SYS_sched_yield_function(void)
{
	l4_thread_yield();
	return 0;
}

long SYS_sched_getaffinity_function(pid_t thread, size_t size, unsigned long *mask)
{
	if (thread && !__l4re_find(thread)) return -ESRCH;
	if (size < sizeof(long) || size % sizeof(long)) return -EINVAL;
	*mask = __l4re_processors();
	return sizeof(long);
}

/* All threads have the one policy there is, SCHED_OTHER (0) with priority 0. */
long SYS_sched_setscheduler_function(int thread, int policy, const int *priority)
{
	if (!__l4re_find(thread)) return -ESRCH;
	return policy ? -EPERM : *priority ? -EINVAL : 0;
}

/* Barriers between processors: not offered by the kernel. musl takes the error. */
long SYS_membarrier_function(int command, unsigned flags, int cpu)
{
	(void)command, (void)flags, (void)cpu;
	return -ENOSYS;
}
