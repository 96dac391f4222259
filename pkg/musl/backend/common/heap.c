/*
 * Memory for the backend's own structures: pieces of powers of two, each with its size in front. Small ones are cut out of
 * pages, which are never given back, but used again for pieces of the same size; large ones are mappings of their own.
 */

#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>
#include "common.h"
#include "common/file.h"

#define SMALLEST 5 /* 32 bytes */
#define LARGEST 13 /* 8 KiB: two paths */
#define PIECES (4*PAGE)

union header { size_t size; union header *next; long double alignment; };

static struct common_lock lock;
static union header *unused[LARGEST + 1];

REPLACEABLE long __common_own_memory(size_t size)
{
	return __common_map_memory(size);
}

REPLACEABLE long __common_resize_own_memory(void *memory, size_t size, size_t new_size, int may_move)
{
	return __common_remap_pages(memory, size, new_size, may_move ? MREMAP_MAYMOVE : 0, 0);
}

REPLACEABLE void __common_free_own_memory(void *memory, size_t size)
{
	__common_unmap_pages(memory, size);
}

static void *map(size_t size)
{
	long memory = __common_own_memory(size);
	return memory < 0 && memory > -4096 ? 0 : (void *)memory;
}

static void cut(int order)
{
	char *page = map(PIECES);
	for (size_t at = 0; page && at < PIECES; at += (size_t)1 << order) {
		union header *piece = (void *)(page + at);
		piece->next = unused[order];
		unused[order] = piece;
	}
}

void *__common_allocate(size_t size)
{
	int order = SMALLEST;
	if (size > PTRDIFF_MAX - 2*PAGE) return 0;
	size += sizeof(union header);
	while (order <= LARGEST && (size_t)1 << order < size) order++;
	union header *piece;
	if (order > LARGEST) {
		piece = map(size);
	} else {
		size = (size_t)1 << order;
		__common_lock(&lock);
		if (!unused[order]) cut(order);
		piece = unused[order];
		if (piece) unused[order] = piece->next;
		__common_unlock(&lock);
		if (piece) memset(piece, 0, size);
	}
	if (!piece) return 0;
	piece->size = size;
	return piece + 1;
}

void __common_free(void *memory)
{
	if (!memory) return;
	union header *piece = (union header *)memory - 1;
	size_t size = piece->size;
	if (size > (size_t)1 << LARGEST) {
		__common_free_own_memory(piece, size);
		return;
	}
	int order = __builtin_ctzl(size);
	__common_lock(&lock);
	piece->next = unused[order];
	unused[order] = piece;
	__common_unlock(&lock);
}
