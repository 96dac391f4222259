/* Sending a signal with a value. The one process may send itself any information; Linux checks its code for others only. */

#include <errno.h>
#include "signals.h"

static long queue(struct thread *thread, int signal, const siginfo_t *wanted)
{
	siginfo_t information = *wanted;
	if (signal < 0 || signal > SIGNALS) return -EINVAL;
	information.si_signo = signal;
	long error = signal ? __common_post(thread, &information) : 0;
	return error < 0 ? error : 0;
}

REPLACEABLE long SYS_rt_sigqueueinfo_function(pid_t process, int signal, const siginfo_t *information)
{
	return process == SYS_getpid_function() ? queue(0, signal, information) : -ESRCH;
}

REPLACEABLE long SYS_rt_tgsigqueueinfo_function(pid_t process, pid_t id, int signal, const siginfo_t *information)
{
	struct thread *thread = process == SYS_getpid_function() && id > 0 ? __backend_find(id) : 0;
	if (process <= 0 || id <= 0) return -EINVAL;
	return thread ? queue(thread, signal, information) : -ESRCH;
}
