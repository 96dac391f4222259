/* Listing folders. */

#include <errno.h>
#include <sys/stat.h>
#include <string.h>
#include "common.h"
#include "common/file.h"

struct entry { uint64_t inode, next; unsigned short length; unsigned char type; char name[]; }; /* linux_dirent64 */

int __common_list(struct listing *listing, const char *name, uint64_t inode, unsigned mode, uint64_t next)
{
	size_t length = __common_length(name) + 1, size = (offsetof(struct entry, name) + length + 7) & -8ul;
	if (size > listing->size - listing->filled) {
		listing->full = 1;
		return 0;
	}
	char *place = listing->buffer + listing->filled;
	const struct entry entry = { inode, next, size, (mode & S_IFMT) >> 12 /* DT_DIR and the like */ };
	memset(place, 0, size);
	memcpy(place, &entry, offsetof(struct entry, name));
	memcpy(place + offsetof(struct entry, name), name, length);
	listing->filled += size;
	return 1;
}

long SYS_getdents64_function(int fd, void *entries, size_t size)
{
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	struct listing listing = { .buffer = entries, .size = size };
	long error = -ENOTDIR;
	if (file->kind->list) {
		__common_lock(&file->lock);
		error = file->kind->list(file, &file->position, &listing);
		__common_unlock(&file->lock);
	}
	__common_put(file);
	if (error) return error;
	return listing.full && !listing.filled ? -EINVAL : (long)listing.filled;
}
