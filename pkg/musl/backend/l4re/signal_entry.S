/*
 * Where a thread goes on that is to handle signals (watcher.c): the first register is the frame, which has all others but
 * those for floating point. The last instruction makes the watcher restore them.
 *
 * The stack pointer (arm: and the link register) is set here, before and after, since Fiasco loses what an answer to an
 * exception changes in it if another thread makes the same one raise an exception just then: Thread_object::ex_regs saves
 * the processor's old one once more.
 */
#ifdef __aarch64__
#define FLOATS 592 /* in the frame: number, size, fpsr, fpcr, registers */
#define STACK 560

	.section .text.__l4re_signal_entry, "ax"
	.global __l4re_signal_entry, __l4re_signal_end
	.hidden __l4re_signal_entry, __l4re_signal_end
	.type __l4re_signal_entry, %function
__l4re_signal_entry:
	mov sp, x0
	add x9, sp, #FLOATS
	mrs x10, fpsr
	mrs x11, fpcr
	stp w10, w11, [x9, #8]
	stp q0, q1, [x9, #16]
	stp q2, q3, [x9, #48]
	stp q4, q5, [x9, #80]
	stp q6, q7, [x9, #112]
	stp q8, q9, [x9, #144]
	stp q10, q11, [x9, #176]
	stp q12, q13, [x9, #208]
	stp q14, q15, [x9, #240]
	stp q16, q17, [x9, #272]
	stp q18, q19, [x9, #304]
	stp q20, q21, [x9, #336]
	stp q22, q23, [x9, #368]
	stp q24, q25, [x9, #400]
	stp q26, q27, [x9, #432]
	stp q28, q29, [x9, #464]
	stp q30, q31, [x9, #496]
	mov x0, sp
	bl __l4re_handle_signals
	add x9, sp, #FLOATS
	ldp w10, w11, [x9, #8]
	msr fpsr, x10
	msr fpcr, x11
	ldp q0, q1, [x9, #16]
	ldp q2, q3, [x9, #48]
	ldp q4, q5, [x9, #80]
	ldp q6, q7, [x9, #112]
	ldp q8, q9, [x9, #144]
	ldp q10, q11, [x9, #176]
	ldp q12, q13, [x9, #208]
	ldp q14, q15, [x9, #240]
	ldp q16, q17, [x9, #272]
	ldp q18, q19, [x9, #304]
	ldp q20, q21, [x9, #336]
	ldp q22, q23, [x9, #368]
	ldp q24, q25, [x9, #400]
	ldp q26, q27, [x9, #432]
	ldp q28, q29, [x9, #464]
	ldp q30, q31, [x9, #496]
	mov x0, sp
	ldr x9, [sp, #STACK]
	mov sp, x9
__l4re_signal_end:
	.inst 0
#else
#define FLOATS 360 /* in the frame: number, size, registers, fpscr */
#define STACK 212

	.arm
	.fpu neon
	.section .text.__l4re_signal_entry, "ax"
	.global __l4re_signal_entry, __l4re_signal_end
	.hidden __l4re_signal_entry, __l4re_signal_end
	.type __l4re_signal_entry, %function
__l4re_signal_entry:
	mov sp, r0
	add r4, sp, #FLOATS
	add r4, r4, #8
	vmrs r5, fpscr
	vstm r4!, {d0-d15}
	vstm r4!, {d16-d31}
	str r5, [r4]
	mov r0, sp
	bl __l4re_handle_signals
	add r4, sp, #FLOATS
	add r4, r4, #8
	vldm r4!, {d0-d15}
	vldm r4!, {d16-d31}
	ldr r5, [r4]
	vmsr fpscr, r5
	mov r0, sp
	ldr lr, [r0, #STACK + 4]
	ldr sp, [r0, #STACK]
__l4re_signal_end:
	.inst 0xe7f000f0
#endif

	.section .note.GNU-stack, "", %progbits
