/* Messages of the backend itself, and the end of the program. Independent of the table of files: it reports faults, too. */

#include "semihosting.h"

/* The reason of a normal end: semihosting specification, table "Software reason codes". */
#define ADP_STOPPED_APPLICATION_EXIT 0x20026

void __semihosting_report(const char *text)
{
	static long handle;
	/* ":tt" opened for appending is stderr (extension SH_EXT_STDOUT_STDERR, which QEMU has). */
	if (!handle) handle = SH_CALL(SH_OPEN, (long)":tt", SH_MODE_AB, 3);
	SH_CALL(SH_WRITE, handle, (long)text, __common_length(text));
}

void __semihosting_report_number(unsigned long number, int base)
{
	char digits[2 + 2*sizeof number + 8], *p = digits + sizeof digits;
	*--p = 0;
	do *--p = "0123456789abcdef"[number % base];
	while (number /= base);
	if (base == 16) *--p = 'x', *--p = '0';
	__semihosting_report(p);
}

/*
 * SYS_EXIT carries a status on arm64 only; SYS_EXIT_EXTENDED (extension SH_EXT_EXIT_EXTENDED, which QEMU has) on both.
 * The host closes what is open. The loop is for a debugger that continues after the exit.
 */
void __backend_exit(int status)
{
	for (;;) SH_CALL(SH_EXIT_EXTENDED, ADP_STOPPED_APPLICATION_EXIT, status & 255);
}
