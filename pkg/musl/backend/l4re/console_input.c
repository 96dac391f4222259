/*
 * What is typed at the console. L4Re's virtual console delivers it, and no more: lines, echo and erasing are made here, as a
 * terminal of Linux makes them. A wait for input looks for it from time to time, as a console's interrupt belongs to one who
 * asks. Programs that read nothing are linked without this file.
 */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <l4/sys/vcon.h>
#include "common.h"
#include "common/file.h"

#define PAUSE (SECOND / 100)
#define LINE 4096 /* bytes of the longest line, as Linux has it (N_TTY_BUF_SIZE) */

const char __backend_input;

/* Input that was typed: of the bytes in line, those before ready may be read; a count of ends of file is among them. */
static struct { char line[LINE]; size_t first, ready, filled; int ends; } input;
static struct common_lock lock;

#ifndef PROCESSES
/* Only in programs that do something with signals. */
extern __typeof__(SYS_kill_function) SYS_kill_function __attribute__((weak));

static void __common_signal_group(int group, int signal)
{
	if (!SYS_kill_function) __backend_exit(128 + signal);
	SYS_kill_function(group, signal);
}
#endif

/* -- With the lock held -- */

static void echo(const char *text, size_t length)
{
	l4_vcon_write(__l4re_environment->log, text, length);
}

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
		int signal = typed == characters[VINTR] ? SIGINT : typed == characters[VQUIT] ? SIGQUIT
			: typed == characters[VSUSP] ? SIGTSTP : 0;
		if (signal) {
			if (settings->local & ECHO) echo_character(settings, c);
			input.filled = input.ready;
			__common_signal_group(__common_foreground(&__l4re_terminal), signal);
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
	const struct kernel_termios *settings = __common_terminal_settings(&__l4re_terminal);
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
	int lines = !!(__common_terminal_settings(&__l4re_terminal)->local & ICANON);
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

#ifdef PROCESSES
static void look_again(struct common_timer *timer)
{
	__common_lock(&lock);
	look();
	__common_unlock(&lock);
	__common_set_timer(timer, __backend_now() + 10*PAUSE);
}

/* Ctrl-C is for a program that computes, too, while its parent waits and nobody reads. */
static void begin_to_look(void)
{
	static struct common_timer timer = { .expire = look_again };
	static int has_begun;
	if (!__atomic_exchange_n(&has_begun, 1, __ATOMIC_RELAXED)) look_again(&timer);
}
#else
static void begin_to_look(void)
{
}
#endif

long __l4re_console_read(struct file *file, const struct iovec *parts, int count)
{
	while (count && !parts->iov_len) count--, parts++;
	if (!count) return 0;
	begin_to_look();
	for (;;) {
		long error = __common_await_foreground(&__l4re_terminal, SIGTTIN);
		if (error) return error;
		__common_lock(&lock);
		int there = look();
		long n = there ? (long)take(parts->iov_base, parts->iov_len) : 0;
		__common_unlock(&lock);
		if (there) return n;
		if (file->flags & O_NONBLOCK) return -EAGAIN;
		error = __common_pause(__backend_now() + PAUSE, RESTARTS);
		if (error) return error;
	}
}

int __l4re_console_ready(void)
{
	__common_lock(&lock);
	int there = look();
	__common_unlock(&lock);
	if (!there) __common_look_often();
	return there;
}

/* How many bytes there are to read. */
int __l4re_console_count(void)
{
	__common_lock(&lock);
	look();
	int count = input.ready - input.first;
	__common_unlock(&lock);
	return count;
}
