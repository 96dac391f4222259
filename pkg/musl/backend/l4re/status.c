/* What a file is: kind and size. L4Re knows no times, owners or permissions; the inode number is a hash of the name. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "backend.h"

struct status { unsigned mode; uint64_t size, inode; };

static long status_of(int fd, struct status *status)
{
	struct file *file = __l4re_file(fd);
	if (!file) return -EBADF;
	status->inode = file->kind == CONSOLE ? 1 : file->name;
	status->size = file->kind == REGULAR ? file->size : 0;
	status->mode = file->kind == CONSOLE ? S_IFCHR | 0600 : file->kind == FOLDER ? S_IFDIR | 0555 : S_IFREG | 0444;
	return 0;
}

static long status_at(int folder, const char *path, int flags, struct status *status)
{
	__l4re_lock(&__l4re_files_lock);
	int opened = *path || !(flags & AT_EMPTY_PATH);
	long fd = opened ? __l4re_open(folder, path, O_RDONLY) : folder;
	long error = opened && fd < 0 ? fd : status_of(fd, status);
	if (opened && fd >= 0) __l4re_close(fd);
	__l4re_unlock(&__l4re_files_lock);
	return error;
}

long SYS_newfstatat_function(int folder, const char *path, struct kernel_stat *result, int flags)
{
	struct status status;
	long error = status_at(folder, path, flags, &status);
	if (error) return error;
	memset(result, 0, sizeof *result);
	result->st_ino = status.inode;
	result->st_mode = status.mode;
	result->st_nlink = 1;
	result->st_size = status.size;
	result->st_blksize = PAGE;
	result->st_blocks = (status.size + 511) / 512;
	return 0;
}

long SYS_fstat_function(int fd, struct kernel_stat *result)
{
	return SYS_newfstatat_function(fd, "", result, AT_EMPTY_PATH);
}

long SYS_statx_function(int folder, const char *path, int flags, unsigned mask, struct statx *result)
{
	struct status status;
	long error = status_at(folder, path, flags, &status);
	(void)mask;
	if (error) return error;
	memset(result, 0, sizeof *result);
	result->stx_mask = STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_INO | STATX_SIZE | STATX_BLOCKS;
	result->stx_ino = status.inode;
	result->stx_mode = status.mode;
	result->stx_nlink = 1;
	result->stx_size = status.size;
	result->stx_blksize = PAGE;
	result->stx_blocks = (status.size + 511) / 512;
	return 0;
}

long SYS_faccessat_function(int folder, const char *path, int mode)
{
	struct status status;
	long error = status_at(folder, path, 0, &status);
	if (error) return error;
	if (mode & W_OK && !S_ISCHR(status.mode)) return -EROFS;
	return mode & X_OK && !S_ISDIR(status.mode) ? -EACCES : 0;
}

long SYS_faccessat2_function(int folder, const char *path, int mode, int flags)
{
	(void)flags; /* there are neither ids nor links */
	return SYS_faccessat_function(folder, path, mode);
}

#ifdef __arm__
long SYS_access_function(const char *path, int mode)
{
	return SYS_faccessat_function(AT_FDCWD, path, mode);
}

long SYS_stat64_function(const char *path, struct kernel_stat *result)
{
	return SYS_newfstatat_function(AT_FDCWD, path, result, 0);
}

long SYS_lstat64_function(const char *path, struct kernel_stat *result)
{
	return SYS_newfstatat_function(AT_FDCWD, path, result, 0);
}
#endif
