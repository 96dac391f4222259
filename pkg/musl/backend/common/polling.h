/* Between poll, select and epoll, and the files. */
#ifndef COMMON_POLLING_H
#define COMMON_POLLING_H

#include <poll.h>
#include "common/file.h"

/* What of that is the case. Errors and the end are told unasked. */
static inline unsigned __common_look(struct file *file, unsigned interest)
{
	unsigned has = __common_ready(file);
	if (has & POLLIN) has |= POLLRDNORM;
	if (has & POLLOUT) has |= POLLWRNORM;
	return has & (interest | POLLERR | POLLHUP);
}

#endif
