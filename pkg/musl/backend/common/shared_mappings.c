/*
 * Mappings that share a file's memory: what is written there is in the file at once, and the other way round. The file's pages
 * are not the mapping's, so the end of the mapping doesn't free them; nor can they be protected, as the file needs them.
 */

#define _GNU_SOURCE
#include <errno.h>
#include "common.h"
#include "common/file.h"

struct mapping { struct mapping *next; struct file *file; uintptr_t start, end; uint64_t offset; int protection; };

static SPACE_VARIABLE struct mapping *all_mappings;
static SPACE_VARIABLE struct common_lock mappings_lock;

#define mappings of_space(all_mappings)
#define lock of_space(mappings_lock)

/* Keeps the file until the mapping ends. */
long __common_share(struct file *file, void *address, uint64_t offset, size_t size, int protection)
{
	struct mapping *mapping = __common_allocate(sizeof *mapping);
	if (!mapping) return -ENOMEM;
	__atomic_fetch_add(&file->references, 1, __ATOMIC_RELAXED);
	mapping->file = file;
	mapping->protection = protection;
	mapping->offset = offset;
	mapping->start = (uintptr_t)address;
	mapping->end = mapping->start + ((size + PAGE - 1) & -PAGE);
	__common_lock(&lock);
	mapping->next = mappings;
	mappings = mapping;
	__common_unlock(&lock);
	return 0;
}

static struct mapping **find(uintptr_t place)
{
	struct mapping **link = &mappings;
	while (*link && (place < (*link)->start || place >= (*link)->end)) link = &(*link)->next;
	return link;
}

int __common_is_shared(const void *address)
{
	__common_lock(&lock);
	int result = !!*find((uintptr_t)address);
	__common_unlock(&lock);
	return result;
}

/* The file that writing there changes, kept for tell; or null. With the lock held. */
static struct file *written_at(const struct mapping *mapping)
{
	if (!mapping || !(mapping->protection & PROT_WRITE)) return 0;
	__atomic_fetch_add(&mapping->file->references, 1, __ATOMIC_RELAXED);
	return mapping->file;
}

static void tell(struct file *file)
{
	if (!file) return;
	if (file->kind->written) file->kind->written(file);
	__common_put(file);
}

void __common_note_writes(const void *address)
{
	__common_lock(&lock);
	struct file *written = written_at(*find((uintptr_t)address));
	__common_unlock(&lock);
	tell(written);
}

/* Ends it, or what of it is at the beginning or the end of the range. Returns whether there was one. */
int __common_unshare(void *address, size_t size)
{
	uintptr_t start = (uintptr_t)address, end = start + ((size + PAGE - 1) & -PAGE);
	struct mapping *ended = 0;
	if (!__atomic_load_n(&mappings, __ATOMIC_RELAXED)) return 0; /* without one, unmapping needs no lock */
	__common_lock(&lock);
	struct mapping **link = find(start), *mapping = *link;
	struct file *written = written_at(mapping);
	if (mapping) {
		if (start > mapping->start && end >= mapping->end) mapping->end = start;
		else if (start <= mapping->start && end < mapping->end) mapping->offset += end - mapping->start, mapping->start = end;
		else if (start <= mapping->start) *link = mapping->next, ended = mapping;
	}
	__common_unlock(&lock);
	tell(written);
	if (ended) {
		ended->file->kind->unmap(ended->file);
		__common_put(ended->file);
		__common_free(ended);
	}
	return !!mapping;
}

#ifdef PROCESSES
/* One of the mappings, whose file is kept; 0 if there are no more. */
static int nth(size_t n, struct mapping *copy)
{
	__common_lock(&lock);
	const struct mapping *mapping = mappings;
	while (mapping && n--) mapping = mapping->next;
	if (mapping) {
		*copy = *mapping;
		__atomic_fetch_add(&copy->file->references, 1, __ATOMIC_RELAXED);
	}
	__common_unlock(&lock);
	return !!mapping;
}

/* The files stay where they are for the other space, too. Without the lock, as files have locks of their own. */
long __common_inherit_shared_mappings(ptrdiff_t to)
{
	struct thread *self = __backend_self();
	struct mapping mapping;
	long error = 0;
	for (size_t n = 0; !error && nth(n, &mapping); n++) {
		void *address;
		ptrdiff_t from = self->space_distance;
		self->space_distance = to;
		error = mapping.file->kind->map(mapping.file, mapping.offset, mapping.end - mapping.start, mapping.protection, &address);
		self->space_distance = from;
		__common_put(mapping.file);
	}
	return error;
}
#endif
