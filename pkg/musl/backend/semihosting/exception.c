/*
 * Exceptions of the processor. One of an instruction becomes a signal, if the program has a handler for it (fault.c); else
 * it is reported, and the end of the program with the status a shell shows for Linux's signal.
 */

#define _GNU_SOURCE
#include <signal.h>
#include "semihosting.h"

/* Only a program that sets handlers, or needs ticks, has these. */
__attribute__((weak)) __typeof__(__semihosting_fault) __semihosting_fault;
__attribute__((weak)) __typeof__(__semihosting_restore) __semihosting_restore;
__attribute__((weak)) __typeof__(__semihosting_interrupt) __semihosting_interrupt;

struct cause {
	const char *name;
	int signal, code, has_address;
};

#ifdef __aarch64__

enum { INTERRUPT = 1, FROM_PROGRAM = 4 }; /* Arm ARM, "Exception vectors": from SP_EL0, where the program runs */

static int is_interrupt(unsigned long kind)
{
	return kind == INTERRUPT;
}

static int is_nested(unsigned long kind, const struct frame *frame)
{
	(void)frame;
	return kind >= FROM_PROGRAM;
}

/* Fault status codes: Arm ARM, ESR_EL1, "ISS encoding for an exception from a Data Abort". */
static void of_access(struct cause *cause, unsigned long syndrome)
{
	unsigned status = syndrome & 63;
	cause->has_address = 1;
	if (status == 0x21) *cause = (struct cause){ "alignment fault", SIGBUS, BUS_ADRALN, 1 };
	else if (status >= 8 && status < 16) cause->code = SEGV_ACCERR;
	else if (status >= 16) cause->signal = SIGBUS, cause->code = BUS_ADRERR;
}

/* Classes: Arm ARM, "ESR_EL1", field EC. */
static struct cause cause_of(unsigned long kind, unsigned long syndrome)
{
	struct cause cause = { "unexpected exception", SIGSEGV, SEGV_MAPERR, 0 };
	if (kind % 4) cause.name = "unexpected interrupt";
	else switch (syndrome >> 26 & 63) {
	case 0x00: cause = (struct cause){ "undefined instruction", SIGILL, ILL_ILLOPC, 0 }; break;
	case 0x15: cause = (struct cause){ "stray svc instruction", SIGSYS, 1, 0 }; break;
	case 0x21: cause.name = "instruction fetch fault"; of_access(&cause, syndrome); break;
	case 0x25: cause.name = syndrome & 1 << 6 ? "write fault" : "read fault"; of_access(&cause, syndrome); break;
	case 0x22: case 0x26: cause = (struct cause){ "alignment fault", SIGBUS, BUS_ADRALN, 0 }; break;
	case 0x2c: cause = (struct cause){ "floating-point exception", SIGFPE, FPE_FLTINV, 0 }; break;
	case 0x3c: cause = (struct cause){ "breakpoint", SIGTRAP, TRAP_BRKPT, 0 }; break;
	}
	return cause;
}

#else

enum { UNDEFINED = 1, CALL, PREFETCH, DATA, INTERRUPT = 6 };
enum { SYSTEM_MODE = 0x1f }; /* of cpsr */

static int is_interrupt(unsigned long kind)
{
	return kind == INTERRUPT;
}

static int is_nested(unsigned long kind, const struct frame *frame)
{
	(void)kind;
	return (frame->pstate & 31) != SYSTEM_MODE;
}

/* DFSR and IFSR, field FS: Arm ARM (ARMv7), "Fault status encodings". Not all instructions take unaligned addresses. */
static void of_access(struct cause *cause, unsigned long syndrome)
{
	unsigned status = (syndrome & 15) | (syndrome >> 6 & 16);
	cause->has_address = 1;
	if (status == 1) *cause = (struct cause){ "alignment fault", SIGBUS, BUS_ADRALN, 1 };
	else if (status == 2) *cause = (struct cause){ "breakpoint", SIGTRAP, TRAP_BRKPT, 0 };
	else if (status == 9 || status == 11 || status == 13 || status == 15) cause->code = SEGV_ACCERR;
	else if (status != 5 && status != 7) cause->signal = SIGBUS, cause->code = BUS_ADRERR;
}

static struct cause cause_of(unsigned long kind, unsigned long syndrome)
{
	struct cause cause = { "unexpected exception", SIGSEGV, SEGV_MAPERR, 0 };
	switch (kind) {
	case UNDEFINED: cause = (struct cause){ "undefined instruction", SIGILL, ILL_ILLOPC, 0 }; break;
	case CALL: cause = (struct cause){ "stray svc instruction", SIGSYS, 1, 0 }; break;
	case PREFETCH: cause.name = "instruction fetch fault"; of_access(&cause, syndrome); break;
	case DATA: cause.name = syndrome & 1 << 11 ? "write fault" : "read fault"; of_access(&cause, syndrome); break;
	}
	return cause;
}

#endif

static _Noreturn void report(const struct cause *cause, const struct frame *frame, unsigned long syndrome,
	unsigned long address)
{
	__semihosting_report("semihosting: ");
	__semihosting_report(cause->name);
	if (cause->has_address) {
		__semihosting_report(", address ");
		__semihosting_report_number(address, 16);
	}
	__semihosting_report(", instruction at ");
	__semihosting_report_number(frame->pc, 16);
	__semihosting_report(", syndrome ");
	__semihosting_report_number(syndrome, 16);
	__semihosting_report(", thread ");
	__semihosting_report_number(__backend_self()->id, 10);
	__semihosting_report("\n");
	__backend_exit(128 + cause->signal);
}

__attribute__((visibility("hidden"))) void __semihosting_exception(unsigned long kind, struct frame *frame,
	unsigned long syndrome, unsigned long address)
{
	int nested = is_nested(kind, frame);
	if (!nested && is_interrupt(kind) && __semihosting_interrupt) {
		__semihosting_interrupt(frame);
		return;
	}
	if (!nested && frame->pc == (unsigned long)__semihosting_resume_place && __semihosting_restore) {
		__semihosting_restore(frame);
		return;
	}
	struct cause cause = cause_of(kind, syndrome);
	if (!cause.has_address) address = frame->pc;
	if (nested || is_interrupt(kind) || !__semihosting_fault
		|| !__semihosting_fault(frame, cause.signal, cause.code, address)) report(&cause, frame, syndrome, address);
}
