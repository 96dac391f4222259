/* What the files of this backend share. The backend's own names begin with __semihosting_ and are hidden. */

#ifndef SEMIHOSTING_H
#define SEMIHOSTING_H

#include <stddef.h>
#include <stdint.h>
#include "common/interface.h"
#include "syscall_functions.h"

/* Operation numbers: Arm, "Semihosting for AArch32 and AArch64", chapter "Semihosting operations". */
enum semihosting_operation {
	SH_OPEN = 0x01, SH_CLOSE = 0x02, SH_WRITE = 0x05, SH_READ = 0x06, SH_ISTTY = 0x09, SH_SEEK = 0x0a,
	SH_FLEN = 0x0c, SH_REMOVE = 0x0e, SH_RENAME = 0x0f, SH_TIME = 0x11, SH_ERRNO = 0x13,
	SH_GET_CMDLINE = 0x15, SH_HEAPINFO = 0x16, SH_EXIT_EXTENDED = 0x20,
};

/* SYS_OPEN's modes, which are the indexes of fopen's mode strings in the specification's table. */
enum { SH_MODE_RB = 1, SH_MODE_RB_PLUS = 3, SH_MODE_WB = 5, SH_MODE_WB_PLUS = 7, SH_MODE_AB = 9, SH_MODE_AB_PLUS = 11 };

/*
 * One request to the host. The argument is a block of longs, the address of one, or 0; the result comes in the
 * register of the operation number. HLT is the trap that the specification prefers for A profile cores; an assembler
 * for armv7 doesn't know it, hence the word.
 */
static inline long __semihosting_call(int operation, const void *block)
{
#ifdef __aarch64__
	register long result __asm__("x0") = operation;
	register const void *argument __asm__("x1") = block;
	__asm__ volatile ("hlt 0xf000" : "+r"(result), "+r"(argument) : : "memory");
#else
	register long result __asm__("r0") = operation;
	register const void *argument __asm__("r1") = block;
	__asm__ volatile (".inst 0xe10f0070" : "+r"(result), "+r"(argument) : : "memory");
#endif
	return result;
}

#define SH_CALL(operation, ...) __semihosting_call(operation, (const long[]){ __VA_ARGS__ })

#define PAGE 4096ul
#define STACK 0x200000ul /* bytes of the main stack: from RAM's start to the image, see link.ld */

/* All registers of the program where an exception stopped it; vectors.S knows the layout. */
struct frame {
#ifdef __aarch64__
	unsigned long x[31], sp, pc, pstate, fpsr, fpcr;
	__uint128_t v[32];
#else
	unsigned long x[13], sp, lr, pc, pstate, fpscr;
	uint64_t d[32];
#endif
};
_Static_assert(sizeof(struct frame) == (sizeof(long) == 8 ? 800 : 328), "as in vectors.S");

struct thread {
	struct thread *older;          /* in the list of all */
	struct thread *next;           /* in the queue that it's in */
	void *stack_pointer;           /* of its saved registers, while it doesn't run */
	int id;
	int *clear_at_exit;            /* set_tid_address, CLONE_CHILD_CLEARTID */
	const volatile int *waits_for; /* address of a futex */
	unsigned bits;                 /* of FUTEX_WAIT_BITSET */
	uint64_t deadline;             /* on the monotonic clock */
	long result;                   /* of the wait */
	int policy, priority, lent, nice, processor;
	unsigned long affinity;
	char name[16];
	int64_t used;                  /* nanoseconds of the processor; see __backend_thread_time */
	void *robust_list;
	struct thread_signals signals;
};

#define DESCRIPTORS 1024

struct iovec;

struct __ucontext;

#pragma GCC visibility push(hidden)

extern char __semihosting_image_end[], __semihosting_stack_bottom[]; /* link.ld */

/* report.c */
void __semihosting_report(const char *text);
void __semihosting_report_number(unsigned long number, int base);

/* clock.c, idle.c */
uint64_t __semihosting_ticks(void);
uint64_t __semihosting_frequency(void);
int64_t __semihosting_processor_time(void);
void __semihosting_ended_time(int64_t used);
void __semihosting_idle_until(uint64_t deadline);
void __semihosting_set_timer(uint64_t deadline);
int __semihosting_enable_timer(void);

/* threads.c, switch.S */
void __semihosting_start_ready(struct thread *thread);
uint64_t __semihosting_earliest(void);
void __semihosting_take_turns(void);
_Noreturn void __semihosting_leave(void);
void __semihosting_switch(void **save, void *next);
void __semihosting_thread_start(void);

/* fault.c, vectors.S */
enum resumed { FRAME, CONTEXT };
_Noreturn void __semihosting_resume(void *registers, enum resumed kind);
extern char __semihosting_resume_place[];
int __semihosting_fault(struct frame *frame, int signal, int code, uintptr_t address);
void __semihosting_restore(struct frame *frame);
void __semihosting_redirect(struct frame *frame, void (*function)(void *), void *argument);
void __semihosting_tell_frame(const struct frame *frame, uintptr_t address, struct __ucontext *context);
void __semihosting_take_frame(struct frame *frame, const struct __ucontext *context);

/* tick.c */
void __semihosting_interrupt(struct frame *frame);
void __semihosting_start_ticks(void);
void __semihosting_stop_ticks(void);
void __semihosting_set_tick(void);

/* random.c */
long __semihosting_random(void *buffer, size_t size);

/* files.c */
long __semihosting_host_error(void);
long __semihosting_host_open(const char *path, int mode);
long __semihosting_transfer(int operation, long handle, const struct iovec *parts, int count);

#pragma GCC visibility pop

#endif
