/* Reading, writing and positions. */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/uio.h>
#include "semihosting.h"

static long long size_of(struct file *file)
{
	return SH_CALL(SH_FLEN, file->handle);
}

/* The specification leaves positions behind the end undefined; QEMU's lseek takes them. */
static long seek(struct file *file, long long position)
{
	if (position < 0) return -EINVAL;
	if (position > LONG_MAX) return -EOVERFLOW; /* the field has the processor's width */
	return SH_CALL(SH_SEEK, file->handle, (long)position) ? __semihosting_host_error() : 0;
}

/* SYS_READ and SYS_WRITE return how much was not transferred, and of an error QEMU says no more than that. */
long __semihosting_transfer(int operation, struct file *file, const void *buffer, size_t size)
{
	int access = file->flags & O_ACCMODE;
	if (access == (operation == SH_READ ? O_WRONLY : O_RDONLY)) return -EBADF;
	if (file->kind == FOLDER) return -EISDIR;
	if (!size) return 0;
	if (size > LONG_MAX) size = LONG_MAX;
	/* QEMU opens for appending, but doesn't append. */
	if (operation == SH_WRITE && file->kind == REGULAR && file->flags & O_APPEND) {
		file->position = size_of(file);
		long error = seek(file, file->position);
		if (error) return error;
	}
	long handle = file->kind == CONSOLE ? __semihosting_console_handle(file) : file->handle;
	long left = SH_CALL(operation, handle, (long)buffer, size);
	if (left < 0 || (size_t)left > size) return -EIO;
	if ((size_t)left == size && operation == SH_WRITE) return -EIO;
	size -= left;
	file->position += size;
	return size;
}

long __semihosting_transfer_at(int operation, int fd, const void *buffer, size_t size, long long offset)
{
	struct file *file = __semihosting_file(fd);
	if (!file) return -EBADF;
	if (file->kind == CONSOLE) return -ESPIPE;
	long long position = file->position;
	long error = seek(file, offset);
	if (error) return error;
	long result = __semihosting_transfer(operation, file, buffer, size);
	error = seek(file, position);
	file->position = position;
	return error ? error : result;
}

static long transfer(int operation, int fd, const void *buffer, size_t size)
{
	struct file *file = __semihosting_file(fd);
	return file ? __semihosting_transfer(operation, file, buffer, size) : -EBADF;
}

static long transfer_vector(int operation, int fd, const struct iovec *vector, int count)
{
	struct file *file = __semihosting_file(fd);
	long done = 0;
	if (!file) return -EBADF;
	if (count < 0 || count > IOV_MAX) return -EINVAL;
	for (; count--; vector++) {
		long n = __semihosting_transfer(operation, file, vector->iov_base, vector->iov_len);
		if (n < 0) return done ? done : n;
		done += n;
		if ((size_t)n < vector->iov_len) break;
		/* A second read of a terminal would wait for the next line. */
		if (n && operation == SH_READ && file->kind == CONSOLE) break;
	}
	return done;
}

static long long set_position(int fd, long long offset, int whence)
{
	struct file *file = __semihosting_file(fd);
	if (!file) return -EBADF;
	if (file->kind == CONSOLE) return -ESPIPE;
	switch (whence) {
	case SEEK_SET: break;
	case SEEK_CUR: offset += file->position; break;
	case SEEK_END: offset += size_of(file); break;
	default: return -EINVAL;
	}
	long error = seek(file, offset);
	if (error) return error;
	return file->position = offset;
}

long SYS_read_function(int fd, void *buffer, size_t size) { return transfer(SH_READ, fd, buffer, size); }
long SYS_write_function(int fd, const void *buffer, size_t size) { return transfer(SH_WRITE, fd, buffer, size); }
long SYS_readv_function(int fd, const struct iovec *vector, int count) { return transfer_vector(SH_READ, fd, vector, count); }
long SYS_writev_function(int fd, const struct iovec *vector, int count) { return transfer_vector(SH_WRITE, fd, vector, count); }

long SYS_pread64_function(int fd, void *buffer, size_t size, off_t offset)
{
	return __semihosting_transfer_at(SH_READ, fd, buffer, size, offset);
}

long SYS_pwrite64_function(int fd, const void *buffer, size_t size, off_t offset)
{
	return __semihosting_transfer_at(SH_WRITE, fd, buffer, size, offset);
}

/* Only to write at an offset where O_APPEND is set. Without it, pwrite has an error there. */
long SYS_pwritev2_function(int fd, const struct iovec *parts, int count, long offset_low, long offset_high, int flags)
{
	(void)fd, (void)parts, (void)count, (void)offset_low, (void)offset_high, (void)flags;
	return -ENOSYS;
}

#ifdef __aarch64__
long SYS_lseek_function(int fd, off_t offset, int whence)
{
	return set_position(fd, offset, whence);
}
#else
long SYS__llseek_function(int fd, unsigned long high, unsigned long low, off_t *position, int whence)
{
	long long result = set_position(fd, (long long)high << 32 | low, whence);
	if (result < 0) return result;
	*position = result;
	return 0;
}
#endif
