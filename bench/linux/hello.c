/*
 * A program that says hello, or, with an argument, what time it is: bench/linux.sh starts it in that way before and after it
 * starts it in another.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/reboot.h>
#include "../now.h"

int main(int argc, char **argv)
{
	if (argc > 1) printf("BENCH %s %llu moment\n", argv[1], (unsigned long long)now());
	else puts("hello");
#ifndef NATIVE
	if (getenv("power_off")) reboot(RB_POWER_OFF);
#endif
	return 0;
}
