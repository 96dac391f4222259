/* What differs between architectures: registers, frames, and numbers of calls. This is arm64. */
#ifndef MACHINE_H
#define MACHINE_H

#include <elf.h>
#include <stdint.h>
#include <l4/sys/vcpu.h>

#define MACHINE EM_AARCH64
#define PLATFORM "aarch64"
#define HARDWARE 3 /* AT_HWCAP: floating point and Advanced SIMD, which all have */

/* Floating point, as entry.S leaves it on the kernel stack and Linux in its frames. */
struct floats { uint32_t fpsr, fpcr; __uint128_t v[32]; } __attribute__((packed, aligned(8)));

#define FLOATS_ROOM 544 /* on the kernel stack, as in entry.S, which has them 8 bytes above its end */

#define CALL_INDEX(number) (number) /* in the table of calls */

static inline unsigned long *call_result(l4_vcpu_regs_t *registers) { return registers->r; }
static inline unsigned long call_number(const l4_vcpu_regs_t *registers) { return registers->r[8]; }
static inline int returns_from_handler(unsigned long number) { return number == 139 /* rt_sigreturn */; }
static inline unsigned long *place_of(l4_vcpu_regs_t *registers) { return &registers->pc; }
/* Bytes of the instruction that makes a call. */
static inline int call_size(const l4_vcpu_regs_t *registers) { return (void)registers, 4; }

/* Of a program that begins. */
static inline l4_vcpu_regs_t first_registers(unsigned long entry, unsigned long sp)
{
	return (l4_vcpu_regs_t){ .pc = entry, .sp = sp };
}

/* The thread's own register holds it here, too. */
static inline void *get_thread_pointer(const l4_vcpu_regs_t *registers)
{
	(void)registers;
	void *pointer;
	__asm__ volatile ("mrs %0, tpidr_el0" : "=r"(pointer));
	return pointer;
}

static inline void set_thread_pointer(l4_vcpu_regs_t *registers, void *pointer)
{
	(void)registers;
	__asm__ volatile ("msr tpidr_el0, %0" : : "r"(pointer));
}

/* What the kernel does not keep for this thread while the program runs. */
static inline void keep_own_registers(l4_vcpu_state_t *vcpu) { (void)vcpu; }
static inline void give_registers(const l4_vcpu_state_t *vcpu) { (void)vcpu; }

#pragma GCC visibility push(hidden)
struct linux_thread;
extern const uint32_t machine_trampoline[2]; /* in the vDSO */
struct cause;
/* Whether the kernel's code in front of the end reads the counter that the vDSO reads: mrs x0, cntvct_el0. */
static inline int machine_reads_counter(const uint32_t *code, const uint32_t *end)
{
	while (code < end && *code != 0xd53be040) code++;
	return code < end;
}
/* Does what the program expects of code that is not there; returns whether it has. */
static inline int machine_helps(struct linux_thread *thread, const struct cause *cause) { return (void)thread, (void)cause, 0; }
/* There is memory now from which what the program writes can be executed. */
static inline void machine_expects_code(void) { }
static inline void machine_was_interrupted(struct linux_thread *thread) { (void)thread; }
#pragma GCC visibility pop

#endif
