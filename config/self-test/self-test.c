/*
 * Checks the musl that it runs on, from the inside. Prints a line per check, and a last one that sums up:
 *
 *     SELF-TEST <name> ok|FAIL [detail]
 *     SELF-TEST END ok|FAIL passed=<number> failed=<number>
 *
 * The exit code is 0 if nothing failed. LOADER, the path of the dynamic loader, comes from the compiler's command line.
 */
#include "self-test.h"

#include <stdarg.h>
#include <stdio.h>

#define ENTRY(check) { #check, check },
static const struct { const char *name; int (*run)(void); } checks[] = { CHECKS(ENTRY) };

static char detail[256];

int fail(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(detail, sizeof detail, format, arguments);
	va_end(arguments);
	return 0;
}

int main(void)
{
	int passed = 0, failed = 0;
	setvbuf(stdout, 0, _IOLBF, 0); /* A crash must not lose the lines before it. */
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
		detail[0] = 0;
		int ok = checks[i].run();
		*(ok ? &passed : &failed) += 1;
		printf("SELF-TEST %s %s%s%s\n", checks[i].name, ok ? "ok" : "FAIL", *detail ? " " : "", detail);
	}
	printf("SELF-TEST END %s passed=%d failed=%d\n", failed ? "FAIL" : "ok", passed, failed);
	return failed != 0;
}
