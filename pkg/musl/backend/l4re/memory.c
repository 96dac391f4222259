/*
 * The memory of common/pages.c. All of it is one dataspace, attached in one piece; L4Re backs a page with memory when it is
 * first touched. So a mapping costs neither a region nor a capability, of which ITAS has a thousand (l4re_itas,
 * Max_local_rm_caps); only pages whose rights differ from the usual ones, reading and writing, are in separate regions, or in
 * none.
 *
 * The dataspace is larger than the memory, so that there are always addresses for what can be promised. A page that can't be
 * backed ends the program, so no more pages are promised than there was memory at the start. If a program has its own quota,
 * ENOMEM is therefore reliable; if others use up the same quota, it isn't.
 */

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <sys/mman.h>
#include <l4/re/c/rm.h>
#include "backend.h"
#include "common/pages.h"
#ifdef __arm__
#include <l4/sys/cache.h>
#endif

#define RESERVE(unused) (0x100000 + (unused) / 256) /* for L4Re's own bookkeeping of these pages, and for ITAS */
#define SMALLEST 0x100000ul
#ifdef __aarch64__
#define ADDRESSES 16 /* times the memory */
#else
#define ADDRESSES 4
#endif

REPLACEABLE unsigned __l4re_heap_rights = L4RE_RM_F_RW;

static SPACE_VARIABLE l4_cap_idx_t dataspace_of_space;
static SPACE_VARIABLE char *base_of_space; /* of the dataspace */
#define dataspace of_space(dataspace_of_space)
#define base of_space(base_of_space)

static size_t memory;        /* pages that could be promised at first */

#define CHUNK (PAGE / sizeof(long)) /* moe/server/src/dataspace_noncont.cc, Mem_big::entries2 */
#define MUCH 0x4000                 /* pages */
#define AHEAD 0x10000

static size_t size_for(size_t memory)
{
	return (memory < LARGEST_SPACE / ADDRESSES ? memory*ADDRESSES : LARGEST_SPACE) & -PAGE;
}

/* The table lies in the first pages. */
static void divide(struct heap *heap, size_t size)
{
	size_t table = (size / PAGE + PAGE) / (PAGE + 1) * PAGE;
	heap->table = (unsigned char *)base;
	heap->start = base + table;
	heap->pages = (size - table) / PAGE;
}

int __backend_find_heap(struct heap *heap)
{
	static size_t found;
	struct memory_information all = { .limit = 256 << 20, .unused = 256 << 20 };
	__l4re_memory(&all);
	if (!memory && all.unused > RESERVE(all.unused)) __common_promises = memory = (all.unused - RESERVE(all.unused)) / PAGE;
	if (!dataspace) dataspace = __l4re_new_slot();
	/* Copies of a space are as large as it is. */
	for (size_t size = found ? found : size_for(all.limit); size >= SMALLEST; size = found ? 0 : size / 2 & -PAGE) {
		void *address = 0;
		if (__l4re_new_dataspace(dataspace, size) < 0) continue;
		if (__l4re_attach(&address, size, __l4re_heap_rights, dataspace, 0) >= 0) {
			base = address;
			divide(heap, size);
			found = size;
			return 1;
		}
		__l4re_release(dataspace);
	}
	return 0;
}

void __backend_lock_memory(void)
{
	__l4re_lock(&__l4re_memory_lock);
}

void __backend_unlock_memory(void)
{
	__l4re_unlock(&__l4re_memory_lock);
}

/*
 * Moe keeps a list of free pieces of memory and walks along it for each page that it frees (cxx::List_alloc), so the end of a
 * program that has used much may take minutes, in which Moe serves nobody. The pieces are many if what Moe itself needs for
 * a dataspace, a page for each CHUNK, lies between the pages of the program. A program that uses much therefore makes it
 * take what it needs for the next AHEAD pages at once: one page of each is touched and given back.
 */
static void prepare_page(size_t page)
{
	(void)*(volatile char *)(base + page*PAGE);
	__l4re_clear(dataspace, page*PAGE, PAGE);
}

static void prepare(size_t first, size_t end)
{
	size_t table = (size_t)(__common_heap.start - base) / PAGE;
	for (size_t page = first; page < end; page += PAGE) (void)*(volatile unsigned char *)(__common_heap.table + page);
	for (size_t page = (first + table + CHUNK - 1) / CHUNK*CHUNK; page < end + table; page += CHUNK) prepare_page(page);
}

void __backend_begin_to_use(size_t bottom, size_t lowest)
{
	static SPACE_VARIABLE size_t upwards, downwards; /* below and from there on (0: nowhere), Moe has what it needs */
	size_t up = of_space(upwards), down = of_space(downwards) ? of_space(downwards) : SIZE_MAX;
	if (memory - __common_promises < MUCH) {
		if (up < bottom) up = bottom;
		if (down > lowest) down = lowest;
	}
	if (up < bottom) {
		size_t end = lowest - bottom > AHEAD ? bottom + AHEAD : lowest;
		prepare(up, end);
		up = end;
	}
	if (down > lowest) {
		size_t first = lowest - bottom > AHEAD ? lowest - AHEAD : bottom;
		prepare(first, down);
		down = first;
	}
	of_space(upwards) = up;
	of_space(downwards) = down;
}

#ifdef PROCESSES
/* What Moe needs for such pages is promised to nobody any more. */
static void charge(size_t page)
{
	static SPACE_VARIABLE unsigned char charged[LARGEST_SPACE / PAGE / CHUNK + 1];
	unsigned char *mark = of_space(charged) + page / CHUNK;
	if (!*mark && __common_promises) __common_promises--;
	*mark = 1;
}

/* The same, for pages that are promised when they are touched, wherever they are: AHEAD of them at once, but for those that are
 * in use. */
void __backend_begin_to_use_late(struct range range)
{
	static SPACE_VARIABLE unsigned char prepared[LARGEST_SPACE / PAGE / AHEAD + 1];
	size_t table = (size_t)(__common_heap.start - base) / PAGE, last = range.first + range.count - 1;
	for (size_t page = range.first; page < last + CHUNK; page += CHUNK) charge((page < last ? page : last) + table);
	if (memory - __common_promises < MUCH) return;
	for (size_t part = range.first / AHEAD; part <= last / AHEAD; part++) {
		if (of_space(prepared)[part]) continue;
		of_space(prepared)[part] = 1;
		for (size_t page = (part*AHEAD + table + CHUNK - 1) / CHUNK*CHUNK; page < (part + 1)*AHEAD + table; page += CHUNK) {
			if (page - table >= __common_heap.pages || __common_is_promised_at(base + page*PAGE)) continue;
			prepare_page(page);
			charge(page);
		}
	}
}
#endif

int __backend_has_memory(size_t pages)
{
	struct memory_information now;
	return __l4re_memory(&now) < 0 || pages <= now.unused / PAGE;
}

void __backend_give_back(void *address, size_t size)
{
	__l4re_clear(dataspace, (char *)address - base, size);
}

#ifdef PROCESSES
/* Moe copies a page when it is written, by whomever. */
long __backend_copy_pages(ptrdiff_t to, struct range range)
{
	uint64_t offset = (char *)__common_address(range.first) - base;
	long error = __l4re_copy(at_distance(to, dataspace_of_space), dataspace, offset, range.count*PAGE);
	return error < 0 ? -ENOMEM : 0;
}
#endif

/* Regions can't be changed. So for a moment the pages are in none, and a thread that uses one just then is out of luck. */
REPLACEABLE long __backend_set_rights(void *address, size_t size, int before, int after)
{
	uint64_t offset = (char *)address - base;
	long error = before ? __l4re_detach(address, size) : 0;
	unsigned flags = (after ? L4RE_RM_F_R : 0) | (after & PROT_WRITE ? L4RE_RM_F_W : 0) | (after & PROT_EXEC ? L4RE_RM_F_X : 0);
	if (error >= 0 && after) error = __l4re_attach(&address, size, flags, dataspace, offset);
	return error < 0 ? -ENOMEM : 0;
}

void __backend_synchronize_code(void *address, size_t size)
{
#ifdef __arm__
	l4_cache_coherent((unsigned long)address, (unsigned long)address + size); /* a call of the kernel */
#else
	__builtin___clear_cache(address, (char *)address + size);
#endif
}

REPLACEABLE long __backend_rights_outside(const void *address, size_t size)
{
	long result = PROT_READ | PROT_WRITE | PROT_EXEC;
	for (const char *at = address, *end = at + size; at < end;) {
		uintptr_t region_end;
		long flags = __l4re_region(at, &region_end);
		if (flags < 0) return flags;
		long rights = (flags & L4RE_RM_F_R ? PROT_READ : 0) | (flags & L4RE_RM_F_W ? PROT_WRITE : 0);
		result &= rights | (flags & L4RE_RM_F_X ? PROT_EXEC : 0);
		at = (const char *)region_end;
	}
	return result;
}

long __backend_memory(size_t *total, size_t *unused)
{
	struct memory_information memory;
	long error = __l4re_memory(&memory);
	if (error < 0) return error;
	*total = memory.limit;
	*unused = memory.unused;
	return 0;
}
