/* Who runs where and when. The backend does what it can with policy and priority; nice values are only remembered. */

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/resource.h>
#include "common.h"

long SYS_getpgid_function(pid_t process);

#define SLICE 10000000 /* nanoseconds: both schedulers' time slice */
#define LOWEST 1
#define HIGHEST 99
#define NICE_MIN (-20)
#define NICE_MAX 19

#ifdef __arm__
#define SYS_sched_rr_get_interval SYS_sched_rr_get_interval_time64_function
#else
#define SYS_sched_rr_get_interval SYS_sched_rr_get_interval_function
#endif

long SYS_sched_yield_function(void)
{
	__common_begin_busy();
	__backend_yield();
	__common_end_busy();
	return 0;
}

/* The number 0 is the caller; so is 1, that of the process, if the first thread has ended. */
static struct thread *find(pid_t id)
{
	return id ? __backend_find(id) : __backend_self();
}

static int is_by_priority(int policy)
{
	return policy == SCHED_FIFO || policy == SCHED_RR;
}

static int is_policy(int policy)
{
	return is_by_priority(policy) || policy == SCHED_OTHER || policy == SCHED_BATCH || policy == SCHED_IDLE;
}

long SYS_sched_setscheduler_function(pid_t id, int policy, const int *priority)
{
	struct thread *thread = find(id);
	policy &= ~SCHED_RESET_ON_FORK;
	if (id < 0 || !priority || !is_policy(policy)) return -EINVAL;
	if (!thread) return -ESRCH;
	if (is_by_priority(policy) ? *priority < LOWEST || *priority > HIGHEST : *priority) return -EINVAL;
	return __backend_schedule(thread, policy, *priority);
}

long SYS_sched_setparam_function(pid_t id, const int *priority)
{
	struct thread *thread = find(id);
	if (id < 0) return -EINVAL;
	return thread ? SYS_sched_setscheduler_function(id, thread->policy, priority) : -ESRCH;
}

long SYS_sched_getscheduler_function(pid_t id)
{
	struct thread *thread = find(id);
	if (id < 0) return -EINVAL;
	return thread ? thread->policy : -ESRCH;
}

long SYS_sched_getparam_function(pid_t id, int *priority)
{
	struct thread *thread = find(id);
	if (id < 0 || !priority) return -EINVAL;
	if (!thread) return -ESRCH;
	*priority = thread->priority;
	return 0;
}

long SYS_sched_get_priority_max_function(int policy)
{
	return !is_policy(policy) ? -EINVAL : is_by_priority(policy) ? HIGHEST : 0;
}

long SYS_sched_get_priority_min_function(int policy)
{
	return !is_policy(policy) ? -EINVAL : is_by_priority(policy) ? LOWEST : 0;
}

/* With SCHED_FIFO nobody else of the same priority gets a turn. */
long SYS_sched_rr_get_interval(pid_t id, struct kernel_timespec *interval)
{
	struct thread *thread = find(id);
	if (id < 0) return -EINVAL;
	if (!thread) return -ESRCH;
	*interval = (struct kernel_timespec){ 0, thread->policy == SCHED_FIFO ? 0 : SLICE };
	return 0;
}

long SYS_sched_getaffinity_function(pid_t id, size_t size, unsigned long *mask)
{
	struct thread *thread = find(id);
	if (!thread) return -ESRCH;
	if (size < sizeof(long) || size % sizeof(long)) return -EINVAL;
	*mask = thread->affinity ? thread->affinity : __backend_processors();
	return sizeof(long);
}

long SYS_sched_setaffinity_function(pid_t id, size_t size, const unsigned long *mask)
{
	struct thread *thread = find(id);
	unsigned long wanted = 0;
	if (!thread) return -ESRCH;
	memcpy(&wanted, mask, size < sizeof wanted ? size : sizeof wanted);
	wanted &= __backend_processors();
	return wanted ? __backend_place(thread, wanted) : -EINVAL;
}

long SYS_getcpu_function(unsigned *processor, unsigned *node)
{
	if (processor) *processor = __backend_self()->processor;
	if (node) *node = 0;
	return 0;
}

/* Of one thread, as in Linux, or of all. */
static int concerns(struct thread *thread, int which, id_t who)
{
	if (which == PRIO_PROCESS) return who ? thread->id == (int)who : thread == __backend_self();
	return __common_is_mine(thread) && (who == 0 || (which == PRIO_PGRP && (long)who == SYS_getpgid_function(0)));
}

long SYS_setpriority_function(int which, id_t who, int nice)
{
	long result = -ESRCH;
	if (which < PRIO_PROCESS || which > PRIO_USER) return -EINVAL;
	if (nice < NICE_MIN) nice = NICE_MIN;
	if (nice > NICE_MAX) nice = NICE_MAX;
	for (struct thread *thread = 0; (thread = __backend_next_thread(thread));)
		if (concerns(thread, which, who)) thread->nice = nice, result = 0;
	return result;
}

/* The highest one, as 20 less the nice value. */
long SYS_getpriority_function(int which, id_t who)
{
	long result = -ESRCH;
	if (which < PRIO_PROCESS || which > PRIO_USER) return -EINVAL;
	for (struct thread *thread = 0; (thread = __backend_next_thread(thread));)
		if (concerns(thread, which, who) && 20 - thread->nice > result) result = 20 - thread->nice;
	return result;
}

/* Barriers between processors: there is no kernel that offers them. musl takes the error. */
long SYS_membarrier_function(int command, unsigned flags, int processor)
{
	(void)command, (void)flags, (void)processor;
	return -ENOSYS;
}
