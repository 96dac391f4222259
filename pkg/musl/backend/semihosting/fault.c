/*
 * Faults as signals. The handler runs on the thread's stack, or that of its signals, where a frame is made as Linux has it,
 * as if the instruction had called it. At the end an exception of its own has what is in the frame by then restored.
 */

#include "common/signals.h"
#include "semihosting.h"

/* Only a program that sets handlers has these; one with threads has the rest. */
__attribute__((weak)) __typeof__(__common_handles) __common_handles;
__attribute__((weak)) __typeof__(__common_fault) __common_fault;

#ifdef __aarch64__

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

enum { STATE = 0x0600fc20 }; /* of cpsr: T and the bits of IT */

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

/* The signal's handler is what the thread goes on with; 0 if it has none. */
int __semihosting_fault(struct frame *frame, int signal, int code, uintptr_t address)
{
	uintptr_t stack = frame->sp;
	if (!__common_handles || !__common_handles(__backend_self(), signal, &stack)) return 0;
	struct signal_frame *place = (struct signal_frame *)((stack - sizeof *place) & -16ul);
	place->information = (siginfo_t){ .si_signo = signal, .si_code = code };
	place->information.si_addr = (void *)address;
	__semihosting_tell_frame(frame, address, &place->context);
	__semihosting_redirect(frame, run_handler, place);
	return 1;
}

void __semihosting_restore(struct frame *frame)
{
	if (frame->x[1] == CONTEXT) __semihosting_take_frame(frame, (const ucontext_t *)frame->x[0]);
	else *frame = *(const struct frame *)frame->x[0];
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
