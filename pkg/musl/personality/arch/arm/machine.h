/* What differs between architectures: registers, frames, and numbers of calls. This is arm. */
#ifndef MACHINE_H
#define MACHINE_H

#include <elf.h>
#include <stdint.h>
#include <l4/sys/vcpu.h>

#define MACHINE EM_ARM
#define PLATFORM "v7l"
/* AT_HWCAP, asm/hwcap.h of Linux: SWP, HALF, THUMB, FAST_MULT, VFP, EDSP, NEON, VFPv3, TLS, VFPD32. entry.S needs the last. */
#define HARDWARE (1 | 2 | 4 | 16 | 64 | 128 | 4096 | 8192 | 32768 | 524288)

#define THUMB 0x20      /* of the flags: the state of the program's instructions */
#define USER_MODE 0x10

/* In the table of calls, those that are arm's alone, from 0xf0000 on, follow the others. */
#define FIRST_PRIVATE 500
#define CALL_INDEX(number) ((number) >= 0xf0000 ? (number) - 0xf0000 + FIRST_PRIVATE : (number) < FIRST_PRIVATE ? (number) : -1)

/* Floating point, as entry.S leaves it on the kernel stack. */
struct floats { uint32_t fpscr, unused; uint64_t d[32]; };

#define FLOATS_ROOM 272 /* on the kernel stack, as in entry.S, which has them 8 bytes above its end */

static inline unsigned long *call_result(l4_vcpu_regs_t *registers) { return registers->r; }
static inline unsigned long call_number(const l4_vcpu_regs_t *registers) { return registers->r[7]; }
/* By sigreturn or rt_sigreturn. */
static inline int returns_from_handler(unsigned long number) { return number == 119 || number == 173; }
static inline unsigned long *place_of(l4_vcpu_regs_t *registers) { return &registers->ip; }
/* Bytes of the instruction that makes a call. */
static inline int call_size(const l4_vcpu_regs_t *registers) { return registers->flags & THUMB ? 2 : 4; }

/* Of a program that begins. */
static inline l4_vcpu_regs_t first_registers(unsigned long entry, unsigned long sp)
{
	return (l4_vcpu_regs_t){ .ip = entry & ~1ul, .sp = sp, .flags = USER_MODE | (entry & 1 ? THUMB : 0) };
}

static inline void *get_thread_pointer(const l4_vcpu_regs_t *registers)
{
	return (void *)registers->tpidruro;
}

static inline void set_thread_pointer(l4_vcpu_regs_t *registers, void *pointer)
{
	registers->tpidruro = (unsigned long)pointer;
}

/*
 * tpidrurw, which the program can write, is this thread's UTCB here, and the kernel doesn't exchange it. entry.S does what
 * keep_own_registers does, before anything needs the UTCB, whose address is in the state's user_data[1].
 */
static inline void keep_own_registers(l4_vcpu_state_t *vcpu)
{
	__asm__ volatile ("mrc p15, 0, %0, c13, c0, 2" : "=r"(vcpu->r.tpidrurw));
	__asm__ volatile ("mcr p15, 0, %0, c13, c0, 2" : : "r"(vcpu->user_data[1]) : "memory");
}

static inline void give_registers(const l4_vcpu_state_t *vcpu)
{
	__asm__ volatile ("mcr p15, 0, %0, c13, c0, 2" : : "r"(vcpu->r.tpidrurw) : "memory");
}

#pragma GCC visibility push(hidden)
struct linux_thread;
extern const uint32_t machine_trampoline[4]; /* in the vDSO */
struct cause;
/* Whether the kernel's code in front of the end reads the counter that the vDSO reads: mrrc p15, 1, r0, r1, c14. */
static inline int machine_reads_counter(const uint32_t *code, const uint32_t *end)
{
	while (code < end && *code != 0xec510f1e) code++;
	return code < end;
}
/* Does what the program expects of code that is not there; returns whether it has. */
int machine_helps(struct linux_thread *thread, const struct cause *cause);
/* There is memory now from which what the program writes can be executed. */
void machine_expects_code(void);
void machine_was_interrupted(struct linux_thread *thread);
#pragma GCC visibility pop

#endif
