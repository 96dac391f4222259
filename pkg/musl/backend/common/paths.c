/*
 * Paths. Wherever a path leads, its absolute form is built part by part: without ".", ".." and, where the file system has
 * some, symbolic links. Folders are known by that form, too: the current one, and the one of a descriptor.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include "common.h"
#include "common/file.h"

#define MOST_LINKS 40 /* as Linux */

static PROCESS_VARIABLE struct common_lock folder_lock;
static PROCESS_VARIABLE char *current_folder; /* null: the first one */

#define lock of_process(folder_lock)
#define current of_process(current_folder)

/* The form found so far, of which "room" bytes are allocated; and what is left of the name, if a link has changed that. */
struct walk { char *found, *left; size_t length, room; int links; };

static char *copy_of(const char *text)
{
	size_t size = __common_length(text) + 1;
	char *copy = __common_allocate(size);
	return copy ? memcpy(copy, text, size) : 0;
}

static long reserve(struct walk *walk, size_t room)
{
	if (room <= walk->room) return 0;
	char *found = __common_allocate(room);
	if (!found) return -ENOMEM;
	memcpy(found, walk->found, walk->length);
	__common_free(walk->found);
	walk->found = found;
	walk->room = room;
	return 0;
}

/* Room for the whole name, too: unless there are links in it, that is enough. */
static long begin_at(struct walk *walk, const char *folder, const char *name)
{
	size_t length = __common_length(folder);
	long error = reserve(walk, length + 1 + __common_length(name) + 1);
	if (!error) memcpy(walk->found, folder, walk->length = length);
	return error;
}

static long start(struct walk *walk, int folder, const char *name)
{
	long error;
	if (*name == '/') return begin_at(walk, "", name);
	if (folder == AT_FDCWD) {
		__common_lock(&lock);
		error = begin_at(walk, current ? current : __backend_first_folder, name);
		__common_unlock(&lock);
		return error;
	}
	struct file *file = __common_file(folder);
	if (!file) return -EBADF;
	error = file->kind->list ? begin_at(walk, file->path, name) : -ENOTDIR;
	__common_put(file);
	return error;
}

static void drop_last(struct walk *walk)
{
	while (walk->length && walk->found[--walk->length] != '/');
}

static long status_of_found(struct walk *walk, struct status *status)
{
	const char *rest;
	walk->found[walk->length] = 0;
	const struct file_system *system = __common_system_of(walk->found, &rest);
	return system->status(system, rest, status);
}

static long check_folder(struct walk *walk)
{
	struct status status;
	long error = status_of_found(walk, &status);
	return error ? error : S_ISDIR(status.mode) ? 0 : -ENOTDIR;
}

/* If a link was found, its target takes its place, before the rest of the name with its slash. Returns whether that was so, or
 * an error. */
static long follow(struct walk *walk, const char *left)
{
	const char *rest;
	walk->found[walk->length] = 0;
	const struct file_system *system = __common_system_of(walk->found, &rest);
	if (!system->read_link) return 0;
	long length = system->read_link(system, rest, 0, 0);
	if (length == -EINVAL || length == -ENOENT || length == -ENOTDIR) return 0; /* whoever needs it finds out */
	if (length < 0) return length;
	size_t size = __common_length(left) + 1;
	char *target = __common_allocate(PATH_MAX + size);
	if (!target) return -ENOMEM;
	length = system->read_link(system, rest, target, PATH_MAX);
	int nameless = system == &__common_processes && *target != '/'; /* of a descriptor without a name */
	if (length <= 0 || nameless || ++walk->links > MOST_LINKS) {
		__common_free(target);
		return length < 0 ? length : !length ? -ENOENT : nameless ? 0 : -ELOOP;
	}
	memcpy(target + length, left, size);
	__common_free(walk->left);
	walk->left = target;
	if (*target == '/') walk->length = 0;
	else drop_last(walk);
	return 1;
}

static long add(struct walk *walk, const char *part, size_t length)
{
	if (length > NAME_MAX || walk->length + 1 + length >= PATH_MAX) return -ENAMETOOLONG;
	long error = reserve(walk, walk->length + 1 + length + 1);
	if (error) return error;
	walk->found[walk->length++] = '/';
	memcpy(walk->found + walk->length, part, length);
	walk->length += length;
	return 0;
}

/* Leaves in found what the name means; the last part needs not exist. */
static long go(struct walk *walk, const char *left, int how)
{
	for (;;) {
		while (*left == '/') left++;
		if (!*left) return 0;
		size_t length = 0;
		while (left[length] && left[length] != '/') length++;
		const char *part = left, *slash = left += length;
		while (*left == '/') left++;
		long error = 0;
		if (length == 2 && part[0] == '.' && part[1] == '.') {
			error = check_folder(walk);
			drop_last(walk);
		} else if (length != 1 || part[0] != '.') {
			error = add(walk, part, length);
			if (!error && (*left || *slash || how & FOLLOW)) error = follow(walk, slash);
			if (error == 1) {
				left = walk->left;
				continue;
			}
			/* What is in a folder can tell that the folder is none; a slash at the end can't. */
			if (!error && *slash && !*left) {
				error = check_folder(walk);
				if (error == -ENOENT) error = 0;
			}
		}
		if (error) return error;
	}
}

long __common_find(int folder, const char *name, int how, struct place *place)
{
	struct walk walk = { 0 };
	size_t length = __common_length(name);
	if (!length) return -ENOENT;
	if (length >= PATH_MAX) return -ENAMETOOLONG;
	long error = start(&walk, folder, name);
	if (!error) error = go(&walk, name, how);
	__common_free(walk.left);
	if (error) {
		__common_free(walk.found);
		return error;
	}
	walk.found[walk.length] = 0;
	place->path = walk.found;
	place->system = __common_system_of(place->path, (const char **)&place->rest);
	return 0;
}

/* Makes it the current folder. Takes over the path. */
static long change_to(char *path)
{
	const char *rest;
	struct status status;
	const struct file_system *system = __common_system_of(path, &rest);
	long error = system->status(system, rest, &status);
	if (!error && !S_ISDIR(status.mode)) error = -ENOTDIR;
	if (error) {
		__common_free(path);
		return error;
	}
	__common_lock(&lock);
	char *before = current;
	current = path;
	__common_unlock(&lock);
	__common_free(before);
	return 0;
}

long SYS_chdir_function(const char *name)
{
	struct place place;
	long error = __common_find(AT_FDCWD, name, FOLLOW, &place);
	return error ? error : change_to(place.path);
}

long SYS_fchdir_function(int fd)
{
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	char *path = file->kind->list ? copy_of(file->path) : 0;
	long error = !file->kind->list ? -ENOTDIR : path ? 0 : -ENOMEM;
	__common_put(file);
	return error ? error : change_to(path);
}

long SYS_getcwd_function(char *buffer, size_t size)
{
	__common_lock(&lock);
	const char *path = current ? current : __backend_first_folder;
	if (!*path) path = "/";
	size_t length = __common_length(path) + 1;
	long result = length > size ? -ERANGE : (long)length;
	if (result > 0) memcpy(buffer, path, length);
	__common_unlock(&lock);
	return result;
}

#ifdef PROCESSES

long __common_inherit_folder(ptrdiff_t to)
{
	__common_lock(&lock);
	char *copy = current ? copy_of(current) : 0;
	long error = current && !copy ? -ENOMEM : 0;
	__common_unlock(&lock);
	at_distance(to, current_folder) = copy;
	return error;
}

void __common_free_folder(void)
{
	__common_free(current);
	current = 0;
}

#endif
