/* Files without a name that are an object of their own: eventfd, epoll, sockets ... */
#ifndef COMMON_OBJECTS_H
#define COMMON_OBJECTS_H

#include "common/file.h"

#pragma GCC visibility push(hidden)

/* A descriptor for it, readable and writable; flags: O_NONBLOCK, O_CLOEXEC. If there is none, "release" has been called. */
long __common_new_object(const struct file_kind *kind, void *object, int flags);
/* The file of that kind, to be given back, or null with the error in *error: EBADF, or the one for another kind. */
struct file *__common_file_of_kind(int fd, const struct file_kind *kind, long other, long *error);
/* What stat tells of these on Linux: no type. */
long __common_status_of_nothing(struct file *file, struct status *status);

#pragma GCC visibility pop

#endif
