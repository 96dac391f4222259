/* Descriptions of open files. Not in the file of descriptors, so that programs that open nothing have no heap for them. */

#define _GNU_SOURCE
#include <fcntl.h>
#include "common.h"
#include "common/file.h"

#define KEPT (O_ACCMODE | O_APPEND | O_NONBLOCK | O_DIRECT | O_NOATIME | O_PATH | O_DIRECTORY | O_SYNC | O_ASYNC)

struct file *__common_new_file(const struct file_kind *kind, int flags)
{
	struct file *file = __common_allocate(sizeof *file);
	if (!file) return 0;
	file->kind = kind;
	file->references = 1;
	file->flags = flags & KEPT;
	return file;
}
