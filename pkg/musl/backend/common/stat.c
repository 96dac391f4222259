/* What a file is, in the forms in which callers want to know it. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "common.h"
#include "common/file.h"

static long status_at(int folder, const char *name, int flags, struct status *status)
{
	memset(status, 0, sizeof *status);
	status->links = 1;
	if (!*name && flags & AT_EMPTY_PATH && folder != AT_FDCWD) {
		struct file *file = __common_file(folder);
		if (!file) return -EBADF;
		long error = __common_status(file, status);
		__common_put(file);
		return error;
	}
	struct place place;
	if (!*name && flags & AT_EMPTY_PATH) name = ".";
	long error = __common_find(folder, name, flags & AT_SYMLINK_NOFOLLOW ? 0 : FOLLOW, &place);
	if (error) return error;
	error = place.system->status(place.system, place.rest, status);
	__common_free(place.path);
	return error;
}

#define SECONDS(time) ((time) / SECOND)
#define NANOSECONDS(time) ((time) % SECOND)

static long fill(int folder, const char *name, int flags, struct kernel_stat *result)
{
	struct status status;
	long error = status_at(folder, name, flags, &status);
	if (error) return error;
	memset(result, 0, sizeof *result);
	result->st_dev = status.device;
	result->st_ino = status.inode;
	result->st_mode = status.mode;
	result->st_nlink = status.links;
	result->st_uid = status.user;
	result->st_gid = status.group;
	result->st_rdev = status.special;
	result->st_size = status.size;
	result->st_blksize = PAGE;
	result->st_blocks = status.blocks;
	result->st_atime_sec = SECONDS(status.accessed), result->st_atime_nsec = NANOSECONDS(status.accessed);
	result->st_mtime_sec = SECONDS(status.modified), result->st_mtime_nsec = NANOSECONDS(status.modified);
	result->st_ctime_sec = SECONDS(status.changed), result->st_ctime_nsec = NANOSECONDS(status.changed);
	return 0;
}

long SYS_fstat_function(int fd, struct kernel_stat *result)
{
	return fill(fd, "", AT_EMPTY_PATH, result);
}

long SYS_newfstatat_function(int folder, const char *name, struct kernel_stat *result, int flags)
{
	return fill(folder, name, flags, result);
}

static struct statx_timestamp stamp(int64_t time)
{
	return (struct statx_timestamp){ .tv_sec = SECONDS(time), .tv_nsec = NANOSECONDS(time) };
}

long SYS_statx_function(int folder, const char *name, int flags, unsigned mask, struct statx *result)
{
	struct status status;
	(void)mask;
	long error = status_at(folder, name, flags, &status);
	if (error) return error;
	memset(result, 0, sizeof *result);
	result->stx_mask = STATX_BASIC_STATS;
	result->stx_dev_major = major(status.device), result->stx_dev_minor = minor(status.device);
	result->stx_ino = status.inode;
	result->stx_mode = status.mode;
	result->stx_nlink = status.links;
	result->stx_uid = status.user;
	result->stx_gid = status.group;
	result->stx_rdev_major = major(status.special), result->stx_rdev_minor = minor(status.special);
	result->stx_size = status.size;
	result->stx_blksize = PAGE;
	result->stx_blocks = status.blocks;
	result->stx_atime = stamp(status.accessed);
	result->stx_mtime = stamp(status.modified);
	result->stx_ctime = stamp(status.changed);
	return 0;
}

/* The program is root: it may read and write everything that can be, and execute what somebody may. */
static long check_access(int folder, const char *name, int access, int flags)
{
	struct place place;
	struct status status;
	if (access & ~(R_OK | W_OK | X_OK) || flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW)) return -EINVAL;
	long error = __common_find(folder, name, flags & AT_SYMLINK_NOFOLLOW ? 0 : FOLLOW, &place);
	if (error) return error;
	error = place.system->status(place.system, place.rest, &status);
	if (!error && access & W_OK && !place.system->change && place.system != &__common_processes) error = -EROFS;
	if (!error && access & X_OK && !S_ISDIR(status.mode) && !(status.mode & 0111)) error = -EACCES;
	__common_free(place.path);
	return error;
}

long SYS_faccessat_function(int folder, const char *name, int access)
{
	return check_access(folder, name, access, 0);
}

/* Real and effective ids are the same. */
long SYS_faccessat2_function(int folder, const char *name, int access, int flags)
{
	return check_access(folder, name, access, flags);
}

#ifdef __arm__
long SYS_access_function(const char *name, int access)
{
	return check_access(AT_FDCWD, name, access, 0);
}

long SYS_stat64_function(const char *name, struct kernel_stat *result)
{
	return fill(AT_FDCWD, name, 0, result);
}

long SYS_lstat64_function(const char *name, struct kernel_stat *result)
{
	return fill(AT_FDCWD, name, AT_SYMLINK_NOFOLLOW, result);
}
#endif
