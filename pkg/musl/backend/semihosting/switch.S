/*
 * void __semihosting_switch(void **save, void *next): saves what a called function must keep, the thread pointer and the
 * rounding mode on the stack, its address to *save, and continues the thread whose registers lie at next.
 * clone.c makes the first frame of a thread, so it knows the layout.
 */

#ifdef __aarch64__

	.section .text.__semihosting_switch, "ax"
	.global __semihosting_switch
	.hidden __semihosting_switch
	.type __semihosting_switch, %function
__semihosting_switch:
	sub sp, sp, #176
	stp x19, x20, [sp]
	stp x21, x22, [sp, #16]
	stp x23, x24, [sp, #32]
	stp x25, x26, [sp, #48]
	stp x27, x28, [sp, #64]
	stp x29, x30, [sp, #80]
	stp d8, d9, [sp, #96]
	stp d10, d11, [sp, #112]
	stp d12, d13, [sp, #128]
	stp d14, d15, [sp, #144]
	mrs x2, tpidr_el0
	mrs x3, fpcr
	stp x2, x3, [sp, #160]
	mov x2, sp
	str x2, [x0]

	mov sp, x1
	ldp x19, x20, [sp]
	ldp x21, x22, [sp, #16]
	ldp x23, x24, [sp, #32]
	ldp x25, x26, [sp, #48]
	ldp x27, x28, [sp, #64]
	ldp x29, x30, [sp, #80]
	ldp d8, d9, [sp, #96]
	ldp d10, d11, [sp, #112]
	ldp d12, d13, [sp, #128]
	ldp d14, d15, [sp, #144]
	ldp x2, x3, [sp, #160]
	msr tpidr_el0, x2
	msr fpcr, x3
	add sp, sp, #176
	ret

	/* Where a new thread begins: x19 is its function, x20 the argument. */
	.section .text.__semihosting_thread_start, "ax"
	.global __semihosting_thread_start
	.hidden __semihosting_thread_start
	.type __semihosting_thread_start, %function
__semihosting_thread_start:
	mov x0, x20
	blr x19
	b SYS_exit_function

#else

	.arm
	.fpu vfpv3-d16
	.section .text.__semihosting_switch, "ax"
	.global __semihosting_switch
	.hidden __semihosting_switch
	.type __semihosting_switch, %function
__semihosting_switch:
	mrc p15, 0, r2, c13, c0, 3	// TPIDRURO
	vmrs r3, fpscr
	vpush {d8-d15}
	push {r2-r11, ip, lr}
	str sp, [r0]

	mov sp, r1
	pop {r2-r11, ip, lr}
	vpop {d8-d15}
	vmsr fpscr, r3
	mcr p15, 0, r2, c13, c0, 3
	bx lr

	/* Where a new thread begins: r4 is its function, r5 the argument. */
	.section .text.__semihosting_thread_start, "ax"
	.global __semihosting_thread_start
	.hidden __semihosting_thread_start
	.type __semihosting_thread_start, %function
__semihosting_thread_start:
	mov r0, r5
	blx r4
	b SYS_exit_function

#endif

	.section .note.GNU-stack, "", %progbits
