/* Files: descriptors, opening and closing. A file is attached as long as it is open, read-only, so reading is copying. */

#include <errno.h>
#include <fcntl.h>
#include <l4/re/c/rm.h>
#include "backend.h"

static struct file files[DESCRIPTORS] = {
	{ .references = 1, .kind = CONSOLE, .flags = O_RDONLY },
	{ .references = 1, .kind = CONSOLE, .flags = O_WRONLY },
	{ .references = 1, .kind = CONSOLE, .flags = O_WRONLY },
};
static struct file *descriptors[DESCRIPTORS] = { files, files + 1, files + 2 };

/* Here and below, the lock of files is held by the caller, unless it is a system call. */
struct file *__l4re_file(int fd)
{
	return fd >= 0 && fd < DESCRIPTORS ? descriptors[fd] : 0;
}

static void drop(struct file *file)
{
	if (--file->references) return;
	if (file->data) __l4re_detach((void *)file->data, file->size);
	if (file->kind == REGULAR || file->kind == FOLDER) __l4re_release(file->object);
	file->data = 0;
	file->kind = UNUSED;
}

/* Gives the file a descriptor: the lowest free one from that on, or exactly that one. */
long __l4re_duplicate(struct file *file, int lowest, int exact)
{
	if (lowest < 0 || lowest >= DESCRIPTORS) return exact ? -EBADF : -EINVAL;
	int fd = lowest;
	if (!exact) while (fd < DESCRIPTORS && descriptors[fd]) fd++;
	if (fd == DESCRIPTORS) return -EMFILE;
	file->references++;
	if (descriptors[fd]) drop(descriptors[fd]);
	descriptors[fd] = file;
	return fd;
}

long __l4re_close(int fd)
{
	struct file *file = __l4re_file(fd);
	if (!file) return -EBADF;
	descriptors[fd] = 0;
	drop(file);
	return 0;
}

static long check(struct file *file, int flags)
{
	if (flags & O_CREAT && flags & O_EXCL) return -EEXIST;
	if (file->kind == FOLDER) return (flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT ? -EISDIR : 0;
	if (flags & O_DIRECTORY) return -ENOTDIR;
	return (flags & O_ACCMODE) != O_RDONLY || flags & O_TRUNC ? -EROFS : 0;
}

/* Of a relative path, the folder must be the root, as L4Re's name spaces don't know where they are. */
long __l4re_open(int folder, const char *path, int flags)
{
	if (!*path) return -ENOENT;
	if (*path != '/' && folder != AT_FDCWD) {
		struct file *base = __l4re_file(folder);
		if (!base) return -EBADF;
		return base->kind == FOLDER ? -ENOSYS : -ENOTDIR;
	}
	struct file *file = files;
	while (file < files + DESCRIPTORS && file->references) file++;
	if (file == files + DESCRIPTORS) return -ENFILE;
	if (!file->object) file->object = __l4re_new_slot();

	long error = __l4re_resolve(path, file);
	if (error == -ENOENT && flags & O_CREAT) return -EROFS;
	if (error) return error;
	file->references = 1;
	file->flags = flags & (O_ACCMODE | O_APPEND);
	file->position = 0;

	void *address = 0;
	error = check(file, flags);
	if (!error && file->size) error = __l4re_attach(&address, file->size, L4RE_RM_F_R, file->object, 0);
	if (error >= 0) {
		file->data = address;
		error = __l4re_duplicate(file, 0, 0);
	}
	drop(file); /* the descriptor has its own reference */
	return error;
}

long SYS_openat_function(int folder, const char *path, int flags, mode_t mode)
{
	(void)mode;
	__l4re_lock(&__l4re_files_lock);
	long fd = __l4re_open(folder, path, flags);
	__l4re_unlock(&__l4re_files_lock);
	return fd;
}

/* There are no files to be made with it. */
long SYS_umask_function(mode_t mask)
{
	static mode_t kept = 022;
	return __atomic_exchange_n(&kept, mask & 0777, __ATOMIC_RELAXED);
}

long SYS_close_function(int fd)
{
	__l4re_lock(&__l4re_files_lock);
	long error = __l4re_close(fd);
	__l4re_unlock(&__l4re_files_lock);
	return error;
}

#ifdef __arm__
long SYS_open_function(const char *path, int flags, mode_t mode)
{
	return SYS_openat_function(AT_FDCWD, path, flags, mode);
}
#endif
