/*
 * Mappings that share a file's memory: what is written there is in the file at once, and the other way round. The file's pages
 * are not the mapping's, so the end of the mapping doesn't free them; nor can they be protected, as the file needs them.
 */

#define _GNU_SOURCE
#include <errno.h>
#include "common.h"
#include "common/file.h"

struct mapping { struct mapping *next; struct file *file; uintptr_t start, end; int protection; };

static struct mapping *mappings;
static struct common_lock lock;

/* Keeps the file until the mapping ends. */
long __common_share(struct file *file, void *address, size_t size, int protection)
{
	struct mapping *mapping = __common_allocate(sizeof *mapping);
	if (!mapping) return -ENOMEM;
	__atomic_fetch_add(&file->references, 1, __ATOMIC_RELAXED);
	mapping->file = file;
	mapping->protection = protection;
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

void __common_note_writes(const void *address)
{
	__common_lock(&lock);
	struct mapping *mapping = *find((uintptr_t)address);
	struct file *file = mapping && mapping->protection & PROT_WRITE ? mapping->file : 0;
	if (file) __atomic_fetch_add(&file->references, 1, __ATOMIC_RELAXED);
	__common_unlock(&lock);
	if (!file) return;
	if (file->kind->written) file->kind->written(file);
	__common_put(file);
}

/* Ends it, or what of it is at the beginning or the end of the range. Returns whether there was one. */
int __common_unshare(void *address, size_t size)
{
	uintptr_t start = (uintptr_t)address, end = start + ((size + PAGE - 1) & -PAGE);
	struct mapping *ended = 0;
	__common_note_writes(address);
	__common_lock(&lock);
	struct mapping **link = find(start), *mapping = *link;
	if (mapping) {
		if (start > mapping->start && end >= mapping->end) mapping->end = start;
		else if (start <= mapping->start && end < mapping->end) mapping->start = end;
		else if (start <= mapping->start) *link = mapping->next, ended = mapping;
	}
	__common_unlock(&lock);
	if (ended) {
		ended->file->kind->unmap(ended->file);
		__common_put(ended->file);
		__common_free(ended);
	}
	return !!mapping;
}
