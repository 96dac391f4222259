/* Between one buffer and the many of an iovec. */

#include <string.h>
#include "common/parts.h"

enum direction { TO_PARTS, FROM_PARTS };

static size_t copy(enum direction direction, char *buffer, size_t size, const struct iovec *parts, int count, size_t offset)
{
	size_t done = 0;
	for (; count-- && done < size; parts++) {
		if (offset >= parts->iov_len) {
			offset -= parts->iov_len;
			continue;
		}
		size_t n = parts->iov_len - offset < size - done ? parts->iov_len - offset : size - done;
		char *part = (char *)parts->iov_base + offset;
		memcpy(direction == TO_PARTS ? part : buffer + done, direction == TO_PARTS ? buffer + done : part, n);
		done += n;
		offset = 0;
	}
	return done;
}

size_t __common_gather(void *to, size_t size, const struct iovec *parts, int count, size_t offset)
{
	return copy(FROM_PARTS, to, size, parts, count, offset);
}

size_t __common_scatter(const struct iovec *parts, int count, size_t offset, const void *from, size_t size)
{
	return copy(TO_PARTS, (char *)from, size, parts, count, offset);
}

size_t __common_read_bytes(const struct iovec *parts, int count, const void *bytes, size_t size, uint64_t *position)
{
	if (*position >= size) return 0;
	size_t done = __common_scatter(parts, count, 0, (const char *)bytes + *position, size - *position);
	*position += done;
	return done;
}
