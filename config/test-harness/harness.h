/*
 * What the test programs share: they run checks and print a line for each, and a last one that sums up:
 *
 *     SELF-TEST <name> ok|FAIL [detail]
 *     SELF-TEST END ok|FAIL passed=<number> failed=<number>
 *
 * All source files of a program include the first part. The one that has main() defines HARNESS_MAIN before it does, and so
 * gets the second part too.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include <errno.h>

/* Returns 1 for success. */
struct check { const char *name; int (*run)(void); };

/* For lists of checks of the form X(name) X(name). */
#define DECLARE(check) int check(void);
#define ENTRY(check) { #check, check },

/* Keeps the detail to report, and returns 0. */
__attribute__((format(printf, 1, 2))) int fail(const char *format, ...);

/* The same for a detail of a success: it is 1. */
#define note(...) (fail(__VA_ARGS__), 1)

#define REQUIRE(condition) \
	do { if (!(condition)) return fail("line %d: %s (errno %d)", __LINE__, #condition, errno); } while (0)

#ifdef HARNESS_MAIN

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

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

static void sum_up(void)
{
	printf("SELF-TEST END %s passed=%d failed=%d\n", failed ? "FAIL" : "ok", passed, failed);
}

#endif
#endif
