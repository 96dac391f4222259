/*
 * Memory in pages. All of it is one dataspace, as large as the allocator's limit and attached in one piece. L4Re backs a
 * page with memory when it is first touched. So a mapping costs neither a region nor a capability, of which ITAS has a
 * thousand (l4re_itas, Max_local_rm_caps); only pages whose rights differ from the usual ones, reading and writing, are
 * in separate regions, or in none.
 *
 * A page that can't be backed ends the program, so no more pages are promised than there was memory at the start. If a program
 * has its own quota, ENOMEM is therefore reliable; if others use up the same quota, it isn't.
 *
 * There is a byte for each page, in the first pages of the dataspace; bytes of pages never used are never touched.
 */

#include <errno.h>
#include <limits.h>
#include <sys/mman.h>
#include <l4/re/c/rm.h>
#include "backend.h"

#define USUAL (PROT_READ | PROT_WRITE)
#define USED 0x80
#define PROMISED 0x40
#define RIGHTS 7 /* of the byte: the page's rights, with those bits changed that are set in USUAL */

#define RESERVE(unused) (0x100000 + (unused) / 256) /* for L4Re's own bookkeeping of these pages, and for ITAS */
#define SMALLEST 0x100000ul
#ifdef __aarch64__
#define LARGEST (1ul << 40)
#else
#define LARGEST (1ul << 30)
#endif

static l4_cap_idx_t dataspace;
static char *heap;           /* the first page */
static size_t pages;         /* their number */
static size_t table_size;    /* bytes of the dataspace before them */
static unsigned char *table;
static size_t promises;      /* pages that may still be promised */
static size_t full_from;     /* from here on all pages are in use */

static int find_heap(void)
{
	struct memory_information memory = { .limit = 256 << 20, .unused = 256 << 20 };
	if (heap) return 1;
	__l4re_memory(&memory);
	size_t size = (memory.limit < LARGEST ? memory.limit : LARGEST) & -PAGE;
	promises = memory.unused > RESERVE(memory.unused) ? (memory.unused - RESERVE(memory.unused)) / PAGE : 0;
	if (!dataspace) dataspace = __l4re_new_slot();
	for (; size >= SMALLEST; size = size / 2 & -PAGE) {
		void *address = 0;
		if (__l4re_new_dataspace(dataspace, size) < 0) continue;
		if (__l4re_attach(&address, size, L4RE_RM_F_RW, dataspace, 0) >= 0) {
			table = address;
			table_size = (size / PAGE + PAGE) / (PAGE + 1) * PAGE;
			heap = (char *)address + table_size;
			full_from = pages = (size - table_size) / PAGE;
			return 1;
		}
		__l4re_release(dataspace);
	}
	return 0;
}

void *__l4re_address(size_t page)
{
	return heap + page*PAGE;
}

/* Finds the pages of the bytes, and returns whether they are in the heap, which it sets up if necessary. */
int __l4re_range(const void *address, size_t size, struct range *range)
{
	if (!find_heap() || (const char *)address < heap) return 0;
	range->first = (size_t)((const char *)address - heap) / PAGE;
	range->count = size / PAGE + !!(size % PAGE);
	return range->first < pages && range->count <= pages - range->first;
}

static int rights_of(size_t page)
{
	return (table[page] & RIGHTS) ^ USUAL;
}

int __l4re_are_free(struct range range)
{
	while (range.count--) if (table[range.first + range.count] & USED) return 0;
	return 1;
}

int __l4re_are_used(struct range range)
{
	while (range.count--) if (!(table[range.first + range.count] & USED)) return 0;
	return 1;
}

/* The highest room of so many pages. Those in use are passed in words. */
long __l4re_find_pages(size_t count, size_t *first)
{
	const unsigned long all_used = ~0ul / 0xff * USED;
	size_t run = 0;
	if (!find_heap()) return -ENOMEM;
	while (full_from && table[full_from - 1] & USED) full_from--;
	for (size_t i = full_from; i--;) {
		run = table[i] & USED ? 0 : run + 1;
		if (run == count) {
			*first = i;
			return 0;
		}
		while (!run && i % sizeof(long) == 0 && i && (((unsigned long *)(table + i))[-1] & all_used) == all_used) i -= sizeof(long);
	}
	return -ENOMEM;
}

static uint64_t offset_of(struct range range)
{
	return table_size + range.first*PAGE;
}

void __l4re_empty(struct range range)
{
	__l4re_clear(dataspace, offset_of(range), range.count*PAGE);
}

/* Of much memory, whether it's there now is asked, too. */
static long promise(struct range range)
{
	struct memory_information memory;
	size_t count = 0;
	for (size_t i = 0; i < range.count; i++) count += !(table[range.first + i] & PROMISED);
	if (count > promises) return -ENOMEM;
	if (count >= 256 && __l4re_memory(&memory) >= 0 && count > memory.unused / PAGE) return -ENOMEM;
	for (size_t i = 0; i < range.count; i++) table[range.first + i] |= PROMISED;
	promises -= count;
	return 0;
}

/* Regions can't be changed. So for a moment the pages are in none, and a thread that uses one just then is out of luck. */
static long attach_again(struct range range, int before, int rights)
{
	void *address = __l4re_address(range.first);
	size_t size = range.count*PAGE;
	long error = before ? __l4re_detach(address, size) : 0;
	unsigned flags = (rights ? L4RE_RM_F_R : 0) | (rights & PROT_WRITE ? L4RE_RM_F_W : 0) | (rights & PROT_EXEC ? L4RE_RM_F_X : 0);
	if (error >= 0 && rights) error = __l4re_attach(&address, size, flags, dataspace, offset_of(range));
	if (error < 0) rights = 0;
	for (size_t i = 0; i < range.count; i++) {
		unsigned char *page = table + range.first + i;
		*page = (*page & ~RIGHTS) | (rights ^ USUAL);
	}
	return error < 0 ? -ENOMEM : 0;
}

/* What becomes accessible is promised then, if wanted. */
long __l4re_protect(struct range range, int protection, int promised)
{
	int rights = protection ? protection | PROT_READ : 0;
	size_t end = range.first + range.count;
	long result = 0;
	if (promised && rights && promise(range)) return -ENOMEM;
	while (range.first < end) {
		int before = rights_of(range.first);
		range.count = 1;
		while (range.first + range.count < end && rights_of(range.first + range.count) == before) range.count++;
		if (before != rights && attach_again(range, before, rights)) result = -ENOMEM;
		range.first += range.count;
	}
	return result;
}

/* The pages are free, so they have the usual rights. */
long __l4re_claim(struct range range, int protection, int promised)
{
	for (size_t i = 0; i < range.count; i++) table[range.first + i] |= USED;
	long error = __l4re_protect(range, protection, promised);
	if (error) __l4re_free_pages(range);
	return error;
}

/* Pages that don't get their usual rights back can't be given out again. */
long __l4re_free_pages(struct range range)
{
	__l4re_empty(range);
	__l4re_protect(range, USUAL, 0);
	for (size_t i = 0; i < range.count; i++) {
		unsigned char *page = table + range.first + i;
		promises += !!(*page & PROMISED);
		*page &= ~PROMISED;
		if (rights_of(range.first + i) == USUAL) *page &= ~USED;
	}
	if (full_from < range.first + range.count) full_from = range.first + range.count;
	return 0;
}
