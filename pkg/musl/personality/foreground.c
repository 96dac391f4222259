/* Job control of the terminal, as Linux has it in drivers/tty/tty_jobctrl.c: what processes in the background may do to it. */

#include <errno.h>
#include "user.h"

int __common_has_terminal(const struct terminal_settings *terminal)
{
	return __common_process()->session == __common_session_of(terminal);
}

/* With the lock of processes held: 0 if it may go on, an error, or 1: the group is to get the signal. */
static long check(const struct terminal_settings *terminal, int signal)
{
	const struct process *process = __common_process();
	if (!__common_has_terminal(terminal) || process->group == __common_foreground(terminal)) return 0;
	int is_blocked = !!(__backend_self()->signals.mask & BIT(signal));
	if (is_blocked || process_signals()->actions[signal - 1].handler == SIG_IGN) return signal == SIGTTIN ? -EIO : 0;
	return linux_is_orphaned(process->group, 0) ? -EIO : 1;
}

/* The process is stopped, and continued, at the end of sending it the signal. */
long __common_await_foreground(const struct terminal_settings *terminal, int signal)
{
	const struct linux_thread *thread = linux_self();
	for (;;) {
		__common_lock(&linux_processes_lock);
		long result = check(terminal, signal);
		__common_unlock(&linux_processes_lock);
		if (result <= 0) return result;
		__common_signal_group(__common_process()->group, signal);
		if (thread->signalled) return -EINTR;
	}
}

/* Linux lets only the superuser take it away from another session. */
long __common_take_terminal(struct terminal_settings *terminal)
{
	const struct process *process = __common_process();
	if (process->session != process->id) return -EPERM;
	if (process->session != __common_session_of(terminal)) {
		terminal->session = process->session;
		terminal->group = process->group;
	}
	return 0;
}
