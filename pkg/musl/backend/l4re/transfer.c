/* Reading, writing and positions. */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include "backend.h"

/* The file, with the lock of files held, if it can be read or written; or null, without the lock. */
static struct file *begin(int fd, int writing, long *error)
{
	__l4re_lock(&__l4re_files_lock);
	struct file *file = __l4re_file(fd);
	*error = 0;
	if (!file || (file->flags & O_ACCMODE) == (writing ? O_RDONLY : O_WRONLY)) *error = -EBADF;
	else if (file->kind == FOLDER) *error = -EISDIR;
	if (!*error) return file;
	__l4re_unlock(&__l4re_files_lock);
	return 0;
}

static size_t copy(struct file *file, void *buffer, size_t size, uint64_t offset)
{
	if (offset >= file->size) return 0;
	if (size > file->size - offset) size = file->size - offset;
	memcpy(buffer, file->data + offset, size);
	return size;
}

static long read_parts(int fd, const struct iovec *part, int count)
{
	long done, error;
	struct file *file = begin(fd, 0, &error);
	if (!file) return error;
	if (file->kind == CONSOLE) {
		__l4re_unlock(&__l4re_files_lock);
		while (count && !part->iov_len) count--, part++;
		return count ? __l4re_console_read(part->iov_base, part->iov_len) : 0;
	}
	for (done = 0; count--; part++) {
		size_t n = copy(file, part->iov_base, part->iov_len, file->position);
		file->position += n;
		done += n;
		if (n < part->iov_len) break;
	}
	__l4re_unlock(&__l4re_files_lock);
	return done;
}

/* Only the console can be open for writing. */
static long write_parts(int fd, const struct iovec *part, int count)
{
	long error;
	if (!begin(fd, 1, &error)) return error;
	__l4re_unlock(&__l4re_files_lock);
	return __l4re_console_write(part, count);
}

long SYS_read_function(int fd, void *buffer, size_t size)
{
	struct iovec part = { buffer, size > LONG_MAX ? LONG_MAX : size };
	return read_parts(fd, &part, 1);
}

long SYS_write_function(int fd, const void *buffer, size_t size)
{
	struct iovec part = { (void *)buffer, size > LONG_MAX ? LONG_MAX : size };
	return write_parts(fd, &part, 1);
}

long SYS_readv_function(int fd, const struct iovec *parts, int count)
{
	return count < 0 || count > IOV_MAX ? -EINVAL : read_parts(fd, parts, count);
}

long SYS_writev_function(int fd, const struct iovec *parts, int count)
{
	return count < 0 || count > IOV_MAX ? -EINVAL : write_parts(fd, parts, count);
}

long __l4re_read_at(int fd, void *buffer, size_t size, uint64_t offset)
{
	long error;
	struct file *file = begin(fd, 0, &error);
	if (!file) return error;
	long result = file->kind == CONSOLE ? -ESPIPE : (long)copy(file, buffer, size, offset);
	__l4re_unlock(&__l4re_files_lock);
	return result;
}

long SYS_pread64_function(int fd, void *buffer, size_t size, off_t offset)
{
	return offset < 0 ? -EINVAL : __l4re_read_at(fd, buffer, size, offset);
}

static long long set_position(int fd, long long offset, int whence)
{
	long long result = -EBADF;
	__l4re_lock(&__l4re_files_lock);
	struct file *file = __l4re_file(fd);
	if (file) {
		result = whence == SEEK_SET ? 0 : (long long)(whence == SEEK_CUR ? file->position : file->size);
		if (file->kind == CONSOLE) result = -ESPIPE;
		else if (whence != SEEK_SET && whence != SEEK_CUR && whence != SEEK_END) result = -EINVAL;
		else if (offset > LLONG_MAX - result) result = -EOVERFLOW;
		else if (result + offset < 0) result = -EINVAL;
		else file->position = result += offset;
	}
	__l4re_unlock(&__l4re_files_lock);
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
