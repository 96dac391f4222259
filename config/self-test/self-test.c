/*
 * Checks the musl that it runs on, from the inside. Prints a line per check, and a last one that sums up:
 *
 *     SELF-TEST <name> ok|FAIL [detail]
 *     SELF-TEST END ok|FAIL passed=<number> failed=<number>
 *
 * The exit code is 0 if nothing failed. With the argument "booted" it also checks what only holds in a booted system.
 * LOADER, the path of the dynamic loader, comes from the compiler's command line.
 */
#include "self-test.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ENTRY(check) { #check, check },
static const struct check { const char *name; int (*run)(void); } checks[] = { CHECKS(ENTRY) }, checks_of_booted[] = { CHECKS_OF_BOOTED(ENTRY) };

static char detail[256];

int fail(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(detail, sizeof detail, format, arguments);
	va_end(arguments);
	return 0;
}

static int passed, failed;

static void run(const struct check *check, size_t count)
{
	for (; count--; check++) {
		detail[0] = 0;
		int ok = check->run();
		*(ok ? &passed : &failed) += 1;
		printf("SELF-TEST %s %s%s%s\n", check->name, ok ? "ok" : "FAIL", *detail ? " " : "", detail);
	}
}

int main(int argc, char **argv)
{
	setvbuf(stdout, 0, _IOLBF, 0); /* A crash must not lose the lines before it. */
	run(checks, sizeof checks / sizeof *checks);
	if (argc > 1 && !strcmp(argv[1], "booted"))
		run(checks_of_booted, sizeof checks_of_booted / sizeof *checks_of_booted);
	printf("SELF-TEST END %s passed=%d failed=%d\n", failed ? "FAIL" : "ok", passed, failed);
	return failed != 0;
}
