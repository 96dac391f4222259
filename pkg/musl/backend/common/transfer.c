/* Writing and positions, and what reading has in common with it. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>
#include <sys/stat.h>
#include "common.h"
#include "common/file.h"

static long check(struct file *file, int writing)
{
	int access = file->flags & O_ACCMODE;
	if (file->flags & O_PATH || access == (writing ? O_RDONLY : O_WRONLY)) return -EBADF;
	if (writing ? file->kind->write != 0 : file->kind->read != 0) return 0;
	return file->kind->list ? -EISDIR : -EINVAL;
}

/* With O_APPEND, Linux's calls append whatever the offset says: pwrite(2), "Bugs". */
static long transfer(struct file *file, enum access how, const struct iovec *parts, int count, uint64_t *position)
{
	if (how == READS) return file->kind->read(file, parts, count, position);
	int appends = how == WRITES && file->flags & O_APPEND;
	uint64_t end = AT_END;
	long result = file->kind->write(file, parts, count, appends ? &end : position);
	if (appends && end != AT_END) *position = end;
	return result;
}

/* With an offset, at that place, and the position stays as it is. */
long __common_transfer(int fd, enum access how, const struct iovec *parts, int count, const int64_t *offset)
{
	if (count < 0 || count > IOV_MAX) return -EINVAL;
	if (offset && *offset < 0) return -EINVAL;
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	long result = check(file, how != READS);
	if (!result && offset && !file->kind->seeks) result = -ESPIPE;
	if (result) {
		__common_put(file);
		return result;
	}
	int at_position = !offset && file->kind->seeks;
	uint64_t there = offset ? *offset : 0;
	if (at_position) __common_lock(&file->lock);
	result = transfer(file, how, parts, count, at_position ? &file->position : &there);
	if (at_position) __common_unlock(&file->lock);
	__common_put(file);
	return result;
}

long SYS_write_function(int fd, const void *buffer, size_t size)
{
	struct iovec part = __common_part(buffer, size);
	return __common_transfer(fd, WRITES, &part, 1, 0);
}

long SYS_writev_function(int fd, const struct iovec *parts, int count)
{
	return __common_transfer(fd, WRITES, parts, count, 0);
}

long SYS_pwrite64_function(int fd, const void *buffer, size_t size, off_t offset)
{
	struct iovec part = __common_part(buffer, size);
	int64_t at = offset;
	return __common_transfer(fd, WRITES, &part, 1, &at);
}

long SYS_pwritev_function(int fd, const struct iovec *parts, int count, unsigned long low, unsigned long high)
{
	int64_t offset = __common_offset(low, high);
	return __common_transfer(fd, WRITES, parts, count, &offset);
}

/* musl's pwrite asks for this one with RWF_NOAPPEND, so that the offset counts, as POSIX has it. No other flag is served. */
long SYS_pwritev2_function(int fd, const struct iovec *parts, int count, long low, long high, int flags)
{
	int64_t offset = __common_offset(low, high);
	if (flags & ~RWF_NOAPPEND) return -EOPNOTSUPP;
	return __common_transfer(fd, flags ? WRITES_THERE : WRITES, parts, count, offset == -1 ? 0 : &offset);
}

static long long set_position(int fd, long long offset, int whence)
{
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	long long result = -ESPIPE;
	if (file->kind->seeks || file->kind->list) {
		__common_lock(&file->lock);
		result = __common_seek ? __common_seek(file, offset, whence) : -ESPIPE;
		__common_unlock(&file->lock);
	}
	__common_put(file);
	return result;
}

#ifdef __arm__
long SYS__llseek_function(int fd, unsigned long high, unsigned long low, off_t *position, int whence)
{
	long long result = set_position(fd, (long long)((unsigned long long)high << 32 | low), whence);
	if (result < 0) return result;
	*position = result;
	return 0;
}
#else
long SYS_lseek_function(int fd, off_t offset, int whence)
{
	return set_position(fd, offset, whence);
}
#endif
