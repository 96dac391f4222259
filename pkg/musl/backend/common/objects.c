/* Files without a name. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include "common.h"
#include "common/objects.h"

long __common_new_object(const struct file_kind *kind, void *object, int flags)
{
	struct file *file = __common_new_file(kind, O_RDWR | (flags & O_NONBLOCK));
	if (!file) {
		struct file none = { .kind = kind, .object = object };
		kind->release(&none);
		return -ENFILE;
	}
	file->object = object;
	return __common_new_descriptor(file, flags & O_CLOEXEC);
}

struct file *__common_file_of_kind(int fd, const struct file_kind *kind, long other, long *error)
{
	struct file *file = __common_file(fd);
	*error = file ? 0 : -EBADF;
	if (!file || file->kind == kind) return file;
	__common_put(file);
	*error = other;
	return 0;
}

long __common_status_of_nothing(struct file *file, struct status *status)
{
	(void)file;
	*status = (struct status){ .mode = 0600, .links = 1, .inode = 1 };
	return 0;
}
