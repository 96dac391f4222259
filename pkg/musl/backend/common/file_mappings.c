/* Mappings of files, in programs that can open some. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include "common.h"
#include "common/file.h"

const char __common_file_mappings;

static long may_map(struct file *file, int protection, int shared)
{
	int access = file->flags & O_ACCMODE;
	if (access == O_WRONLY || (shared && protection & PROT_WRITE && access != O_RDWR)) return -EACCES;
	if (!file->kind->read || !(file->kind->seeks || file->kind->map)) return -ENODEV;
	return shared && protection & PROT_WRITE && !file->kind->map ? -ENODEV : 0;
}

/* Up to the end of the file. */
static long read_into(struct file *file, char *buffer, size_t size, uint64_t offset)
{
	long n = 1;
	for (size_t done = 0; n > 0 && done < size; done += n) {
		const struct iovec part = { buffer + done, size - done };
		n = file->kind->read(file, &part, 1, &offset);
		if (n < 0) return n;
	}
	return 0;
}

static long map_copy(struct file *file, void *wanted, size_t size, int protection, int flags, uint64_t offset)
{
	long result = __common_map_pages(wanted, size, PROT_READ | PROT_WRITE, flags);
	if (result < 0 && result > -4096) return result;
	long error = read_into(file, (void *)result, size, offset);
	if (!error && protection != (PROT_READ | PROT_WRITE)) error = SYS_mprotect_function((void *)result, size, protection);
	if (!error || error == -ENOSYS) return result;
	SYS_munmap_function((void *)result, size);
	return error;
}

long __common_map_file(void *wanted, size_t size, int protection, int flags, int fd, uint64_t offset)
{
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	int shared = (flags & MAP_TYPE) != MAP_PRIVATE, fixed = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE);
	long result = may_map(file, protection, shared);
	if (!result && shared && file->kind->map && !fixed) {
		void *address;
		result = file->kind->map(file, offset, size, protection, &address);
		if (!result) result = (long)address;
	} else if (!result && shared && protection & PROT_WRITE) {
		result = -ENODEV; /* the file's memory is where it is */
	} else if (!result) {
		result = map_copy(file, wanted, size, protection, flags, offset);
	}
	__common_put(file);
	return result;
}
