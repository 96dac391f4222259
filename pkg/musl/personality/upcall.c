/* What the program causes, and how it goes on. All of it runs on the kernel stack of the thread that caused it. */

#include <l4/sys/ipc.h>
#include <l4/sys/thread.h>
#include "user.h"

/* To the program, with the registers in the vCPU's state. Compiled without those for floating point, which are the program's. */
__attribute__((target("general-regs-only"))) void linux_resume(l4_vcpu_state_t *vcpu)
{
	vcpu->saved_state = L4_VCPU_F_USER_MODE | L4_VCPU_F_IRQ | L4_VCPU_F_EXCEPTIONS | L4_VCPU_F_PAGE_FAULTS | L4_VCPU_F_FPU_ENABLED;
	l4_utcb_t *utcb = l4_utcb();
	l4_msgtag_t tag = l4_thread_vcpu_resume_start_u(utcb);
	give_registers(vcpu);
	tag = l4_thread_vcpu_resume_commit_u(L4_INVALID_CAP, tag, utcb);
	keep_own_registers(vcpu);
	linux_give_up("the kernel does not resume a thread", l4_error(tag));
}

/* A thread that begins. */
void linux_enter(struct linux_thread *thread)
{
	linux_deliver(thread, -1, 0);
	linux_leave(thread->vcpu, thread->floats);
}

/* A thread without signals is the usual case. */
static inline void deliver(struct linux_thread *thread, long number, unsigned long first)
{
	if (thread->signalled || thread->restores || __common_due(__backend_self()) & TO_HANDLE)
		linux_deliver(thread, number, first);
}

static void call(struct linux_thread *thread)
{
	l4_vcpu_regs_t *registers = &thread->vcpu->r;
	unsigned long number = call_number(registers), *result = call_result(registers), first = *result;
	*place_of(registers) += call_size(registers);
	if (returns_from_handler(number)) {
		linux_return_from_handler(thread);
		number = -1;
	} else {
		*result = linux_call(thread, number, registers->r);
	}
	deliver(thread, number, first);
}

void linux_upcall(l4_vcpu_state_t *vcpu)
{
	struct linux_thread *thread = (struct linux_thread *)vcpu->user_data[0];
	struct cause cause = linux_cause(vcpu);
	switch (cause.kind) {
	case CALL:
		call(thread);
		return;
	case FAULT:
		if (linux_page_in(cause.address, cause.protection) || machine_helps(thread, &cause)) return;
		break;
	case INTERRUPT:
		machine_was_interrupted(thread);
		break;
	case OTHER:
		break;
	}
	if (cause.kind != INTERRUPT) {
		thread->fault_address = cause.address;
		linux_fault(thread, cause.signal, cause.code, cause.address);
	}
	deliver(thread, -1, 0);
}
