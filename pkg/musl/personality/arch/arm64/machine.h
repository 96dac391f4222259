/* What differs between architectures: registers and frames. This is arm64. */
#ifndef MACHINE_H
#define MACHINE_H

#include <elf.h>
#include <stdint.h>
#include <l4/sys/vcpu.h>

#define MACHINE EM_AARCH64
#define PLATFORM "aarch64"
#define INSTRUCTION 4 /* bytes of the one that makes a call */
#define HARDWARE 3 /* AT_HWCAP: floating point and Advanced SIMD, which all have */
#define LINUX_RT_SIGRETURN 139

/* Floating point, as entry.S leaves it on the kernel stack and Linux in its frames. */
struct floats { uint32_t fpsr, fpcr; __uint128_t v[32]; } __attribute__((packed, aligned(8)));

#define FLOATS_ROOM 544 /* on the kernel stack, as in entry.S, which has them 8 bytes above its end */

static inline unsigned long *call_result(l4_vcpu_regs_t *registers) { return registers->r; }
static inline unsigned long call_number(const l4_vcpu_regs_t *registers) { return registers->r[8]; }

static inline void *get_thread_pointer(void)
{
	void *pointer;
	__asm__ volatile ("mrs %0, tpidr_el0" : "=r"(pointer));
	return pointer;
}

static inline void set_thread_pointer(void *pointer)
{
	__asm__ volatile ("msr tpidr_el0, %0" : : "r"(pointer));
}

/* What an upcall is about. */
struct cause {
	enum { CALL, INTERRUPT, FAULT, OTHER } kind;
	int protection;    /* of a fault: which one the access needs */
	int signal, code;  /* of the others, and of a fault that can't be resolved */
	unsigned long address;
};

#pragma GCC visibility push(hidden)
struct linux_thread;
struct cause machine_cause(const l4_vcpu_state_t *vcpu);
struct handler { unsigned long function, restorer, stack; int signal, wants_information; uint64_t mask; };
long machine_push_frame(struct linux_thread *thread, const struct handler *handler, const void *information);
/* Takes the frame off the stack, and the mask that is in it. */
long machine_pop_frame(struct linux_thread *thread, uint64_t *mask);
extern const uint32_t machine_trampoline[2];
#pragma GCC visibility pop

#endif
