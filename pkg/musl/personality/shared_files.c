/*
 * Mappings that share the memory of a file. That memory is linux-run's own, in whole pages, and is mapped once more, over the
 * pages that the program would have there. So it is reached in the same way as all memory of the program. What is below stays
 * attached: at no moment is there nothing, as another thread of the program may be in a call that uses the place.
 */

#include <errno.h>
#include <l4/sys/task.h>
#include "user.h"

#define MOST 200

static SPACE_VARIABLE struct shared { void *here, *file; size_t size; } shared_files[MOST];
static SPACE_VARIABLE struct common_lock shared_files_lock;
static SPACE_VARIABLE int shared_file_count;

#define table of_space(shared_files)
#define lock of_space(shared_files_lock)
#define count of_space(shared_file_count)

static struct shared *free_one(void)
{
	for (struct shared *shared = table; shared < table + MOST; shared++) if (!shared->size) return shared;
	return 0;
}

static void unmap(char *here, size_t size)
{
	linux_revoke(linux_there(here), size);
	for (char *end = here + size; here < end; here += PAGE)
		l4_task_unmap(L4RE_THIS_TASK_CAP, l4_fpage((l4_addr_t)here, L4_PAGESHIFT, L4_FPAGE_RWX), L4_FP_ALL_SPACES);
}

static long map_over(char *here, char *file, size_t size)
{
	unmap(here, size);
	for (size_t i = 0; i < size; i += PAGE) {
		(void)__atomic_fetch_or(file + i, 0, __ATOMIC_RELAXED); /* so that it can be mapped on */
		l4_msgtag_t tag = l4_task_map(L4RE_THIS_TASK_CAP, L4RE_THIS_TASK_CAP, l4_fpage((l4_addr_t)file + i, L4_PAGESHIFT, L4_FPAGE_RW),
			l4_map_control((l4_addr_t)here + i, 0, L4_MAP_ITEM_MAP));
		if (__l4re_error(tag) < 0) return -ENOMEM;
	}
	return 0;
}

long linux_share_file(void *here, void *file, size_t size)
{
	__common_lock(&lock);
	struct shared *shared = free_one();
	long error = shared ? map_over(here, file, size) : -ENOMEM;
	if (!error) *shared = (struct shared){ here, file, size }, count++;
	__common_unlock(&lock);
	return error;
}

/* What of the range is shared becomes ordinary memory again, which can be unmapped. A mapping that would be left in two pieces
 * ends as a whole. */
void linux_unshare(void *address, size_t size)
{
	char *start = address, *end = start + size;
	if (!count) return;
	__common_lock(&lock);
	for (struct shared *shared = table; shared < table + MOST; shared++) {
		char *first = shared->here, *last = first + shared->size;
		if (!shared->size || start >= last || end <= first) continue;
		if (start > first && end >= last) first = start;
		else if (end < last && start <= first) last = end;
		size_t part = last - first;
		unmap(first, part);
		SYS_munmap_function((char *)shared->file + (first - (char *)shared->here), part);
		if (first == (char *)shared->here) shared->here = last, shared->file = (char *)shared->file + part;
		shared->size -= part;
		if (!shared->size) count--;
	}
	__common_unlock(&lock);
}

/* The file's memory that is mapped there; null if none is. */
void *linux_shared_at(const void *address)
{
	void *result = 0;
	if (!count) return 0;
	__common_lock(&lock);
	for (const struct shared *shared = table; shared < table + MOST; shared++) {
		size_t offset = (const char *)address - (const char *)shared->here;
		if (offset < shared->size) result = (char *)shared->file + offset;
	}
	__common_unlock(&lock);
	return result;
}

/* In the copy of a space, the same files are at the same places. */
long linux_inherit_shared_files(ptrdiff_t to)
{
	long error = 0;
	for (const struct shared *shared = table, *end = shared + MOST; count && !error && shared < end; shared++) {
		if (!shared->size) continue;
		user_t place = linux_there(shared->here);
		ptrdiff_t from = __common_act_in_space(to);
		error = linux_share_file(linux_here(place), shared->file, shared->size);
		__common_act_in_space(from);
	}
	return error;
}

int *linux_futex_at(int *here)
{
	int *file = linux_shared_at(here);
	return file ? file : here;
}
