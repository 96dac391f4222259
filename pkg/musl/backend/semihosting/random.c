/*
 * Random numbers: the host's. A virtual machine with no devices has no randomness of its own, but semihosting opens any
 * file of the host, so /dev/urandom of a Unix host is read: as good as the host's generator, which must be trusted anyway.
 * On a host without it the call fails with ENOSYS; nothing is made up.
 */

#include <errno.h>
#include "semihosting.h"

long __semihosting_random(void *buffer, size_t size)
{
	static const char path[] = "/dev/urandom";
	long handle = SH_CALL(SH_OPEN, (long)path, SH_MODE_RB, sizeof path - 1);
	if (handle < 0) return -ENOSYS;
	long left = SH_CALL(SH_READ, handle, (long)buffer, size);
	SH_CALL(SH_CLOSE, handle);
	return left < 0 || (size_t)left >= size ? -ENOSYS : (long)size - left;
}

long SYS_getrandom_function(void *buffer, size_t size, unsigned flags)
{
	(void)flags; /* it never blocks */
	return size ? __semihosting_random(buffer, size) : 0;
}
