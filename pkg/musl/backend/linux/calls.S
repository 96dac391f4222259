/*
 * Linux' own system calls: a function each, in a section each. None of them saves the link register before the kernel
 * has been entered, so that SYS_may_cancel_function can answer.
 */
#define SYSCALL(name, number) call name, number

.macro function name
	.section .text.SYS_\name\()_function, "ax", %progbits
	.balign 4
	.global SYS_\name\()_function
	.type SYS_\name\()_function, %function
SYS_\name\()_function:
.endm

.macro endfunction name
	.size SYS_\name\()_function, . - SYS_\name\()_function
.endm

#ifdef __aarch64__

.macro call name, number
	function \name
	mov x8, #\number
	svc #0
	ret
	endfunction \name
.endm

	/* int (unsigned long pc): behind the trap, and nowhere else, the call has been made. */
	function may_cancel
	ldr w0, [x0, #-4]
	mov w1, #1
	movk w1, #0xd400, lsl #16 /* svc #0 */
	cmp w0, w1
	cset w0, ne
	ret
	endfunction may_cancel

#else

	.syntax unified
	.arm

.macro enter number
	movw r7, #(\number) & 0xffff
	.if (\number) > 0xffff
	movt r7, #(\number) >> 16
	.endif
	svc #0
.endm

/* The fifth to seventh argument come on the stack, and go in r4 to r6. The link register is still the caller's. */
.macro call name, number
	function \name
	.ifc \name, vfork
	/* The child uses this stack, and returns first. The kernel preserves ip. */
	mov ip, r7
	enter \number
	mov r7, ip
	bx lr
	.else
	.ifnc \name, sigreturn
	.ifnc \name, rt_sigreturn /* For these two the stack pointer is an argument. */
	mov ip, sp
	push {r4, r5, r6, r7, lr}
	ldm ip, {r4, r5, r6}
	.endif
	.endif
	enter \number
	pop {r4, r5, r6, r7, pc}
	.endif
	endfunction \name
.endm

	/* int (unsigned long pc): behind the trap, and nowhere else, the call has been made. */
	function may_cancel
	ldr r0, [r0, #-4]
	mov r1, #0xef000000 /* svc #0 */
	subs r0, r0, r1
	movne r0, #1
	bx lr
	endfunction may_cancel

#endif

#include <syscalls.def>

	.section .note.GNU-stack, "", %progbits
