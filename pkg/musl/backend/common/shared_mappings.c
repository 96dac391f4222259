/*
 * Mappings that share a file's memory: what is written there is in the file at once, and the other way round. The file's pages
 * are not the mapping's, so the end of the mapping doesn't free them; nor can they be protected, as the file needs them.
 *
 * A mapping can end page by page. All its pages stay known until the last one has ended, as a program may unmap what it has
 * unmapped before, which is still the file's memory. Where a file is mapped twice, both mappings are at the same place, and
 * each time that a page is unmapped, one of them ends there.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include "common.h"
#include "common/file.h"

struct mapping {
	struct mapping *next;
	struct file *file;
	uintptr_t start, end;
	uint64_t offset;
	int protection;
	size_t left;            /* pages that are still mapped */
	unsigned char mapped[]; /* for each page, whether it is */
};

static SPACE_VARIABLE struct mapping *all_mappings;
static SPACE_VARIABLE struct common_lock mappings_lock;

#define mappings of_space(all_mappings)
#define lock of_space(mappings_lock)

/* Keeps the file until the mapping ends. */
long __common_share(struct file *file, void *address, uint64_t offset, size_t size, int protection)
{
	size_t count = (size + PAGE - 1) / PAGE;
	struct mapping *mapping = __common_allocate(sizeof *mapping + count);
	if (!mapping) return -ENOMEM;
	__atomic_fetch_add(&file->references, 1, __ATOMIC_RELAXED);
	mapping->file = file;
	mapping->protection = protection;
	mapping->offset = offset;
	mapping->start = (uintptr_t)address;
	mapping->end = mapping->start + count*PAGE;
	mapping->left = count;
	memset(mapping->mapped, 1, count);
	__common_lock(&lock);
	mapping->next = mappings;
	mappings = mapping;
	__common_unlock(&lock);
	return 0;
}

static unsigned char *page_of(struct mapping *mapping, uintptr_t place)
{
	return mapping->mapped + (place - mapping->start) / PAGE;
}

static int knows(const struct mapping *mapping, uintptr_t place)
{
	return place >= mapping->start && place < mapping->end;
}

/* What is mapped there; null: nothing. */
static struct mapping *find(uintptr_t place)
{
	struct mapping *mapping = mappings;
	while (mapping && !(knows(mapping, place) && *page_of(mapping, place))) mapping = mapping->next;
	return mapping;
}

/* What is, or was, mapped there. */
static struct mapping *find_known(uintptr_t place)
{
	struct mapping *mapping = find(place);
	for (struct mapping *other = mappings; !mapping && other; other = other->next) if (knows(other, place)) mapping = other;
	return mapping;
}

/* Whether any of the range is. */
int __common_is_shared(const void *address, size_t size)
{
	uintptr_t start = (uintptr_t)address, end = start + size;
	int result = 0;
	if (!__atomic_load_n(&mappings, __ATOMIC_RELAXED)) return 0;
	__common_lock(&lock);
	for (struct mapping *mapping = mappings; !result && mapping; mapping = mapping->next) {
		uintptr_t place = start > mapping->start ? start : mapping->start, last = end < mapping->end ? end : mapping->end;
		for (; !result && place < last; place += PAGE) result = *page_of(mapping, place);
	}
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
	struct file *written = written_at(find((uintptr_t)address));
	__common_unlock(&lock);
	tell(written);
}

/* How far nothing is known, from a place where nothing is. */
static uintptr_t next_start(uintptr_t place, uintptr_t end)
{
	for (const struct mapping *mapping = mappings; mapping; mapping = mapping->next)
		if (mapping->start > place && mapping->start < end) end = mapping->start;
	return end;
}

/* Ends the mapping from that place to the end; returns how far. A page that has ended before is left to another mapping. */
static uintptr_t end_pages(struct mapping *mapping, uintptr_t place, uintptr_t end)
{
	if (end > mapping->end) end = mapping->end;
	for (; place < end; place += PAGE) {
		unsigned char *page = page_of(mapping, place);
		if (!*page && find(place)) break;
		mapping->left -= *page;
		*page = 0;
	}
	return place;
}

static void take_out(const struct mapping *mapping)
{
	struct mapping **link = &mappings;
	while (*link != mapping) link = &(*link)->next;
	*link = mapping->next;
}

/* At the beginning of the range: ends what is mapped there, or finds that it is none of these mappings. *size, of whole pages,
 * becomes that of what has been dealt with. */
int __common_unshare(void *address, size_t *size)
{
	uintptr_t start = (uintptr_t)address, end = start + *size;
	struct mapping *ended = 0;
	if (!__atomic_load_n(&mappings, __ATOMIC_RELAXED)) return 0; /* without one, unmapping needs no lock */
	__common_lock(&lock);
	struct file *written = written_at(find(start));
	struct mapping *mapping = find_known(start);
	*size = (mapping ? end_pages(mapping, start, end) : next_start(start, end)) - start;
	if (mapping && !mapping->left) take_out(ended = mapping);
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

/* In the other space, the same pages of a mapping have ended. */
static void inherit_gaps(const struct mapping *mapping, ptrdiff_t to)
{
	for (uintptr_t place = mapping->start; place < mapping->end; place += PAGE) {
		size_t size = PAGE;
		if (__common_is_shared((void *)place, size)) continue;
		ptrdiff_t from = __common_act_in_space(to);
		__common_unshare((void *)place, &size);
		__common_act_in_space(from);
	}
}

/* The files stay where they are for the other space, too. Without the lock, as files have locks of their own. */
long __common_inherit_shared_mappings(ptrdiff_t to)
{
	struct mapping mapping;
	long error = 0;
	for (size_t n = 0; !error && nth(n, &mapping); n++) {
		void *address;
		ptrdiff_t from = __common_act_in_space(to);
		error = mapping.file->kind->map(mapping.file, mapping.offset, mapping.end - mapping.start, mapping.protection, &address);
		__common_act_in_space(from);
		if (!error && mapping.left*PAGE < mapping.end - mapping.start) inherit_gaps(&mapping, to);
		__common_put(mapping.file);
	}
	return error;
}
#endif
