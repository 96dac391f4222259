/* Who runs where and when: all threads are equal. */

#include <errno.h>
#include "common.h"

long SYS_sched_yield_function(void)
{
	__common_begin_busy();
	__backend_yield();
	__common_end_busy();
	return 0;
}

long SYS_sched_getaffinity_function(pid_t thread, size_t size, unsigned long *mask)
{
	if (thread && !__backend_find(thread)) return -ESRCH;
	if (size < sizeof(long) || size % sizeof(long)) return -EINVAL;
	*mask = __backend_processors();
	return sizeof(long);
}

/* All threads have the one policy there is, SCHED_OTHER (0) with priority 0. */
long SYS_sched_setscheduler_function(pid_t thread, int policy, const int *priority)
{
	if (!__backend_find(thread)) return -ESRCH;
	return policy ? -EPERM : *priority ? -EINVAL : 0;
}

/* Barriers between processors: there is no kernel that offers them. musl takes the error. */
long SYS_membarrier_function(int command, unsigned flags, int processor)
{
	(void)command, (void)flags, (void)processor;
	return -ENOSYS;
}
