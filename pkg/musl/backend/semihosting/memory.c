/*
 * Memory: all of it from the end of the image to the end of RAM, in pages, with a byte for each that tells whether it is
 * in use. The bytes are the heap's first pages. brk grows from below, mappings are placed from above. There is no
 * protection: a range with PROT_NONE is memory like any other, so threads' stacks have no guard. Pages are cleared when
 * they are given out; one that is freed isn't touched, as it may be a running stack.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include "common.h"
#include "common/file.h"

static char *heap;           /* its first page */
static size_t pages;         /* their number */
static unsigned char *used;  /* a byte for each page */
static char *program_break, *first_break;

static void find_heap(void)
{
	/* heap base, heap limit, stack base, stack limit. In QEMU the largest room in RAM with nothing loaded in it. */
	char *block[4] = { 0 };
	if (heap) return;
	SH_CALL(SH_HEAPINFO, (long)block);
	char *begin = (char *)(((uintptr_t)__semihosting_image_end + PAGE - 1) & -PAGE);
	if (block[1] < begin + 2*PAGE) {
		__semihosting_report("semihosting: no memory behind the image\n");
		__backend_exit(126);
	}
	size_t all = (size_t)(block[1] - begin) / PAGE, table = (all + PAGE) / (PAGE + 1);
	used = (unsigned char *)begin;
	heap = begin + table*PAGE;
	pages = all - table;
	memset(used, 0, pages);
	program_break = first_break = heap;
}

static size_t page_of(const void *address)
{
	return (size_t)((const char *)address - heap) / PAGE;
}

static size_t count_of(size_t size)
{
	return size / PAGE + !!(size % PAGE);
}

static int in_heap(const void *start, size_t count)
{
	return (const char *)start >= heap && page_of(start) < pages && count <= pages - page_of(start);
}

static int is_free(size_t first, size_t count)
{
	while (count--) if (used[first + count]) return 0;
	return 1;
}

static void *claim(size_t first, size_t count)
{
	memset(used + first, 1, count);
	return memset(heap + first*PAGE, 0, count*PAGE);
}

/* The highest room of so many pages; null if there's none. */
static void *allocate(size_t count)
{
	size_t run = 0;
	for (size_t i = pages; i--;) {
		run = used[i] ? 0 : run + 1;
		if (run == count) return claim(i, count);
	}
	return 0;
}

long SYS_brk_function(void *wanted)
{
	char *end = wanted;
	find_heap();
	if (end >= first_break && in_heap(first_break, count_of(end - first_break))) {
		size_t before = count_of(program_break - heap), after = count_of(end - heap);
		if (after > before) {
			if (!is_free(before, after - before)) return (long)program_break;
			claim(before, after - before);
		} else {
			memset(used + after, 0, before - after);
		}
		program_break = end;
	}
	return (long)program_break;
}

static long map(void *wanted, size_t size, int protection, int flags, int fd, long long offset)
{
	find_heap();
	size_t count = count_of(size);
	if (!count || offset % (long long)PAGE) return -EINVAL;
	if (!(flags & MAP_ANONYMOUS) && flags & MAP_SHARED && protection & PROT_WRITE) return -ENODEV;

	char *start;
	if (flags & MAP_FIXED) {
		if ((uintptr_t)wanted % PAGE) return -EINVAL;
		if (!in_heap(wanted, count)) return -ENOMEM;
		start = claim(page_of(wanted), count);
	} else {
		start = allocate(count);
		if (!start) return -ENOMEM;
	}

	/* A file is read: what is written is not seen by others, and later changes by others are not seen here. */
	for (size_t done = 0; !(flags & MAP_ANONYMOUS) && done < size;) {
		long n = __common_read_at(fd, start + done, size - done, offset + (long long)done);
		if (n < 0) {
			memset(used + page_of(start), 0, count);
			return n;
		}
		if (!n) break;
		done += n;
	}
	return (long)start;
}

#ifdef __aarch64__
long SYS_mmap_function(void *wanted, size_t size, int protection, int flags, int fd, off_t offset)
{
	return map(wanted, size, protection, flags, fd, offset);
}
#else
long SYS_mmap2_function(void *wanted, size_t size, int protection, int flags, int fd, unsigned long offset)
{
	return map(wanted, size, protection, flags, fd, offset * 4096ll);
}
#endif

long SYS_munmap_function(void *start, size_t size)
{
	find_heap();
	size_t count = count_of(size);
	if ((uintptr_t)start % PAGE || !count || !in_heap(start, count)) return -EINVAL;
	memset(used + page_of(start), 0, count);
	return 0;
}

long SYS_mremap_function(void *start, size_t size, size_t new_size, int flags, void *wanted)
{
	find_heap();
	(void)wanted; /* for MREMAP_FIXED only */
	size_t before = count_of(size), after = count_of(new_size);
	if ((uintptr_t)start % PAGE || !before || !after || flags & ~MREMAP_MAYMOVE) return -EINVAL;
	/* There, but nothing that can grow: pthread_getattr_np looks so how far the main stack goes. */
	if ((char *)start >= __semihosting_stack_bottom && (char *)start < heap) return -ENOMEM;
	if (!in_heap(start, before)) return -EFAULT;
	size_t first = page_of(start);
	if (after <= before) {
		memset(used + first + after, 0, before - after);
		return (long)start;
	}
	if (in_heap(start, after) && is_free(first + before, after - before)) {
		claim(first + before, after - before);
		return (long)start;
	}
	char *moved = flags & MREMAP_MAYMOVE ? allocate(after) : 0;
	if (!moved) return -ENOMEM;
	memcpy(moved, start, before*PAGE);
	memset(used + first, 0, before);
	return (long)moved;
}

/* All memory can be read, written and executed: that can be asked for, but nothing can be forbidden. */
long SYS_mprotect_function(void *start, size_t size, int protection)
{
	find_heap();
	if ((uintptr_t)start % PAGE) return -EINVAL;
	if (!in_heap(start, count_of(size))) return -ENOMEM;
	return (protection & (PROT_READ | PROT_WRITE)) == (PROT_READ | PROT_WRITE) ? 0 : -ENOSYS;
}

/* Advice would be free to ignore, but MADV_DONTNEED promises cleared pages. musl takes any error. */
long SYS_madvise_function(void *start, size_t size, int advice)
{
	(void)start, (void)size, (void)advice;
	return -ENOSYS;
}

long __backend_memory(size_t *total, size_t *unused)
{
	find_heap();
	*total = (size_t)(heap + pages*PAGE - __semihosting_stack_bottom);
	*unused = 0;
	for (size_t i = 0; i < pages; i++) if (!used[i]) *unused += PAGE;
	return 0;
}
