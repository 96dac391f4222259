/*
 * The console: the log capability, a virtual console of L4Re. It delivers what is typed, and no more: lines, echo and erasing
 * are made here, as a terminal of Linux makes them. A wait for input looks for it from time to time, as a console's interrupt
 * belongs to one who asks.
 */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <l4/sys/vcon.h>
#include "common.h"
#include "common/file.h"

#define PAUSE (SECOND / 100)
#define LINE 4096 /* bytes of the longest line, as Linux has it (N_TTY_BUF_SIZE) */

/* Input that was typed: of the bytes in line, those before ready may be read; a count of ends of file is among them. */
static struct { char line[LINE]; size_t first, ready, filled; int ends; } input;
/* Only in programs that do something with signals. */
extern __typeof__(SYS_kill_function) SYS_kill_function __attribute__((weak));

static struct common_lock input_lock, output_lock;
static struct terminal_settings terminal;

/* -- Output -- */

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
	__common_lock(&output_lock);
	long result = write_parts(parts, count);
	__common_unlock(&output_lock);
	return result;
}

static void echo(const char *text, size_t length)
{
	l4_vcon_write(__l4re_environment->log, text, length);
}

/* -- Input: with its lock held -- */

static void echo_character(const struct kernel_termios *settings, char c)
{
	if (settings->local & ECHOCTL && (unsigned char)c < ' ' && c != '\n' && c != '\t') {
		const char shown[] = { '^', c + '@' };
		echo(shown, 2);
	} else {
		echo(&c, 1);
	}
}

static void erase(const struct kernel_termios *settings)
{
	if (input.filled == input.ready) return;
	/* A character of UTF-8 goes as a whole. */
	while (--input.filled > input.ready && (input.line[input.filled] & 0xc0) == 0x80);
	if (settings->local & ECHOE) echo("\b \b", 3);
}

/* Whether the character did something else than to be input. */
static int edits(const struct kernel_termios *settings, char c)
{
	const unsigned char *characters = settings->characters, typed = c;
	if (!typed) return 0;
	if (settings->local & ISIG) {
		int signal = typed == characters[VINTR] ? SIGINT : typed == characters[VQUIT] ? SIGQUIT : 0;
		if (signal) {
			if (settings->local & ECHO) echo_character(settings, c);
			input.filled = input.ready;
			if (!SYS_kill_function) __backend_exit(128 + signal);
			SYS_kill_function(1, signal);
			return 1;
		}
	}
	if (!(settings->local & ICANON)) return 0;
	if (typed == characters[VERASE] || typed == '\b') {
		erase(settings);
	} else if (typed == characters[VKILL]) {
		while (input.filled > input.ready) erase(settings);
	} else if (typed == characters[VEOF]) {
		/* It completes the line, and by itself is the end. */
		if (input.filled == input.ready) input.ends++;
		input.ready = input.filled;
	} else {
		return 0;
	}
	return 1;
}

static void type(const struct kernel_termios *settings, char c)
{
	if (c == '\r' && settings->input & IGNCR) return;
	if (c == '\r' && settings->input & ICRNL) c = '\n';
	else if (c == '\n' && settings->input & INLCR) c = '\r';
	if (edits(settings, c) || input.filled == LINE) return;
	input.line[input.filled++] = c;
	if (settings->local & ECHO || (c == '\n' && settings->local & ECHONL)) echo_character(settings, c);
	if (!(settings->local & ICANON) || c == '\n' || input.filled == LINE) input.ready = input.filled;
}

/* Takes what has been typed; returns whether there is something to read, be it the end. */
static int look(void)
{
	char typed[64];
	const struct kernel_termios *settings = __common_terminal_settings(&terminal);
	for (;;) {
		int n = l4_vcon_read(__l4re_environment->log, typed, sizeof typed);
		int count = n > (int)sizeof typed ? (int)sizeof typed : n;
		for (int i = 0; i < count; i++) type(settings, typed[i]);
		if (n <= (int)sizeof typed) return input.ends || input.first < input.ready;
	}
}

/* A line at most, if lines are what is read. */
static size_t take(char *buffer, size_t size)
{
	size_t n = 0;
	int lines = !!(__common_terminal_settings(&terminal)->local & ICANON);
	if (input.first == input.ready && input.ends) input.ends--;
	while (n < size && input.first < input.ready) {
		buffer[n] = input.line[input.first++];
		if (buffer[n++] == '\n' && lines) break;
	}
	memmove(input.line, input.line + input.first, input.filled - input.first);
	input.ready -= input.first;
	input.filled -= input.first;
	input.first = 0;
	return n;
}

static long read_console(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	(void)position;
	while (count && !parts->iov_len) count--, parts++;
	if (!count) return 0;
	for (;;) {
		__common_lock(&input_lock);
		int there = look();
		long n = there ? (long)take(parts->iov_base, parts->iov_len) : 0;
		__common_unlock(&input_lock);
		if (there) return n;
		if (file->flags & O_NONBLOCK) return -EAGAIN;
		long error = __common_pause(__backend_now() + PAUSE, RESTARTS);
		if (error) return error;
	}
}

static unsigned ready(struct file *file)
{
	(void)file;
	__common_lock(&input_lock);
	int there = look();
	__common_unlock(&input_lock);
	if (!there) __common_look_often();
	return POLLOUT | POLLWRNORM | (there ? POLLIN | POLLRDNORM : 0);
}

static long control(struct file *file, unsigned request, unsigned long argument)
{
	(void)file;
	if (request == FIONREAD) {
		__common_lock(&input_lock);
		look();
		*(int *)argument = input.ready - input.first;
		__common_unlock(&input_lock);
		return 0;
	}
	return __common_terminal_control(&terminal, request, argument);
}

static long status(struct file *file, struct status *status)
{
	(void)file;
	*status = (struct status){ .mode = S_IFCHR | 0620, .links = 1, .device = 3, .inode = 2, .special = makedev(5, 1) };
	return 0;
}

const struct file_kind __backend_console = {
	.read = read_console, .write = write_console, .ready = ready, .control = control, .status = status,
};
