/* Removing and renaming. */

#include <errno.h>
#include <fcntl.h>
#include "semihosting.h"

/* QEMU removes with C's remove, which takes files and empty folders. Opening for writing tells which it is. */
static int is_folder(const char *path)
{
	long handle = __semihosting_host_open(path, SH_MODE_RB_PLUS);
	if (handle >= 0) SH_CALL(SH_CLOSE, handle);
	return handle == -EISDIR;
}

long SYS_unlinkat_function(int folder, const char *path, int flags)
{
	long error = __semihosting_relative(folder, path);
	if (error) return error;
	if (flags & ~AT_REMOVEDIR) return -EINVAL;
	if (is_folder(path) != !!(flags & AT_REMOVEDIR)) {
		long handle = __semihosting_host_open(path, SH_MODE_RB);
		if (handle == -ENOENT || handle == -ENOTDIR) return handle;
		if (handle >= 0) SH_CALL(SH_CLOSE, handle);
		return flags & AT_REMOVEDIR ? -ENOTDIR : -EISDIR;
	}
	return SH_CALL(SH_REMOVE, (long)path, __semihosting_length(path)) ? __semihosting_host_error() : 0;
}

long SYS_renameat_function(int old_folder, const char *old, int new_folder, const char *new)
{
	long error = __semihosting_relative(old_folder, old);
	if (!error) error = __semihosting_relative(new_folder, new);
	if (error) return error;
	return SH_CALL(SH_RENAME, (long)old, __semihosting_length(old), (long)new, __semihosting_length(new))
		? __semihosting_host_error() : 0;
}

long SYS_renameat2_function(int old_folder, const char *old, int new_folder, const char *new, unsigned flags)
{
	return flags ? -EINVAL : SYS_renameat_function(old_folder, old, new_folder, new);
}

#ifndef __aarch64__
long SYS_unlink_function(const char *path) { return SYS_unlinkat_function(AT_FDCWD, path, 0); }
long SYS_rmdir_function(const char *path) { return SYS_unlinkat_function(AT_FDCWD, path, AT_REMOVEDIR); }
long SYS_rename_function(const char *old, const char *new) { return SYS_renameat_function(AT_FDCWD, old, AT_FDCWD, new); }
#endif
