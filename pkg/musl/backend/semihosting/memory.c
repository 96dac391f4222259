/*
 * The memory of common/pages.c: all of it from the end of the image to the end of RAM, but for the last pages. These are for
 * page tables: start.S maps memory in large blocks, and where a page's rights differ, its block is divided here. A page
 * that is freed isn't touched, as it may be a running stack.
 */

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include "semihosting.h"
#include "common/pages.h"

static char *tables; /* the next unused one */

/* Processors want the old entry to be gone before there is another one; but this code is in the block, and in QEMU it works. */
static void forget_translations(void)
{
#ifdef __aarch64__
	__asm__ volatile ("dsb sy; tlbi vmalle1; dsb sy; isb" : : : "memory");
#else
	__asm__ volatile ("dsb; mcr p15, 0, %0, c8, c7, 0; mcr p15, 0, %0, c7, c5, 6; dsb; isb" : : "r"(0) : "memory");
#endif
}

#ifdef __aarch64__

#define TABLE PAGE
#define BLOCK 512 /* pages */
#define PAGE_ENTRY 0x703ul /* as start.S has it for blocks, but a page */
#define READ_ONLY 0x80ul
#define NEVER_EXECUTED (1ul << 53) /* at this level of privilege */
#define ADDRESS 0xfffffff000ul

typedef uint64_t Entry;

/* The entry of an address in a table; a block becomes a table of smaller blocks, or of pages. */
static Entry *divide(Entry *entry, size_t smaller)
{
	if (*entry & 2) return (Entry *)(*entry & ADDRESS);
	Entry *table = (Entry *)tables;
	tables += TABLE;
	for (size_t i = 0; i < 512; i++) table[i] = (*entry + i*smaller) | (smaller == PAGE ? 2 : 0);
	*entry = (Entry)table | 3;
	return table;
}

static Entry *entry_of(uintptr_t address)
{
	Entry *level_1;
	__asm__ ("mrs %0, ttbr0_el1" : "=r"(level_1));
	Entry *level_2 = divide(level_1 + (address >> 30), 1ul << 21);
	return divide(level_2 + (address >> 21 & 511), PAGE) + (address >> 12 & 511);
}

#else

#define TABLE 1024ul
#define BLOCK 256 /* pages */
#define PAGE_ENTRY 0x45e /* as start.S has it for sections, but a small page */
#define READ_ONLY 0x200
#define NEVER_EXECUTED 1

typedef uint32_t Entry;

static Entry *entry_of(uintptr_t address)
{
	Entry *sections;
	__asm__ ("mrc p15, 0, %0, c2, c0, 0" : "=r"(sections));
	Entry *section = sections + (address >> 20);
	if (*section & 2) {
		Entry *table = (Entry *)tables;
		tables += TABLE;
		for (size_t i = 0; i < 256; i++) table[i] = (address & -0x100000ul) | i*PAGE | PAGE_ENTRY;
		*section = (Entry)table | 1;
	}
	return (Entry *)(*section & -TABLE) + (address >> 12 & 255);
}

#endif

int __backend_find_heap(struct heap *heap)
{
	/* heap base, heap limit, stack base, stack limit. In QEMU the largest room in RAM with nothing loaded in it. */
	char *block[4] = { 0 };
	SH_CALL(SH_HEAPINFO, (long)block);
	char *begin = (char *)(((uintptr_t)__semihosting_image_end + PAGE - 1) & -PAGE);
	if (block[1] < begin + 2*PAGE) {
		__semihosting_report("semihosting: no memory behind the image\n");
		__backend_exit(126);
	}
	size_t all = (size_t)(block[1] - begin) / PAGE, table = (all + PAGE) / (PAGE + 1);
	heap->table = (unsigned char *)begin;
	heap->start = begin + table*PAGE;
	size_t of_tables = (all / BLOCK + 2) * TABLE / PAGE + 4; /* one for each block, and on arm64 for each GiB */
	heap->pages = __common_promises = all - table - of_tables;
	tables = heap->start + heap->pages*PAGE;
	heap->keeps_all = 1;
	memset(heap->table, 0, heap->pages);
	return 1;
}

/* Threads don't preempt each other. */
void __backend_lock_memory(void)
{
}

void __backend_unlock_memory(void)
{
}

void __backend_begin_to_use(size_t bottom, size_t lowest)
{
	(void)bottom, (void)lowest;
}

int __backend_has_memory(size_t pages)
{
	(void)pages;
	return 1;
}

static void change(Entry *entry, Entry new)
{
	if (*entry == new) return;
	*entry = new;
	forget_translations();
}

/* There is nobody who could use it, so it is cleared, whatever is allowed there. */
void __backend_give_back(void *address, size_t size)
{
	for (char *page = address, *end = page + size; page < end; page += PAGE) {
		Entry *entry = entry_of((uintptr_t)page), before = *entry;
		change(entry, (uintptr_t)page | PAGE_ENTRY);
		memset(page, 0, PAGE);
		change(entry, before);
	}
}

long __backend_set_rights(void *address, size_t size, int before, int after)
{
	Entry rights = PAGE_ENTRY | (after & PROT_WRITE ? 0 : READ_ONLY) | (after & (PROT_WRITE | PROT_EXEC) ? 0 : NEVER_EXECUTED);
	(void)before;
	for (uintptr_t page = (uintptr_t)address, end = page + size; page < end; page += PAGE)
		*entry_of(page) = after ? page | rights : 0;
	forget_translations();
	return 0;
}

#ifdef __aarch64__
void __backend_synchronize_code(void *address, size_t size)
{
	__builtin___clear_cache(address, (char *)address + size);
}
#else
/* 32 bytes: that is the shortest line that ARMv7 processors have, and more often than necessary does no harm. */
void __backend_synchronize_code(void *address, size_t size)
{
	uintptr_t end = (uintptr_t)address + size;
	for (uintptr_t line = (uintptr_t)address & -32; line < end; line += 32)
		__asm__ volatile ("mcr p15, 0, %0, c7, c11, 1" : : "r"(line) : "memory"); /* DCCMVAU */
	__asm__ volatile ("dsb" : : : "memory");
	for (uintptr_t line = (uintptr_t)address & -32; line < end; line += 32)
		__asm__ volatile ("mcr p15, 0, %0, c7, c5, 1" : : "r"(line) : "memory"); /* ICIMVAU */
	__asm__ volatile ("mcr p15, 0, %0, c7, c5, 6; dsb; isb" : : "r"(0) : "memory"); /* BPIALL */
}
#endif

long __backend_rights_outside(const void *address, size_t size)
{
	uintptr_t first = (uintptr_t)address, last = first + size - 1;
	if (first < (uintptr_t)__semihosting_stack_bottom || last >= (uintptr_t)__semihosting_image_end + PAGE - 1) return -ENOMEM;
	return PROT_READ | PROT_WRITE | PROT_EXEC;
}

long __backend_memory(size_t *total, size_t *unused)
{
	if (!__common_find_heap()) return -ENOMEM;
	*total = (size_t)((char *)__common_address(__common_heap.pages) - __semihosting_stack_bottom);
	*unused = __common_promises*PAGE;
	return 0;
}
