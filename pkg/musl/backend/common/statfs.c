/* How much room there is in a file system. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/statfs.h>
#include "common.h"
#include "common/file.h"

#define TMPFS 0x01021994 /* linux/magic.h, TMPFS_MAGIC */
#define PROC 0x9fa0      /* PROC_SUPER_MAGIC */

/* The kernel's structure, of 32 bits in each long on arm; the one for 64 bits of arm is packed. */
struct storage {
#ifdef __arm__
	uint32_t type, block_size;
	uint64_t blocks, unused, available, files, unused_files;
	uint32_t id[2], name_length, fragment_size, flags, spare[4];
} __attribute__((packed));
#else
	uint64_t type, block_size, blocks, unused, available, files, unused_files;
	uint32_t id[2];
	uint64_t name_length, fragment_size, flags, spare[4];
};
#endif

static long describe(const struct file_system *system, struct storage *storage)
{
	size_t total = 0, unused = 0;
	if (system == &__common_memory) __backend_memory(&total, &unused);
	memset(storage, 0, sizeof *storage);
	storage->type = system == &__common_processes ? PROC : TMPFS;
	storage->block_size = storage->fragment_size = PAGE;
	storage->blocks = total / PAGE;
	storage->unused = storage->available = unused / PAGE;
	storage->files = storage->blocks;
	storage->unused_files = storage->unused;
	storage->name_length = 255;
	storage->id[0] = system->device;
	storage->flags = 0x20 | (system->change ? 0 : 1); /* ST_VALID, ST_RDONLY */
	return 0;
}

static long by_name(const char *name, struct storage *storage)
{
	struct place place;
	struct status status;
	long error = __common_find(AT_FDCWD, name, FOLLOW, &place);
	if (error) return error;
	error = place.system->status(place.system, place.rest, &status);
	if (!error) error = describe(place.system, storage);
	__common_free(place.path);
	return error;
}

static long by_descriptor(int fd, struct storage *storage)
{
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	long error = describe(file->system ? file->system : &__common_memory, storage);
	__common_put(file);
	return error;
}

#ifdef __arm__
long SYS_statfs64_function(const char *name, size_t size, void *storage)
{
	return size < sizeof(struct storage) ? -EINVAL : by_name(name, storage);
}

long SYS_fstatfs64_function(int fd, size_t size, void *storage)
{
	return size < sizeof(struct storage) ? -EINVAL : by_descriptor(fd, storage);
}
#else
long SYS_statfs_function(const char *name, void *storage)
{
	return by_name(name, storage);
}

long SYS_fstatfs_function(int fd, void *storage)
{
	return by_descriptor(fd, storage);
}
#endif
