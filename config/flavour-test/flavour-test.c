/*
 * Checks a musl whose system calls are functions, on top of a backend of these functions. Prints a line per check, and
 * a last one that sums up:
 *
 *     SELF-TEST <name> ok|FAIL [detail]
 *     SELF-TEST END ok|FAIL passed=<number> failed=<number>
 *
 * The exit code is 0 if nothing failed. Arguments:
 *
 *     [path]                     works on a file of this name (default: flavour-test.tmp), and removes it
 *     read-only <path> <text>    reads a file that holds the text, and writes none
 *     linux [path]               does also what needs signals, processes and pipes
 *     exit <number>              does nothing but end with this exit code
 *
 * Nothing here relies on threads that preempt each other.
 */
#include "flavour-test.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENTRY(check) { #check, check },
static const struct check checks[] = { CHECKS(ENTRY) { 0, 0 } };

const char *file_path = "flavour-test.tmp", *expected_text;

static char detail[256];
static int passed, failed;

int fail(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(detail, sizeof detail, format, arguments);
	va_end(arguments);
	return 0;
}

int note(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(detail, sizeof detail, format, arguments);
	va_end(arguments);
	return 1;
}

static void report(const char *name, int ok)
{
	*(ok ? &passed : &failed) += 1;
	printf("SELF-TEST %s %s%s%s\n", name, ok ? "ok" : "FAIL", *detail ? " " : "", detail);
}

static void run(const struct check *check)
{
	for (; check->name; check++) {
		detail[0] = 0;
		report(check->name, check->run());
	}
}

/* What is registered first runs last. */
static int handlers_that_ran;

static void runs_first(void)
{
	handlers_that_ran = handlers_that_ran == 0;
}

static void runs_second(void)
{
	handlers_that_ran = handlers_that_ran == 1 ? 2 : 0;
}

static void runs_last(void)
{
	detail[0] = 0;
	report("exit_handlers", handlers_that_ran == 2);
	printf("SELF-TEST END %s passed=%d failed=%d\n", failed ? "FAIL" : "ok", passed, failed);
	if (handlers_that_ran != 2) { /* main returned a code that didn't know of this. */
		fflush(stdout);
		_Exit(1);
	}
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "";
	if (argc > 2 && !strcmp(mode, "exit"))
		exit(atoi(argv[2]));
	setvbuf(stdout, 0, _IOLBF, 0); /* A crash must not lose the lines before it. */
	if (atexit(runs_last) || atexit(runs_second) || atexit(runs_first))
		return 1;
	int for_linux = !strcmp(mode, "linux");
	if (argc > 3 && !strcmp(mode, "read-only")) {
		file_path = argv[2];
		expected_text = argv[3];
	} else if (argc > 1 + for_linux) {
		file_path = argv[1 + for_linux];
	}
	run(checks);
	if (for_linux && checks_of_linux)
		run(checks_of_linux);
	else if (for_linux)
		report("linked_for_linux", fail("linux.c is missing"));
	return failed != 0;
}
