/*
 * mmap and its relatives, on the pages of pages.c, with Linux's answers. There is a single process, so shared memory is like
 * any other, and no memory is ever swapped. A mapping of a file is a copy of it, unless it is shared and the file is memory.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include "common.h"
#include "common/file.h"
#include "common/pages.h"

#define RIGHTS (PROT_READ | PROT_WRITE | PROT_EXEC)
#define GROWSDOWN 0x01000000 /* PROT_GROWSDOWN and _GROWSUP: no mapping here does that */
#define GROWSUP 0x02000000

#ifndef MAP_SHARED_VALIDATE
#define MAP_SHARED_VALIDATE 3
#endif
#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif
#ifndef MADV_COLD
#define MADV_COLD 20
#define MADV_PAGEOUT 21
#endif
#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#define MADV_POPULATE_WRITE 23
#endif
#ifndef MLOCK_ONFAULT
#define MLOCK_ONFAULT 1
#endif

#define KNOWN_FLAGS (MAP_TYPE | MAP_FIXED | MAP_FIXED_NOREPLACE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_DENYWRITE \
	| MAP_EXECUTABLE | MAP_LOCKED | MAP_NORESERVE | MAP_POPULATE | MAP_NONBLOCK | MAP_STACK | MAP_HUGETLB)

static char *program_break;

static size_t count_of(size_t size)
{
	return size / PAGE + !!(size % PAGE);
}

static int aligned(const void *address)
{
	return (uintptr_t)address % PAGE == 0;
}

/* Whether the bytes, in whole pages, end before the end of all addresses. */
static int possible(const void *address, size_t size)
{
	return size <= SIZE_MAX - (PAGE - 1) && count_of(size)*PAGE <= -(uintptr_t)address - 1;
}

/* Whether a file's memory is mapped anywhere in the range, which is there only: it can be neither moved nor replaced. */
static int is_shared(const void *address, size_t size)
{
	return __common_is_shared && __common_is_shared(address, count_of(size)*PAGE);
}

/* What is allowed where it isn't the heap. */
static long rights_outside(const void *address, size_t size)
{
	struct range range;
	return __common_clip(address, count_of(size)*PAGE, &range) ? -ENOMEM : __backend_rights_outside(address, size);
}

/* Makes sure that the pages have memory. */
static void touch(struct range range)
{
	size_t end = range.first + range.count;
	while (range.first < end) {
		int protection, promised;
		size_t next = range.first + __common_alike(range, &protection, &promised);
		for (size_t i = range.first; protection & PROT_READ && i < next; i++)
			if (!(__common_rights_at(__common_address(i)) & PAGE_OF_FILE)) (void)*(volatile char *)__common_address(i);
		range = (struct range){ next, end - next };
	}
}

/* -- mmap -- */

static long allocate(size_t count, int protection, int kind)
{
	struct range range = { 0, count };
	long error = __common_find_pages(count, &range.first);
	if (!error) error = __common_claim(range, protection, kind);
	return error ? error : (long)__common_address(range.first);
}

long __common_map(size_t size, int protection)
{
	__backend_lock_memory();
	long result = allocate(count_of(size), protection, MEMORY_PROMISED);
	__backend_unlock_memory();
	return result;
}

static long map_there(void *address, size_t size, int protection, int flags, int kind)
{
	struct range range;
	if (!aligned(address)) return -EINVAL;
	if (!possible(address, size)) return -ENOMEM;
	int mine = __common_range(address, size, &range);
	if (flags & MAP_FIXED_NOREPLACE) {
		if (mine ? !__common_are_free(range) : __common_clip(address, 1, &range) || __backend_rights_outside(address, 1) >= 0)
			return -EEXIST;
	}
	if (!mine) return -ENOMEM;
	__common_free_pages(range);
	long error = __common_claim(range, protection, kind);
	return error ? error : (long)address;
}

static long map_anywhere(void *wanted, size_t size, int protection, int kind)
{
	struct range range;
	wanted = (void *)(((uintptr_t)wanted + PAGE - 1) & -PAGE);
	if (wanted && __common_range(wanted, size, &range) && __common_are_free(range)
			&& !__common_claim(range, protection, kind))
		return (long)wanted;
	return allocate(count_of(size), protection, kind);
}

long __common_map_pages(void *wanted, size_t size, int protection, int flags)
{
	int kind = (flags & MAP_NORESERVE ? 0 : MEMORY_PROMISED) | (flags & MAP_UNINITIALIZED ? MEMORY_UNCLEARED : 0);
	__backend_lock_memory();
	long result = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)
		? map_there(wanted, size, protection, flags, kind) : map_anywhere(wanted, size, protection, kind);
	__backend_unlock_memory();
	return result;
}

static long map(void *wanted, size_t size, int protection, int flags, int fd, long long offset)
{
	int type = flags & MAP_TYPE;
	if (!size || offset % (long long)PAGE || offset < 0) return -EINVAL;
	if (type != MAP_SHARED && type != MAP_PRIVATE && type != MAP_SHARED_VALIDATE) return -EINVAL;
	if (type == MAP_SHARED_VALIDATE && (flags & ~KNOWN_FLAGS || flags & MAP_ANONYMOUS))
		return flags & MAP_ANONYMOUS ? -EINVAL : -EOPNOTSUPP;
	if (size > SIZE_MAX / 2 || flags & MAP_HUGETLB) return -ENOMEM;
	protection &= RIGHTS;
	if (flags & MAP_FIXED && possible(wanted, size) && is_shared(wanted, size)) return -ENOMEM;
	if (!(flags & MAP_ANONYMOUS)) {
		flags &= ~MAP_UNINITIALIZED;
		if (__common_map_file) return __common_map_file(wanted, size, protection, flags, fd, offset);
		return fd < 0 || fd > 2 ? -EBADF : -ENODEV; /* the program can open none */
	}
	return __common_map_pages(wanted, size, protection, flags);
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

/* -- Changes -- */

/* What is outside the heap stays: it can't be had again. */
void __common_unmap_pages(void *address, size_t size)
{
	struct range range;
	__backend_lock_memory();
	if (__common_clip(address, count_of(size)*PAGE, &range)) __common_free_pages(range);
	__backend_unlock_memory();
}

/* The memory of a file is not freed: that ends the mapping only. */
long SYS_munmap_function(void *address, size_t size)
{
	if (!aligned(address) || !size || !possible(address, size)) return -EINVAL;
	char *at = address, *end = at + count_of(size)*PAGE;
	for (size_t part; at < end; at += part) {
		part = end - at;
		if (!__common_unshare || !__common_unshare(at, &part)) __common_unmap_pages(at, part);
	}
	return 0;
}

/* The pages of the bytes that are mapped one after the other, from the first one on; without the lock if there are none. */
static long mapped(const void *address, size_t size, struct range *range)
{
	__backend_lock_memory();
	size_t n = __common_clip(address, count_of(size)*PAGE, range) && __common_address(range->first) == address
		? __common_used(*range) : 0;
	if (!n) {
		__backend_unlock_memory();
		return 0;
	}
	range->count = n;
	return n;
}

int __common_allows(const void *address, int protection)
{
	struct range range;
	int rights = 0, promised;
	if (!mapped((const void *)((uintptr_t)address & -PAGE), PAGE, &range)) return 0;
	__common_alike(range, &rights, &promised);
	__backend_unlock_memory();
	return !(protection & ~rights);
}

/* Linux changes what comes before an address where nothing is mapped, too. */
long SYS_mprotect_function(void *address, size_t size, int protection)
{
	struct range range;
	if (!aligned(address) || protection & ~(RIGHTS | 8)) return -EINVAL; /* 8 is PROT_SEM, which means nothing */
	if (!size) return 0;
	if (!possible(address, size)) return -ENOMEM;
	protection &= RIGHTS;
	if (is_shared(address, PAGE)) return 0;
	if (!mapped(address, size, &range)) {
		long rights = rights_outside(address, size);
		if (rights < 0) return -ENOMEM;
		return protection & ~rights || rights & ~protection & ~PROT_EXEC ? -EACCES : 0; /* it stays as it is */
	}
	long error = __common_protect(range, protection, 1);
	__backend_unlock_memory();
	return error ? error : range.count == count_of(size) ? 0 : -ENOMEM;
}

/* Does the same to all mapped pages of the range; returns -ENOMEM if there are others, too. */
static long for_all(const void *address, size_t size, void (*function)(struct range))
{
	const char *end = (const char *)address + count_of(size)*PAGE;
	long result = 0;
	for (const char *at = address; at < end;) {
		struct range range;
		if (mapped(at, end - at, &range)) {
			if (function) function(range);
			__backend_unlock_memory();
			at += range.count*PAGE;
		} else {
			if (rights_outside(at, PAGE) < 0) result = -ENOMEM;
			at += PAGE;
		}
	}
	return result;
}

/* The pages read as zeros afterwards, which MADV_FREE allows and MADV_DONTNEED demands. */
static int empties(int advice)
{
	return advice == MADV_DONTNEED || advice == MADV_FREE;
}

static int known(int advice)
{
	return (advice >= MADV_NORMAL && advice <= MADV_DONTNEED) || advice == MADV_FREE
		|| (advice >= MADV_DONTFORK && advice <= MADV_POPULATE_WRITE);
}

long SYS_madvise_function(void *address, size_t size, int advice)
{
	if (!known(advice) || !aligned(address) || !possible(address, size)) return -EINVAL;
	int populates = advice == MADV_POPULATE_READ || advice == MADV_POPULATE_WRITE;
	if (empties(advice) && is_shared(address, size)) return 0; /* a file keeps what is in it */
	return for_all(address, size, empties(advice) ? __common_empty : populates ? touch : 0);
}

static int overlap(const void *a, size_t a_count, const void *b, size_t b_count)
{
	return (uintptr_t)a < (uintptr_t)b + b_count*PAGE && (uintptr_t)b < (uintptr_t)a + a_count*PAGE;
}

/* Copies what is in the pages, and what is allowed there, to pages where reading and writing is. */
static long copy(struct range range, size_t target)
{
	size_t end = range.first + range.count;
	while (range.first < end) {
		int protection, promised;
		struct range from = range, to = { target, 0 };
		from.count = to.count = __common_alike(range, &protection, &promised);
		long error = protection & PROT_READ ? 0 : __common_protect(from, PROT_READ, 0);
		if (error && error != -ENOSYS) return error;
		memcpy(__common_address(to.first), __common_address(from.first), from.count*PAGE);
		if (protection != (PROT_READ | PROT_WRITE)) error = __common_protect(to, protection, 0);
		if (error && error != -ENOSYS) return error;
		range = (struct range){ range.first + from.count, end - range.first - from.count };
		target += from.count;
	}
	return 0;
}

/* To a new place, or to the one that is wanted. */
static long move(struct range range, size_t after, int protection, int kind, int flags, void *wanted)
{
	long moved = flags & MREMAP_FIXED
		? map_there(wanted, after*PAGE, PROT_READ | PROT_WRITE, 0, kind) : allocate(after, PROT_READ | PROT_WRITE, kind);
	struct range rest, target;
	if (moved < 0) return moved;
	__common_range((void *)moved, after*PAGE, &target);
	size_t count = range.count < after ? range.count : after;
	long error = copy((struct range){ range.first, count }, target.first);
	rest = (struct range){ target.first + count, after - count };
	if (!error && rest.count && protection != (PROT_READ | PROT_WRITE)) error = __common_protect(rest, protection, 0);
	if (error && error != -ENOSYS) {
		__common_free_pages(target);
		return -ENOMEM;
	}
	if (flags & MREMAP_DONTUNMAP) __common_empty(range);
	else __common_free_pages(range);
	return moved;
}

static long remap(void *address, size_t before, size_t after, int flags, void *wanted)
{
	struct range range, more;
	int protection, kind;
	if (!__common_range(address, before*PAGE, &range) || __common_used(range) < before) return -EFAULT;
	__common_alike((struct range){ range.first + before - 1, 1 }, &protection, &kind);
	if (flags & MAP_UNINITIALIZED) kind |= MEMORY_UNCLEARED;
	if (flags & (MREMAP_FIXED | MREMAP_DONTUNMAP)) return move(range, after, protection, kind, flags, wanted);
	if (after <= before) {
		more = (struct range){ range.first + after, before - after };
		if (more.count) __common_free_pages(more);
		return (long)address;
	}
	if (__common_range(address, after*PAGE, &more)) {
		more = (struct range){ range.first + before, after - before };
		if (__common_are_free(more) && !__common_claim(more, protection, kind)) return (long)address;
	}
	return flags & MREMAP_MAYMOVE ? move(range, after, protection, kind, flags, 0) : -ENOMEM;
}

long __common_remap_pages(void *address, size_t size, size_t new_size, int flags, void *wanted)
{
	__backend_lock_memory();
	long result = remap(address, count_of(size), count_of(new_size), flags, wanted);
	__backend_unlock_memory();
	return result;
}

/* pthread_getattr_np asks where the main stack begins: it is mapped there, and can't grow. */
long SYS_mremap_function(void *address, size_t size, size_t new_size, int flags, void *wanted)
{
	const int moves = MREMAP_FIXED | MREMAP_DONTUNMAP;
	if (!aligned(address) || !size || !new_size || flags & ~(MREMAP_MAYMOVE | moves)) return -EINVAL;
	if (flags & moves && !(flags & MREMAP_MAYMOVE)) return -EINVAL;
	if (flags & MREMAP_DONTUNMAP && count_of(size) != count_of(new_size)) return -EINVAL;
	if (!possible(address, size) || new_size > SIZE_MAX / 2) return -ENOMEM;
	if (flags & MREMAP_FIXED && (!aligned(wanted) || !possible(wanted, new_size)
			|| overlap(address, count_of(size), wanted, count_of(new_size))))
		return -EINVAL;
	if (is_shared(address, size) || (flags & MREMAP_FIXED && is_shared(wanted, new_size))) return -ENOMEM;
	if (!(flags & moves) && (uintptr_t)wanted == MAP_UNINITIALIZED) flags |= MAP_UNINITIALIZED; /* realloc's */
	long result = __common_remap_pages(address, size, new_size, flags, wanted);
	return result == -EFAULT && rights_outside(address, size) >= 0 ? -ENOMEM : result;
}

static void move_break(char *end)
{
	char *start = __common_address(0);
	size_t before = count_of(program_break - start), after = count_of(end - start);
	struct range more = { before, after - before }, less = { after, before - after };
	if (after > before) {
		if (!__common_are_free(more)) return;
		__common_set_bottom(after);
		if (__common_claim(more, PROT_READ | PROT_WRITE, 1)) return;
	}
	if (after < before) __common_free_pages(less);
	program_break = end;
}

long SYS_brk_function(void *wanted)
{
	struct range range;
	__backend_lock_memory();
	char *end = wanted, *start = __common_find_heap() ? __common_address(0) : 0;
	if (!program_break) program_break = start;
	if (start && end >= start && __common_range(start, end - start, &range)) move_break(end);
	long result = (long)program_break;
	__backend_unlock_memory();
	return result;
}

/* -- What is about memory that could be swapped, or a file's -- */

/* From the page of the address on, as Linux does it. */
static long lock(const void *address, size_t size, void (*function)(struct range))
{
	size += (uintptr_t)address % PAGE;
	address = (const void *)((uintptr_t)address & -PAGE);
	return possible(address, size) ? for_all(address, size, function) : -EINVAL;
}

long SYS_mlock_function(const void *address, size_t size)
{
	return lock(address, size, touch);
}

long SYS_mlock2_function(const void *address, size_t size, int flags)
{
	return flags & ~MLOCK_ONFAULT ? -EINVAL : lock(address, size, flags ? 0 : touch);
}

long SYS_munlock_function(const void *address, size_t size)
{
	return lock(address, size, 0);
}

/* Pages that have memory keep it. The others get theirs when they are first used, now or later. */
long SYS_mlockall_function(int flags)
{
	return !flags || flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) || flags == MCL_ONFAULT ? -EINVAL : 0;
}

long SYS_munlockall_function(void)
{
	return 0;
}

long SYS_msync_function(void *address, size_t size, int flags)
{
	if (!aligned(address) || flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) return -EINVAL;
	if (flags & MS_ASYNC && flags & MS_SYNC) return -EINVAL;
	if (__common_note_writes) __common_note_writes(address);
	return possible(address, size) ? for_all(address, size, 0) : -ENOMEM;
}

long SYS_mincore_function(void *address, size_t size, unsigned char *resident)
{
	if (!aligned(address)) return -EINVAL;
	if (!possible(address, size)) return -ENOMEM;
	long error = for_all(address, size, 0);
	if (!error) memset(resident, 1, count_of(size));
	return error;
}
