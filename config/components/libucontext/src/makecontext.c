#define _GNU_SOURCE
#include <stdarg.h>
#include <stdint.h>
#include <ucontext.h>

/* How many arguments are in registers; the others are on the stack, which has this alignment. */
#ifdef __aarch64__
typedef uint64_t word;
#define IN_REGISTERS 8
#define ALIGNMENT 16
#define ARGUMENT(context) ((context)->uc_mcontext.regs)
#define SET(context, stack, function, end, link) ( \
	(context)->uc_mcontext.sp = (stack), \
	(context)->uc_mcontext.pc = (function), \
	(context)->uc_mcontext.regs[19] = (link), \
	(context)->uc_mcontext.regs[29] = 0, \
	(context)->uc_mcontext.regs[30] = (end))
#endif

#ifdef __arm__
typedef uint32_t word;
#define IN_REGISTERS 4
#define ALIGNMENT 8
#define ARGUMENT(context) (&(context)->uc_mcontext.arm_r0)
#define SET(context, stack, function, end, link) ( \
	(context)->uc_mcontext.arm_sp = (stack), \
	(context)->uc_mcontext.arm_pc = (function), \
	(context)->uc_mcontext.arm_r4 = (link), \
	(context)->uc_mcontext.arm_fp = 0, \
	(context)->uc_mcontext.arm_lr = (end))
#endif

extern __attribute__((visibility("hidden"))) void context_end(void);

void makecontext(ucontext_t *context, void (*function)(void), int count, ...)
{
	word *stack = (word *)((char *)context->uc_stack.ss_sp + context->uc_stack.ss_size);
	if (count > IN_REGISTERS)
		stack -= count - IN_REGISTERS;
	stack = (word *)((uintptr_t)stack & -(uintptr_t)ALIGNMENT);

	va_list arguments;
	va_start(arguments, count);
	for (int i = 0; i < count; i++) {
		/* POSIX has int, but programs pass pointers as well. */
		word value = va_arg(arguments, word);
		if (i < IN_REGISTERS)
			ARGUMENT(context)[i] = value;
		else
			stack[i - IN_REGISTERS] = value;
	}
	va_end(arguments);

	SET(context, (word)(uintptr_t)stack, (word)(uintptr_t)function, (word)(uintptr_t)context_end,
		(word)(uintptr_t)context->uc_link);
}
