/* arm64: the frames of signals. */

#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include "user.h"

/* -- Frames: arch/arm64/kernel/signal.c and uapi/asm/sigcontext.h of Linux -- */

#define FLOATS_RECORD 0x46508001

struct frame {
	siginfo_t information;
	uint64_t flags, link;
	stack_t stack;
	uint64_t mask, unused_mask[15], padding;
	uint64_t fault_address, r[31], sp, pc, pstate, padding2;
	struct { uint32_t magic, size; struct floats floats; } record;
	uint32_t end[2];
	char reserved[4096 - 528 - 8];
	uint64_t frame_record[2];
};

_Static_assert(offsetof(struct frame, flags) == 128 && offsetof(struct frame, fault_address) == 128 + 176
	&& offsetof(struct frame, record) == 128 + 176 + 288 && offsetof(struct frame, frame_record) == 128 + 176 + 288 + 4096,
	"as Linux has it");
#define USED offsetof(struct frame, reserved)

long machine_push_frame(struct linux_thread *thread, const struct handler *handler, const void *information)
{
	struct frame frame;
	l4_vcpu_regs_t *registers = &thread->vcpu->r;
	const struct thread_signals *signals = &__backend_self()->signals;
	user_t place = (handler->stack - sizeof frame) & -16ul;
	int is_on_stack = registers->sp - (user_t)signals->stack < signals->stack_size;
	const uint64_t record[2] = { registers->r[29], registers->r[30] };

	memset(&frame, 0, USED);
	memcpy(&frame.information, information, sizeof frame.information);
	frame.stack = (stack_t){ signals->stack, !signals->stack_size ? SS_DISABLE : is_on_stack ? SS_ONSTACK : 0, signals->stack_size };
	frame.mask = handler->mask;
	frame.fault_address = thread->fault_address;
	memcpy(frame.r, registers->r, sizeof frame.r);
	frame.sp = registers->sp;
	frame.pc = registers->pc;
	frame.pstate = registers->pstate;
	frame.record.magic = FLOATS_RECORD;
	frame.record.size = sizeof frame.record;
	frame.record.floats = *thread->floats;
	if (copy_to_user(place, &frame, USED) || copy_to_user(place + offsetof(struct frame, frame_record), record, sizeof record))
		return -EFAULT;

	registers->r[0] = handler->signal;
	registers->r[1] = place;
	registers->r[2] = place + offsetof(struct frame, flags);
	registers->r[29] = place + offsetof(struct frame, frame_record);
	registers->r[30] = handler->restorer ? handler->restorer : linux_space()->trampoline;
	registers->sp = place;
	registers->pc = handler->function;
	return 0;
}

/* Of the state, only the flags can be changed. Linux demands the record of floating point, too. */
long machine_pop_frame(struct linux_thread *thread, uint64_t *mask)
{
	struct frame frame;
	l4_vcpu_regs_t *registers = &thread->vcpu->r;
	if (registers->sp % 16 || copy_from_user(&frame, registers->sp, USED)) return -EFAULT;
	if (frame.record.magic != FLOATS_RECORD || frame.record.size != sizeof frame.record) return -EINVAL;
	memcpy(registers->r, frame.r, sizeof frame.r);
	registers->sp = frame.sp;
	registers->pc = frame.pc;
	registers->pstate = (registers->pstate & ~0xf0000000ul) | (frame.pstate & 0xf0000000ul);
	*thread->floats = frame.record.floats;
	*mask = frame.mask;
	return 0;
}
