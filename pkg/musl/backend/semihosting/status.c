/*
 * What a file is. Semihosting tells its size; opening tells whether it is there, a folder, readable or writable. No
 * times (0), owners (0) or executable bits (none for files); the inode number is a hash of the name that was opened.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "semihosting.h"

struct status { unsigned mode; long long size; uint64_t inode; };

static long status_of(int fd, struct status *status)
{
	struct file *file = __semihosting_file(fd);
	if (!file) return -EBADF;
	status->inode = file->kind == CONSOLE ? 1 : file->name;
	status->size = file->kind == REGULAR ? SH_CALL(SH_FLEN, file->handle) : 0;
	status->mode = file->kind == CONSOLE ? S_IFCHR | 0600 : file->kind == FOLDER ? S_IFDIR | 0755
		: file->writable ? S_IFREG | 0644 : S_IFREG | 0444;
	/* QEMU can't tell the length of what has none, as a pipe. */
	if (status->size < 0) status->size = 0;
	return 0;
}

static long status_at(int folder, const char *path, int flags, struct status *status)
{
	if (!*path && flags & AT_EMPTY_PATH) return status_of(folder, status);
	long error = __semihosting_relative(folder, path);
	if (error) return error;
	int fd = __semihosting_open(path, O_RDONLY);
	if (fd < 0) return fd;
	error = status_of(fd, status);
	__semihosting_close(fd);
	return error;
}

static long fill(long error, const struct status *status, struct kernel_stat *result)
{
	if (error) return error;
	memset(result, 0, sizeof *result);
	result->st_ino = status->inode;
	result->st_mode = status->mode;
	result->st_nlink = 1;
	result->st_size = status->size;
	result->st_blksize = 4096;
	result->st_blocks = (status->size + 511) / 512;
	return 0;
}

long SYS_fstat_function(int fd, struct kernel_stat *result)
{
	struct status status;
	return fill(status_of(fd, &status), &status, result);
}

long SYS_newfstatat_function(int folder, const char *path, struct kernel_stat *result, int flags)
{
	struct status status;
	return fill(status_at(folder, path, flags, &status), &status, result);
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
	result->stx_blksize = 4096;
	result->stx_blocks = (status.size + 511) / 512;
	return 0;
}

long SYS_faccessat_function(int folder, const char *path, int access)
{
	struct status status;
	long error = status_at(folder, path, 0, &status);
	if (error) return error;
	if ((access & R_OK && !(status.mode & 0400)) || (access & W_OK && !(status.mode & 0200))
		|| (access & X_OK && !(status.mode & 0100))) return -EACCES;
	return 0;
}

long SYS_faccessat2_function(int folder, const char *path, int access, int flags)
{
	(void)flags; /* real and effective ids are the same, and links are the host's */
	return SYS_faccessat_function(folder, path, access);
}

#ifndef __aarch64__
long SYS_access_function(const char *path, int access)
{
	return SYS_faccessat_function(AT_FDCWD, path, access);
}

long SYS_stat64_function(const char *path, struct kernel_stat *result)
{
	return SYS_newfstatat_function(AT_FDCWD, path, result, 0);
}

long SYS_lstat64_function(const char *path, struct kernel_stat *result)
{
	return SYS_newfstatat_function(AT_FDCWD, path, result, AT_SYMLINK_NOFOLLOW);
}
#endif
