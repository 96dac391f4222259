/*
 * void __common_call_handler(int signal, siginfo_t *, ucontext_t *, void (*handler)(int), void *stack): calls the handler
 * with the first three, on the stack that ends at the given place, or with null on this one.
 */
	.section .text.__common_call_handler, "ax"
	.global __common_call_handler
	.hidden __common_call_handler
	.type __common_call_handler, %function
#ifdef __aarch64__
__common_call_handler:
	stp x29, x30, [sp, #-16]!
	mov x29, sp
	cbz x4, 1f
	and x4, x4, #-16
	mov sp, x4
1:	blr x3
	mov sp, x29
	ldp x29, x30, [sp], #16
	ret
#else
	.arm
__common_call_handler:
	ldr ip, [sp]
	push {r4, lr}
	mov r4, sp
	cmp ip, #0
	bicne ip, ip, #7
	movne sp, ip
	blx r3
	mov sp, r4
	pop {r4, pc}
#endif
	.section .note.GNU-stack, "", %progbits
