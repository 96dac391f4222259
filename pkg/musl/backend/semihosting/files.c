/*
 * Files of the host and the console: the table of descriptors, opening and closing. Names are the host's, relative to
 * QEMU's working directory. Semihosting opens with fopen's modes, so open's flags are made of several steps; these are
 * not atomic to other programs of the host. Error numbers are the host's, and right if it is Linux.
 */

#include <errno.h>
#include <fcntl.h>
#include "semihosting.h"

static struct file files[DESCRIPTORS] = {
	{ .references = 1, .kind = CONSOLE, .handle = -1, .flags = O_RDONLY },
	{ .references = 1, .kind = CONSOLE, .handle = -1, .flags = O_WRONLY, .writable = 1 },
	{ .references = 1, .kind = CONSOLE, .handle = -1, .flags = O_WRONLY | O_APPEND, .writable = 1 },
};
static struct file *descriptors[DESCRIPTORS] = { files, files + 1, files + 2 };

long __semihosting_host_error(void)
{
	long error = __semihosting_call(SH_ERRNO, 0);
	return error > 0 && error < 4096 ? -error : -EIO;
}

long __semihosting_host_open(const char *path, int mode)
{
	long handle = SH_CALL(SH_OPEN, (long)path, mode, __semihosting_length(path));
	return handle < 0 ? __semihosting_host_error() : handle;
}

struct file *__semihosting_file(int fd)
{
	return fd >= 0 && fd < DESCRIPTORS ? descriptors[fd] : 0;
}

/* ":tt" is the console: stdin, stdout or stderr for the modes r, w and a. Opened at the first use. */
long __semihosting_console_handle(struct file *file)
{
	if (file->handle < 0) {
		int mode = file->flags & O_APPEND ? SH_MODE_AB : file->flags & O_WRONLY ? SH_MODE_WB : SH_MODE_RB;
		file->handle = __semihosting_host_open(":tt", mode);
	}
	return file->handle;
}

/* Gives the file a descriptor: the lowest free one from that on, or exactly that one. */
long __semihosting_duplicate(struct file *file, int lowest, int exact)
{
	if (lowest < 0 || lowest >= DESCRIPTORS) return exact ? -EBADF : -EINVAL;
	int fd = lowest;
	file->references++;
	if (exact) __semihosting_close(fd);
	else while (fd < DESCRIPTORS && descriptors[fd]) fd++;
	if (fd == DESCRIPTORS) {
		file->references--;
		return -EMFILE;
	}
	descriptors[fd] = file;
	return fd;
}

long __semihosting_close(int fd)
{
	struct file *file = __semihosting_file(fd);
	if (!file) return -EBADF;
	descriptors[fd] = 0;
	if (--file->references == 0 && file->handle >= 0) SH_CALL(SH_CLOSE, file->handle);
	return 0;
}

/* Whether a name relative to the folder can be used: the host resolves it by its own working directory only. */
long __semihosting_relative(int folder, const char *path)
{
	if (!*path) return -ENOENT;
	if (folder == AT_FDCWD || *path == '/') return 0;
	struct file *file = __semihosting_file(folder);
	return !file ? -EBADF : file->kind != FOLDER ? -ENOTDIR : -ENOSYS;
}

/* The handle again, in another mode. */
static long reopen(long handle, const char *path, int mode)
{
	SH_CALL(SH_CLOSE, handle);
	return __semihosting_host_open(path, mode);
}

static long open_host(const char *path, int flags, struct file *file)
{
	int reads = (flags & O_ACCMODE) == O_RDONLY;
	int mode = reads ? SH_MODE_RB : SH_MODE_RB_PLUS;
	long handle = __semihosting_host_open(path, mode);
	if (handle >= 0 && flags & O_CREAT && flags & O_EXCL) {
		SH_CALL(SH_CLOSE, handle);
		return -EEXIST;
	}
	if (handle == -ENOENT && flags & O_CREAT) {
		/* Appending creates, but loses nothing if somebody else was faster. */
		handle = __semihosting_host_open(path, SH_MODE_AB);
		if (handle >= 0) handle = reopen(handle, path, mode);
	}
	if (handle < 0) return handle;

	file->kind = REGULAR;
	file->writable = !reads;
	if (reads) {
		/* QEMU opens a folder for reading as Linux does. Opening it for writing tells. */
		long probe = __semihosting_host_open(path, SH_MODE_RB_PLUS);
		if (probe >= 0) SH_CALL(SH_CLOSE, probe);
		file->writable = probe >= 0;
		if (probe == -EISDIR) file->kind = FOLDER;
	}
	if (file->kind == REGULAR ? flags & O_DIRECTORY : flags & O_CREAT) {
		SH_CALL(SH_CLOSE, handle);
		return file->kind == REGULAR ? -ENOTDIR : -EISDIR;
	}
	if (flags & O_TRUNC && !reads) handle = reopen(handle, path, SH_MODE_WB_PLUS);
	if (flags & O_APPEND && !reads && handle >= 0) handle = reopen(handle, path, SH_MODE_AB_PLUS);
	return handle;
}

long __semihosting_open(const char *path, int flags)
{
	struct file *file = files;
	while (file < files + DESCRIPTORS && file->references) file++;
	if (file == files + DESCRIPTORS) return -ENFILE;

	long handle = open_host(path, flags, file);
	if (handle < 0) return handle;
	file->references = 0;
	file->handle = handle;
	file->flags = flags & (O_ACCMODE | O_APPEND);
	file->position = 0;
	file->name = __common_hash(path);

	long fd = __semihosting_duplicate(file, 0, 0);
	if (fd < 0) SH_CALL(SH_CLOSE, handle);
	return fd;
}

/* The mode of a new file is QEMU's, 0644. */
long SYS_openat_function(int folder, const char *path, int flags, mode_t mode)
{
	(void)mode;
	long error = __semihosting_relative(folder, path);
	return error ? error : __semihosting_open(path, flags);
}

long SYS_close_function(int fd)
{
	return __semihosting_close(fd);
}

#ifndef __aarch64__
long SYS_open_function(const char *path, int flags, mode_t mode)
{
	return SYS_openat_function(AT_FDCWD, path, flags, mode);
}
#endif
