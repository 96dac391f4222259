/*
 * Exceptions of the processor. One of an instruction becomes a signal, if the program has a handler for it; else it is
 * reported, and the end of the program with the status a shell shows for Linux's signal. The handler runs on the thread's
 * stack, where the frame is copied to, as if the instruction had called it, and the frame restored at the end.
 */

#include "common/signals.h"
#include "semihosting.h"

/* Only a program that sets handlers, or needs ticks, has these. */
__attribute__((weak)) __typeof__(__common_handles) __common_handles;
__attribute__((weak)) __typeof__(__common_fault) __common_fault;
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

static void set_call(struct frame *frame, void (*function)(void *), void *argument)
{
	frame->x[0] = (unsigned long)argument;
	frame->x[29] = frame->x[30] = 0;
	frame->pc = (unsigned long)function;
}

#define MAGIC FPSIMD_MAGIC
struct floats { uint32_t magic, size, fpsr, fpcr; __uint128_t v[32]; uint32_t end[2]; };

void __semihosting_tell_frame(const struct frame *frame, uintptr_t address, ucontext_t *context)
{
	struct floats *floats = (struct floats *)context->uc_mcontext.__reserved;
	memset(context, 0, sizeof *context - sizeof context->uc_mcontext.__reserved);
	context->uc_mcontext.fault_address = address;
	memcpy(context->uc_mcontext.regs, frame->x, sizeof frame->x);
	context->uc_mcontext.sp = frame->sp;
	context->uc_mcontext.pc = frame->pc;
	context->uc_mcontext.pstate = frame->pstate;
	*floats = (struct floats){ .magic = MAGIC, .size = offsetof(struct floats, end) };
	floats->fpsr = frame->fpsr;
	floats->fpcr = frame->fpcr;
	memcpy(floats->v, frame->v, sizeof floats->v);
}

/* Of the processor's state, only the flags may change. */
void __semihosting_take_frame(struct frame *frame, const ucontext_t *context)
{
	const struct floats *floats = (const struct floats *)context->uc_mcontext.__reserved;
	memcpy(frame->x, context->uc_mcontext.regs, sizeof frame->x);
	frame->sp = context->uc_mcontext.sp;
	frame->pc = context->uc_mcontext.pc;
	frame->pstate = (frame->pstate & ~0xf0000000ul) | (context->uc_mcontext.pstate & 0xf0000000ul);
	if (floats->magic != MAGIC) return;
	frame->fpsr = floats->fpsr;
	frame->fpcr = floats->fpcr;
	memcpy(frame->v, floats->v, sizeof floats->v);
}

#else

enum { UNDEFINED = 1, CALL, PREFETCH, DATA, INTERRUPT = 6 };
enum { SYSTEM_MODE = 0x1f, THUMB = 1 << 5, STATE = 0x0600fc20 }; /* of cpsr; the last: T and the bits of IT */

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

static void set_call(struct frame *frame, void (*function)(void *), void *argument)
{
	frame->x[0] = (unsigned long)argument;
	frame->x[11] = frame->lr = 0;
	frame->pstate &= ~STATE;
	frame->pc = (unsigned long)function;
}

/* arch/arm/include/asm/ucontext.h, struct vfp_sigframe */
#define MAGIC 0x56465001
struct floats { uint32_t magic, size; uint64_t d[32]; uint32_t fpscr, padding, exception[3], padding2; uint32_t end[2]; };

void __semihosting_tell_frame(const struct frame *frame, uintptr_t address, ucontext_t *context)
{
	struct floats *floats = (struct floats *)context->uc_regspace;
	memset(context, 0, offsetof(ucontext_t, uc_regspace));
	context->uc_mcontext.fault_address = address;
	memcpy(&context->uc_mcontext.arm_r0, frame->x, sizeof frame->x);
	context->uc_mcontext.arm_sp = frame->sp;
	context->uc_mcontext.arm_lr = frame->lr;
	context->uc_mcontext.arm_pc = frame->pc;
	context->uc_mcontext.arm_cpsr = frame->pstate;
	*floats = (struct floats){ .magic = MAGIC, .size = offsetof(struct floats, end), .fpscr = frame->fpscr };
	memcpy(floats->d, frame->d, sizeof floats->d);
}

/* Of the processor's state, only the flags and what belongs to the address may change. */
void __semihosting_take_frame(struct frame *frame, const ucontext_t *context)
{
	const struct floats *floats = (const struct floats *)context->uc_regspace;
	unsigned long changeable = 0xf80f0000 | STATE;
	memcpy(frame->x, &context->uc_mcontext.arm_r0, sizeof frame->x);
	frame->sp = context->uc_mcontext.arm_sp;
	frame->lr = context->uc_mcontext.arm_lr;
	frame->pc = context->uc_mcontext.arm_pc;
	frame->pstate = (frame->pstate & ~changeable) | (context->uc_mcontext.arm_cpsr & changeable);
	if (floats->magic != MAGIC) return;
	frame->fpscr = floats->fpscr;
	memcpy(frame->d, floats->d, sizeof floats->d);
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

/* The thread goes on with that function and its argument, on a stack that ends there. */
void __semihosting_redirect(struct frame *frame, void (*function)(void *), void *argument)
{
	frame->sp = (unsigned long)argument;
	set_call(frame, function, argument);
}

/* As Linux has it, but for the frame record. */
struct signal_frame {
	siginfo_t information;
	ucontext_t context;
};

/* On the thread's stack, or that of its signals. */
static void run_handler(void *argument)
{
	struct signal_frame *signal = argument;
	__common_fault(__backend_self(), &signal->information, &signal->context);
	__semihosting_resume(&signal->context, CONTEXT);
}

__attribute__((visibility("hidden"))) void __semihosting_exception(unsigned long kind, struct frame *frame,
	unsigned long syndrome, unsigned long address)
{
	int nested = is_nested(kind, frame);
	if (!nested && is_interrupt(kind) && __semihosting_interrupt) {
		__semihosting_interrupt(frame);
		return;
	}
	if (!nested && frame->pc == (unsigned long)__semihosting_resume_place) {
		if (frame->x[1] == CONTEXT) __semihosting_take_frame(frame, (const ucontext_t *)frame->x[0]);
		else *frame = *(const struct frame *)frame->x[0];
		return;
	}
	struct cause cause = cause_of(kind, syndrome);
	uintptr_t stack = frame->sp;
	if (nested || is_interrupt(kind) || !__common_handles || !__common_handles(__backend_self(), cause.signal, &stack))
		report(&cause, frame, syndrome, address);
	struct signal_frame *signal = (struct signal_frame *)((stack - sizeof *signal) & -16ul);
	signal->information = (siginfo_t){ .si_signo = cause.signal, .si_code = cause.code };
	signal->information.si_addr = (void *)(cause.has_address ? address : frame->pc);
	__semihosting_tell_frame(frame, address, &signal->context);
	__semihosting_redirect(frame, run_handler, signal);
}

/* Every exception comes here, and every stack can be used. */
void __backend_catch(int signal, int handled)
{
	(void)signal, (void)handled;
}

void __backend_set_signal_stack(void *stack, size_t size)
{
	(void)stack, (void)size;
}
