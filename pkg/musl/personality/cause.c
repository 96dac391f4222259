/* What an upcall is about: both architectures describe it in the same form. */

#define _GNU_SOURCE
#include "user.h"

/* Exception classes: Arm ARM, "ESR_EL1" and "HSR". 0x3f is Fiasco's, for a message. */
enum { SVC_OF_32_BITS = 0x11, SVC = 0x15, FETCH = 0x20, UNALIGNED_PC = 0x22, ACCESS = 0x24, UNALIGNED_SP = 0x26,
	FLOATING = 0x2c, BREAKPOINT = 0x30, BKPT = 0x38, BRK = 0x3c, MESSAGE = 0x3f };
/* The status of a fault: translation, access flag and permission are from 4 to 15. */
#define DEBUG 0x22
#define IS_WRITE 0x40
#define IS_CACHE_MAINTENANCE 0x100

static struct cause fault_cause(const l4_vcpu_state_t *vcpu, int is_fetch)
{
	unsigned long err = vcpu->r.err;
	unsigned status = err & 0x3f;
	struct cause cause = { FAULT, PROT_READ, SIGSEGV, status >= 8 ? SEGV_ACCERR : SEGV_MAPERR, vcpu->r.pfa };
	if (is_fetch) cause.protection = PROT_EXEC;
	else if (err & IS_WRITE && !(err & IS_CACHE_MAINTENANCE)) cause.protection = PROT_WRITE;
	if (status >= 4 && status < 16) return cause;
	cause.kind = OTHER;
	cause.signal = status == DEBUG ? SIGTRAP : SIGBUS;
	cause.code = status == DEBUG ? TRAP_BRKPT : BUS_ADRALN;
	return cause;
}

struct cause linux_cause(const l4_vcpu_state_t *vcpu)
{
	int class = vcpu->r.err >> 26 & 0x3f;
	struct cause other = { OTHER, 0, SIGILL, ILL_ILLOPC, *place_of((l4_vcpu_regs_t *)&vcpu->r) };
	switch (class) {
	case SVC: case SVC_OF_32_BITS: return (struct cause){ .kind = CALL };
	case MESSAGE: return (struct cause){ .kind = INTERRUPT };
	case FETCH: case ACCESS: return fault_cause(vcpu, class == FETCH);
	case UNALIGNED_PC: case UNALIGNED_SP: other.signal = SIGBUS, other.code = BUS_ADRALN; break;
	case FLOATING: other.signal = SIGFPE, other.code = FPE_FLTINV; break;
	case BREAKPOINT: case BREAKPOINT + 2: case BREAKPOINT + 4: case BKPT: case BRK:
		other.signal = SIGTRAP, other.code = TRAP_BRKPT;
		break;
	}
	return other;
}
