/*
 * Signals, where none comes from outside. What is set up is accepted and forgotten: no handler ever runs, and a signal
 * that the program sends to itself (raise, abort) ends it with the status that a shell shows for it. One does work:
 * musl's cancellation of a thread needs no more of its signal than that it ends the wait of a thread.
 */

#include <errno.h>
#include <signal.h>
#include <string.h>
#include "common.h"

enum { TIMER = 32, CANCEL = 33, CALL_ALL = 34 }; /* musl, src/internal/pthread_impl.h: SIGTIMER, SIGCANCEL, SIGSYNCCALL */

/* The old action always was the default one. */
long SYS_rt_sigaction_function(int signal, const struct kernel_sigaction *action, struct kernel_sigaction *old, size_t size)
{
	(void)action;
	if (signal < 1 || signal >= _NSIG || size != _NSIG/8) return -EINVAL;
	if (old) memset(old, 0, sizeof *old);
	return 0;
}

long SYS_rt_sigprocmask_function(int how, const uint32_t *mask, uint32_t *old, size_t size)
{
	(void)how, (void)mask;
	if (size != _NSIG/8) return -EINVAL;
	if (old) memset(old, 0, size);
	return 0;
}

/* Where a handler's frame would be left. musl links these with sigaction; no frame is ever made. */
long SYS_rt_sigreturn_function(void)
{
	__builtin_trap();
}

#ifdef __arm__
long SYS_sigreturn_function(void)
{
	__builtin_trap();
}
#endif

static long deliver(struct thread *thread, int signal)
{
	if (!thread) return -ESRCH;
	if (signal < 0 || signal >= _NSIG) return -EINVAL;
	switch (signal) {
	case CANCEL:
		__backend_interrupt(thread);
		return 0;
	case TIMER: case CALL_ALL:
		return -ENOSYS; /* their handlers would have to run; musl goes on without */
	case 0: case SIGCHLD: case SIGCONT: case SIGURG: case SIGWINCH:
		return 0; /* ignored by default */
	}
	__backend_exit(128 + signal);
}

long SYS_tkill_function(pid_t id, int signal)
{
	return deliver(__backend_find(id), signal);
}

long SYS_tgkill_function(pid_t process, pid_t id, int signal)
{
	return process == 1 ? SYS_tkill_function(id, signal) : -ESRCH;
}

/* 0 and -1 include this process: it is alone. */
long SYS_kill_function(pid_t process, int signal)
{
	return deliver(process == 1 || process == 0 || process == -1 ? __backend_self() : 0, signal);
}
