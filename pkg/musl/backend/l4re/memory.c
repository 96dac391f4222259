/*
 * mmap and its relatives, on the pages of pages.c. brk grows from below, mappings are placed from above. A file is read
 * into its mapping: it can't change, as the files here are read-only.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include "common.h"
#include "common/file.h"

#define PROTECTIONS (PROT_READ | PROT_WRITE | PROT_EXEC)

static char *program_break;

static size_t count_of(size_t size)
{
	return size / PAGE + !!(size % PAGE);
}

static long allocate(size_t count, int protection, int promised)
{
	struct range range = { 0, count };
	long error = __l4re_find_pages(count, &range.first);
	if (!error) error = __l4re_claim(range, protection, promised);
	return error ? error : (long)__l4re_address(range.first);
}

/* Memory for the backend itself. */
long __l4re_map(size_t size, int protection)
{
	__l4re_lock(&__l4re_memory_lock);
	long result = allocate(count_of(size), protection, 1);
	__l4re_unlock(&__l4re_memory_lock);
	return result;
}

static long map_fixed(void *address, size_t size, int protection, int promised)
{
	struct range range;
	if ((uintptr_t)address % PAGE) return -EINVAL;
	if (!__l4re_range(address, size, &range)) return -ENOMEM;
	__l4re_free_pages(range);
	long error = __l4re_claim(range, protection, promised);
	return error ? error : (long)address;
}

static long map(void *wanted, size_t size, int protection, int flags, int fd, long long offset)
{
	int file = !(flags & MAP_ANONYMOUS), promised = !(flags & MAP_NORESERVE);
	if (!size || offset % (long long)PAGE || protection & ~PROTECTIONS) return -EINVAL;
	if (size > SIZE_MAX / 2) return -ENOMEM;
	if (file && flags & MAP_SHARED && protection & PROT_WRITE) return -EACCES; /* no file is open for writing */

	__l4re_lock(&__l4re_memory_lock);
	int first = file ? PROT_READ | PROT_WRITE : protection;
	long result = flags & MAP_FIXED ? map_fixed(wanted, size, first, promised) : allocate(count_of(size), first, promised);
	__l4re_unlock(&__l4re_memory_lock);
	if (result < 0 || !file) return result;

	long n = __common_read_at(fd, (void *)result, size, offset);
	if (n >= 0) n = SYS_mprotect_function((void *)result, size, protection);
	if (n < 0) SYS_munmap_function((void *)result, size);
	return n < 0 ? n : result;
}

#ifdef __arm__
long SYS_mmap2_function(void *wanted, size_t size, int protection, int flags, int fd, unsigned long offset)
{
	return map(wanted, size, protection, flags, fd, offset * 4096ll);
}
#else
long SYS_mmap_function(void *wanted, size_t size, int protection, int flags, int fd, off_t offset)
{
	return map(wanted, size, protection, flags, fd, offset);
}
#endif

/* Fails where the program's own image and main stack are: these stay as they are. */
static long locked_range(void *address, size_t size, struct range *range)
{
	if ((uintptr_t)address % PAGE || !size) return -EINVAL;
	__l4re_lock(&__l4re_memory_lock);
	if (__l4re_range(address, size, range)) return 0;
	__l4re_unlock(&__l4re_memory_lock);
	return -ENOMEM;
}

long SYS_munmap_function(void *address, size_t size)
{
	struct range range;
	long error = locked_range(address, size, &range);
	if (error) return -EINVAL;
	error = __l4re_free_pages(range);
	__l4re_unlock(&__l4re_memory_lock);
	return error;
}

long SYS_mprotect_function(void *address, size_t size, int protection)
{
	struct range range;
	if (protection & ~PROTECTIONS) return -EINVAL;
	long error = locked_range(address, size, &range);
	if (error) return error;
	error = __l4re_are_used(range) ? __l4re_protect(range, protection, 1) : -ENOMEM;
	__l4re_unlock(&__l4re_memory_lock);
	return error;
}

/* The pages read as zeros afterwards, which MADV_FREE allows and MADV_DONTNEED demands. Other advice changes nothing. */
long SYS_madvise_function(void *address, size_t size, int advice)
{
	struct range range;
	if (advice != MADV_DONTNEED && advice != MADV_FREE) return -EINVAL;
	long error = locked_range(address, size, &range);
	if (error) return error;
	error = __l4re_are_used(range) ? 0 : -ENOMEM;
	if (!error) __l4re_empty(range);
	__l4re_unlock(&__l4re_memory_lock);
	return error;
}

static long remap(void *address, size_t before, size_t after, int flags)
{
	struct range range, more;
	if (!__l4re_range(address, before*PAGE, &range) || !__l4re_are_used(range)) return -EFAULT;
	if (after <= before) {
		more = (struct range){ range.first + after, before - after };
		return more.count ? __l4re_free_pages(more) : 0;
	}
	if (__l4re_range(address, after*PAGE, &more)) {
		more = (struct range){ range.first + before, after - before };
		if (__l4re_are_free(more) && !__l4re_claim(more, PROT_READ | PROT_WRITE, 1)) return 0;
	}
	long moved = flags & MREMAP_MAYMOVE ? allocate(after, PROT_READ | PROT_WRITE, 1) : -ENOMEM;
	if (moved < 0) return moved;
	memcpy((void *)moved, address, before*PAGE);
	__l4re_free_pages(range);
	return moved;
}

/* pthread_getattr_np asks where the main stack begins: it is mapped there, and can't grow. */
long SYS_mremap_function(void *address, size_t size, size_t new_size, int flags, void *wanted)
{
	(void)wanted; /* for MREMAP_FIXED only */
	if ((uintptr_t)address % PAGE || !size || !new_size || flags & ~MREMAP_MAYMOVE) return -EINVAL;
	if (new_size > SIZE_MAX / 2) return -ENOMEM;
	__l4re_lock(&__l4re_memory_lock);
	long result = remap(address, count_of(size), count_of(new_size), flags);
	__l4re_unlock(&__l4re_memory_lock);
	if (result == -EFAULT && __l4re_is_mapped(address, size)) return -ENOMEM;
	return result ? result : (long)address;
}

static void move_break(char *end)
{
	char *start = __l4re_address(0);
	size_t before = count_of(program_break - start), after = count_of(end - start);
	struct range more = { before, after - before }, less = { after, before - after };
	if (after > before && (!__l4re_are_free(more) || __l4re_claim(more, PROT_READ | PROT_WRITE, 1))) return;
	if (after < before) __l4re_free_pages(less);
	program_break = end;
}

long SYS_brk_function(void *wanted)
{
	struct range range;
	__l4re_lock(&__l4re_memory_lock);
	if (!program_break && !__l4re_find_pages(1, &range.first)) program_break = __l4re_address(0);
	char *end = wanted, *start = __l4re_address(0);
	if (program_break && end >= start && __l4re_range(start, end - start, &range)) move_break(end);
	long result = (long)program_break;
	__l4re_unlock(&__l4re_memory_lock);
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
