/*
 * Locks of files: of ranges, which belong to a process (fcntl(2), POSIX) or to an open file description (OFD), and of a whole
 * file, which belong to a description (flock(2)). Those of ranges conflict with each other, and those of whole files do.
 *
 * A process never conflicts with itself, so a program that is the only process there is gets each POSIX lock. Descriptions do
 * conflict, within a process, too.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <sys/file.h>
#include "common.h"
#include "common/file.h"

#define MOST 10000
#define LONGEST_CYCLE 10 /* as in Linux: of processes that wait for each other, so many are looked at */

struct identity { uint64_t device, inode; const void *object; }; /* of the file that is locked, by whatever name */

struct file_lock {
	struct file_lock *next;
	struct identity file;
	const void *owner;      /* a process, or a description */
	enum { OF_PROCESS, OF_DESCRIPTION, OF_WHOLE_FILE } kind;
	int process;            /* for F_GETLK; -1: it is that of no process */
	int type;               /* F_RDLCK, F_WRLCK; or F_UNLCK, of what is wanted */
	int64_t first, last;
};

/* A thread that waits for a lock of a process. */
struct waiter { struct waiter *next; const void *owner, *holder; };

static struct common_lock lock;
static struct file_lock *all;
static struct waiter *waiters;
static int count, changes; /* "changes" is a futex */

/* -- With the lock held -- */

static int is_same_file(const struct identity *a, const struct identity *b)
{
	return a->device == b->device && a->inode == b->inode && a->object == b->object;
}

static int is_same_kind(const struct file_lock *a, const struct file_lock *b)
{
	return (a->kind == OF_WHOLE_FILE) == (b->kind == OF_WHOLE_FILE) && is_same_file(&a->file, &b->file);
}

static int is_own(const struct file_lock *a, const struct file_lock *b)
{
	return a->kind == b->kind && a->owner == b->owner && is_same_kind(a, b);
}

static int overlap(const struct file_lock *a, const struct file_lock *b)
{
	return a->first <= b->last && b->first <= a->last;
}

/* Of the locks that are in the way, the lowest; null: there is none. */
static const struct file_lock *conflict_of(const struct file_lock *wanted)
{
	const struct file_lock *found = 0;
	for (const struct file_lock *other = all; other; other = other->next)
		if (is_same_kind(other, wanted) && !is_own(other, wanted) && overlap(other, wanted)
			&& (other->type == F_WRLCK || wanted->type == F_WRLCK) && (!found || other->first < found->first)) found = other;
	return found;
}

static void add(struct file_lock **spare, const struct file_lock *content)
{
	struct file_lock *new = *spare;
	*spare = new->next;
	*new = *content;
	new->next = all;
	all = new;
	count++;
}

static void take_out(struct file_lock **link, struct file_lock **spare)
{
	struct file_lock *old = *link;
	*link = old->next;
	old->next = *spare;
	*spare = old;
	count--;
}

/* Whether the ranges, of which the second is not above what it can be, are one. */
static int touch(const struct file_lock *a, const struct file_lock *b)
{
	return overlap(a, b) || (a->last < INT64_MAX && a->last + 1 == b->first) || (b->last < INT64_MAX && b->last + 1 == a->first);
}

/* Replaces what the owner has there. That takes two new records at most. */
static void set(struct file_lock wanted, struct file_lock **spare)
{
	for (struct file_lock **link = &all, *own; (own = *link);) {
		struct file_lock rest = *own;
		if (!is_own(own, &wanted) || !(own->type == wanted.type ? touch(own, &wanted) : overlap(own, &wanted))) {
			link = &own->next;
			continue;
		}
		if (own->type == wanted.type) {
			if (own->first < wanted.first) wanted.first = own->first;
			if (own->last > wanted.last) wanted.last = own->last;
			take_out(link, spare);
		} else if (own->first < wanted.first) {
			own->last = wanted.first - 1;
			link = &own->next;
			rest.first = wanted.last + 1;
			if (rest.last > wanted.last) add(spare, &rest);
		} else if (own->last > wanted.last) {
			own->first = wanted.last + 1;
			link = &own->next;
		} else {
			take_out(link, spare);
		}
	}
	if (wanted.type != F_UNLCK) add(spare, &wanted);
	changes++;
}

static int would_wait_forever(const void *owner, const void *holder)
{
	for (int i = 0; i < LONGEST_CYCLE; i++) {
		const struct waiter *waiter = waiters;
		while (waiter && waiter->owner != holder) waiter = waiter->next;
		if (!waiter) return 0;
		holder = waiter->holder;
		if (holder == owner) return 1;
	}
	return 0;
}

static void leave(const struct waiter *waiter)
{
	struct waiter **link = &waiters;
	while (*link && *link != waiter) link = &(*link)->next;
	if (*link) *link = waiter->next;
}

/* -- Without it -- */

static void wake(void)
{
	__backend_wake(&changes, INT_MAX, ~0u);
}

static void free_all(struct file_lock *spare)
{
	for (struct file_lock *next; spare; spare = next) {
		next = spare->next;
		__common_free(spare);
	}
}

static struct file_lock *new_records(void)
{
	struct file_lock *one = __common_allocate(sizeof *one), *other = __common_allocate(sizeof *other);
	if (one && other) {
		one->next = other;
		return one;
	}
	__common_free(one);
	__common_free(other);
	return 0;
}

/* 0, or an error: -EAGAIN if there is a conflict. What was seen of "changes" is what to wait for then. */
static long try(const struct file_lock *wanted, int waits, struct waiter *waiter, int *seen)
{
	struct file_lock *spare = new_records();
	long error = 0;
	if (!spare) return -ENOLCK;
	__common_lock(&lock);
	const struct file_lock *other = wanted->type == F_UNLCK ? 0 : conflict_of(wanted);
	*seen = changes;
	if (!other) {
		if (count > (wanted->type == F_UNLCK ? 2*MOST : MOST)) error = -ENOLCK;
		else set(*wanted, &spare);
	} else if (waits && wanted->kind == OF_PROCESS && would_wait_forever(wanted->owner, other->owner)) {
		error = -EDEADLK;
	} else {
		error = -EAGAIN;
		if (waits && wanted->kind == OF_PROCESS) {
			*waiter = (struct waiter){ waiters, wanted->owner, other->owner };
			waiters = waiter;
		}
	}
	__common_unlock(&lock);
	free_all(spare);
	if (!error) wake();
	return error;
}

static long acquire(const struct file_lock *wanted, int waits)
{
	struct waiter waiter;
	for (;;) {
		int seen;
		long error = try(wanted, waits, &waiter, &seen);
		if (error != -EAGAIN || !waits) return error;
		error = __common_end_of_wait(__common_wait(&changes, &seen, ~0u, FOREVER, RESTARTS), RESTARTS);
		if (wanted->kind == OF_PROCESS) {
			__common_lock(&lock);
			leave(&waiter);
			__common_unlock(&lock);
		}
		if (error) return error;
	}
}

static long identify(struct file *file, struct identity *identity)
{
	struct status status = { 0 };
	long error = file->system ? __common_status(file, &status) : 0;
	*identity = (struct identity){ status.device, status.inode, file->system ? 0 : file->object ? file->object : file->kind };
	return error;
}

static void release(struct file *file, const void *owner, int is_of_process)
{
	struct file_lock *spare = 0;
	struct identity identity;
	if (!__atomic_load_n(&count, __ATOMIC_SEQ_CST) || (is_of_process && identify(file, &identity))) return;
	__common_lock(&lock);
	for (struct file_lock **link = &all, *one; (one = *link);) {
		int ends = one->owner == owner && (one->kind == OF_PROCESS) == is_of_process;
		if (ends && (!is_of_process || is_same_file(&one->file, &identity))) take_out(link, &spare);
		else link = &one->next;
	}
	if (spare) changes++;
	__common_unlock(&lock);
	if (spare) wake();
	free_all(spare);
}

void __common_unlock_closed(struct file *file)
{
	release(file, __common_process(), 1);
}

void __common_unlock_released(struct file *file)
{
	release(file, file, 0);
}

/* -- fcntl -- */

static long range_of(struct file *file, const struct flock *range, struct file_lock *wanted)
{
	struct status status;
	int64_t start = 0, first, last;
	if (range->l_whence == SEEK_CUR) start = file->position;
	else if (range->l_whence == SEEK_END && !__common_status(file, &status)) start = status.size;
	else if (range->l_whence != SEEK_SET) return -EINVAL;
	if (__builtin_add_overflow(start, range->l_start, &first)) return -EOVERFLOW;
	if (first < 0) return -EINVAL;
	last = INT64_MAX;
	if (range->l_len > 0 && __builtin_add_overflow(first, range->l_len - 1, &last)) return -EOVERFLOW;
	if (range->l_len < 0) {
		last = first - 1;
		first += range->l_len;
		if (first < 0) return -EINVAL;
	}
	wanted->first = first;
	wanted->last = last;
	return 0;
}

static void tell(const struct file_lock *wanted, struct flock *range)
{
	__common_lock(&lock);
	const struct file_lock *other = conflict_of(wanted);
	range->l_type = other ? other->type : F_UNLCK;
	if (other) {
		range->l_whence = SEEK_SET;
		range->l_start = other->first;
		range->l_len = other->last == INT64_MAX ? 0 : other->last - other->first + 1;
		range->l_pid = other->process;
	}
	__common_unlock(&lock);
}

static int may_lock(const struct file *file, int type)
{
	int access = file->flags & O_ACCMODE;
	return type != (access == O_RDONLY ? F_WRLCK : access == O_WRONLY ? F_RDLCK : -1);
}

/* If another thread has closed the descriptor meanwhile, it has not seen this lock. */
static void check_descriptor(struct file *file, int fd)
{
	struct file *now = __common_file(fd);
	if (now != file) __common_unlock_closed(file);
	if (now) __common_put(now);
}

long __common_lock_range(struct file *file, int fd, int command, struct flock *range)
{
	int is_of_process = command == F_GETLK || command == F_SETLK || command == F_SETLKW;
	int asks = command == F_GETLK || command == F_OFD_GETLK, waits = command == F_SETLKW || command == F_OFD_SETLKW;
	struct file_lock wanted = {
		.owner = is_of_process ? (const void *)__common_process() : file, .kind = is_of_process ? OF_PROCESS : OF_DESCRIPTION,
		.process = is_of_process ? SYS_getpid_function() : -1, .type = range->l_type,
	};
	if (wanted.type != F_RDLCK && wanted.type != F_WRLCK && (asks || wanted.type != F_UNLCK)) return -EINVAL;
	if (!is_of_process && range->l_pid) return -EINVAL;
	long error = range_of(file, range, &wanted);
	if (!error) error = identify(file, &wanted.file);
	if (error) return error;
	if (asks) {
		tell(&wanted, range);
		return 0;
	}
	if (!may_lock(file, wanted.type)) return -EBADF;
	if (!is_of_process) file->has_locks = 1;
	error = acquire(&wanted, waits);
	if (!error && is_of_process && wanted.type != F_UNLCK) check_descriptor(file, fd);
	return error;
}

/* -- flock -- */

static int type_of(int operation)
{
	switch (operation & ~LOCK_NB) {
	case LOCK_SH: return F_RDLCK;
	case LOCK_EX: return F_WRLCK;
	case LOCK_UN: return F_UNLCK;
	}
	return -1;
}

/* Another kind of lock is got in two steps, and what was held is lost if there is a conflict: flock(2). */
static long lock_whole(struct file *file, int type, int waits)
{
	struct file_lock wanted = { .owner = file, .kind = OF_WHOLE_FILE, .process = -1, .last = INT64_MAX };
	long error = identify(file, &wanted.file);
	__common_lock(&lock);
	const struct file_lock *own = all;
	while (own && !is_own(own, &wanted)) own = own->next;
	int before = own ? own->type : F_UNLCK;
	__common_unlock(&lock);
	if (error || before == type) return error;
	file->has_locks = 1;
	wanted.type = F_UNLCK;
	if (before != F_UNLCK) error = acquire(&wanted, 0);
	wanted.type = type;
	return error || type == F_UNLCK ? error : acquire(&wanted, waits);
}

long SYS_flock_function(int fd, int operation)
{
	int type = type_of(operation);
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	long error = type < 0 ? -EINVAL : lock_whole(file, type, !(operation & LOCK_NB));
	__common_put(file);
	return error;
}
