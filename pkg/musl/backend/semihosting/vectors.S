/*
 * Exceptions: all registers are saved on the exceptions' stack as struct frame (semihosting.h), exception.c decides, and
 * what is in the frame by then becomes the registers again. Interrupts are masked meanwhile, so nothing interrupts this.
 */

#ifdef __aarch64__

#define FRAME 800
#define FLOATS 288

	.text
	.global __semihosting_vectors
	.hidden __semihosting_vectors
	.balign 2048
__semihosting_vectors:
	.set kind, 0
	.rept 16		// 4 kinds of exceptions from each of 4 states: Arm ARM, "Exception vectors"
	.balign 128
	sub sp, sp, #FRAME
	stp x0, x1, [sp]
	mov x0, #kind
	b exception
	.set kind, kind + 1
	.endr

exception:
	stp x2, x3, [sp, #16]
	stp x4, x5, [sp, #32]
	stp x6, x7, [sp, #48]
	stp x8, x9, [sp, #64]
	stp x10, x11, [sp, #80]
	stp x12, x13, [sp, #96]
	stp x14, x15, [sp, #112]
	stp x16, x17, [sp, #128]
	stp x18, x19, [sp, #144]
	stp x20, x21, [sp, #160]
	stp x22, x23, [sp, #176]
	stp x24, x25, [sp, #192]
	stp x26, x27, [sp, #208]
	stp x28, x29, [sp, #224]
	mrs x1, sp_el0
	mrs x2, elr_el1
	mrs x3, spsr_el1
	mrs x4, fpsr
	mrs x5, fpcr
	stp x30, x1, [sp, #240]
	stp x2, x3, [sp, #256]
	stp x4, x5, [sp, #272]
	add x6, sp, #FLOATS
	stp q0, q1, [x6, #0]
	stp q2, q3, [x6, #32]
	stp q4, q5, [x6, #64]
	stp q6, q7, [x6, #96]
	stp q8, q9, [x6, #128]
	stp q10, q11, [x6, #160]
	stp q12, q13, [x6, #192]
	stp q14, q15, [x6, #224]
	stp q16, q17, [x6, #256]
	stp q18, q19, [x6, #288]
	stp q20, q21, [x6, #320]
	stp q22, q23, [x6, #352]
	stp q24, q25, [x6, #384]
	stp q26, q27, [x6, #416]
	stp q28, q29, [x6, #448]
	stp q30, q31, [x6, #480]
	mov x1, sp
	mrs x2, esr_el1
	mrs x3, far_el1
	bl __semihosting_exception
	add x6, sp, #FLOATS
	ldp q0, q1, [x6, #0]
	ldp q2, q3, [x6, #32]
	ldp q4, q5, [x6, #64]
	ldp q6, q7, [x6, #96]
	ldp q8, q9, [x6, #128]
	ldp q10, q11, [x6, #160]
	ldp q12, q13, [x6, #192]
	ldp q14, q15, [x6, #224]
	ldp q16, q17, [x6, #256]
	ldp q18, q19, [x6, #288]
	ldp q20, q21, [x6, #320]
	ldp q22, q23, [x6, #352]
	ldp q24, q25, [x6, #384]
	ldp q26, q27, [x6, #416]
	ldp q28, q29, [x6, #448]
	ldp q30, q31, [x6, #480]
	ldp x4, x5, [sp, #272]
	ldp x2, x3, [sp, #256]
	ldp x30, x1, [sp, #240]
	msr fpsr, x4
	msr fpcr, x5
	msr sp_el0, x1
	msr elr_el1, x2
	msr spsr_el1, x3
	ldp x28, x29, [sp, #224]
	ldp x26, x27, [sp, #208]
	ldp x24, x25, [sp, #192]
	ldp x22, x23, [sp, #176]
	ldp x20, x21, [sp, #160]
	ldp x18, x19, [sp, #144]
	ldp x16, x17, [sp, #128]
	ldp x14, x15, [sp, #112]
	ldp x12, x13, [sp, #96]
	ldp x10, x11, [sp, #80]
	ldp x8, x9, [sp, #64]
	ldp x6, x7, [sp, #48]
	ldp x4, x5, [sp, #32]
	ldp x2, x3, [sp, #16]
	ldp x0, x1, [sp]
	add sp, sp, #FRAME
	eret

	/* void (void *registers, long kind): an exception that exception.c knows by its place, to restore the registers. */
	.global __semihosting_resume, __semihosting_resume_place
	.hidden __semihosting_resume, __semihosting_resume_place
	.type __semihosting_resume, %function
__semihosting_resume:
__semihosting_resume_place:
	.inst 0

#else

#define FRAME 328
#define OTHERS 52 /* sp and lr of the program's mode, pc, cpsr, fpscr */
#define FLOATS 72

	.arm
	.fpu neon
	.text
	.global __semihosting_vectors
	.hidden __semihosting_vectors
	.balign 32
__semihosting_vectors:
	b reset
	b undefined
	b call
	b prefetch
	b data
	b reset
	b interrupt
	b interrupt

	/* The link register is that far behind the instruction: Arm ARM (ARMv7), "Exception return". */
.macro enter kind, behind
	sub lr, lr, #\behind
	sub sp, sp, #FRAME
	stm sp, {r0-r12}
	mov r0, #\kind
	mov r2, #0
	mov r3, #0
.endm
reset:
	enter 0, 0
	b exception
undefined:
	enter 1, 4
	mrs r4, spsr
	tst r4, #1 << 5
	addne lr, lr, #2	// after a Thumb instruction
	b exception
call:
	enter 2, 4
	b exception
prefetch:
	enter 3, 4
	mrc p15, 0, r2, c5, c0, 1	// IFSR
	mrc p15, 0, r3, c6, c0, 2	// IFAR
	b exception
data:
	enter 4, 8
	mrc p15, 0, r2, c5, c0, 0	// DFSR
	mrc p15, 0, r3, c6, c0, 0	// DFAR
	b exception
interrupt:
	enter 6, 4
exception:
	mrs r4, spsr
	vmrs r5, fpscr
	add r6, sp, #OTHERS
	stm r6, {sp, lr}^
	str lr, [sp, #OTHERS + 8]
	str r4, [sp, #OTHERS + 12]
	str r5, [sp, #OTHERS + 16]
	add r6, sp, #FLOATS
	vstm r6!, {d0-d15}
	vstm r6, {d16-d31}
	mov r1, sp
	bl __semihosting_exception
	clrex
	add r6, sp, #FLOATS
	vldm r6!, {d0-d15}
	vldm r6, {d16-d31}
	ldr lr, [sp, #OTHERS + 8]
	ldr r4, [sp, #OTHERS + 12]
	ldr r5, [sp, #OTHERS + 16]
	msr spsr_cxsf, r4
	vmsr fpscr, r5
	add r6, sp, #OTHERS
	ldm r6, {sp, lr}^
	nop
	ldm sp, {r0-r12}
	add sp, sp, #FRAME
	movs pc, lr

	/* void (void *registers, long kind): an exception that exception.c knows by its place, to restore the registers. */
	.global __semihosting_resume, __semihosting_resume_place
	.hidden __semihosting_resume, __semihosting_resume_place
	.type __semihosting_resume, %function
__semihosting_resume:
__semihosting_resume_place:
	.inst 0xe7f000f0

#endif

	.section .note.GNU-stack, "", %progbits
