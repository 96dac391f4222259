/* Waiting for children. */

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include "user.h"
#include "own_calls.h"

#define THREADS_AND_CLONES (__WALL | __WCLONE | __WNOTHREAD)

/* What is known of a child that has ended, or was stopped or continued. */
struct news { int id, status; unsigned user; int64_t time; };

struct wanted { idtype_t type; int id; int options; };

static int is_wanted(const struct process *child, const struct wanted *wanted)
{
	int is_clone = child->end_signal != SIGCHLD;
	if (!(wanted->options & __WALL) && is_clone != !!(wanted->options & __WCLONE)) return 0;
	return wanted->type == P_ALL || (wanted->type == P_PID ? child->id : child->group) == wanted->id;
}

/* Of one that was stopped or continued, if that is wanted. Once told, it isn't told again. */
static void take_change(struct process *child, int options, struct news *news)
{
	news->time = 0;
	if (options & WSTOPPED && child->stopped_by) {
		news->status = child->stopped_by << 8 | 0x7f;
		if (!(options & WNOWAIT)) child->stopped_by = 0;
	} else if (options & WCONTINUED && child->was_continued) {
		news->status = 0xffff;
		if (!(options & WNOWAIT)) child->was_continued = 0;
	} else {
		return;
	}
	news->id = child->id;
	news->user = __common_user_of(child->distance);
}

static void take_end(struct process *child, int options, struct news *news)
{
	*news = (struct news){ child->id, child->status, __common_user_of(child->distance), child->time + child->time_of_children };
	if (options & WNOWAIT) return;
	child->parent->time_of_children += news->time;
	linux_free_process(child);
}

/* The first one that has something to tell. Returns whether there are any that will. */
static int find(const struct wanted *wanted, struct news *news)
{
	struct process *self = __common_process(), *child = 0;
	int any = 0;
	news->id = 0;
	__common_lock(&linux_processes_lock);
	while (!news->id && (child = linux_next_process(child))) {
		if (child->parent != self || !is_wanted(child, wanted)) continue;
		any = 1;
		if (child->state != HAS_ENDED) take_change(child, wanted->options, news);
		else if (wanted->options & WEXITED) take_end(child, wanted->options, news);
	}
	__common_unlock(&linux_processes_lock);
	return any;
}

static long await(const struct wanted *wanted, struct news *news)
{
	const int *changes = &__common_process()->changes_of_children;
	for (;;) {
		int seen = __atomic_load_n(changes, __ATOMIC_SEQ_CST);
		if (!find(wanted, news)) return -ECHILD;
		if (news->id || wanted->options & WNOHANG) return news->id;
		long error = __common_end_of_wait(__common_wait(changes, &seen, ~0u, FOREVER, RESTARTS), RESTARTS);
		if (!error) continue;
		/* The signal may be of the child itself. */
		find(wanted, news);
		return news->id ? news->id : error;
	}
}

int64_t __common_time_of_children(void)
{
	return __common_process()->time_of_children;
}

struct kernel_usage { long user[2], system[2], others[14]; };

/* All time is the program's own, as in common/usage.c. */
static long put_usage(user_t address, const struct news *news)
{
	struct kernel_usage usage = { .user = { news->time / SECOND, news->time % SECOND / 1000 } };
	return address ? copy_to_user(address, &usage, sizeof usage) : 0;
}

long linux_wait4(struct linux_thread *thread, const unsigned long *a)
{
	int id = a[0], options = a[2];
	struct wanted wanted = { P_PID, id, options | WEXITED };
	struct news news;
	(void)thread;
	if (options & ~(WNOHANG | WUNTRACED | WCONTINUED | THREADS_AND_CLONES)) return -EINVAL;
	if (id == INT_MIN) return -ESRCH;
	if (id == -1) wanted.type = P_ALL;
	else if (id <= 0) wanted.type = P_PGID, wanted.id = id ? -id : __common_process()->group;
	long result = await(&wanted, &news);
	if (result <= 0) return result;
	if (a[1] && copy_to_user(a[1], &news.status, sizeof news.status)) return -EFAULT;
	return put_usage(a[3], &news) ? -EFAULT : result;
}

long linux_waitid(struct linux_thread *thread, const unsigned long *a)
{
	struct wanted wanted = { a[0], a[1], a[3] };
	struct news news;
	(void)thread;
	if (wanted.options & ~(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | THREADS_AND_CLONES)) return -EINVAL;
	if (!(wanted.options & (WEXITED | WSTOPPED | WCONTINUED))) return -EINVAL;
	if (wanted.type != P_ALL && wanted.type != P_PID && wanted.type != P_PGID) return -EINVAL;
	if (wanted.type == P_PGID && !wanted.id) wanted.id = __common_process()->group;
	if (wanted.type != P_ALL && wanted.id <= 0) return -EINVAL;
	long result = await(&wanted, &news);
	if (result < 0) return result;
	siginfo_t information = { 0 };
	if (result) information = linux_describe(SIGCHLD, news.id, news.user, news.status);
	if (a[2] && copy_to_user(a[2], &information, sizeof information)) return -EFAULT;
	return result && put_usage(a[4], &news) ? -EFAULT : 0;
}
