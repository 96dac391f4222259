/* Between one buffer and the many of an iovec. */

#include <string.h>
#include "common/parts.h"

size_t __common_gather(void *to, size_t size, const struct iovec *parts, int count, size_t offset)
{
	size_t done = 0;
	for (; count-- && done < size; parts++) {
		if (offset >= parts->iov_len) {
			offset -= parts->iov_len;
			continue;
		}
		size_t n = parts->iov_len - offset < size - done ? parts->iov_len - offset : size - done;
		memcpy((char *)to + done, (const char *)parts->iov_base + offset, n);
		done += n;
		offset = 0;
	}
	return done;
}

size_t __common_scatter(const struct iovec *parts, int count, size_t offset, const void *from, size_t size)
{
	size_t done = 0;
	for (; count-- && done < size; parts++) {
		if (offset >= parts->iov_len) {
			offset -= parts->iov_len;
			continue;
		}
		size_t n = parts->iov_len - offset < size - done ? parts->iov_len - offset : size - done;
		memcpy((char *)parts->iov_base + offset, (const char *)from + done, n);
		done += n;
		offset = 0;
	}
	return done;
}
