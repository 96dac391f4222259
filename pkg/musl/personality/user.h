/*
 * The program's memory. All of it is one range of addresses here, to which this task always has access, whatever the program
 * itself is allowed; so an access by these functions never fails, and a thread of the program that takes pages away in the
 * meantime changes nothing but what the program itself gets. What the program is allowed is in the backend's table of pages
 * (common/pages.h). The range holds nothing else: no address of the program leads to anything of this task.
 */
#ifndef USER_H
#define USER_H

#include "processes.h"
#include "common/pages.h"

/* As vm.mmap_min_addr: below, nothing is ever mapped. */
#define USER_START 0x10000ul

/* Pages of a file are mapped in such units, if file and program have them at multiples of it. */
#define LARGE_UNIT 0x10000ul

#pragma GCC visibility push(hidden)

/* How many of the bytes, from the first one on, the program may access so (PROT_READ or PROT_WRITE). */
size_t linux_accessible(user_t address, size_t size, int protection);
/* Both return 0 or -EFAULT. */
long copy_from_user(void *to, user_t from, size_t size);
long copy_to_user(user_t to, const void *from, size_t size);
/* The text with its final 0; its length without it, -EFAULT, or the error if there is no room for it. */
long copy_text_from_user(char *to, user_t from, size_t room, long error);

/* Times, also as old calls of arm have them; both return 0 or -EFAULT. The old ones may have microseconds. */
struct old_time { int32_t seconds, rest; };
typedef long bring_time(struct kernel_timespec *time, user_t from);
typedef long take_time(user_t to, const struct kernel_timespec *time);
bring_time linux_bring_time, linux_bring_old_time;
take_time linux_take_time, linux_take_old_time;

#pragma GCC visibility pop

/* Where it is in this task; only of what was found to be accessible. */
static inline void *linux_here(user_t address)
{
	return __common_heap.start - USER_START + address;
}

static inline user_t linux_there(const void *here)
{
	return (user_t)((const char *)here - __common_heap.start + USER_START);
}

static inline user_t linux_user_end(void)
{
	return USER_START + __common_heap.pages*PAGE;
}

static inline int linux_is_user(user_t address, size_t size)
{
	return address >= USER_START && address < linux_user_end() && size <= linux_user_end() - address;
}

/* A word, for futexes and the like: its address here, or null. */
static inline int *linux_word(user_t address)
{
	return address % sizeof(int) || linux_accessible(address, sizeof(int), PROT_READ) < sizeof(int) ? 0 : linux_here(address);
}

#endif
