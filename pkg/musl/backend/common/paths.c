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

static struct common_lock lock;
static char *current; /* null: the first one */

/* What is worked with: the form found so far, what is left of the name, and a link's target. */
struct walk { char found[PATH_MAX], left[2*PATH_MAX], target[PATH_MAX]; size_t length; int links; };

static char *copy_of(const char *text)
{
	size_t size = __common_length(text) + 1;
	char *copy = __common_allocate(size);
	return copy ? memcpy(copy, text, size) : 0;
}

static long start(struct walk *walk, int folder, const char *name)
{
	const char *from = "";
	struct file *file = 0;
	long error = 0;
	walk->length = walk->links = 0;
	if (*name == '/') return 0;
	if (folder != AT_FDCWD) {
		file = __common_file(folder);
		if (!file) return -EBADF;
		if (!file->kind->list) error = -ENOTDIR;
		else from = file->path;
	}
	if (!file) __common_lock(&lock);
	if (!file) from = current ? current : __backend_first_folder;
	if (!error) {
		walk->length = __common_length(from);
		memcpy(walk->found, from, walk->length);
	}
	if (file) __common_put(file);
	else __common_unlock(&lock);
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

/* If a link was found, its target takes its place. Returns whether that was so, or an error. */
static long follow(struct walk *walk, const char *left)
{
	const char *rest;
	walk->found[walk->length] = 0;
	const struct file_system *system = __common_system_of(walk->found, &rest);
	if (!system->read_link) return 0;
	long length = system->read_link(system, rest, walk->target, sizeof walk->target);
	if (length == -EINVAL || length == -ENOENT || length == -ENOTDIR) return 0; /* whoever needs it finds out */
	if (length < 0) return length;
	if (system == &__common_processes && *walk->target != '/') return 0; /* of a descriptor without a name */
	if (++walk->links > MOST_LINKS) return -ELOOP;
	size_t size = __common_length(left) + 1;
	if (!length) return -ENOENT;
	if ((size_t)length + 1 + size > sizeof walk->left) return -ENAMETOOLONG;
	memmove(walk->left + length + 1, left, size);
	memcpy(walk->left, walk->target, length);
	walk->left[length] = size > 1 ? '/' : 0; /* "left" may be a part of it, so by now something else */
	if (*walk->target == '/') walk->length = 0;
	else drop_last(walk);
	return 1;
}

static long add(struct walk *walk, const char *part, size_t length)
{
	if (length > NAME_MAX || walk->length + 1 + length >= sizeof walk->found) return -ENAMETOOLONG;
	walk->found[walk->length++] = '/';
	memcpy(walk->found + walk->length, part, length);
	walk->length += length;
	return 0;
}

/* Leaves in found what the name means; the last part needs not exist. */
static long go(struct walk *walk, int how)
{
	for (char *left = walk->left;;) {
		while (*left == '/') left++;
		if (!*left) return 0;
		size_t length = 0;
		while (left[length] && left[length] != '/') length++;
		char *part = left, *slash = left += length;
		while (*left == '/') left++;
		long error = 0;
		if (length == 2 && part[0] == '.' && part[1] == '.') {
			error = check_folder(walk);
			drop_last(walk);
		} else if (length != 1 || part[0] != '.') {
			error = add(walk, part, length);
			if (!error && (*left || *slash || how & FOLLOW)) error = follow(walk, left);
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
	size_t length = __common_length(name);
	if (!length) return -ENOENT;
	if (length >= PATH_MAX) return -ENAMETOOLONG;
	struct walk *walk = __common_allocate(sizeof *walk);
	if (!walk) return -ENOMEM;
	long error = start(walk, folder, name);
	if (!error) {
		memcpy(walk->left, name, length + 1);
		error = go(walk, how);
	}
	if (!error) {
		walk->found[walk->length] = 0;
		place->path = copy_of(walk->found);
		if (!place->path) error = -ENOMEM;
		else place->system = __common_system_of(place->path, (const char **)&place->rest);
	}
	__common_free(walk);
	return error;
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
