/*
 * The tree that all names are in: the backend's own file systems, devices, what the program can learn of itself, and the rest
 * in memory. POSIX's shared memory and named semaphores are files of /dev/shm, so that is memory as well.
 */

#include <sys/stat.h>
#include "common.h"
#include "common/file.h"

#define FIRST_MOUNTED (1ull << 62) /* behind the numbers of all entries in memory */

const struct file_system *__common_system_of(const char *path, const char **rest)
{
	const struct file_system *system = __backend_system_of(path, rest);
	if (system) return system;
	if (!__common_below(path, "/dev/shm")) {
		if ((*rest = __common_below(path, "/dev"))) return &__common_devices;
		if ((*rest = __common_below(path, "/proc"))) return &__common_processes;
	}
	*rest = path + (*path == '/');
	return &__common_memory;
}

/* In the root folder, behind the entries in memory. */
void __common_list_mounted(struct listing *listing, uint64_t *position)
{
	static const char *const names[] = { "dev", "proc" };
	char buffer[256];
	uint64_t index = *position < FIRST_MOUNTED ? 0 : *position - FIRST_MOUNTED;
	for (;; index++) {
		const char *name = index < 2 ? names[index] : __backend_root_entry(index - 2, buffer);
		if (!name || !__common_list(listing, name, __common_hash(name), S_IFDIR, FIRST_MOUNTED + index + 1)) break;
		*position = FIRST_MOUNTED + index + 1;
	}
}
