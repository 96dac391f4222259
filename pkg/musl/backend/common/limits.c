/* Limits: those of the backend's tables and of the memory it was given, so they can be read only. */

#include <errno.h>
#include <sys/resource.h>
#include "common.h"

long SYS_prlimit64_function(pid_t process, int resource, const struct rlimit *wanted, struct rlimit *old)
{
	if (process && process != 1) return -ESRCH;
	if (resource < 0 || resource >= RLIM_NLIMITS) return -EINVAL;
	if (wanted) return -EPERM;
	rlim_t value = RLIM_INFINITY;
	if (resource == RLIMIT_STACK) value = STACK;
	if (resource == RLIMIT_NOFILE) value = DESCRIPTORS;
	if (resource == RLIMIT_CORE) value = 0;
	if (old) old->rlim_cur = old->rlim_max = value;
	return 0;
}

/* musl's getrlimit and setrlimit ask prlimit64 first, and these if that answers ENOSYS. */
#ifdef __arm__
long SYS_ugetrlimit_function(void) { return -ENOSYS; }
#else
long SYS_getrlimit_function(void) { return -ENOSYS; }
#endif
long SYS_setrlimit_function(void) { return -ENOSYS; }
