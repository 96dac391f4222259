/* arm: the frames of signals. */

#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include "user.h"

_Static_assert(offsetof(l4_vcpu_state_t, r.tpidrurw) == 0x74, "as entry.S has it");
_Static_assert(offsetof(l4_vcpu_state_t, user_data[1]) == 8, "as entry.S has it");

/* arch/arm/kernel/signal.c, signal.h, and uapi/asm/sigcontext.h, ucontext.h of Linux */

#define FLOATS_RECORD 0x56465001
#define OLD_FRAME 0x5ac3c35a /* in the flags of a frame without information */

struct context {
	uint32_t flags, link;
	uint32_t stack, stack_flags, stack_size;
	uint32_t trap, error, old_mask, r[13], sp, lr, pc, cpsr, fault_address;
	uint64_t mask, unused_mask[15];
	struct {
		uint32_t magic, size;
		uint64_t d[32];
		uint32_t fpscr, padding, exception[3], padding2;
	} record __attribute__((aligned(8)));
	uint32_t end[2];
	char reserved[512 - 288 - 8];
} __attribute__((packed));

struct frame { struct context context; uint32_t code[4]; };
struct frame_with_information { siginfo_t information; struct frame frame; };

_Static_assert(offsetof(struct context, mask) == 104 && offsetof(struct context, record) == 232 && sizeof(struct context) == 744
	&& sizeof(siginfo_t) == 128, "as Linux has it");
#define USED offsetof(struct context, reserved)

/* The program's flags, what Thumb code is in the middle of, and which code it is. */
#define CHANGEABLE (0xf8000000 | 0x060ffc00 | THUMB)
#define IN_BLOCK 0x0600fc00 /* IT */
#define BIG_ENDIAN_DATA 0x200

enum { OLD_RETURN, RETURN = 2 }; /* in the trampoline */

static void fill(struct context *context, struct linux_thread *thread, const struct handler *handler)
{
	const l4_vcpu_regs_t *registers = &thread->vcpu->r;
	const struct thread_signals *signals = &__backend_self()->signals;
	int is_on_stack = registers->sp - (user_t)signals->stack < signals->stack_size;
	memset(context, 0, USED);
	context->flags = handler->wants_information ? 0 : OLD_FRAME;
	context->stack = (user_t)signals->stack;
	context->stack_flags = !signals->stack_size ? SS_DISABLE : is_on_stack ? SS_ONSTACK : 0;
	context->stack_size = signals->stack_size;
	context->old_mask = handler->mask;
	memcpy(context->r, registers->r, sizeof context->r);
	context->sp = registers->sp;
	context->lr = registers->lr;
	context->pc = registers->ip;
	context->cpsr = registers->flags;
	context->fault_address = thread->fault_address;
	context->mask = handler->mask;
	context->record.magic = FLOATS_RECORD;
	context->record.size = sizeof context->record;
	memcpy(context->record.d, thread->floats->d, sizeof context->record.d);
	context->record.fpscr = thread->floats->fpscr;
}

long machine_push_frame(struct linux_thread *thread, const struct handler *handler, const void *information)
{
	struct context context;
	l4_vcpu_regs_t *registers = &thread->vcpu->r;
	size_t size = handler->wants_information ? sizeof(struct frame_with_information) : sizeof(struct frame);
	user_t place = (handler->stack - size) & -8ul, frame = place;
	if (handler->wants_information) {
		if (copy_to_user(place, information, sizeof(siginfo_t))) return -EFAULT;
		frame += offsetof(struct frame_with_information, frame);
	}
	const uint32_t *code = machine_trampoline + (handler->wants_information ? RETURN : OLD_RETURN);
	fill(&context, thread, handler);
	if (copy_to_user(frame, &context, USED)) return -EFAULT;
	/* The code is there for debuggers, which know handlers by it. */
	if (!handler->restorer && copy_to_user(frame + offsetof(struct frame, code), code, 2*sizeof *code)) return -EFAULT;

	user_t trampoline = linux_space()->trampoline + (user_t)((const char *)code - (const char *)machine_trampoline);
	registers->r[0] = handler->signal;
	if (handler->wants_information) registers->r[1] = place, registers->r[2] = frame;
	registers->sp = place;
	registers->lr = handler->restorer ? handler->restorer : trampoline;
	registers->ip = handler->function & (handler->function & 1 ? ~1ul : ~3ul);
	registers->flags = (registers->flags & ~(IN_BLOCK | THUMB | BIG_ENDIAN_DATA)) | (handler->function & 1 ? THUMB : 0);
	return 0;
}

/* Without a record of floating point that is one, there is none. The number of the call tells which frame it is. */
long machine_pop_frame(struct linux_thread *thread, uint64_t *mask)
{
	struct context context;
	l4_vcpu_regs_t *registers = &thread->vcpu->r;
	user_t frame = registers->sp;
	if (registers->r[7] == 173) frame += offsetof(struct frame_with_information, frame);
	if (registers->sp % 8 || copy_from_user(&context, frame, USED)) return -EFAULT;
	if (context.record.magic != FLOATS_RECORD || context.record.size != sizeof context.record) return -EINVAL;
	memcpy(registers->r, context.r, sizeof context.r);
	registers->sp = context.sp;
	registers->lr = context.lr;
	registers->ip = context.pc & (context.cpsr & THUMB ? ~1ul : ~3ul);
	registers->flags = (registers->flags & ~CHANGEABLE) | (context.cpsr & CHANGEABLE);
	memcpy(thread->floats->d, context.record.d, sizeof context.record.d);
	thread->floats->fpscr = context.record.fpscr;
	*mask = context.mask;
	return 0;
}
