/*
 * Stopping and continuing. The thread that takes a signal that stops marks its process, and then each thread of that halts where
 * it is neither in the program nor holds a lock: on its way back to the program, or in the wait of a call, which goes on
 * afterwards with the time that is left. When all have halted, the parent is told. SIGCONT takes the mark away as soon as it
 * is sent, handled or not; the first thread to go on tells the parent.
 *
 * The mark is under the lock of the process's signals, as SIGCONT must not come between a signal and its effect. What the parent
 * is told is under the lock of processes as well, which is taken first.
 */

#include <errno.h>
#include "user.h"

void __common_prepare_signal(int signal)
{
	struct process *process = __common_process();
	struct process_signals *signals = process_signals();
	if (BIT(signal) & STOPS) __common_discard(BIT(SIGCONT));
	if (signal == SIGCONT) __common_discard(STOPS);
	if (signal != SIGCONT && signal != SIGKILL) return;
	signals->to_stop = 0;
	process->stopping = process->stopped_by = 0;
	if (!signals->stopped) return;
	process->was_continued = process->tells_continued = signal == SIGCONT;
	__atomic_store_n(&signals->stopped, 0, __ATOMIC_SEQ_CST);
	__backend_wake(&signals->stopped, INT_MAX, ~0u);
}

/* -- With the lock of processes held -- */

static void tell(struct process *process, int status)
{
	if (!process->parent) return;
	struct process *before = __common_act_for(process->parent);
	const struct kernel_sigaction *action = process_signals()->actions + SIGCHLD - 1;
	linux_tell_parent(process, action->flags & SA_NOCLDSTOP ? 0 : SIGCHLD, status);
	__common_act_for(before);
}

void linux_note_halted(struct process *process)
{
	int told = 0;
	if (process->halted < process->threads) return;
	__common_lock(&process_signals()->lock);
	if (process->stopping) {
		told = process->stopped_by = process->stopping;
		process->stopping = 0;
	}
	__common_unlock(&process_signals()->lock);
	if (told) tell(process, told << 8 | 0x7f);
}

static void note_continued(struct process *process)
{
	__common_lock(&process_signals()->lock);
	int tells = process->tells_continued;
	process->tells_continued = 0;
	__common_unlock(&process_signals()->lock);
	if (tells) tell(process, 0xffff);
}

int linux_is_orphaned(int group, const struct process *ended)
{
	struct process *process = 0;
	while ((process = linux_next_process(process))) {
		const struct process *parent = process->parent;
		if (process->group != group || process == ended || process->state == HAS_ENDED || !parent || parent == ended) continue;
		if (parent->group != group && parent->session == process->session) return 0;
	}
	return 1;
}

static int has_stopped(int group)
{
	struct process *process = 0;
	int result = 0;
	while ((process = linux_next_process(process))) {
		if (process->group != group || process->state != IS_RUNNING) continue;
		struct process *before = __common_act_for(process);
		result |= process_signals()->stopped;
		__common_act_for(before);
	}
	return result;
}

static void signal_members(int group, int signal)
{
	const siginfo_t information = { .si_signo = signal, .si_code = SI_KERNEL };
	struct process *process = 0;
	while ((process = linux_next_process(process))) {
		if (process->group != group || process->state == HAS_ENDED) continue;
		struct process *before = __common_act_for(process);
		__common_post(0, &information);
		__common_act_for(before);
	}
}

/* POSIX, _Exit: who could continue a stopped group must not just end. */
void linux_abandon(const struct process *member, const struct process *parent, const struct process *ended)
{
	if (!parent || parent->group == member->group || parent->session != member->session) return;
	if (!linux_is_orphaned(member->group, ended) || !has_stopped(member->group)) return;
	signal_members(member->group, SIGHUP);
	signal_members(member->group, SIGCONT);
}

/* The first process can't be stopped, as on Linux: everything would be. */
static int can_be_stopped(const struct process *process, int signal)
{
	if (process == &linux_first_process || process->state != IS_RUNNING) return 0;
	return signal == SIGSTOP || !linux_is_orphaned(process->group, 0);
}

static void interrupt_others(const struct process *process)
{
	struct thread *self = __backend_self();
	for (struct thread *thread = 0; (thread = __backend_next_thread(thread));) {
		if (thread == self || __atomic_load_n(&thread->process, __ATOMIC_ACQUIRE) != process) continue;
		__backend_interrupt(thread);
		if (!__atomic_load_n(&thread->signals.busy, __ATOMIC_SEQ_CST)) __backend_kick(thread);
	}
}

/* Whether it is stopped now: SIGCONT may have come. */
static int mark(struct process *process, int signal)
{
	struct process_signals *signals = process_signals();
	int is_possible = can_be_stopped(process, signal);
	__common_lock(&signals->lock);
	int stops = is_possible && signals->to_stop;
	signals->to_stop = 0;
	if (stops) {
		__atomic_store_n(&signals->stopped, 1, __ATOMIC_SEQ_CST);
		process->stopping = signal;
		process->was_continued = process->tells_continued = 0;
	}
	__common_unlock(&signals->lock);
	return stops;
}

/* -- Of the calling thread -- */

void linux_halt(struct process *process)
{
	struct thread *self = __backend_self();
	struct process_signals *signals = process_signals();
	const int stopped = 1;
	if (!__atomic_load_n(&signals->stopped, __ATOMIC_SEQ_CST)) return;
	__common_lock(&linux_processes_lock);
	process->halted++;
	linux_note_halted(process);
	__common_unlock(&linux_processes_lock);
	while (__atomic_load_n(&signals->stopped, __ATOMIC_SEQ_CST)
			&& !(__atomic_load_n(&self->signals.pending, __ATOMIC_SEQ_CST) & BIT(SIGKILL)))
		__backend_wait(&signals->stopped, &stopped, ~0u, FOREVER);
	__common_lock(&linux_processes_lock);
	process->halted--;
	note_continued(process);
	__common_unlock(&linux_processes_lock);
}

void __common_stop(int signal)
{
	struct thread *self = __backend_self();
	struct process *process = self->process;
	__common_begin_busy();
	__common_lock(&linux_processes_lock);
	if (mark(process, signal)) interrupt_others(process);
	__common_unlock(&linux_processes_lock);
	linux_halt(process);
	__atomic_sub_fetch(&self->signals.busy, 1, __ATOMIC_SEQ_CST);
}
