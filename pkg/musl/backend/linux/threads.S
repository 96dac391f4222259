/* What a function with a call's arguments can't do: begin a thread on its own stack, and end one without a stack. */

.macro function name
	.section .text.\name, "ax", %progbits
	.balign 4
	.global \name
	.type \name, %function
\name:
.endm

#ifdef __aarch64__

	/* long (int (*fn)(void *), void *stack, int flags, void *arg, int *ptid, void *tls, int *ctid) */
	function SYS_clone_thread_function
	and x1, x1, #-16
	stp x0, x3, [x1, #-16]! /* The new thread finds both on its stack. */
	mov w0, w2
	mov x2, x4
	mov x3, x5
	mov x4, x6
	mov x8, #220 /* clone */
	svc #0
	cbz x0, 1f
	ret
1:	ldp x1, x0, [sp], #16
	mov x29, #0 /* Where a debugger's list of callers ends. */
	mov x30, #0
	blr x1
2:	mov x8, #93 /* exit */
	svc #0
	b 2b
	.size SYS_clone_thread_function, . - SYS_clone_thread_function

	/* void (void *base, size_t size) */
	function SYS_unmapself_function
	mov x8, #215 /* munmap */
	svc #0
	mov x0, #0
	mov x8, #93 /* exit */
	svc #0
	.size SYS_unmapself_function, . - SYS_unmapself_function

#else

	.syntax unified
	.arm

	/* long (int (*fn)(void *), void *stack, int flags, void *arg, int *ptid, void *tls, int *ctid) */
	function SYS_clone_thread_function
	mov ip, sp
	push {r4, r5, r6, r7}
	mov r5, r0
	mov r6, r3
	mov r0, r2
	bic r1, r1, #15
	ldm ip, {r2, r3, r4} /* The kernel wants ptid, tls, ctid in this order. */
	mov r7, #120 /* clone */
	svc #0
	cmp r0, #0
	beq 1f
	pop {r4, r5, r6, r7}
	bx lr
1:	mov fp, #0 /* Where a debugger's list of callers ends. */
	mov lr, #0
	mov r0, r6
	blx r5
2:	mov r7, #1 /* exit */
	svc #0
	b 2b
	.size SYS_clone_thread_function, . - SYS_clone_thread_function

	/* void (void *base, size_t size) */
	function SYS_unmapself_function
	mov r7, #91 /* munmap */
	svc #0
	mov r0, #0
	mov r7, #1 /* exit */
	svc #0
	.size SYS_unmapself_function, . - SYS_unmapself_function

#endif

	.section .note.GNU-stack, "", %progbits
