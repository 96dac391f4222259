/* The flags of clone_thread: it makes a thread, and nothing else that Linux's clone can make. */

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include "common.h"

#define NEEDED (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD)
#define IGNORED (CLONE_SYSVSEM | CLONE_DETACHED) /* true by themselves, or without a meaning */
#define SERVED (CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID)

long __common_check_clone(int flags)
{
	if ((flags & NEEDED) != NEEDED) return -ENOSYS; /* another process, as of posix_spawn */
	return flags & ~(NEEDED | IGNORED | SERVED) ? -EINVAL : 0;
}
