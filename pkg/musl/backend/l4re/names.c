/*
 * Names of files. The root folder holds the program's capabilities by their names: "/rom/x" is what the name space
 * "rom" has as "x". A dataspace is a file, and a name space a folder. The current folder is the root.
 */

#include <errno.h>
#include <string.h>
#include <l4/sys/task.h>
#include "backend.h"

/* Makes the path simple: no leading, doubled or trailing slashes, and no "." parts. */
static int simplify(const char *path, char *simple, size_t size)
{
	size_t n = 0;
	while (*path) {
		size_t length = 0;
		while (path[length] && path[length] != '/') length++;
		if (length && !(length == 1 && *path == '.')) {
			if (n + length + 2 > size) return -ENAMETOOLONG;
			if (n) simple[n++] = '/';
			memcpy(simple + n, path, length);
			n += length;
		}
		path += length + !!path[length];
	}
	simple[n] = 0;
	return 0;
}

/* Two capability slots may hold the same object; a record of a file needs its own slot, which it releases. */
static long copy(l4_cap_idx_t from, l4_cap_idx_t to)
{
	return __l4re_error(l4_task_map(L4RE_THIS_TASK_CAP, L4RE_THIS_TASK_CAP, l4_obj_fpage(from, 0, L4_CAP_FPAGE_RWS),
		l4_map_obj_control(to, L4_MAP_ITEM_MAP)));
}

/* Finds the object, and what it is. */
long __l4re_resolve(const char *path, struct file *file)
{
	char name[512];
	long error = simplify(path, name, sizeof name);
	if (error) return error;

	file->kind = FOLDER;
	file->size = 0;
	file->name = __common_hash(name);
	if (!*name) return 0;

	size_t length = 0;
	while (name[length] && name[length] != '/') length++;
	const l4re_env_cap_entry_t *entry = l4re_env_get_cap_l(name, length, __l4re_environment);
	if (!entry) return -ENOENT;
	error = name[length] ? __l4re_query(entry->cap, name + length + 1, file->object) : copy(entry->cap, file->object);
	if (error < 0) return error == -EOPNOTSUPP ? -ENOTDIR : error;

	error = __l4re_size(file->object, &file->size);
	if (!error) file->kind = REGULAR;
	else if (error != -EOPNOTSUPP) __l4re_release(file->object);
	return error == -EOPNOTSUPP ? 0 : error;
}

long SYS_getcwd_function(char *path, size_t size)
{
	if (size < 2) return -ERANGE;
	memcpy(path, "/", 2);
	return 2;
}
