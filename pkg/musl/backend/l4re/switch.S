/* void __l4re_on_stack(void *stack, void (*function)(struct thread *), struct thread *thread); doesn't return */
	.text
	.global __l4re_on_stack
	.hidden __l4re_on_stack
	.type __l4re_on_stack, %function
#ifdef __aarch64__
__l4re_on_stack:
	mov sp, x0
	mov x0, x2
	mov x29, #0
	mov x30, #0
	br x1
#else
	.arm
__l4re_on_stack:
	mov sp, r0
	mov r0, r2
	mov fp, #0
	mov lr, #0
	bx r1
#endif
	.section .note.GNU-stack, "", %progbits
