/* An exception of the processor: reported, and the end of the program with the status a shell shows for Linux's signal. */

#include <signal.h>
#include "semihosting.h"

_Noreturn __attribute__((visibility("hidden"))) void __semihosting_exception(unsigned long kind, unsigned long place,
	unsigned long syndrome, unsigned long address)
{
	const char *name = "unexpected exception";
	int signal = SIGSEGV, has_address = 0;
#ifdef __aarch64__
	/* Synchronous ones are vectors 0 and 4; classes: Arm ARM, "ESR_EL1", field EC. */
	if (kind % 4) syndrome = 0, name = "unexpected interrupt";
	else switch (syndrome >> 26 & 63) {
	case 0x00: name = "undefined instruction"; signal = SIGILL; break;
	case 0x15: name = "stray svc instruction"; signal = SIGSYS; break;
	case 0x21: name = "instruction fetch fault"; has_address = 1; break;
	case 0x25: name = syndrome & 1 << 6 ? "write fault" : "read fault"; has_address = 1; break;
	case 0x22: case 0x26: name = "alignment fault"; signal = SIGBUS; break;
	case 0x3c: name = "breakpoint"; signal = SIGTRAP; break;
	}
#else
	switch (kind) {
	case 1: name = "undefined instruction"; signal = SIGILL; break;
	case 2: name = "stray svc instruction"; signal = SIGSYS; break;
	case 3: name = "instruction fetch fault"; has_address = 1; break;
	case 4: name = syndrome & 1 << 11 ? "write fault" : "read fault"; has_address = 1; break;
	}
	/* DFSR, field FS: Arm ARM (ARMv7), "Fault status encodings". Not all instructions take unaligned addresses. */
	if (kind == 4 && (syndrome & 0x40f) == 1) name = "alignment fault", signal = SIGBUS;
#endif
	__semihosting_report("semihosting: ");
	__semihosting_report(name);
	if (has_address) {
		__semihosting_report(", address ");
		__semihosting_report_number(address, 16);
	}
	__semihosting_report(", instruction at ");
	__semihosting_report_number(place, 16);
	__semihosting_report(", syndrome ");
	__semihosting_report_number(syndrome, 16);
	__semihosting_report(", thread ");
	__semihosting_report_number(__backend_self()->id, 10);
	__semihosting_report("\n");
	__backend_exit(128 + signal);
}
