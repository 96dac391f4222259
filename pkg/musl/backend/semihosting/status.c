/*
 * What a file is. Semihosting tells its size; opening tells whether it is there, a folder, readable or writable. No
 * times (0), owners (0) or executable bits (none for files); the inode number is a hash of the name that was opened.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include "semihosting.h"

static long status_of(int fd, struct status *status)
{
	struct file *file = __semihosting_file(fd);
	if (!file) return -EBADF;
	status->inode = file->kind == CONSOLE ? 1 : file->name;
	long size = file->kind == REGULAR ? SH_CALL(SH_FLEN, file->handle) : 0;
	status->size = size < 0 ? 0 : size; /* QEMU can't tell the length of what has none, as a pipe */
	status->mode = file->kind == CONSOLE ? S_IFCHR | 0600 : file->kind == FOLDER ? S_IFDIR | 0755
		: file->writable ? S_IFREG | 0644 : S_IFREG | 0444;
	return 0;
}

long __backend_status(int folder, const char *path, int flags, struct status *status)
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
