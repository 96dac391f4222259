/* execve: the next program takes the place of this one, in the same task if nobody else is in it. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include "user.h"
#include "own_calls.h"

#define ROOM (120ul << 10) /* for texts; and as much for the pointers to them */
#define MOST (ROOM / sizeof(char *))

/* Arguments and environment, copied. */
struct texts { size_t count, used; char *words[MOST]; char room[ROOM]; };

static long keep(struct texts *texts, user_t list)
{
	for (;; list += sizeof(user_t)) {
		user_t text;
		if (texts->count == MOST) return -E2BIG;
		if (!list) break; /* Linux takes it for an empty one */
		if (copy_from_user(&text, list, sizeof text)) return -EFAULT;
		if (!text) break;
		char *copy = texts->room + texts->used;
		long length = copy_text_from_user(copy, text, ROOM - texts->used, -E2BIG);
		if (length < 0) return length;
		texts->words[texts->count++] = copy;
		texts->used += length + 1;
	}
	texts->words[texts->count++] = 0;
	return 0;
}

/* The other threads end, and this one is the first one of the process then. Fails if the process itself ends meanwhile. */
static long become_only_thread(struct process *process)
{
	struct thread *self = __backend_self();
	__common_lock(&linux_processes_lock);
	int goes_on = process->state == IS_RUNNING && !process->executes;
	if (goes_on) process->executes = self;
	if (goes_on && process->threads > 1) linux_end_other_threads(process);
	__common_unlock(&linux_processes_lock);
	if (!goes_on) return -EINTR;
	for (int threads; (threads = __atomic_load_n(&process->threads, __ATOMIC_SEQ_CST)) > 1;) {
		__common_begin_busy();
		__backend_wait(&process->threads, &threads, ~0u, FOREVER);
		__common_end_busy();
	}
	process->executes = 0;
	return 0;
}

/* If nothing is left to go back to after an error, *is_gone is set. */
static long replace(struct linux_thread *thread, const struct script *script, struct texts *texts, size_t variables, int *is_gone)
{
	struct thread *self = __backend_self();
	struct process *process = __common_process();
	struct space *space = 0;
	int is_shared = __atomic_load_n(&process->space->references, __ATOMIC_ACQUIRE) > 1;
	if (is_shared && !(space = linux_new_space())) return -ENOMEM;
	long error = become_only_thread(process);
	if (error) {
		if (space) linux_put_space(space);
		return error;
	}
	*is_gone = 1;
	linux_give_up_locks(self);
	self->id = process->id;
	__common_close_all(1);
	__common_delete_timers();
	linux_reset_signals();
	self->clear_at_exit = 0;
	process->has_executed = 1;
	if (space) {
		linux_use_space(space);
		linux_give_back_lent(process);
	} else {
		linux_unmap_all();
	}
	error = linux_load(script, texts->words, texts->words + variables, thread);
	if (error && linux_is_verbose) linux_say("linux-run: '%s' could not be loaded by execve (error %d)\n", script->program, error);
	return error;
}

long linux_execve(struct linux_thread *thread, const unsigned long *arguments)
{
	struct texts *texts = (struct texts *)__common_own_memory(sizeof *texts);
	if ((long)texts < 0) return -ENOMEM;
	struct script *script = __common_allocate(sizeof *script);
	char *path = __common_allocate(PATH_MAX);
	long error = script && path ? copy_text_from_user(path, arguments[0], PATH_MAX, -ENAMETOOLONG) : -ENOMEM;
	int is_gone = 0;
	texts->count = texts->used = 0;
	if (error >= 0) error = keep(texts, arguments[1]);
	size_t variables = texts->count;
	if (!error) error = keep(texts, arguments[2]);
	if (!error) error = linux_find_program(path, script);
	if (!error) error = replace(thread, script, texts, variables, &is_gone);
	__common_free(path);
	__common_free(script);
	__common_free_own_memory(texts, sizeof *texts);
	if (error && is_gone) linux_end_process(SIGKILL);
	return error;
}
