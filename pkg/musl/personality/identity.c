/* Numbers of processes, their groups and sessions; and signals from one to another. */

#include <errno.h>
#include "user.h"
#include "own_calls.h"

long SYS_getpid_function(void)
{
	return __common_process()->id;
}

/* Read without the lock: it may change at any moment anyway. */
long SYS_getppid_function(void)
{
	const struct process *parent = __common_process()->parent;
	return parent ? parent->id : 0;
}

/* -- Groups and sessions -- */

/* With the lock held; the number 0 is the caller's. */
static struct process *find(int id)
{
	return id ? linux_find_process(id) : __common_process();
}

static long number_of(pid_t id, int is_session)
{
	__common_lock(&linux_processes_lock);
	const struct process *process = find(id);
	long result = !process ? -ESRCH : is_session ? process->session : process->group;
	__common_unlock(&linux_processes_lock);
	return result;
}

long SYS_getpgid_function(pid_t id) { return number_of(id, 0); }
long SYS_getsid_function(pid_t id) { return number_of(id, 1); }

/* One of the group; null if there is none in the session, or anywhere with 0. */
static struct process *member_of(int group, int session)
{
	struct process *process = 0;
	do process = linux_next_process(process);
	while (process && !(process->group == group && (!session || process->session == session)));
	return process;
}

int __common_is_group(int group)
{
	__common_lock(&linux_processes_lock);
	int result = !!member_of(group, __common_process()->session);
	__common_unlock(&linux_processes_lock);
	return result;
}

long SYS_setsid_function(void)
{
	struct process *self = __common_process();
	long result = -EPERM;
	__common_lock(&linux_processes_lock);
	if (!member_of(self->id, 0)) result = self->session = self->group = self->id;
	__common_unlock(&linux_processes_lock);
	return result;
}

/* setpgid(2). */
static long set_group(struct process *process, int group)
{
	struct process *self = __common_process();
	if (!process || (process != self && process->parent != self)) return -ESRCH;
	if (process->session != self->session || process->session == process->id) return -EPERM;
	if (process != self && process->has_executed) return -EACCES;
	if (group != process->id && !member_of(group, process->session)) return -EPERM;
	process->group = group;
	return 0;
}

long SYS_setpgid_function(pid_t id, pid_t group)
{
	if (group < 0) return -EINVAL;
	__common_lock(&linux_processes_lock);
	struct process *process = find(id);
	long error = set_group(process, group || !process ? group : process->id);
	__common_unlock(&linux_processes_lock);
	return error;
}

/* -- Signals -- */

/* The kernel may, and a process to itself; and a session's members may continue each other. */
static int may_send(const struct process *process, const siginfo_t *information)
{
	const struct process *self = __common_process();
	if (information->si_code > 0 || process == self || __common_may_signal(process->distance)) return 1;
	return information->si_signo == SIGCONT && process->session == self->session;
}

/* With the lock held; the signal 0 only asks. */
static long send(struct process *process, struct thread *thread, const siginfo_t *information)
{
	if (!may_send(process, information)) return -EPERM;
	if (process->state == HAS_ENDED || !information->si_signo) return 0;
	struct process *before = __common_act_for(process);
	long error = __common_post(thread, information);
	__common_act_for(before);
	return error < 0 ? error : 0;
}

/* Of kill(2). */
enum receivers { TO_ONE, TO_GROUP, TO_ALL };

static int is_meant(const struct process *process, enum receivers receivers, int id)
{
	if (receivers == TO_ONE) return process->id == id;
	if (receivers == TO_GROUP) return process->group == id;
	return process != &linux_first_process && process != __common_process();
}

static long send_to(enum receivers receivers, int id, const siginfo_t *information)
{
	struct process *process = 0;
	long error = -ESRCH;
	int has_sent = 0;
	if (information->si_signo < 0 || information->si_signo > SIGNALS) return -EINVAL;
	__common_lock(&linux_processes_lock);
	while ((process = linux_next_process(process))) {
		if (!is_meant(process, receivers, id)) continue;
		error = send(process, 0, information);
		has_sent |= !error || receivers == TO_ALL;
	}
	__common_unlock(&linux_processes_lock);
	return has_sent ? 0 : error;
}

void __common_signal_group(int group, int signal)
{
	const siginfo_t information = { .si_signo = signal, .si_code = SI_KERNEL };
	send_to(TO_GROUP, group, &information);
}

static siginfo_t by_caller(int signal, int code)
{
	return (siginfo_t){ .si_signo = signal, .si_code = code, .si_pid = SYS_getpid_function(), .si_uid = SYS_getuid_function() };
}

long SYS_kill_function(pid_t id, int signal)
{
	const siginfo_t information = by_caller(signal, SI_USER);
	if (id > 0) return send_to(TO_ONE, id, &information);
	if (id == -1) return send_to(TO_ALL, 0, &information);
	return id == INT_MIN ? -ESRCH : send_to(TO_GROUP, id ? -id : __common_process()->group, &information);
}

/* The process may be 0: any. */
static long send_to_thread(pid_t id, pid_t thread_id, const siginfo_t *information)
{
	if (information->si_signo < 0 || information->si_signo > SIGNALS) return -EINVAL;
	__common_lock(&linux_processes_lock);
	struct thread *thread = __backend_find(thread_id);
	struct process *process = thread ? thread->process : 0;
	long error = !process || (id && process->id != id) ? -ESRCH : send(process, thread, information);
	__common_unlock(&linux_processes_lock);
	return error;
}

long SYS_tgkill_function(pid_t id, pid_t thread, int signal)
{
	const siginfo_t information = by_caller(signal, SI_TKILL);
	return id <= 0 || thread <= 0 ? -EINVAL : send_to_thread(id, thread, &information);
}

long SYS_tkill_function(pid_t thread, int signal)
{
	const siginfo_t information = by_caller(signal, SI_TKILL);
	return thread <= 0 ? -EINVAL : send_to_thread(0, thread, &information);
}

/* Only the kernel, or a process to itself, can say what the kernel says. */
static long check_code(pid_t id, const siginfo_t *information)
{
	return (information->si_code >= 0 || information->si_code == SI_TKILL) && id != SYS_getpid_function() ? -EPERM : 0;
}

long SYS_rt_sigqueueinfo_function(pid_t id, int signal, const siginfo_t *wanted)
{
	siginfo_t information = *wanted;
	information.si_signo = signal;
	long error = check_code(id, wanted);
	return error ? error : id <= 0 ? -ESRCH : send_to(TO_ONE, id, &information);
}

long SYS_rt_tgsigqueueinfo_function(pid_t id, pid_t thread, int signal, const siginfo_t *wanted)
{
	siginfo_t information = *wanted;
	information.si_signo = signal;
	long error = id <= 0 || thread <= 0 ? -EINVAL : check_code(id, wanted);
	return error ? error : send_to_thread(id, thread, &information);
}
