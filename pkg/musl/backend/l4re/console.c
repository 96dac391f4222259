/* The console: the log capability, a virtual console of L4Re. */

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <l4/sys/vcon.h>
#include "common.h"
#include "common/file.h"

static struct common_lock lock;
struct terminal_settings __l4re_terminal;

/* Of console_input.c, if anything reads. */
#pragma weak __l4re_console_read
#pragma weak __l4re_console_ready
#pragma weak __l4re_console_count

/* The parts go out together in as few messages as they fit in, so that lines of several threads don't mix. */
static long write_parts(const struct iovec *part, int count)
{
	char text[L4_VCON_WRITE_SIZE];
	size_t filled = 0;
	long done = 0;
	for (size_t offset = 0; count;) {
		size_t n = part->iov_len - offset < sizeof text - filled ? part->iov_len - offset : sizeof text - filled;
		memcpy(text + filled, (const char *)part->iov_base + offset, n);
		filled += n;
		offset += n;
		if (offset == part->iov_len) part++, count--, offset = 0;
		if (filled < sizeof text && count) continue;
		if (filled && l4_vcon_write(__l4re_environment->log, text, filled) < 0) return done ? done : -EIO;
		done += filled;
		filled = 0;
	}
	return done;
}

static long write_console(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	(void)file, (void)position;
	int is_guarded = __l4re_terminal.known && __l4re_terminal.termios.local & TOSTOP;
	long result = is_guarded ? __common_await_foreground(&__l4re_terminal, SIGTTOU) : 0;
	if (result) return result;
	__common_lock(&lock);
	result = write_parts(parts, count);
	__common_unlock(&lock);
	return result;
}

static long read_console(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	(void)position;
	return __l4re_console_read ? __l4re_console_read(file, parts, count) : -EIO;
}

static unsigned ready(struct file *file)
{
	(void)file;
	return POLLOUT | POLLWRNORM | (__l4re_console_ready && __l4re_console_ready() ? POLLIN | POLLRDNORM : 0);
}

static long control(struct file *file, unsigned request, unsigned long argument)
{
	(void)file;
	if (request == FIONREAD && __l4re_console_count) {
		*(int *)argument = __l4re_console_count();
		return 0;
	}
	return __common_terminal_control(&__l4re_terminal, request, argument);
}

const struct file_kind __backend_console = {
	.read = read_console, .write = write_console, .ready = ready, .control = control, .status = __common_terminal_status,
};
