/* What is done when memory is short: a process is refused more, or one has to end. */

#include <sys/resource.h>
#include "user.h"

#define PAUSE (SECOND / 1000)

int linux_may_map(size_t size)
{
	uint64_t limit = __common_limit(RLIMIT_AS);
	return limit == RLIM_INFINITY || (__common_count_pages(0) + size / PAGE + !!(size % PAGE)) * PAGE <= limit;
}

/* With the lock of processes held: the one to which most is promised. */
static struct process *largest(void)
{
	struct process *process = 0, *found = 0;
	size_t most = 0;
	while ((process = linux_next_process(process))) {
		if (process->state != IS_RUNNING) continue;
		struct process *before = __common_act_for(process);
		size_t count = __common_count_pages(1);
		__common_act_for(before);
		if (count > most || !found) most = count, found = process;
	}
	return found;
}

static void say(const struct process *process, const char *what)
{
	linux_say("linux-run: out of memory%s: process %d (%s) is ended\n", what, (long)process->id, process->name);
}

static void end_largest(void)
{
	static int last; /* of those that were ended: there is no other while it is still there */
	const siginfo_t information = { .si_signo = SIGKILL, .si_code = SI_KERNEL };
	__common_lock(&linux_processes_lock);
	const struct process *before = last ? linux_find_process(last) : 0;
	struct process *process = before && before->state != HAS_ENDED ? 0 : largest();
	if (process) {
		last = process->id;
		say(process, "");
		struct process *self = __common_act_for(process);
		__common_post(0, &information);
		__common_act_for(self);
	}
	__common_unlock(&linux_processes_lock);
}

/* The kernel's memory for page tables is not given back before the end, so nobody else's end would help. */
void linux_end_for_memory(enum shortage shortage)
{
	struct thread *self = __backend_self();
	if (shortage == TABLES_LACK) {
		say(self->process, " for page tables");
		__common_die(SIGKILL);
	}
	end_largest();
	if (__common_is_dying(self)) __common_die(SIGKILL);
	__common_begin_busy();
	__backend_wait(&self->id, 0, ~0u, __backend_now() + PAUSE);
	__common_end_busy();
}
