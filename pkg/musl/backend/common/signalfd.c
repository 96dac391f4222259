/* signalfd: signals that the reading thread blocks, as bytes. */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include "common/signals.h"
#include "common/objects.h"
#include "common/parts.h"

void __common_signal_queued(int signal)
{
	(void)signal;
	__common_changed();
}

static struct signalfd_siginfo describe(const siginfo_t *information)
{
	struct signalfd_siginfo result = {
		.ssi_signo = information->si_signo, .ssi_errno = information->si_errno, .ssi_code = information->si_code,
	};
	if (information->si_code == SI_TIMER) {
		result.ssi_tid = information->si_timerid;
		result.ssi_overrun = information->si_overrun;
	} else {
		result.ssi_pid = information->si_pid;
		result.ssi_uid = information->si_uid;
	}
	if (information->si_code < 0 && information->si_code != SI_TKILL) {
		result.ssi_int = information->si_value.sival_int;
		result.ssi_ptr = (uintptr_t)information->si_value.sival_ptr;
	}
	if (information->si_code > 0 && BIT(information->si_signo) & SYNCHRONOUS) result.ssi_addr = (uintptr_t)information->si_addr;
	return result;
}

/* As many signals as there are and have room. */
static size_t take(const uint64_t *set, const struct iovec *parts, int count, size_t room)
{
	siginfo_t information;
	size_t done = 0;
	__common_lock(&process_signals()->lock);
	while (room - done >= sizeof(struct signalfd_siginfo) && __common_take_signal(__backend_self(), *set, &information)) {
		struct signalfd_siginfo record = describe(&information);
		done += __common_scatter(parts, count, done, &record, sizeof record);
	}
	__common_unlock(&process_signals()->lock);
	return done;
}

static long read_signals(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	size_t room = __common_length_of(parts, count);
	(void)position;
	if (room < sizeof(struct signalfd_siginfo)) return -EINVAL;
	for (;;) {
		int seen = __common_event_count();
		size_t done = take(file->object, parts, count, room);
		if (done) return done;
		if (file->flags & O_NONBLOCK) return -EAGAIN;
		long error = __common_wait_for_event(seen, FOREVER);
		if (error == -EINTR) return error;
	}
}

static unsigned ready(struct file *file)
{
	return pending_signals(__backend_self()) & *(uint64_t *)file->object ? POLLIN : 0;
}

static void release(struct file *file)
{
	__common_free(file->object);
}

static const struct file_kind kind = {
	.read = read_signals, .ready = ready, .status = __common_status_of_nothing, .release = release,
};

static long change(int fd, uint64_t set)
{
	long error;
	struct file *file = __common_file_of_kind(fd, &kind, -EINVAL, &error);
	if (!file) return error;
	*(uint64_t *)file->object = set;
	__common_put(file);
	__common_changed();
	return fd;
}

long SYS_signalfd4_function(int fd, const uint32_t *mask, size_t size, int flags)
{
	uint64_t *set;
	if (size != sizeof *set || flags & ~(SFD_CLOEXEC | SFD_NONBLOCK)) return -EINVAL;
	if (fd != -1) return change(fd, mask_of(mask) & ~UNSTOPPABLE);
	set = __common_allocate(sizeof *set);
	if (!set) return -ENOMEM;
	*set = mask_of(mask) & ~UNSTOPPABLE;
	return __common_new_object(&kind, set, flags);
}

#ifdef __arm__
long SYS_signalfd_function(int fd, const uint32_t *mask, size_t size)
{
	return SYS_signalfd4_function(fd, mask, size, 0);
}
#endif
