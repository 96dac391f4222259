/* What a file is: kind and size. L4Re knows no times, owners or permissions; the inode number is a hash of the name. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include "backend.h"

static long status_of(int fd, struct status *status)
{
	struct file *file = __l4re_file(fd);
	if (!file) return -EBADF;
	status->inode = file->kind == CONSOLE ? 1 : file->name;
	status->size = file->kind == REGULAR ? file->size : 0;
	status->mode = file->kind == CONSOLE ? S_IFCHR | 0600 : file->kind == FOLDER ? S_IFDIR | 0555 : S_IFREG | 0444;
	return 0;
}

long __backend_status(int folder, const char *path, int flags, struct status *status)
{
	__l4re_lock(&__l4re_files_lock);
	int opened = *path || !(flags & AT_EMPTY_PATH);
	long fd = opened ? __l4re_open(folder, path, O_RDONLY) : folder;
	long error = opened && fd < 0 ? fd : status_of(fd, status);
	if (opened && fd >= 0) __l4re_close(fd);
	__l4re_unlock(&__l4re_files_lock);
	return error;
}
