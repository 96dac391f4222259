/*
 * What a terminal is, and what ioctl asks it: its settings and its window. The settings are the kernel's structure, not libc's
 * larger one.
 */

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include "common.h"
#include "common/file.h"

/* As a terminal of Linux begins: drivers/tty/tty_io.c, tty_std_termios. */
static const struct kernel_termios standard = {
	.input = ICRNL | IXON, .output = OPOST | ONLCR, .control = B38400 | CS8 | CREAD | HUPCL,
	.local = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
	.characters = {
		[VINTR] = 3, [VQUIT] = 28, [VERASE] = 127, [VKILL] = 21, [VEOF] = 4, [VMIN] = 1, [VSTART] = 17, [VSTOP] = 19,
		[VSUSP] = 26, [VREPRINT] = 18, [VDISCARD] = 15, [VWERASE] = 23, [VLNEXT] = 22,
	},
};

struct kernel_termios *__common_terminal_settings(struct terminal_settings *terminal)
{
	if (!terminal->known) {
		terminal->termios = standard;
		terminal->known = 1;
	}
	return &terminal->termios;
}

/* What only the foreground may ask for. */
static int is_change(unsigned request)
{
	return request == TCSETS || request == TCSETSW || request == TCSETSF || request == TIOCSPGRP || request == TCSBRK
		|| request == TCSBRKP || request == TCXONC || request == TCFLSH;
}

long __common_terminal_control(struct terminal_settings *terminal, unsigned request, unsigned long argument)
{
	struct kernel_termios *termios = __common_terminal_settings(terminal);
	long error = is_change(request) ? __common_await_foreground(terminal, SIGTTOU) : 0;
	if (error) return error;
	switch (request) {
	case TCGETS:
		memcpy((void *)argument, termios, sizeof *termios);
		return 0;
	case TCSETS: case TCSETSW: case TCSETSF:
		memcpy(termios, (void *)argument, sizeof *termios);
		return 0;
	case TIOCGWINSZ: /* 0 by 0, as on a serial line, until somebody tells */
		memcpy((void *)argument, &terminal->window, sizeof terminal->window);
		return 0;
	case TIOCSWINSZ:
		memcpy(&terminal->window, (void *)argument, sizeof terminal->window);
		return 0;
	case TIOCGPGRP:
		if (!__common_has_terminal(terminal)) return -ENOTTY;
		*(int *)argument = __common_foreground(terminal);
		return 0;
	case TIOCGSID:
		if (!__common_has_terminal(terminal)) return -ENOTTY;
		*(int *)argument = __common_session_of(terminal);
		return 0;
	case TIOCSPGRP:
		if (!__common_has_terminal(terminal)) return -ENOTTY;
		if (!__common_is_group(*(int *)argument)) return -EPERM;
		terminal->group = *(int *)argument;
		return 0;
	case TIOCSCTTY:
		return __common_take_terminal(terminal);
	case TCSBRK: case TCSBRKP: case TCXONC: case TCFLSH: case TIOCNOTTY:
		return 0;
	}
	return -ENOTTY;
}

long __common_terminal_status(struct file *file, struct status *status)
{
	(void)file; /* that of /dev/console: Documentation/admin-guide/devices.txt */
	*status = (struct status){ .mode = S_IFCHR | 0620, .links = 1, .device = 3, .inode = 2, .special = makedev(5, 1) };
	return 0;
}
