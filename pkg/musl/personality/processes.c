/*
 * Processes. Each has variables of its own (common/process.h); what leads from one to the other is in their records, under one
 * lock. A process that has ended stays until its parent has waited for it, as on Linux; records are used again.
 */

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/wait.h>
#include "processes.h"
#include "user.h"

#define MOST 100 /* at the end, Moe looks at each page that a space could have had, which takes a while */

/* link.ld */
extern __attribute__((visibility("hidden"))) char __process_variables[], __process_variables_end[];

PROCESS_VARIABLE struct process linux_first_process;
struct common_lock linux_processes_lock;

static struct process *unused;
static int count = 1;

/* -- For whom a thread acts -- */

struct process *__common_process(void)
{
	return &of_process(linux_first_process);
}

struct process *__common_act_for(struct process *process)
{
	struct thread *self = __backend_self();
	struct process *before = __common_process();
	self->process_distance = process->distance;
	self->space_distance = process->space ? process->space->distance : 0;
	return before;
}

int __common_is_mine(const struct thread *thread)
{
	return __atomic_load_n(&thread->process, __ATOMIC_ACQUIRE) == __common_process();
}

int __backend_thread_count(void)
{
	return __common_process()->threads;
}

/* -- The list -- */

struct process *linux_next_process(struct process *process)
{
	return process ? process->next : &linux_first_process;
}

struct process *linux_find_process(int id)
{
	struct process *process = 0;
	do process = linux_next_process(process);
	while (process && process->id != id);
	return process;
}

void linux_begin_first_process(void)
{
	struct process *process = &linux_first_process;
	process->id = process->group = process->session = 1;
	process->threads = 1;
	process->space = &linux_first_space;
	linux_first_space.references = 1;
	__backend_self()->process = process;
}

/* If there are too many, the oldest orphan that has ended, and for which the first process has not waited, is forgotten. Linux
 * keeps them, but has room for more, and its first process is one that waits. */
static void make_room(void)
{
	struct process *process = 0;
	if (count < MOST) return;
	do process = linux_next_process(process);
	while (process && !(process->is_orphan && process->state == HAS_ENDED));
	if (process) linux_free_process(process);
}

static struct process *take(void)
{
	size_t size = __process_variables_end - __process_variables;
	__common_lock(&linux_processes_lock);
	make_room();
	struct process *process = unused;
	int is_possible = count < MOST;
	if (is_possible) count++;
	if (process && is_possible) unused = process->next;
	__common_unlock(&linux_processes_lock);
	if (!is_possible) return 0;
	long memory = process ? (long)(__process_variables + process->distance) : __common_own_memory(size);
	if (memory < 0) {
		__atomic_fetch_sub(&count, 1, __ATOMIC_RELAXED);
		return 0;
	}
	if (process) memset((void *)memory, 0, size);
	ptrdiff_t distance = (char *)memory - __process_variables;
	process = &at_distance(distance, linux_first_process);
	process->distance = distance;
	return process;
}

struct process *linux_new_process(void)
{
	struct process *process = take(), *parent = __common_process();
	if (!process) return 0;
	process->parent = parent;
	process->group = parent->group;
	process->session = parent->session;
	process->threads = 1;
	process->command = parent->command;
	if (process->command) __atomic_fetch_add(&process->command->references, 1, __ATOMIC_RELAXED);
	memcpy(process->name, parent->name, sizeof process->name);
	return process;
}

void linux_free_process(struct process *process)
{
	struct process *before = 0;
	while ((before = linux_next_process(before)) && before->next != process);
	if (before) before->next = process->next;
	linux_put_command(process->command);
	process->id = 0;
	process->next = unused;
	unused = process;
	count--;
}

void linux_add_process(struct process *process)
{
	struct process *last = &linux_first_process;
	__common_lock(&linux_processes_lock);
	while (last->next) last = last->next;
	last->next = process;
	__common_unlock(&linux_processes_lock);
}

/* -- The end -- */

void linux_end_other_threads(struct process *process)
{
	struct thread *self = __backend_self();
	for (struct thread *thread = 0; (thread = __backend_next_thread(thread));) {
		if (thread == self || __atomic_load_n(&thread->process, __ATOMIC_ACQUIRE) != process) continue;
		__atomic_fetch_or(&thread->signals.pending, BIT(SIGKILL), __ATOMIC_SEQ_CST);
		__backend_interrupt(thread);
		if (!__atomic_load_n(&thread->signals.busy, __ATOMIC_SEQ_CST)) __backend_kick(thread);
	}
}

void linux_give_back_lent(struct process *process)
{
	__common_lock(&linux_processes_lock);
	int *lent = process->lent;
	process->lent = 0;
	if (lent) __atomic_store_n(lent, 0, __ATOMIC_SEQ_CST);
	__common_unlock(&linux_processes_lock);
	if (lent) __backend_wake(lent, 1, ~0u);
}

siginfo_t linux_describe(int signal, int id, unsigned user, int status)
{
	siginfo_t information = {
		.si_signo = signal, .si_code = CLD_EXITED, .si_pid = id, .si_uid = user, .si_status = WEXITSTATUS(status),
	};
	if (WIFSTOPPED(status)) information.si_code = CLD_STOPPED, information.si_status = WSTOPSIG(status);
	else if (WIFCONTINUED(status)) information.si_code = CLD_CONTINUED, information.si_status = SIGCONT;
	else if (WIFSIGNALED(status)) information.si_code = CLD_KILLED, information.si_status = WTERMSIG(status);
	return information;
}

void linux_tell_parent(struct process *process, int signal, int status)
{
	struct process *parent = process->parent;
	const siginfo_t information = linux_describe(signal, process->id, __common_user_of(process->distance), status);
	if (signal) __common_post(0, &information);
	__atomic_fetch_add(&parent->changes_of_children, 1, __ATOMIC_SEQ_CST);
	__backend_wake(&parent->changes_of_children, INT_MAX, ~0u);
}

/* With the lock held: whether it is one for which the parent does not want to wait. */
static int tell_of_end(struct process *process)
{
	struct process *before = __common_act_for(process->parent);
	const struct kernel_sigaction *action = process_signals()->actions + SIGCHLD - 1;
	int is_forgotten = process->end_signal == SIGCHLD && (action->handler == SIG_IGN || action->flags & SA_NOCLDWAIT);
	linux_tell_parent(process, process->end_signal, process->status);
	__common_act_for(before);
	return is_forgotten;
}

/* Children of a process that has ended are the first one's. */
static void leave_children(struct process *process)
{
	struct process *next;
	for (struct process *child = &linux_first_process; child; child = next) {
		next = child->next;
		if (child->parent != process) continue;
		child->parent = &linux_first_process;
		child->is_orphan = 1;
		linux_abandon(child, process, 0);
		if (child->state == HAS_ENDED && tell_of_end(child)) linux_free_process(child);
	}
}

/* With the first process, everything ends. */
static _Noreturn void end_all(int status)
{
	__backend_exit(WTERMSIG(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

/* In its last thread, which acts for nobody afterwards. */
static void end(struct process *process)
{
	struct thread *self = __backend_self();
	struct space *space = process->space;
	if (process == &linux_first_process) end_all(process->status);
	__common_stop_interval_timers();
	__common_delete_timers();
	linux_wait_for_timekeeper();
	__common_close_all(0);
	__common_free_folder();
	process->time = __common_clock(CLOCK_PROCESS_CPUTIME_ID);
	linux_give_back_lent(process);

	__common_lock(&linux_processes_lock);
	process->space = 0;
	__common_unlock(&linux_processes_lock);
	linux_put_space(space);

	__common_lock(&linux_processes_lock);
	__atomic_store_n(&self->process, 0, __ATOMIC_RELEASE);
	self->id = 0; /* nobody finds it any more */
	__common_act_for(&linux_first_process);
	linux_abandon(process, process->parent, process);
	leave_children(process);
	process->state = HAS_ENDED;
	if (tell_of_end(process)) linux_free_process(process);
	__common_unlock(&linux_processes_lock);
}

_Noreturn void linux_end_thread(void)
{
	struct thread *self = __backend_self();
	struct process *process = self->process;
	int *clear = self->clear_at_exit;
	__common_begin_busy(); /* to the end */
	__common_forget_signals(self);
	__l4re_end_time(self);
	self->clear_at_exit = 0;
	linux_give_up_locks(self);
	if (clear) {
		__atomic_store_n(clear, 0, __ATOMIC_SEQ_CST);
		__backend_wake(linux_futex_at(clear), 1, ~0u);
	}
	__common_lock(&linux_processes_lock);
	int are_left = !!__atomic_sub_fetch(&process->threads, 1, __ATOMIC_SEQ_CST);
	if (are_left) {
		__atomic_store_n(&self->process, 0, __ATOMIC_RELEASE);
		linux_note_halted(process);
	}
	__common_unlock(&linux_processes_lock);
	if (are_left) {
		__backend_wake(&process->threads, INT_MAX, ~0u);
	} else {
		end(process);
	}
	__common_act_for(&linux_first_process);
	__backend_end_thread();
	__builtin_trap();
}

_Noreturn void linux_end_process(int status)
{
	struct process *process = __backend_self()->process;
	if (process == &linux_first_process && !process->executes) end_all(status);
	__common_lock(&linux_processes_lock);
	int executes = process->executes && process->executes != __backend_self();
	if (process->state == IS_RUNNING && !executes) {
		process->state = IS_ENDING;
		process->status = status;
		linux_end_other_threads(process);
	}
	__common_unlock(&linux_processes_lock);
	linux_end_thread();
}

_Noreturn void __common_die(int signal)
{
	linux_end_process(signal);
}
