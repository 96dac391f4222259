/* From one file to another: sendfile and copy_file_range, by reading and writing. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include "common.h"
#include "common/file.h"

#define STEP 4096

/* One step of it, at these positions; without one, at the file's. What was read and not written is not taken. */
static long copy_step(int from, uint64_t position, int to, int64_t *to_offset, size_t size)
{
	char buffer[STEP];
	long got = SYS_pread64_function(from, buffer, size < STEP ? size : STEP, position);
	if (got <= 0) return got;
	long written = to_offset ? SYS_pwrite64_function(to, buffer, got, *to_offset) : SYS_write_function(to, buffer, got);
	if (written > 0 && to_offset) *to_offset += written;
	return written;
}

static long copy(int from, struct file *file, int64_t *from_offset, int to, int64_t *to_offset, size_t count)
{
	int64_t position = from_offset ? *from_offset : (int64_t)file->position;
	size_t done = 0;
	long result = 0;
	if (position < 0) return -EINVAL;
	if (count > LONG_MAX) count = LONG_MAX;
	while (done < count) {
		result = copy_step(from, position, to, to_offset, count - done);
		if (result <= 0) break;
		position += result;
		done += result;
		if (result < STEP && done < count) break; /* the end, or no more room */
	}
	if (from_offset) *from_offset = position;
	else file->position = position;
	return done ? (long)done : result;
}

/* Files with a position only, of which the first can be read. */
static long copy_between(int from, int64_t *from_offset, int to, int64_t *to_offset, size_t count)
{
	struct file *file = __common_file(from);
	if (!file) return -EBADF;
	long result = file->kind->seeks ? copy(from, file, from_offset, to, to_offset, count) : -EINVAL;
	__common_put(file);
	return result;
}

long SYS_sendfile_function(int to, int from, int64_t *offset, size_t count)
{
	return copy_between(from, offset, to, 0, count);
}

long SYS_copy_file_range_function(int from, int64_t *from_offset, int to, int64_t *to_offset, size_t count, unsigned flags)
{
	if (flags) return -EINVAL;
	struct file *file = __common_file(to);
	if (!file) return -EBADF;
	long error = !file->kind->seeks ? -EINVAL : file->flags & O_APPEND ? -EBADF : 0;
	__common_put(file);
	return error ? error : copy_between(from, from_offset, to, to_offset, count);
}
