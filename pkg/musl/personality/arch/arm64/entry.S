/*
 * Where the kernel enters this task when the Linux program makes a system call, has a fault, or is interrupted: on this
 * thread's kernel stack, with the vCPU's state in x0. General registers are in that state; floating-point ones are still the
 * program's, and are saved here, as a compiler uses them for copies. They lie as in machine.h's struct floats, 8 bytes above sp:
 * so those for pairs are aligned.
 */
#define SIZE 544

	.text
	.global linux_entry
	.hidden linux_entry
	.type linux_entry, %function
linux_entry:
	mov x19, x0
	sub sp, sp, #SIZE
	mrs x1, fpsr
	mrs x2, fpcr
	stp w1, w2, [sp, #8]
	stp q0, q1, [sp, #16]
	stp q2, q3, [sp, #48]
	stp q4, q5, [sp, #80]
	stp q6, q7, [sp, #112]
	stp q8, q9, [sp, #144]
	stp q10, q11, [sp, #176]
	stp q12, q13, [sp, #208]
	stp q14, q15, [sp, #240]
	stp q16, q17, [sp, #272]
	stp q18, q19, [sp, #304]
	stp q20, q21, [sp, #336]
	stp q22, q23, [sp, #368]
	stp q24, q25, [sp, #400]
	stp q26, q27, [sp, #432]
	stp q28, q29, [sp, #464]
	stp q30, q31, [sp, #496]
	bl linux_upcall
1:
	ldp w1, w2, [sp, #8]
	msr fpsr, x1
	msr fpcr, x2
	ldp q0, q1, [sp, #16]
	ldp q2, q3, [sp, #48]
	ldp q4, q5, [sp, #80]
	ldp q6, q7, [sp, #112]
	ldp q8, q9, [sp, #144]
	ldp q10, q11, [sp, #176]
	ldp q12, q13, [sp, #208]
	ldp q14, q15, [sp, #240]
	ldp q16, q17, [sp, #272]
	ldp q18, q19, [sp, #304]
	ldp q20, q21, [sp, #336]
	ldp q22, q23, [sp, #368]
	ldp q24, q25, [sp, #400]
	ldp q26, q27, [sp, #432]
	ldp q28, q29, [sp, #464]
	ldp q30, q31, [sp, #496]
	add sp, sp, #SIZE
	mov x0, x19
	b linux_resume

	/* void linux_leave(vCPU, floats): continues there, for a thread that begins. */
	.global linux_leave
	.hidden linux_leave
	.type linux_leave, %function
linux_leave:
	mov x19, x0
	sub x1, x1, #8
	mov sp, x1
	b 1b

	.section .note.GNU-stack, "", %progbits
