/* What an open file is. In a file of its own, as seeking needs no more of stat. */

#include <errno.h>
#include <string.h>
#include "common.h"
#include "common/file.h"

long __common_status(struct file *file, struct status *status)
{
	memset(status, 0, sizeof *status);
	status->links = 1;
	if (file->kind->status) return file->kind->status(file, status);
	return file->system ? file->system->status(file->system, file->rest, status) : -EBADF;
}
