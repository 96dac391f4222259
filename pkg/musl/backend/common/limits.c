/*
 * Limits. Those of the backend's tables can be lowered, and raised again up to what the tables have. The others are
 * remembered, if they are no lower than what they are: nothing here would keep a program from exceeding them.
 */

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include "common.h"

static PROCESS_VARIABLE struct {
	struct common_lock lock;
	int made;
	struct rlimit limits[RLIM_NLIMITS];
} all_limits;

#define process of_process(all_limits)

static void make(void)
{
	if (process.made) return;
	for (int i = 0; i < RLIM_NLIMITS; i++) process.limits[i] = (struct rlimit){ RLIM_INFINITY, RLIM_INFINITY };
	process.limits[RLIMIT_STACK].rlim_cur = STACK;
	process.limits[RLIMIT_NOFILE] = (struct rlimit){ DESCRIPTORS, DESCRIPTORS };
	process.limits[RLIMIT_CORE] = (struct rlimit){ 0, RLIM_INFINITY };
	process.made = 1;
}

/* The kernel's structure has 64 bits for each, as musl's has. */
static long set(int resource, const struct rlimit *wanted)
{
	struct rlimit *limit = process.limits + resource;
	if (wanted->rlim_cur > wanted->rlim_max) return -EINVAL;
	if (resource == RLIMIT_NOFILE && wanted->rlim_max > DESCRIPTORS) return -EPERM;
	*limit = *wanted;
	return 0;
}

long SYS_prlimit64_function(pid_t id, int resource, const struct rlimit *wanted, struct rlimit *old)
{
	long error = 0;
	if (id && id != SYS_getpid_function()) return -ESRCH;
	if (resource < 0 || resource >= RLIM_NLIMITS) return -EINVAL;
	__common_lock(&process.lock);
	make();
	struct rlimit before = process.limits[resource];
	if (wanted) error = set(resource, wanted);
	__common_unlock(&process.lock);
	if (old && !error) *old = before;
	return error;
}

/* What descriptors may be given out now. */
int __common_descriptor_limit(void)
{
	return process.made ? (int)process.limits[RLIMIT_NOFILE].rlim_cur : DESCRIPTORS;
}

/* musl's getrlimit and setrlimit ask prlimit64 first, and these if that answers ENOSYS. */
#ifdef __arm__
long SYS_ugetrlimit_function(void) { return -ENOSYS; }
#else
long SYS_getrlimit_function(void) { return -ENOSYS; }
#endif
long SYS_setrlimit_function(void) { return -ENOSYS; }

#ifdef PROCESSES
/* Of a limit that others enforce. */
uint64_t __common_limit(int resource)
{
	return process.made ? process.limits[resource].rlim_cur : RLIM_INFINITY;
}

void __common_inherit_limits(ptrdiff_t to)
{
	__common_lock(&process.lock);
	at_distance(to, all_limits).made = process.made;
	memcpy(at_distance(to, all_limits).limits, process.limits, sizeof process.limits);
	__common_unlock(&process.lock);
}
#endif
