/*
 * Checks the musl that it runs on, from the inside, and prints what harness.h says. The exit code is 0 if nothing failed.
 * With the argument "booted" it also checks what only holds in a booted system.
 * LOADER, the path of the dynamic loader, comes from the compiler's command line.
 */
#define HARNESS_MAIN
#include "self-test.h"

#include <string.h>

static const struct check checks[] = { CHECKS(ENTRY) }, checks_of_booted[] = { CHECKS_OF_BOOTED(ENTRY) };

int main(int argc, char **argv)
{
	setvbuf(stdout, 0, _IOLBF, 0); /* A crash must not lose the lines before it. */
	run(checks, sizeof checks / sizeof *checks);
	if (argc > 1 && !strcmp(argv[1], "booted"))
		run(checks_of_booted, sizeof checks_of_booted / sizeof *checks_of_booted);
	sum_up();
	return failed != 0;
}
