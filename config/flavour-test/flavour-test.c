/*
 * Checks a musl whose system calls are functions, on top of a backend of these functions, and prints what harness.h says.
 * The exit code is 0 if nothing failed. Arguments:
 *
 *     [path]                     works on a file of this name (default: flavour-test.tmp), and removes it
 *     read-only <path> <text>    reads a file that holds the text, and writes none
 *     linux [path]               does also what needs processes and pipes
 *     exit <number>              does nothing but end with this exit code
 */
#define HARNESS_MAIN
#include "flavour-test.h"

#include <stdlib.h>
#include <string.h>

static const struct check checks[] = { CHECKS(ENTRY) };

const char *file_path = "flavour-test.tmp", *expected_text;

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

static int exit_handlers(void)
{
	return handlers_that_ran == 2;
}

static int linked_for_linux(void)
{
	return fail("linux.c is missing");
}

static const struct check check_of_exit[] = { ENTRY(exit_handlers) }, check_of_linking[] = { ENTRY(linked_for_linux) };

static void runs_last(void)
{
	run(check_of_exit, 1);
	sum_up();
	if (!exit_handlers()) { /* main returned a code that didn't know of this. */
		fflush(stdout);
		_Exit(1);
	}
}

int main(int argc, char **argv)
{
	errno_at_start = errno;
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
	run(checks, sizeof checks / sizeof *checks);
	if (for_linux && !checks_of_linux)
		run(check_of_linking, 1);
	for (const struct check *check = checks_of_linux; for_linux && check && check->name; check++)
		run(check, 1);
	return failed != 0;
}
