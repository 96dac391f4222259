/* What changes files and folders by name. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include "common.h"
#include "common/file.h"

static const char *last_part(const char *name)
{
	const char *last = name;
	for (; *name; name++) if (*name == '/' && name[1] && name[1] != '/') last = name + 1;
	return last;
}

static int is_dots(const char *part, int count)
{
	for (int i = 0; i < count; i++) if (part[i] != '.') return 0;
	return !part[count] || part[count] == '/';
}

static int ends_with_slash(const char *name)
{
	size_t length = __common_length(name);
	return length && name[length - 1] == '/';
}

/* The root and what is mounted belong to nobody else. */
static int is_mounted(const struct place *place)
{
	return !*place->rest;
}

long __common_make(int folder, const char *name, mode_t mode, uint64_t special, const char *target)
{
	struct place place;
	struct status status;
	long error = __common_find(folder, name, 0, &place);
	if (error) return error;
	if (!place.system->status(place.system, place.rest, &status)) error = -EEXIST;
	else if (ends_with_slash(name) && !S_ISDIR(mode)) error = -ENOENT;
	else error = place.system->make ? place.system->make(place.system, place.rest, mode, special, target) : -EROFS;
	__common_free(place.path);
	return error;
}

long SYS_mkdirat_function(int folder, const char *name, mode_t mode)
{
	return __common_make(folder, name, S_IFDIR | __common_without_umask(mode), 0, 0);
}

long SYS_symlinkat_function(const char *target, int folder, const char *name)
{
	if (!*target) return -ENOENT;
	return __common_length(target) >= PATH_MAX ? -ENAMETOOLONG : __common_make(folder, name, S_IFLNK | 0777, 0, target);
}

long SYS_readlinkat_function(int folder, const char *name, char *target, size_t size)
{
	struct place place;
	struct status status;
	if ((long)size <= 0) return -EINVAL;
	long result = __common_find(folder, name, 0, &place);
	if (result) return result;
	result = place.system->status(place.system, place.rest, &status);
	if (!result) result = place.system->read_link && S_ISLNK(status.mode)
		? place.system->read_link(place.system, place.rest, target, size) : -EINVAL;
	__common_free(place.path);
	return result;
}

static long remove_place(const struct place *place, const char *name, int folder)
{
	struct status status;
	long error = place->system->status(place->system, place->rest, &status);
	if (error) return error;
	if (folder && !S_ISDIR(status.mode)) return -ENOTDIR;
	if (!folder && S_ISDIR(status.mode)) return -EISDIR;
	if (!folder && ends_with_slash(name)) return -ENOTDIR;
	if (is_mounted(place)) return -EBUSY;
	return place->system->remove ? place->system->remove(place->system, place->rest, folder) : -EROFS;
}

long SYS_unlinkat_function(int folder, const char *name, int flags)
{
	struct place place;
	if (flags & ~AT_REMOVEDIR) return -EINVAL;
	if (flags && is_dots(last_part(name), 1)) return -EINVAL;
	if (flags && is_dots(last_part(name), 2)) return -ENOTEMPTY;
	long error = __common_find(folder, name, 0, &place);
	if (error) return error;
	error = remove_place(&place, name, !!flags);
	__common_free(place.path);
	return error;
}

/* Two places at once; each path is the caller's. */
static long find_both(int old_folder, const char *old_name, int how, struct place *old, int new_folder, const char *new_name,
	struct place *new)
{
	long error = __common_find(old_folder, old_name, how, old);
	if (error) return error;
	error = __common_find(new_folder, new_name, 0, new);
	if (error) __common_free(old->path);
	return error;
}

static int is_below(const char *path, const char *folder)
{
	const char *rest = __common_below(path, folder);
	return rest && *rest;
}

static long rename_place(const struct place *old, const struct place *new, const char *old_name, const char *new_name,
	unsigned flags)
{
	struct status from, to;
	long error = old->system->status(old->system, old->rest, &from);
	if (error) return error;
	int exists = !new->system->status(new->system, new->rest, &to);
	if (is_mounted(old) || is_mounted(new)) return -EBUSY;
	if (exists && flags & RENAME_NOREPLACE) return -EEXIST;
	if (!exists && flags & RENAME_EXCHANGE) return -ENOENT;
	if (!S_ISDIR(from.mode) && (ends_with_slash(old_name) || ends_with_slash(new_name))) return -ENOTDIR;
	if (old->system != new->system) return -EXDEV;
	if (exists && !(flags & RENAME_EXCHANGE)) {
		if (S_ISDIR(to.mode) && !S_ISDIR(from.mode)) return -EISDIR;
		if (!S_ISDIR(to.mode) && S_ISDIR(from.mode)) return -ENOTDIR;
		if (from.inode == to.inode) return 0;
	}
	if (is_below(new->path, old->path) || is_below(old->path, new->path)) return exists ? -ENOTEMPTY : -EINVAL;
	return old->system->rename ? old->system->rename(old->system, old->rest, new->rest, flags) : -EROFS;
}

long SYS_renameat2_function(int old_folder, const char *old_name, int new_folder, const char *new_name, unsigned flags)
{
	struct place old, new;
	if (flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE) || flags == (RENAME_NOREPLACE | RENAME_EXCHANGE)) return -EINVAL;
	if (is_dots(last_part(old_name), 1) || is_dots(last_part(old_name), 2)) return -EBUSY;
	if (is_dots(last_part(new_name), 1) || is_dots(last_part(new_name), 2)) return -EBUSY;
	long error = find_both(old_folder, old_name, 0, &old, new_folder, new_name, &new);
	if (error) return error;
	error = rename_place(&old, &new, old_name, new_name, flags);
	__common_free(old.path);
	__common_free(new.path);
	return error;
}

long SYS_renameat_function(int old_folder, const char *old_name, int new_folder, const char *new_name)
{
	return SYS_renameat2_function(old_folder, old_name, new_folder, new_name, 0);
}

static long link_place(const struct place *old, const struct place *new)
{
	struct status status;
	long error = old->system->status(old->system, old->rest, &status);
	if (error) return error;
	if (S_ISDIR(status.mode)) return -EPERM;
	if (!new->system->status(new->system, new->rest, &status)) return -EEXIST;
	if (old->system != new->system) return -EXDEV;
	return old->system->link ? old->system->link(old->system, old->rest, new->rest) : -EPERM;
}

long SYS_linkat_function(int old_folder, const char *old_name, int new_folder, const char *new_name, int flags)
{
	struct place old, new;
	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH)) return -EINVAL;
	long error = find_both(old_folder, old_name, flags & AT_SYMLINK_FOLLOW ? FOLLOW : 0, &old, new_folder, new_name, &new);
	if (error) return error;
	error = ends_with_slash(new_name) ? -ENOENT : link_place(&old, &new);
	__common_free(old.path);
	__common_free(new.path);
	return error;
}

/* -- What a file is said to be -- */

static long change_file(int fd, const struct change *change)
{
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	long error = -EROFS;
	if (change->what & SIZE && (file->flags & O_ACCMODE) == O_RDONLY) error = -EINVAL;
	else if (change->what & SIZE && !file->kind->seeks) error = -EINVAL;
	else if (file->kind->change) error = file->kind->change(file, change);
	else if (file->system && file->system->change) error = file->system->change(file->system, file->rest, change);
	__common_put(file);
	return error;
}

static long change_place(int folder, const char *name, int how, const struct change *change)
{
	struct place place;
	struct status status;
	long error = __common_find(folder, name, how, &place);
	if (error) return error;
	error = place.system->status(place.system, place.rest, &status);
	if (!error && change->what & SIZE && !S_ISREG(status.mode)) error = S_ISDIR(status.mode) ? -EISDIR : -EINVAL;
	if (!error) error = place.system->change ? place.system->change(place.system, place.rest, change) : -EROFS;
	__common_free(place.path);
	return error;
}

long SYS_ftruncate_function(int fd, off_t size)
{
	const struct change change = { .what = SIZE, .size = size };
	return size < 0 ? -EINVAL : change_file(fd, &change);
}

long SYS_truncate_function(const char *name, off_t size)
{
	const struct change change = { .what = SIZE, .size = size };
	return size < 0 ? -EINVAL : change_place(AT_FDCWD, name, FOLLOW, &change);
}

long SYS_fchmod_function(int fd, mode_t mode)
{
	const struct change change = { .what = MODE, .mode = mode & 07777 };
	return change_file(fd, &change);
}

long SYS_fchmodat_function(int folder, const char *name, mode_t mode)
{
	const struct change change = { .what = MODE, .mode = mode & 07777 };
	return change_place(folder, name, FOLLOW, &change);
}

long SYS_fchmodat2_function(int folder, const char *name, mode_t mode, int flags)
{
	const struct change change = { .what = MODE, .mode = mode & 07777 };
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) return -EINVAL;
	if (!*name && flags & AT_EMPTY_PATH && folder != AT_FDCWD) return change_file(folder, &change);
	return change_place(folder, name, flags & AT_SYMLINK_NOFOLLOW ? 0 : FOLLOW, &change);
}

static struct change owner(unsigned user, unsigned group)
{
	return (struct change){ .what = (user == -1u ? 0 : OWNER) | (group == -1u ? 0 : GROUP), .user = user, .group = group };
}

long SYS_fchown_function(int fd, unsigned user, unsigned group)
{
	const struct change change = owner(user, group);
	return change_file(fd, &change);
}

long SYS_fchownat_function(int folder, const char *name, unsigned user, unsigned group, int flags)
{
	const struct change change = owner(user, group);
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) return -EINVAL;
	if (!*name && flags & AT_EMPTY_PATH && folder != AT_FDCWD) return change_file(folder, &change);
	return change_place(folder, name, flags & AT_SYMLINK_NOFOLLOW ? 0 : FOLLOW, &change);
}

static long time_of(const struct kernel_timespec *time, int64_t *result)
{
	if (time->tv_nsec == UTIME_NOW) *result = __common_time_of_day();
	else if (time->tv_nsec < 0 || time->tv_nsec >= SECOND) return -EINVAL;
	else *result = time->tv_sec * SECOND + time->tv_nsec;
	return 0;
}

/* Without a name, the file of the descriptor. */
long SYS_utimensat_function(int folder, const char *name, const struct kernel_timespec times[2], int flags)
{
	const struct kernel_timespec now[2] = { { 0, UTIME_NOW }, { 0, UTIME_NOW } };
	struct change change = { .what = ACCESSED | MODIFIED };
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) return -EINVAL;
	if (!times) times = now;
	if (times[0].tv_nsec == UTIME_OMIT) change.what &= ~ACCESSED;
	else if (time_of(times, &change.accessed)) return -EINVAL;
	if (times[1].tv_nsec == UTIME_OMIT) change.what &= ~MODIFIED;
	else if (time_of(times + 1, &change.modified)) return -EINVAL;
	return name ? change_place(folder, name, flags & AT_SYMLINK_NOFOLLOW ? 0 : FOLLOW, &change) : change_file(folder, &change);
}

/* -- Storage -- */

static long sync_file(int fd)
{
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	long error = file->kind->sync ? file->kind->sync(file) : file->kind->seeks || file->kind->list ? 0 : -EINVAL;
	__common_put(file);
	return error;
}

long SYS_fsync_function(int fd) { return sync_file(fd); }
long SYS_fdatasync_function(int fd) { return sync_file(fd); }
long SYS_syncfs_function(int fd) { return sync_file(fd); }
long SYS_sync_function(void) { return 0; } /* what can be kept is kept at once */

/* Advice. */
static long advise(int fd)
{
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	long error = file->kind->seeks ? 0 : -ESPIPE;
	__common_put(file);
	return error;
}

long SYS_readahead_function(int fd) { return advise(fd); }

#ifdef __arm__
long SYS_fadvise64_64_function(int fd) { return advise(fd); }
long SYS_sync_file_range2_function(int fd) { return sync_file(fd); }
#else
long SYS_fadvise64_function(int fd) { return advise(fd); }
long SYS_sync_file_range_function(int fd) { return sync_file(fd); }
#endif

/* Only what is most often asked: that there be room up to the end. */
long SYS_fallocate_function(int fd, int mode, off_t offset, off_t length)
{
	struct status status;
	if (offset < 0 || length <= 0) return -EINVAL;
	if (mode) return -EOPNOTSUPP;
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	long error = (file->flags & O_ACCMODE) == O_RDONLY ? -EBADF : file->kind->seeks ? __common_status(file, &status) : -ESPIPE;
	__common_put(file);
	if (error) return error;
	return offset + length > (off_t)status.size ? SYS_ftruncate_function(fd, offset + length) : 0;
}

#ifdef __arm__
/* Linux's older calls, which musl prefers. */
long SYS_mkdir_function(const char *name, mode_t mode) { return SYS_mkdirat_function(AT_FDCWD, name, mode); }
long SYS_symlink_function(const char *target, const char *name) { return SYS_symlinkat_function(target, AT_FDCWD, name); }
long SYS_link_function(const char *old, const char *new) { return SYS_linkat_function(AT_FDCWD, old, AT_FDCWD, new, 0); }
long SYS_unlink_function(const char *name) { return SYS_unlinkat_function(AT_FDCWD, name, 0); }
long SYS_rmdir_function(const char *name) { return SYS_unlinkat_function(AT_FDCWD, name, AT_REMOVEDIR); }
long SYS_rename_function(const char *old, const char *new) { return SYS_renameat_function(AT_FDCWD, old, AT_FDCWD, new); }
long SYS_chmod_function(const char *name, mode_t mode) { return SYS_fchmodat_function(AT_FDCWD, name, mode); }
long SYS_readlink_function(const char *name, char *target, size_t size)
{
	return SYS_readlinkat_function(AT_FDCWD, name, target, size);
}
long SYS_chown32_function(const char *name, unsigned user, unsigned group)
{
	return SYS_fchownat_function(AT_FDCWD, name, user, group, 0);
}
long SYS_lchown32_function(const char *name, unsigned user, unsigned group)
{
	return SYS_fchownat_function(AT_FDCWD, name, user, group, AT_SYMLINK_NOFOLLOW);
}
#endif
