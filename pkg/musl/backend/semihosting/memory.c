/*
 * The memory of common/pages.c: all of it from the end of the image to the end of RAM. There is no protection: a range with
 * PROT_NONE is memory like any other, so threads' stacks have no guard. A page that is freed isn't touched, as it may be a
 * running stack.
 */

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include "semihosting.h"
#include "common/pages.h"

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
	heap->pages = heap->promises = all - table;
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

/* There is nobody who could use it. */
void __backend_give_back(void *address, size_t size)
{
	memset(address, 0, size);
}

/* All memory can be read, written and executed: that can be asked for, but nothing can be forbidden. */
long __backend_set_rights(void *address, size_t size, int before, int after)
{
	(void)address, (void)size, (void)before;
	return (after & (PROT_READ | PROT_WRITE)) == (PROT_READ | PROT_WRITE) ? 0 : -ENOSYS;
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

/* What is written to the mapping is not seen by others, and later changes by others are not seen in it. */
long __backend_read_file(int fd, void *buffer, size_t size, uint64_t offset)
{
	size_t done = 0;
	do {
		long n = __semihosting_transfer_at(SH_READ, fd, (char *)buffer + done, size - done, (long long)(offset + done));
		if (n < 0) return n;
		if (!n) break;
		done += n;
	} while (done < size);
	return done;
}

long __backend_memory(size_t *total, size_t *unused)
{
	if (!__common_find_heap()) return -ENOMEM;
	*total = (size_t)((char *)__common_address(__common_heap.pages) - __semihosting_stack_bottom);
	*unused = __common_heap.promises*PAGE;
	return 0;
}
