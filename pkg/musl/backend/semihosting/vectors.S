/* Exceptions end the program: exception.c tells why. Nothing returns from here, so all registers are free. */

#ifdef __aarch64__

	.text
	.global __semihosting_vectors
	.hidden __semihosting_vectors
	.balign 2048
__semihosting_vectors:
	.set kind, 0
	.rept 16		// 4 kinds of exceptions from each of 4 states: Arm ARM, "Exception vectors"
	.balign 128
	mov x0, #kind
	mrs x1, elr_el1
	mrs x2, esr_el1
	mrs x3, far_el1
	b __semihosting_exception
	.set kind, kind + 1
	.endr

#else

	.arm
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
undefined:
	sub r1, lr, #4
	mrs r4, spsr
	tst r4, #1 << 5
	addne r1, r1, #2	// after a Thumb instruction
	mov r0, #1
	b common
call:
	sub r1, lr, #4
	mov r0, #2
	b common
prefetch:
	sub r1, lr, #4
	mrc p15, 0, r2, c5, c0, 1	// IFSR
	mrc p15, 0, r3, c6, c0, 2	// IFAR
	mov r0, #3
	b __semihosting_exception
data:
	sub r1, lr, #8
	mrc p15, 0, r2, c5, c0, 0	// DFSR
	mrc p15, 0, r3, c6, c0, 0	// DFAR
	mov r0, #4
	b __semihosting_exception
interrupt:
	sub r1, lr, #4
	mov r0, #6
	b common
reset:
	mov r0, #0
	mov r1, #0
common:
	mov r2, #0
	mov r3, #0
	b __semihosting_exception

#endif

	.section .note.GNU-stack, "", %progbits
