/* Copies between one buffer and the many of an iovec, from an offset within these on. Both return how much there was. */
#ifndef COMMON_PARTS_H
#define COMMON_PARTS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#pragma GCC visibility push(hidden)

size_t __common_gather(void *to, size_t size, const struct iovec *parts, int count, size_t offset);
size_t __common_scatter(const struct iovec *parts, int count, size_t offset, const void *from, size_t size);
/* As "read" of a file with these bytes. */
size_t __common_read_bytes(const struct iovec *parts, int count, const void *bytes, size_t size, uint64_t *position);

#pragma GCC visibility pop

static inline int __common_same_bytes(const void *a, const void *b, size_t size)
{
	const char *one = a, *other = b;
	while (size && *one == *other) one++, other++, size--;
	return !size;
}

#endif
