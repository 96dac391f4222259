#include "context.h"

/* A context holds what a function must preserve: to its caller, getcontext looks like any call, whenever it returns. It also
 * holds r0 to r3, the result of getcontext or the arguments that makecontext gives. */

	.syntax unified
	.arm
	.fpu vfpv2

	.macro keep
	push {r0, r1, r2, lr}
	.cfi_adjust_cfa_offset 16
	.cfi_rel_offset lr, 12
	.endm

	/* int sigprocmask(int how, const sigset_t *set, sigset_t *old), with r0, r1 and lr kept. */
	.macro mask
	bl sigprocmask
	pop {r0, r1, r2, lr}
	.cfi_adjust_cfa_offset -16
	.cfi_restore lr
	.endm

	/* Fills the context r0, which continues where this function returns to, with 0 as the result. */
	.macro save
	add r2, r0, #UC_REGS + 16
	stmia r2, {r4-r11}
	mov r3, #0
	str r3, [r0, #UC_REGS]
	str sp, [r0, #UC_SP]
	str lr, [r0, #UC_LR]
	str lr, [r0, #UC_PC]
	add r2, r0, #UC_FP
	vstmia r2!, {d8-d15}
	vmrs r3, fpscr
	str r3, [r2]
	.endm

	.text

	function getcontext
	keep
	add r2, r0, #UC_SIGMASK
	mov r0, #SIG_BLOCK
	mov r1, #0
	mask
	save
	mov r0, #0
	bx lr
	end getcontext

	function swapcontext
	keep
	add r2, r0, #UC_SIGMASK
	add r1, r1, #UC_SIGMASK
	mov r0, #SIG_SETMASK
	mask
	save
	mov r0, r1
	b resume
	end swapcontext

	function setcontext
	keep
	mov r2, #0
	add r1, r0, #UC_SIGMASK
	mov r0, #SIG_SETMASK
	mask
	b resume
	end setcontext

	.hidden resume
	function resume
	add r2, r0, #UC_FP
	vldmia r2!, {d8-d15}
	ldr r3, [r2]
	vmsr fpscr, r3
	add r2, r0, #UC_REGS + 16
	ldmia r2, {r4-r11}
	ldr sp, [r0, #UC_SP]
	ldr lr, [r0, #UC_LR]
	ldr ip, [r0, #UC_PC]
	add r3, r0, #UC_REGS
	ldmia r3, {r0-r3}
	bx ip
	end resume

	/* What the function of makecontext returns to; r4 is the next context. */
	.hidden context_end
	function context_end
	.cfi_undefined lr
	movs r0, r4
	bne setcontext
	b pthread_exit
	end context_end

	.section .note.GNU-stack, "", %progbits
