/*
 * epoll. Each wait looks at all files that are watched. An edge is found by the numbers in which a file counts its events
 * (file_kind.events): it has changed since the watch was last reported. One lock for all lists, as a file can be watched by
 * several epolls, and be one itself.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <sys/epoll.h>
#include "common.h"
#include "common/objects.h"
#include "common/polling.h"

enum { DEEPEST = 5, CONTROLS = EPOLLET | EPOLLONESHOT | EPOLLEXCLUSIVE | EPOLLWAKEUP };

struct watch {
	struct watch *next, *next_of_file;
	struct epoll *epoll;
	struct file *file;             /* no reference: it goes away, and this with it, when its last descriptor does */
	int fd;
	int fresh, off;                /* not looked at since it was set; reported, and EPOLLONESHOT */
	struct epoll_event event;
	unsigned inputs, outputs, ends; /* events when it was last reported */
};

struct epoll { struct watch *first, **end; };

static struct common_lock lock;
static const struct file_kind kind;

static int any_ready(struct epoll *epoll);

/* The file's events; epolls are under the same lock. */
static unsigned look(struct watch *watch)
{
	struct file *file = watch->file;
	unsigned interest = watch->event.events & ~CONTROLS;
	if (file->kind == &kind) return any_ready(file->object) ? interest & (POLLIN | POLLRDNORM) : 0;
	return __common_look(file, interest);
}

static unsigned count(struct watch *watch, unsigned which)
{
	struct file *file = watch->file;
	return file->kind->events ? file->kind->events(file, which) : (unsigned)__common_event_count();
}

static int is_edge(struct watch *watch)
{
	unsigned events = watch->event.events;
	if (watch->fresh || !(events & EPOLLET) || count(watch, POLLHUP) != watch->ends) return 1;
	if (events & (EPOLLIN | EPOLLRDNORM) && count(watch, POLLIN) != watch->inputs) return 1;
	return events & (EPOLLOUT | EPOLLWRNORM) && count(watch, POLLOUT) != watch->outputs;
}

/* What is to be reported, or 0. */
static unsigned due(struct watch *watch)
{
	return watch->off || !is_edge(watch) ? 0 : look(watch);
}

static int any_ready(struct epoll *epoll)
{
	for (struct watch *watch = epoll->first; watch; watch = watch->next) if (due(watch)) return 1;
	return 0;
}

/* The numbers are read first: what comes while the file is looked at counts as new. */
static unsigned report(struct watch *watch)
{
	unsigned inputs = count(watch, POLLIN), outputs = count(watch, POLLOUT), ends = count(watch, POLLHUP), has = due(watch);
	if (!has) return 0;
	watch->inputs = inputs;
	watch->outputs = outputs;
	watch->ends = ends;
	watch->fresh = 0;
	watch->off = !!(watch->event.events & EPOLLONESHOT);
	return has;
}

static struct watch *take(struct epoll *epoll, struct watch **link)
{
	struct watch *watch = *link;
	*link = watch->next;
	if (epoll->end == &watch->next) epoll->end = link;
	return watch;
}

static void append(struct epoll *epoll, struct watch *watch)
{
	watch->next = 0;
	*epoll->end = watch;
	epoll->end = &watch->next;
}

/* What is reported goes to the end, so that the others have their turn if there was no room for all. */
static int collect(struct epoll *epoll, struct epoll_event *events, int room)
{
	int reported = 0;
	__common_lock(&lock);
	struct watch *reported_first = 0, **reported_end = &reported_first;
	for (struct watch **link = &epoll->first; *link && reported < room;) {
		unsigned has = report(*link);
		if (!has) {
			link = &(*link)->next;
			continue;
		}
		struct watch *watch = take(epoll, link);
		events[reported++] = (struct epoll_event){ has, watch->event.data };
		*reported_end = watch;
		reported_end = &watch->next;
	}
	*reported_end = 0;
	for (struct watch *watch = reported_first, *next; watch; watch = next) {
		next = watch->next;
		append(epoll, watch);
	}
	__common_unlock(&lock);
	return reported;
}

/* With the lock held. */
static void leave_file(struct watch *watch)
{
	struct watch **link = (struct watch **)&watch->file->watchers;
	while (*link != watch) link = &(*link)->next_of_file;
	*link = watch->next_of_file;
}

static void leave_epoll(struct watch *watch)
{
	struct watch **link = &watch->epoll->first;
	while (*link != watch) link = &(*link)->next;
	take(watch->epoll, link);
}

void __common_unwatch(struct file *file)
{
	struct watch *watch;
	__common_lock(&lock);
	while ((watch = file->watchers)) {
		leave_epoll(watch);
		leave_file(watch);
		__common_free(watch);
	}
	__common_unlock(&lock);
}

static void release(struct file *file)
{
	struct epoll *epoll = file->object;
	__common_lock(&lock);
	for (struct watch *watch = epoll->first, *next; watch; watch = next) {
		next = watch->next;
		leave_file(watch);
		__common_free(watch);
	}
	__common_unlock(&lock);
	__common_free(epoll);
}

static unsigned ready(struct file *file)
{
	__common_lock(&lock);
	unsigned events = any_ready(file->object) ? POLLIN : 0;
	__common_unlock(&lock);
	return events;
}

static const struct file_kind kind = { .ready = ready, .release = release, .status = __common_status_of_nothing };

long SYS_epoll_create1_function(int flags)
{
	if (flags & ~EPOLL_CLOEXEC) return -EINVAL;
	struct epoll *epoll = __common_allocate(sizeof *epoll);
	if (!epoll) return -ENOMEM;
	epoll->end = &epoll->first;
	return __common_new_object(&kind, epoll, flags);
}

/* Whether it is among those that it watches, or these watch, or this makes a chain too long. */
static int would_loop(struct epoll *inner, struct epoll *outer, int depth)
{
	if (inner == outer || depth == DEEPEST) return 1;
	for (struct watch *watch = inner->first; watch; watch = watch->next)
		if (watch->file->kind == &kind && would_loop(watch->file->object, outer, depth + 1)) return 1;
	return 0;
}

static long add(struct epoll *epoll, int fd, struct file *file, const struct epoll_event *event)
{
	if (file->kind == &kind && would_loop(file->object, epoll, 0)) return -ELOOP;
	struct watch *watch = __common_allocate(sizeof *watch);
	if (!watch) return -ENOMEM;
	*watch = (struct watch){ .epoll = epoll, .file = file, .fd = fd, .fresh = 1, .event = *event,
		.next_of_file = file->watchers };
	file->watchers = watch;
	append(epoll, watch);
	return 0;
}

static long change(struct epoll *epoll, int operation, int fd, struct file *file, const struct epoll_event *event)
{
	struct watch *watch = epoll->first;
	while (watch && (watch->fd != fd || watch->file != file)) watch = watch->next;
	if (operation == EPOLL_CTL_ADD) return watch ? -EEXIST : add(epoll, fd, file, event);
	if (operation != EPOLL_CTL_MOD && operation != EPOLL_CTL_DEL) return -EINVAL;
	if (!watch) return -ENOENT;
	if (operation == EPOLL_CTL_MOD) {
		watch->event = *event;
		watch->fresh = 1;
		watch->off = 0;
	} else {
		leave_epoll(watch);
		leave_file(watch);
		__common_free(watch);
	}
	return 0;
}

static long control(struct file *self, int operation, int fd, const struct epoll_event *event)
{
	struct file *file = __common_file(fd);
	long error = !file ? -EBADF : !file->kind->ready ? -EPERM : file == self || self->kind != &kind ? -EINVAL : 0;
	if (!error) {
		__common_lock(&lock);
		error = change(self->object, operation, fd, file, event);
		__common_unlock(&lock);
		if (operation != EPOLL_CTL_DEL) __common_changed(); /* for those who wait already */
	}
	if (file) __common_put(file);
	return error;
}

long SYS_epoll_ctl_function(int epoll, int operation, int fd, struct epoll_event *event)
{
	struct file *self = __common_file(epoll);
	if (!self) return -EBADF;
	long error = control(self, operation, fd, event);
	__common_put(self);
	return error;
}

static long wait_until(struct epoll *epoll, struct epoll_event *events, int room, uint64_t deadline)
{
	for (;;) {
		int seen = __common_event_count();
		int reported = collect(epoll, events, room);
		if (reported) return reported;
		long error = __common_wait_for_event(seen, deadline);
		if (error == -EINTR) return error;
		if (error == -ETIMEDOUT) return collect(epoll, events, room);
	}
}

static long wait_with_mask(int fd, struct epoll_event *events, int room, uint64_t deadline, const uint32_t *mask, size_t size)
{
	if (room <= 0 || (size_t)room > INT32_MAX / sizeof *events || (mask && size != 2*sizeof *mask)) return -EINVAL;
	long error;
	struct file *file = __common_file_of_kind(fd, &kind, -EINVAL, &error);
	if (!file) return error;
	__common_begin_mask(mask);
	long result = wait_until(file->object, events, room, deadline);
	__common_end_mask();
	__common_put(file);
	return result;
}

long SYS_epoll_pwait_function(int fd, struct epoll_event *events, int room, int milliseconds, const uint32_t *mask, size_t size)
{
	return wait_with_mask(fd, events, room, __common_after_milliseconds(milliseconds), mask, size);
}

long SYS_epoll_pwait2_function(int fd, struct epoll_event *events, int room, const struct kernel_timespec *time,
	const uint32_t *mask, size_t size)
{
	if (time && !__common_valid(time)) return -EINVAL;
	return wait_with_mask(fd, events, room, time ? __common_after(time) : FOREVER, mask, size);
}

#ifdef __arm__
long SYS_epoll_create_function(int size)
{
	return size > 0 ? SYS_epoll_create1_function(0) : -EINVAL;
}

long SYS_epoll_wait_function(int fd, struct epoll_event *events, int room, int milliseconds)
{
	return SYS_epoll_pwait_function(fd, events, room, milliseconds, 0, 0);
}
#endif
