/* Opening by name. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include "common.h"
#include "common/file.h"

#define REOPEN 1 /* the name of a descriptor that has no other name: the same file again */
#define LARGE (sizeof(long) == 8 ? 0 : O_LARGEFILE)

__attribute__((used)) static const char *const needed[] = { &__common_seeking, &__common_file_mappings };

#define USUAL_MASK 022

static PROCESS_VARIABLE mode_t mask_changes; /* bits that differ from the usual mask */

mode_t __common_without_umask(mode_t mode)
{
	return mode & 07777 & ~(USUAL_MASK ^ __atomic_load_n(&of_process(mask_changes), __ATOMIC_RELAXED));
}

long SYS_umask_function(mode_t new)
{
	return USUAL_MASK ^ __atomic_exchange_n(&of_process(mask_changes), USUAL_MASK ^ (new & 0777), __ATOMIC_RELAXED);
}

/* What O_PATH opens: a place in the tree, and nothing to transfer. */
static const struct file_kind path_only;
static long list_nothing(struct file *file, uint64_t *position, struct listing *listing)
{
	(void)file, (void)position, (void)listing;
	return -EBADF;
}
static const struct file_kind folder_path_only = { .list = list_nothing };

static long open_path(struct file *file)
{
	struct status status;
	long error = file->system->status(file->system, file->rest, &status);
	if (error) return error;
	if (!S_ISDIR(status.mode) && file->flags & O_DIRECTORY) return -ENOTDIR;
	file->kind = S_ISDIR(status.mode) ? &folder_path_only : &path_only;
	return 0;
}

static long open_place(struct file *file, int flags, mode_t mode)
{
	const struct file_system *system = file->system;
	if (flags & O_PATH) return open_path(file);
	if (system == &__common_processes && __common_descriptor_named(file->rest) >= 0) return REOPEN;
	return system->open(system, file->rest, flags, __common_without_umask(mode), file);
}

static long open_file(int folder, const char *name, int flags, mode_t mode, struct file *file)
{
	struct place place;
	int how = flags & O_NOFOLLOW || (flags & O_CREAT && flags & O_EXCL) ? 0 : FOLLOW;
	size_t length = __common_length(name);
	if (flags & O_CREAT && length && name[length - 1] == '/') return -EISDIR;
	long error = __common_find(folder, name, how, &place);
	if (error) return error;
	file->system = place.system;
	file->path = place.path;
	file->rest = place.rest;
	return open_place(file, flags, mode);
}

static const struct file_kind not_open;

static struct file *named(const struct file *file)
{
	return __common_file(__common_descriptor_named(file->rest));
}

long SYS_openat_function(int folder, const char *name, int flags, mode_t mode)
{
	if ((flags & O_TMPFILE) == O_TMPFILE) return -EOPNOTSUPP;
	struct file *file = __common_new_file(&not_open, flags & ~(O_CREAT | O_EXCL | LARGE));
	if (!file) return -ENOMEM;
	long error = open_file(folder, name, flags, mode, file);
	if (error) {
		struct file *same = error == REOPEN ? named(file) : 0;
		file->kind = &not_open;
		__common_put(file);
		return same ? __common_new_descriptor(same, flags) : error == REOPEN ? -ENXIO : error;
	}
	return __common_new_descriptor(file, flags);
}

#ifdef __arm__
long SYS_open_function(const char *name, int flags, mode_t mode)
{
	return SYS_openat_function(AT_FDCWD, name, flags, mode);
}
#endif

#ifdef PROCESSES
void __common_inherit_umask(ptrdiff_t to)
{
	at_distance(to, mask_changes) = of_process(mask_changes);
}
#endif
