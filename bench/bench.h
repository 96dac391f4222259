/* What the programs of bench/ have in common: a line "BENCH <variant> <nanoseconds> <what>" for each figure. */
#ifndef BENCH_H
#define BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include "now.h"

static const char *variant = "?";

static void report(const char *what, uint64_t begin, unsigned long times)
{
	uint64_t taken = now() - begin;
	printf("BENCH %s %llu %s\n", variant, (unsigned long long)(taken / times), what);
	fflush(stdout);
}

static void fail(const char *what)
{
	printf("BENCH %s failed %s\n", variant, what);
	exit(1);
}

#endif
