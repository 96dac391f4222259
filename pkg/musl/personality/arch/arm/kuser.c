/*
 * What Linux has at the end of the address space (Documentation/arch/arm/kernel_user_helpers.rst): code that programs for
 * older processors call. It can't be mapped there, as addresses of programs end far below; but the jump there is a fault, and
 * what the code would do is done here. Their number, a word at 0xffff0ffc, can't be read.
 */

#include "user.h"

enum { CMPXCHG64 = 0xffff0f60, MEMORY_BARRIER = 0xffff0fa0, CMPXCHG = 0xffff0fc0, GET_TLS = 0xffff0fe0 };
#define CARRY 0x20000000

/* Where the program may write so much, aligned; or null. */
static void *writable(user_t address, size_t size)
{
	return address % size || linux_accessible(address, size, PROT_WRITE) < size ? 0 : linux_here(address);
}

/* Returns 0 if the value was there and is replaced. */
static int exchange(const l4_vcpu_regs_t *registers, uint32_t *word)
{
	uint32_t expected = registers->r[0];
	return !__atomic_compare_exchange_n(word, &expected, (uint32_t)registers->r[1], 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

/* The values are where the first two arguments lead to. */
static int exchange_long(uint64_t expected, uint64_t new, uint64_t *word)
{
	return !__atomic_compare_exchange_n(word, &expected, new, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

static int help(l4_vcpu_regs_t *registers)
{
	uint64_t expected, new;
	void *word;
	int failed = 0;
	switch (registers->ip) {
	case GET_TLS:
		registers->r[0] = registers->tpidruro;
		return 1;
	case MEMORY_BARRIER:
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
		return 1;
	case CMPXCHG:
		if (!(word = writable(registers->r[2], sizeof(uint32_t)))) return 0;
		failed = exchange(registers, word);
		break;
	case CMPXCHG64:
		if (!(word = writable(registers->r[2], sizeof(uint64_t)))) return 0;
		if (copy_from_user(&expected, registers->r[0], sizeof expected) || copy_from_user(&new, registers->r[1], sizeof new)) return 0;
		failed = exchange_long(expected, new, word);
		break;
	default:
		return 0;
	}
	registers->r[0] = failed;
	registers->flags = failed ? registers->flags & ~CARRY : registers->flags | CARRY;
	return 1;
}

int machine_helps(struct linux_thread *thread, const struct cause *cause)
{
	l4_vcpu_regs_t *registers = &thread->vcpu->r;
	if (cause->protection != PROT_EXEC || registers->flags & THUMB || !help(registers)) return 0;
	registers->ip = registers->lr & ~1ul;
	registers->flags = (registers->flags & ~THUMB) | (registers->lr & 1 ? THUMB : 0);
	return 1;
}
