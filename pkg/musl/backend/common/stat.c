/* What a file is, in the forms in which callers want to know it. Times and owners are 0. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "common.h"

static long fill(int folder, const char *path, int flags, struct kernel_stat *result)
{
	struct status status;
	long error = __backend_status(folder, path, flags, &status);
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
	return fill(fd, "", AT_EMPTY_PATH, result);
}

long SYS_newfstatat_function(int folder, const char *path, struct kernel_stat *result, int flags)
{
	return fill(folder, path, flags, result);
}

long SYS_statx_function(int folder, const char *path, int flags, unsigned mask, struct statx *result)
{
	struct status status;
	long error = __backend_status(folder, path, flags, &status);
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

/* The program is the owner of everything. */
long SYS_faccessat_function(int folder, const char *path, int access)
{
	struct status status;
	long error = __backend_status(folder, path, 0, &status);
	if (error) return error;
	if (access & R_OK && !(status.mode & S_IRUSR)) return -EACCES;
	if (access & W_OK && !(status.mode & S_IWUSR)) return -NOT_WRITABLE;
	return access & X_OK && !(status.mode & S_IXUSR) ? -EACCES : 0;
}

/* Real and effective ids are the same, and links not this library's business. */
long SYS_faccessat2_function(int folder, const char *path, int access, int flags)
{
	(void)flags;
	return SYS_faccessat_function(folder, path, access);
}

#ifdef __arm__
long SYS_access_function(const char *path, int access)
{
	return SYS_faccessat_function(AT_FDCWD, path, access);
}

long SYS_stat64_function(const char *path, struct kernel_stat *result)
{
	return fill(AT_FDCWD, path, 0, result);
}

long SYS_lstat64_function(const char *path, struct kernel_stat *result)
{
	return fill(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, result);
}
#endif
