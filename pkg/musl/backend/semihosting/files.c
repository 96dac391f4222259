/*
 * Files of the host: QEMU's working directory is the folder /host, which is the current one at the start. Semihosting opens
 * with fopen's modes, so open's flags are made of several steps; these are not atomic to other programs of the host. It can't
 * list or make folders. Error numbers are the host's, and right if it is Linux.
 *
 * No times (0), owners (0) or executable bits; the inode number is a hash of the name that was opened.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include "common.h"
#include "common/file.h"

#define DEVICE 5

/* Of an open file. The host has a position, too, which need not be that of the next transfer. */
struct host_file { long handle; uint64_t position; char writable; };

const char __backend_first_folder[] = "/host";

long __semihosting_host_error(void)
{
	long error = __semihosting_call(SH_ERRNO, 0);
	return error > 0 && error < 4096 ? -error : -EIO;
}

/* The folder itself is the name without characters. */
long __semihosting_host_open(const char *path, int mode)
{
	if (!*path) path = ".";
	long handle = SH_CALL(SH_OPEN, (long)path, mode, __common_length(path));
	return handle < 0 ? __semihosting_host_error() : handle;
}

static void host_close(long handle)
{
	SH_CALL(SH_CLOSE, handle);
}

static struct host_file *host(struct file *file)
{
	return file->object;
}

/* -- Content -- */

static long long size_of(struct file *file)
{
	long size = SH_CALL(SH_FLEN, host(file)->handle);
	return size < 0 ? 0 : size; /* QEMU can't tell the length of what has none, as a pipe */
}

/* The specification leaves positions behind the end undefined; QEMU's lseek takes them. */
static long seek(struct file *file, uint64_t position)
{
	if (host(file)->position == position) return 0;
	if (position > LONG_MAX) return -EOVERFLOW; /* the field has the processor's width */
	if (SH_CALL(SH_SEEK, host(file)->handle, (long)position)) return __semihosting_host_error();
	host(file)->position = position;
	return 0;
}

/* SYS_READ and SYS_WRITE return how much was not transferred, and of an error QEMU says no more than that. */
long __semihosting_transfer(int operation, long handle, const struct iovec *parts, int count)
{
	long done = 0;
	for (; count--; parts++) {
		if (!parts->iov_len) continue;
		long left = SH_CALL(operation, handle, (long)parts->iov_base, parts->iov_len);
		if (left < 0 || (size_t)left > parts->iov_len) return done ? done : -EIO;
		if ((size_t)left == parts->iov_len && operation == SH_WRITE) return done ? done : -EIO;
		done += parts->iov_len - left;
		if (left) break;
	}
	return done;
}

static long transfer(int operation, struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	long result = seek(file, *position);
	if (!result) result = __semihosting_transfer(operation, host(file)->handle, parts, count);
	if (result > 0) host(file)->position = *position += result;
	return result;
}

static long read_host(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	return transfer(SH_READ, file, parts, count, position);
}

/* QEMU opens for appending, but doesn't append. */
static long write_host(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	if (*position == AT_END) *position = size_of(file);
	return transfer(SH_WRITE, file, parts, count, position);
}

/* The file again, in another mode. */
static long reopen(struct file *file, const char *path, int mode)
{
	long handle = __semihosting_host_open(path, mode);
	if (handle < 0) return handle;
	host_close(host(file)->handle);
	host(file)->handle = handle;
	host(file)->position = 0;
	return 0;
}

/* The host can't shorten a file, but empty it: what is to stay is written again. */
static long shorten(struct file *file, size_t size)
{
	struct iovec part = { size ? __common_allocate(size) : 0, size };
	uint64_t from = 0, to = 0;
	if (size && !part.iov_base) return -ENOMEM;
	long result = size ? read_host(file, &part, 1, &from) : 0;
	if (result >= 0) result = reopen(file, file->rest, SH_MODE_WB_PLUS);
	if (result >= 0 && size) result = transfer(SH_WRITE, file, &part, 1, &to);
	__common_free(part.iov_base);
	return result < 0 ? result : 0;
}

static long lengthen(struct file *file, uint64_t size)
{
	const struct iovec zero = { "", 1 };
	uint64_t last = size - 1;
	long result = transfer(SH_WRITE, file, &zero, 1, &last);
	return result < 0 ? result : 0;
}

/* Modes, owners and times are the host's. */
static long change(struct file *file, const struct change *change)
{
	if (change->what & ~SIZE) return -EPERM;
	if (change->size > LONG_MAX) return -EFBIG;
	uint64_t size = size_of(file);
	return change->size > size ? lengthen(file, change->size) : change->size < size ? shorten(file, change->size) : 0;
}

static long status_of_open(struct file *file, struct status *status)
{
	*status = (struct status){
		.mode = file->kind->list ? S_IFDIR | 0755 : host(file)->writable ? S_IFREG | 0644 : S_IFREG | 0444,
		.links = 1, .device = DEVICE, .inode = __common_hash(file->rest),
		.size = file->kind->list ? 0 : size_of(file),
	};
	status->blocks = (status->size + 511) / 512;
	return 0;
}

static long list(struct file *file, uint64_t *position, struct listing *listing)
{
	(void)file, (void)position, (void)listing;
	return -ENOSYS;
}

static void release(struct file *file)
{
	host_close(host(file)->handle);
	__common_free(file->object);
}

static const struct file_kind regular = {
	.read = read_host, .write = write_host, .seeks = 1, .status = status_of_open, .change = change, .release = release,
};
static const struct file_kind folder = { .list = list, .status = status_of_open, .release = release };

/* -- Names -- */

/* QEMU opens a folder for reading as Linux does. Opening it for writing tells. */
static long probe(const char *path)
{
	long handle = __semihosting_host_open(path, SH_MODE_RB_PLUS);
	if (handle >= 0) host_close(handle);
	return handle < 0 ? handle : 0;
}

static long open_handle(const char *path, int flags)
{
	int mode = (flags & O_ACCMODE) != O_RDONLY ? SH_MODE_RB_PLUS : SH_MODE_RB;
	int creates = flags & O_CREAT, must_create = creates && flags & O_EXCL;
	long handle = __semihosting_host_open(path, must_create ? SH_MODE_RB : mode);
	if (must_create && handle >= 0) {
		host_close(handle);
		return -EEXIST;
	}
	if (handle == -ENOENT && creates) {
		/* Appending creates, but loses nothing if somebody else was faster. */
		handle = __semihosting_host_open(path, SH_MODE_AB);
		if (handle < 0) return handle;
		host_close(handle);
		handle = __semihosting_host_open(path, mode);
	}
	return handle;
}

/* The mode of a new file is QEMU's, 0644. */
static long open_host(const struct file_system *system, const char *path, int flags, mode_t mode, struct file *file)
{
	(void)system, (void)mode;
	int writes = (flags & O_ACCMODE) != O_RDONLY;
	long handle = open_handle(path, flags);
	if (handle < 0) return handle;
	long read_only = writes ? 0 : probe(path);
	file->kind = read_only == -EISDIR ? &folder : &regular;
	long error = __common_may_open(file->kind == &folder ? S_IFDIR : S_IFREG, flags & ~O_EXCL);
	struct host_file *own = error ? 0 : __common_allocate(sizeof *own);
	if (!own) {
		host_close(handle);
		return error ? error : -ENOMEM;
	}
	own->handle = handle;
	own->writable = !read_only;
	file->object = own;
	if (flags & O_TRUNC && writes) {
		error = reopen(file, path, SH_MODE_WB_PLUS);
		if (error) release(file);
	}
	return error;
}

static long status_host(const struct file_system *system, const char *path, struct status *status)
{
	struct file file = { .rest = (char *)path };
	long error = open_host(system, path, O_RDONLY, 0, &file);
	if (error) return error;
	status_of_open(&file, status);
	release(&file);
	return 0;
}

static long change_host(const struct file_system *system, const char *path, const struct change *what)
{
	struct file file = { .rest = (char *)path };
	long error = open_host(system, path, O_RDWR, 0, &file);
	if (error) return error;
	error = change(&file, what);
	release(&file);
	return error;
}

/* Folders and special files can't be made over semihosting. */
static long make(const struct file_system *system, const char *path, mode_t mode, uint64_t special, const char *target)
{
	(void)system, (void)special, (void)target;
	if (!S_ISREG(mode)) return -EPERM;
	long handle = __semihosting_host_open(path, SH_MODE_AB);
	if (handle < 0) return handle;
	host_close(handle);
	return 0;
}

/* QEMU removes with C's remove, which takes files and empty folders. */
static long remove_host(const struct file_system *system, const char *path, int is_folder)
{
	(void)system, (void)is_folder;
	return SH_CALL(SH_REMOVE, (long)path, __common_length(path)) ? __semihosting_host_error() : 0;
}

static long rename_host(const struct file_system *system, const char *old, const char *new, unsigned flags)
{
	(void)system;
	if (flags & RENAME_EXCHANGE) return -EINVAL;
	return SH_CALL(SH_RENAME, (long)old, __common_length(old), (long)new, __common_length(new))
		? __semihosting_host_error() : 0;
}

static const struct file_system host_files = {
	.device = DEVICE, .open = open_host, .status = status_host, .change = change_host, .make = make,
	.remove = remove_host, .rename = rename_host,
};

const struct file_system *__backend_system_of(const char *path, const char **rest)
{
	*rest = __common_below(path, __backend_first_folder);
	return *rest ? &host_files : 0;
}

const char *__backend_root_entry(size_t index, char name[256])
{
	(void)name;
	return index ? 0 : __backend_first_folder + 1;
}
