/* The way to the program's memory. */

#include <errno.h>
#include <string.h>
#include "user.h"

/* The table is read without its lock: whoever changes it meanwhile is another thread of the program. */
size_t linux_accessible(user_t address, size_t size, int protection)
{
	if (address < USER_START || address >= linux_user_end()) return 0;
	if (size > linux_user_end() - address) size = linux_user_end() - address;
	struct range range;
	size_t before = address % PAGE, found = 0;
	if (size <= PAGE - before) {
		int rights = __common_rights_at(linux_here(address));
		if (protection & ~rights) return 0;
		if (rights & PAGE_HIDDEN) linux_show(linux_here(address), size);
		return linux_have_memory(address, size) ? size : 0;
	}
	if (!__common_range(linux_here(address - before), before + size, &range)) return 0;
	while (range.count) {
		int rights, promised;
		if (!__common_used(range)) break;
		size_t n = __common_alike(range, &rights, &promised);
		if (protection & ~rights) break;
		found += n*PAGE;
		range = (struct range){ range.first + n, range.count - n };
	}
	if (!found) return 0;
	if (found - before < size) size = found - before;
	linux_show(linux_here(address), size);
	return linux_have_memory(address, size) ? size : 0;
}

long copy_from_user(void *to, user_t from, size_t size)
{
	if (linux_accessible(from, size, PROT_READ) < size) return -EFAULT;
	memcpy(to, linux_here(from), size);
	return 0;
}

long copy_to_user(user_t to, const void *from, size_t size)
{
	if (linux_accessible(to, size, PROT_WRITE) < size) return -EFAULT;
	memcpy(linux_here(to), from, size);
	return 0;
}

long copy_text_from_user(char *to, user_t from, size_t room, long error)
{
	size_t limit = linux_accessible(from, room, PROT_READ);
	const volatile char *text = linux_here(from);
	for (size_t i = 0; i < limit; i++)
		if (!(to[i] = text[i])) return i;
	return limit < room ? -EFAULT : error;
}

/* -- Times -- */

long linux_bring_time(struct kernel_timespec *time, user_t from)
{
	return copy_from_user(time, from, sizeof *time);
}

long linux_take_time(user_t to, const struct kernel_timespec *time)
{
	return copy_to_user(to, time, sizeof *time);
}

long linux_bring_old_time(struct kernel_timespec *time, user_t from)
{
	struct old_time old;
	if (copy_from_user(&old, from, sizeof old)) return -EFAULT;
	*time = (struct kernel_timespec){ old.seconds, old.rest };
	return 0;
}

long linux_take_old_time(user_t to, const struct kernel_timespec *time)
{
	const struct old_time old = { time->tv_sec, time->tv_nsec };
	return copy_to_user(to, &old, sizeof old);
}
