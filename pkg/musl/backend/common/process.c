/* The one process there is, and its end. It is alone in its group and its session. */

#include <errno.h>
#include "common.h"

_Noreturn long SYS_exit_group_function(int status)
{
	__backend_exit(status);
}

/* Of the last thread, or the only one there ever was: the end of the process. */
_Noreturn long SYS_exit_function(int status)
{
	if (__backend_end_thread) __backend_end_thread();
	__backend_exit(status);
}

REPLACEABLE long SYS_getpid_function(void) { return 1; }
REPLACEABLE long SYS_getppid_function(void) { return 0; }

static int is_self(pid_t process)
{
	return process == 0 || process == 1;
}

REPLACEABLE long SYS_getpgid_function(pid_t process) { return is_self(process) ? 1 : -ESRCH; }
REPLACEABLE long SYS_getsid_function(pid_t process) { return is_self(process) ? 1 : -ESRCH; }

/* It leads its session, so it can neither begin another nor change its group. */
REPLACEABLE long SYS_setsid_function(void) { return -EPERM; }

REPLACEABLE long SYS_setpgid_function(pid_t process, pid_t group)
{
	if (group < 0) return -EINVAL;
	return is_self(process) ? -EPERM : -ESRCH;
}
