/*
 * linux-run [--verbose] [--root=ARCHIVE] PROGRAM [ARGUMENTS...]: runs a program for Linux, static or dynamic, as a task of L4Re
 * of its own, without Linux. Its environment is that of linux-run, or a usual one if that has none.
 */

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <l4/sys/factory.h>
#include <l4/sys/vcon.h>
#include "user.h"

int linux_is_verbose;

static char *const usual_variables[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin:/rom", "HOME=/", "TERM=vt100", 0 };

static char *put_number(char *p, unsigned long value, unsigned base)
{
	char digits[24], *d = digits;
	do *d++ = "0123456789abcdef"[value % base]; while (value /= base);
	while (d != digits) *p++ = *--d;
	return p;
}

/* In one piece, so that lines of several tasks don't mix. */
void linux_say(const char *format, ...)
{
	char text[L4_VCON_WRITE_SIZE], *p = text, *end = text + sizeof text - 24;
	va_list list;
	va_start(list, format);
	for (; *format && p < end; format++) {
		if (*format != '%') {
			*p++ = *format;
			continue;
		}
		switch (*++format) {
		case 's':
			for (const char *s = va_arg(list, const char *); *s && p < end;) *p++ = *s++;
			break;
		case 'd': {
			long value = va_arg(list, long);
			if (value < 0) *p++ = '-', value = -value;
			p = put_number(p, value, 10);
			break;
		}
		case 'x':
			p = put_number(p, va_arg(list, unsigned long), 16);
			break;
		}
	}
	va_end(list);
	l4_vcon_write(__l4re_environment->log, text, p - text);
}

void linux_give_up(const char *what, long error)
{
	linux_say("linux-run: %s (error %d)\n", what, error);
	__backend_exit(126);
}

static const char *reason(long error)
{
	switch (error) {
	case -ENOENT: return "there is no such file; modules of the boot image are in rom/";
	case -ENOEXEC: return "it is not a program for Linux on this architecture, or is damaged";
	case -ELIBBAD: return "its interpreter (dynamic loader) is neither where it says nor a module of the boot image, or is damaged";
	case -ENOMEM: return "there is not enough memory, or it asks for addresses that it can't have";
	case -E2BIG: return "its arguments and environment are too long";
	case -EISDIR: case -EACCES: return "it is not a file that can be executed";
	}
	return "it can't be loaded";
}

static _Noreturn void refuse(const char *format, const char *what)
{
	linux_say("linux-run: ");
	linux_say(format, what);
	linux_say("\n");
	__backend_exit(126);
}

#define ROOT "--root="

static void unpack_root(const char *archive)
{
	long error = linux_unpack(archive);
	if (!error) return;
	linux_say("linux-run: can't use '%s' as root: %s (error %d)\n", archive,
		error == -EBADMSG ? "it is not a cpio archive (newc, not compressed), or is damaged" : reason(error), error);
	__backend_exit(126);
}

int main(int count, char **arguments, char **variables)
{
	l4_fpage_t no_utcbs = l4_fpage_invalid();
	const char *root = 0;
	for (count--, arguments++; count && arguments[0][0] == '-' && arguments[0][1] == '-'; count--, arguments++) {
		if (!strcmp(arguments[0], "--verbose")) linux_is_verbose = 1;
		else if (!strncmp(arguments[0], ROOT, sizeof ROOT - 1)) root = arguments[0] + sizeof ROOT - 1;
		else refuse("'%s' is no option; there are --verbose and --root=ARCHIVE", arguments[0]);
	}
	if (!count) refuse("which program? It takes: [--verbose] [--root=ARCHIVE] PROGRAM [ARGUMENTS...]", "");
	linux_begin_first_process();
	if (root) unpack_root(root);
	linux_first_space.task = __l4re_new_slot();
	long error = __l4re_error(l4_factory_create_task(__l4re_environment->factory, linux_first_space.task, &no_utcbs));
	if (error < 0) linux_give_up("the factory gives no task", error);

	struct thread *self = __backend_self();
	char *stack = linux_take_stack();
	if (!stack) linux_give_up("there is no memory for a stack", -ENOMEM);
	struct linux_thread *thread = linux_equip(self, stack);
	self->clear_at_exit = 0; /* libc's */
	static struct script script;
	if (linux_make_vdso()) linux_give_up("there is no memory for the vDSO", -ENOMEM);
	error = linux_find_program(arguments[0], &script);
	if (!error) error = linux_load(&script, arguments, *variables ? variables : usual_variables, thread);
	if (error < 0) {
		linux_say("linux-run: can't run '%s': %s (error %d)\n", arguments[0], reason(error), error);
		__backend_exit(error == -ENOENT ? 127 : 126);
	}
	linux_enter(thread);
}
