/* Positions in files, in programs that can open some. */

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>
#include "common.h"
#include "common/file.h"

const char __common_seeking;

static long long end_of(struct file *file)
{
	struct status status;
	long error = __common_status(file, &status);
	return error ? error : (long long)status.size;
}

/* The place from which the offset counts. SEEK_DATA and SEEK_HOLE: there are no holes but the one behind the end. */
static long long base_of(struct file *file, long long offset, int whence)
{
	long long end = whence == SEEK_SET || whence == SEEK_CUR ? 0 : end_of(file);
	if (end < 0) return end;
	switch (whence) {
	case SEEK_SET: return 0;
	case SEEK_CUR: return file->position;
	case SEEK_END: return end;
	case SEEK_DATA: return offset < 0 || offset >= end ? -ENXIO : 0;
	case SEEK_HOLE: return offset < 0 || offset >= end ? -ENXIO : end - offset;
	}
	return -EINVAL;
}

long long __common_seek(struct file *file, long long offset, int whence)
{
	long long base = base_of(file, offset, whence);
	if (base < 0) return base;
	if (offset > LLONG_MAX - base) return -EOVERFLOW;
	if (base + offset < 0) return -EINVAL;
	return file->position = base + offset;
}
