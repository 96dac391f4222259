/*
 * Names under which libgcov, GCC's library for --coverage, calls functions of libc. Where glibc's off_t or time_t has 32 bits,
 * it is compiled for 64, and glibc's headers then give it functions of other names. In musl both always have 64 bits, and
 * these names are not even defined. This library is linked only behind libgcov, so programs still lack them.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

/* From glibc 2.38 on, with C23's binary numbers. */
long __isoc23_strtol(const char *restrict text, char **restrict end, int base)
{
	return strtol(text, end, base);
}

FILE *fopen64(const char *restrict path, const char *restrict mode)
{
	return fopen(path, mode);
}

void *mmap64(void *start, size_t length, int protection, int flags, int file, off_t offset)
{
	return mmap(start, length, protection, flags, file, offset);
}

int open64(const char *path, int flags, ...)
{
	mode_t mode = 0;
	if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) {
		va_list more;
		va_start(more, flags);
		mode = va_arg(more, mode_t);
		va_end(more);
	}
	return open(path, flags, mode);
}

/* The structure for locks is the same in both libraries. */
int fcntl64(int file, int command, ...) __attribute__((alias("__fcntl_time64")));

int __fcntl_time64(int file, int command, ...)
{
	va_list more;
	va_start(more, command);
	unsigned long argument = va_arg(more, unsigned long);
	va_end(more);
	return fcntl(file, command, argument);
}
