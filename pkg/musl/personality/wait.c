/* Waiting for children. */

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include "user.h"
#include "own_calls.h"

#define THREADS_AND_CLONES (__WALL | __WCLONE | __WNOTHREAD)

/* What is known of a child when it has ended. */
struct ended { int id, status; int64_t time; };

struct wanted { idtype_t type; int id; int options; };

static int is_wanted(const struct process *child, const struct wanted *wanted)
{
	int is_clone = child->end_signal != SIGCHLD;
	if (!(wanted->options & __WALL) && is_clone != !!(wanted->options & __WCLONE)) return 0;
	return wanted->type == P_ALL || (wanted->type == P_PID ? child->id : child->group) == wanted->id;
}

/* The first one that has ended. Returns whether there are any that will. */
static int find(const struct wanted *wanted, struct ended *ended)
{
	struct process *self = __common_process(), *child = 0;
	int any = 0;
	ended->id = 0;
	__common_lock(&linux_processes_lock);
	while ((child = linux_next_process(child))) {
		if (child->parent != self || !is_wanted(child, wanted)) continue;
		any = 1;
		if (child->state != HAS_ENDED || !(wanted->options & WEXITED)) continue;
		*ended = (struct ended){ child->id, child->status, child->time + child->time_of_children };
		if (wanted->options & WNOWAIT) break;
		self->time_of_children += ended->time;
		linux_free_process(child);
		break;
	}
	__common_unlock(&linux_processes_lock);
	return any;
}

static long await(const struct wanted *wanted, struct ended *ended)
{
	const int *ends = &__common_process()->ends_of_children;
	for (;;) {
		int seen = __atomic_load_n(ends, __ATOMIC_SEQ_CST);
		if (!find(wanted, ended)) return -ECHILD;
		if (ended->id || wanted->options & WNOHANG) return ended->id;
		long error = __common_end_of_wait(__common_wait(ends, &seen, ~0u, FOREVER, RESTARTS), RESTARTS);
		if (error) return error;
	}
}

int64_t __common_time_of_children(void)
{
	return __common_process()->time_of_children;
}

struct kernel_usage { long user[2], system[2], others[14]; };

/* All time is the program's own, as in common/usage.c. */
static long put_usage(user_t address, const struct ended *ended)
{
	struct kernel_usage usage = { .user = { ended->time / SECOND, ended->time % SECOND / 1000 } };
	return address ? copy_to_user(address, &usage, sizeof usage) : 0;
}

long linux_wait4(struct linux_thread *thread, const unsigned long *a)
{
	int id = a[0], options = a[2];
	struct wanted wanted = { P_PID, id, options | WEXITED };
	struct ended ended;
	(void)thread;
	if (options & ~(WNOHANG | WUNTRACED | WCONTINUED | THREADS_AND_CLONES)) return -EINVAL;
	if (id == INT_MIN) return -ESRCH;
	if (id == -1) wanted.type = P_ALL;
	else if (id <= 0) wanted.type = P_PGID, wanted.id = id ? -id : __common_process()->group;
	long result = await(&wanted, &ended);
	if (result <= 0) return result;
	if (a[1] && copy_to_user(a[1], &ended.status, sizeof ended.status)) return -EFAULT;
	return put_usage(a[3], &ended) ? -EFAULT : result;
}

long linux_waitid(struct linux_thread *thread, const unsigned long *a)
{
	struct wanted wanted = { a[0], a[1], a[3] };
	struct ended ended;
	(void)thread;
	if (wanted.options & ~(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | THREADS_AND_CLONES)) return -EINVAL;
	if (!(wanted.options & (WEXITED | WSTOPPED | WCONTINUED))) return -EINVAL;
	if (wanted.type != P_ALL && wanted.type != P_PID && wanted.type != P_PGID) return -EINVAL;
	if (wanted.type == P_PGID && !wanted.id) wanted.id = __common_process()->group;
	if (wanted.type != P_ALL && wanted.id <= 0) return -EINVAL;
	long result = await(&wanted, &ended);
	if (result < 0) return result;
	siginfo_t information = { 0 };
	if (result) information = linux_describe_end(SIGCHLD, ended.id, ended.status);
	if (a[2] && copy_to_user(a[2], &information, sizeof information)) return -EFAULT;
	return result && put_usage(a[4], &ended) ? -EFAULT : 0;
}
