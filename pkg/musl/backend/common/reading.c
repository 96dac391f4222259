/* Reading. Apart from writing, so that programs that only print are linked without the console's input. */

#include <errno.h>
#include "common.h"
#include "common/file.h"

__attribute__((used)) static const char *const input = &__backend_input;

long SYS_read_function(int fd, void *buffer, size_t size)
{
	struct iovec part = __common_part(buffer, size);
	return __common_transfer(fd, READS, &part, 1, 0);
}

long SYS_readv_function(int fd, const struct iovec *parts, int count)
{
	return __common_transfer(fd, READS, parts, count, 0);
}

long SYS_pread64_function(int fd, void *buffer, size_t size, off_t offset)
{
	struct iovec part = __common_part(buffer, size);
	int64_t at = offset;
	return __common_transfer(fd, READS, &part, 1, &at);
}

long SYS_preadv_function(int fd, const struct iovec *parts, int count, unsigned long low, unsigned long high)
{
	int64_t offset = __common_offset(low, high);
	return __common_transfer(fd, READS, parts, count, &offset);
}

long SYS_preadv2_function(int fd, const struct iovec *parts, int count, unsigned long low, unsigned long high, int flags)
{
	int64_t offset = __common_offset(low, high);
	if (flags) return -EOPNOTSUPP;
	return __common_transfer(fd, READS, parts, count, offset == -1 ? 0 : &offset);
}
