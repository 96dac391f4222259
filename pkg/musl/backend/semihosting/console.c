/*
 * The console: ":tt" is stdin, stdout or stderr of QEMU for the modes r, w and a, each opened at its first use. Editing lines is
 * the business of the host's terminal. Semihosting doesn't tell whether there is input: it counts as ready, and reading it
 * stops the whole machine until something comes.
 */

#include <errno.h>
#include <sys/ioctl.h>
#include "common.h"
#include "common/file.h"

const char __backend_input; /* small enough to be in every program */

static long handle_of(int stream)
{
	static const int modes[] = { SH_MODE_RB, SH_MODE_WB, SH_MODE_AB };
	static long handles[3]; /* 1 more than the handle; 0: not open */
	if (!handles[stream]) {
		long handle = __semihosting_host_open(":tt", modes[stream]);
		if (handle < 0) return handle;
		handles[stream] = handle + 1;
	}
	return handles[stream] - 1;
}

/* A second read of a terminal would wait for the next line. */
static long read_console(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	(void)file, (void)position;
	while (count > 1 && !parts->iov_len) count--, parts++;
	long handle = handle_of(0);
	return handle < 0 ? handle : __semihosting_transfer(SH_READ, handle, parts, count > 0);
}

static long write_console(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	(void)position;
	long handle = handle_of(file->number == 2 ? 2 : 1);
	return handle < 0 ? handle : __semihosting_transfer(SH_WRITE, handle, parts, count);
}

static long control(struct file *file, unsigned request, unsigned long argument)
{
	static struct terminal_settings settings;
	long handle = handle_of(file->number);
	if (handle < 0 || SH_CALL(SH_ISTTY, handle) != 1) return -ENOTTY;
	return __common_terminal_control(&settings, request, argument);
}

const struct file_kind __backend_console = {
	.read = read_console, .write = write_console, .control = control, .status = __common_terminal_status,
};
