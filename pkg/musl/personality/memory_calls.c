/* Calls about the program's addresses, which are other ones here. */

#define _GNU_SOURCE
#include <errno.h>
#include "user.h"
#include "own_calls.h"

/* Those that musl's own start doesn't need, and syscall_functions.h doesn't have. */
long SYS_mlock_function(const void *address, size_t size);
long SYS_mlock2_function(const void *address, size_t size, int flags);
long SYS_munlock_function(const void *address, size_t size);
long SYS_msync_function(void *address, size_t size, int flags);
long SYS_mincore_function(void *address, size_t size, unsigned char *resident);

/* The range as addresses here. What is outside of all that can be mapped is left out of *size, if it can be. */
static void *translate(user_t address, size_t *size)
{
	if (!__common_find_heap() || address >= linux_user_end() || address < USER_START) return 0;
	if (*size > linux_user_end() - address) *size = linux_user_end() - address;
	return linux_here(address);
}

static long unmap(user_t address, size_t size)
{
	if (address % PAGE || !size || size > linux_user_end() || address > linux_user_end() - size) return -EINVAL;
	if (address < USER_START) {
		if (size <= USER_START - address) return 0;
		size -= USER_START - address;
		address = USER_START;
	}
	if (linux_end_file_pages(linux_here(address), (size + PAGE - 1) & -PAGE)) return -ENOMEM;
	linux_unshare(linux_here(address), (size + PAGE - 1) & -PAGE);
	long result = SYS_munmap_function(linux_here(address), size);
	linux_revoke(address, (size + PAGE - 1) & -PAGE);
	return result;
}

long linux_munmap(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return unmap(a[0], a[1]);
}

long linux_mprotect(struct linux_thread *thread, const unsigned long *a)
{
	size_t size = a[1];
	void *address = translate(a[0], &size);
	(void)thread;
	if (!address) return a[0] % PAGE ? -EINVAL : a[1] ? -ENOMEM : 0;
	if (a[2] & PROT_EXEC) machine_expects_code();
	if (a[2] & PROT_WRITE && !(a[0] % PAGE) && linux_own(address, (size + PAGE - 1) & -PAGE)) return -ENOMEM;
	long result = SYS_mprotect_function(address, size, a[2]);
	return !result && size < a[1] ? -ENOMEM : result;
}

long linux_mremap(struct linux_thread *thread, const unsigned long *a)
{
	size_t size = a[1], room = a[2];
	void *wanted = 0, *address = translate(a[0], &size);
	(void)thread;
	if (!address || size < a[1]) return a[0] % PAGE ? -EINVAL : -EFAULT;
	if (a[3] & MREMAP_FIXED && (!(wanted = translate(a[4], &room)) || room < a[2])) return a[4] % PAGE ? -EINVAL : -ENOMEM;
	if (linux_shared_at(address)) return -ENOMEM; /* it can't grow */
	if (a[2] > a[1] && !linux_may_map(a[2] - a[1])) return -ENOMEM;
	if (!(a[0] % PAGE) && linux_own(address, (size + PAGE - 1) & -PAGE)) return -ENOMEM;
	if (wanted && linux_end_file_pages(wanted, (room + PAGE - 1) & -PAGE)) return -ENOMEM;
	if (wanted) linux_unshare(wanted, (room + PAGE - 1) & -PAGE);
	long result = SYS_mremap_function(address, a[1], a[2], a[3], wanted);
	if (result < 0 && result > -4096) return result;
	user_t moved = linux_there((void *)result), before = (a[1] + PAGE - 1) & -PAGE, after = (a[2] + PAGE - 1) & -PAGE;
	if (moved != a[0]) {
		linux_revoke(a[0], before);
		linux_revoke(moved, after); /* what was at the place that was asked for */
	} else if (after < before) {
		linux_revoke(a[0] + after, before - after);
	}
	return moved;
}

static long synchronize(void *address, size_t size, int flags)
{
	void *file = linux_shared_at(address);
	if (file && __common_note_writes) __common_note_writes(file);
	return SYS_msync_function(address, size, flags);
}

/* madvise, msync, mincore, mlock ... have a range first, and -ENOMEM where nothing is mapped. */
#define RANGE_CALL(name, call) \
	long linux_##name(struct linux_thread *thread, const unsigned long *a) \
	{ \
		size_t size = a[1]; \
		void *address = translate(a[0], &size); \
		(void)thread; \
		if (!address) return a[0] % PAGE ? -EINVAL : a[1] ? -ENOMEM : 0; \
		long result = call; \
		return !result && size < a[1] ? -ENOMEM : result; \
	}

RANGE_CALL(madvise, SYS_madvise_function(address, size, a[2]))
RANGE_CALL(mlock, SYS_mlock_function(address, size))
RANGE_CALL(mlock2, SYS_mlock2_function(address, size, a[2]))
RANGE_CALL(munlock, SYS_munlock_function(address, size))
RANGE_CALL(msync, synchronize(address, size, a[2]))

/* A byte for each page. */
long linux_mincore(struct linux_thread *thread, const unsigned long *a)
{
	size_t size = a[1], count = size / PAGE + !!(size % PAGE);
	void *address = translate(a[0], &size);
	(void)thread;
	if (!address || size < a[1]) return a[0] % PAGE ? -EINVAL : -ENOMEM;
	if (linux_accessible(a[2], count, PROT_WRITE) < count) return -EFAULT;
	return SYS_mincore_function(address, size, linux_here(a[2]));
}

/* The break follows the program's image, as long as nothing is in its way. */
long linux_brk(struct linux_thread *thread, const unsigned long *a)
{
	struct space *space = linux_space();
	user_t wanted = a[0], end = (space->break_end + PAGE - 1) & -PAGE, new_end = (wanted + PAGE - 1) & -PAGE;
	(void)thread;
	if (wanted < space->break_start || wanted > linux_user_end()) return space->break_end;
	if (new_end > end && linux_map(end, new_end - end, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) < 0) return space->break_end;
	if (new_end < end) unmap(new_end, end - new_end);
	return space->break_end = wanted;
}
