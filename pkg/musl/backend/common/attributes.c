/* Extended attributes: no file system here has any. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include "common.h"
#include "common/file.h"

static long of_name(const char *name, int how, long answer)
{
	struct place place;
	struct status status;
	long error = __common_find(AT_FDCWD, name, how, &place);
	if (error) return error;
	error = place.system->status(place.system, place.rest, &status);
	__common_free(place.path);
	return error ? error : answer;
}

static long of_descriptor(int fd, long answer)
{
	struct file *file = __common_file(fd);
	if (!file) return -EBADF;
	__common_put(file);
	return answer;
}

long SYS_getxattr_function(const char *name) { return of_name(name, FOLLOW, -EOPNOTSUPP); }
long SYS_setxattr_function(const char *name) { return of_name(name, FOLLOW, -EOPNOTSUPP); }
long SYS_removexattr_function(const char *name) { return of_name(name, FOLLOW, -EOPNOTSUPP); }
long SYS_listxattr_function(const char *name) { return of_name(name, FOLLOW, 0); }
long SYS_lgetxattr_function(const char *name) { return of_name(name, 0, -EOPNOTSUPP); }
long SYS_lsetxattr_function(const char *name) { return of_name(name, 0, -EOPNOTSUPP); }
long SYS_lremovexattr_function(const char *name) { return of_name(name, 0, -EOPNOTSUPP); }
long SYS_llistxattr_function(const char *name) { return of_name(name, 0, 0); }
long SYS_fgetxattr_function(int fd) { return of_descriptor(fd, -EOPNOTSUPP); }
long SYS_fsetxattr_function(int fd) { return of_descriptor(fd, -EOPNOTSUPP); }
long SYS_fremovexattr_function(int fd) { return of_descriptor(fd, -EOPNOTSUPP); }
long SYS_flistxattr_function(int fd) { return of_descriptor(fd, 0); }
