/* Descriptors: the table, and what dup, close and fcntl do with it. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include "common.h"
#include "common/file.h"

/* Where nothing allocates, nothing is to be freed. */
#pragma weak __common_free

#define CHANGEABLE (O_APPEND | O_NONBLOCK | O_DIRECT | O_NOATIME | O_ASYNC)

static struct file standard[3]; /* the console */
static PROCESS_VARIABLE struct descriptor { struct file *file; int flags; } descriptors[DESCRIPTORS]; /* see begin */
static PROCESS_VARIABLE struct common_lock descriptors_lock;
static PROCESS_VARIABLE int begun;

#define table of_process(descriptors)
#define lock of_process(descriptors_lock)

/* The table begins with the console. Its initial content is made here, lest it be a part of each program's file. */
static void begin(void)
{
	__common_lock(&lock);
	if (of_process(begun)) return;
	for (int fd = 0; fd < 3; fd++) {
		standard[fd] = (struct file){ .kind = &__backend_console, .references = 1, .flags = O_RDWR, .number = fd };
		table[fd].file = standard + fd;
	}
	of_process(begun) = 1;
}

struct file *__common_file(int fd)
{
	struct file *file = 0;
	if (fd < 0 || fd >= DESCRIPTORS) return 0;
	begin();
	file = table[fd].file;
	if (file) __atomic_fetch_add(&file->references, 1, __ATOMIC_RELAXED);
	__common_unlock(&lock);
	return file;
}

__attribute__((weak)) void __common_unwatch(struct file *file);

void __common_put(struct file *file)
{
	if (__atomic_sub_fetch(&file->references, 1, __ATOMIC_ACQ_REL)) return;
	if (file->watchers) __common_unwatch(file);
	if (file->has_locks) __common_unlock_released(file);
	if (file->kind->release) file->kind->release(file);
	if (file >= standard && file < standard + 3) return;
	__common_free(file->path);
	__common_free(file);
}

/* A descriptor is closed, and with it the process gives up its locks of the file. */
static void put_closed(struct file *file)
{
	if (__common_unlock_closed) __common_unlock_closed(file);
	__common_put(file);
}

/* With the lock held. The lowest free one from that on; -EMFILE if all are in use. */
static int lowest_free(int fd)
{
	while (fd < DESCRIPTORS && table[fd].file) fd++;
	return fd < DESCRIPTORS && fd < __common_descriptor_limit() ? fd : -EMFILE;
}

static long put_from(struct file *file, int lowest, int flags)
{
	begin();
	int fd = lowest_free(lowest);
	if (fd >= 0) table[fd] = (struct descriptor){ file, flags & O_CLOEXEC ? FD_CLOEXEC : 0 };
	__common_unlock(&lock);
	if (fd < 0) __common_put(file);
	return fd;
}

long __common_new_descriptor(struct file *file, int flags)
{
	return put_from(file, 0, flags);
}

/* Replaces what is there. */
static long put_at(struct file *file, int fd, int flags)
{
	begin();
	struct file *before = table[fd].file;
	table[fd] = (struct descriptor){ file, flags & O_CLOEXEC ? FD_CLOEXEC : 0 };
	__common_unlock(&lock);
	if (before) put_closed(before);
	return fd;
}

long SYS_close_function(int fd)
{
	if (fd < 0 || fd >= DESCRIPTORS) return -EBADF;
	begin();
	struct file *file = table[fd].file;
	table[fd].file = 0;
	__common_unlock(&lock);
	if (!file) return -EBADF;
	put_closed(file);
	return 0;
}

long SYS_dup_function(int fd)
{
	struct file *file = __common_file(fd);
	return file ? put_from(file, 0, 0) : -EBADF;
}

static long duplicate(int old, int new, int flags)
{
	if (new < 0 || new >= DESCRIPTORS || new >= __common_descriptor_limit()) return -EBADF;
	struct file *file = __common_file(old);
	return file ? put_at(file, new, flags) : -EBADF;
}

long SYS_dup3_function(int old, int new, int flags)
{
	return old == new || flags & ~O_CLOEXEC ? -EINVAL : duplicate(old, new, flags);
}

#ifdef __arm__
long SYS_dup2_function(int old, int new)
{
	if (old != new) return duplicate(old, new, 0);
	struct file *file = __common_file(old);
	if (!file) return -EBADF;
	__common_put(file);
	return new;
}
#endif

/* The flags of the descriptor itself; with a mask they are changed. */
static long descriptor_flags(int fd, int change, int flags)
{
	begin();
	long result = table[fd].file ? table[fd].flags : -EBADF;
	if (result >= 0 && change) result = table[fd].flags = flags & FD_CLOEXEC, result = 0;
	__common_unlock(&lock);
	return result;
}

static long set_flags(struct file *file, int flags)
{
	file->flags = (file->flags & ~CHANGEABLE) | (flags & CHANGEABLE);
	return file->kind->flags_changed ? file->kind->flags_changed(file) : 0;
}

static long control(struct file *file, int fd, int command, unsigned long argument)
{
	switch (command) {
	case F_GETFL:
		return file->flags | (sizeof(long) == 8 ? 0 : O_LARGEFILE);
	case F_SETFL:
		return set_flags(file, argument);
	case F_GETFD:
		return descriptor_flags(fd, 0, 0);
	case F_SETFD:
		return descriptor_flags(fd, 1, argument);
	case F_GETLK: case F_SETLK: case F_SETLKW: case F_OFD_GETLK: case F_OFD_SETLK: case F_OFD_SETLKW:
		return __common_lock_range(file, fd, command, (struct flock *)argument);
	case F_GETOWN: case F_SETOWN: case F_SETSIG: case F_GETSIG:
		return 0;
	}
	return file->kind->control ? file->kind->control(file, FCNTL_REQUEST | command, argument) : -EINVAL;
}

long SYS_fcntl_function(int fd, int command, unsigned long argument)
{
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	if (command == F_DUPFD || command == F_DUPFD_CLOEXEC) {
		if ((int)argument < 0 || (int)argument >= __common_descriptor_limit()) {
			__common_put(file);
			return -EINVAL;
		}
		return put_from(file, argument, command == F_DUPFD_CLOEXEC ? O_CLOEXEC : 0);
	}
	long result = control(file, fd, command, argument);
	if (result == -ENOTTY) result = -EINVAL;
	__common_put(file);
	return result;
}

unsigned __common_ready(struct file *file)
{
	return file->kind->ready ? file->kind->ready(file) : POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;
}

static long ioctl_of(struct file *file, int fd, unsigned request, unsigned long argument)
{
	switch (request) {
	case FIOCLEX: return descriptor_flags(fd, 1, FD_CLOEXEC);
	case FIONCLEX: return descriptor_flags(fd, 1, 0);
	case FIONBIO: return set_flags(file, (file->flags & ~O_NONBLOCK) | (*(int *)argument ? O_NONBLOCK : 0));
	}
	return file->kind->control ? file->kind->control(file, request, argument) : -ENOTTY;
}

long SYS_ioctl_function(int fd, unsigned request, unsigned long argument)
{
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	long result = ioctl_of(file, fd, request, argument);
	__common_put(file);
	return result;
}

#ifdef PROCESSES

void __common_inherit_descriptors(ptrdiff_t to)
{
	begin();
	for (int fd = 0; fd < DESCRIPTORS; fd++) {
		if (!table[fd].file) continue;
		__atomic_fetch_add(&table[fd].file->references, 1, __ATOMIC_RELAXED);
		at_distance(to, descriptors)[fd] = table[fd];
	}
	at_distance(to, begun) = 1;
	__common_unlock(&lock);
}

void __common_close_all(int on_exec_only)
{
	for (int fd = 0; fd < DESCRIPTORS; fd++)
		if (table[fd].file && (!on_exec_only || table[fd].flags & FD_CLOEXEC)) SYS_close_function(fd);
}

#endif
