/* execve in the same task: the next program takes the place of this one. */

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

static void close_on_exec(void)
{
	for (int fd = 0; fd < DESCRIPTORS; fd++)
		if (SYS_fcntl_function(fd, F_GETFD, 0) > 0) SYS_close_function(fd);
}

static long replace(struct linux_thread *thread, const char *path, struct texts *texts, const unsigned long *arguments)
{
	long error = keep(texts, arguments[1]);
	size_t variables = texts->count;
	if (!error) error = keep(texts, arguments[2]);
	if (!error) error = linux_check_program(path);
	if (error) return error;
	/* From here on, there is nothing to go back to. */
	close_on_exec();
	linux_reset_signals();
	linux_unmap_all();
	__backend_self()->clear_at_exit = 0;
	error = linux_load(path, texts->words, texts->words + variables, thread);
	if (error) linux_give_up("execve failed when the old program was gone", error);
	return 0;
}

/* Its other threads would have to end first, which nothing here can make them do yet. */
long linux_execve(struct linux_thread *thread, const unsigned long *arguments)
{
	char path[PATH_MAX];
	long error = copy_text_from_user(path, arguments[0], sizeof path, -ENAMETOOLONG);
	if (error < 0) return error;
	if (__backend_thread_count() > 1) return -EAGAIN;
	struct texts *texts = (struct texts *)__common_own_memory(sizeof *texts);
	if ((long)texts < 0) return -ENOMEM;
	texts->count = texts->used = 0;
	error = replace(thread, path, texts, arguments);
	__common_free_own_memory(texts, sizeof *texts);
	return error;
}
