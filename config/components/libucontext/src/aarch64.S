#include "context.h"

/* A context holds what a function must preserve: to its caller, getcontext looks like any call, whenever it returns. It also
 * holds x0 to x7, the result of getcontext or the arguments that makecontext gives. */

	/* int sigprocmask(int how, const sigset_t *set, sigset_t *old), with x0, x1 and x30 kept. */
	.macro mask
	bl sigprocmask
	ldp x0, x1, [sp]
	ldr x30, [sp, #16]
	add sp, sp, #32
	.cfi_adjust_cfa_offset -32
	.cfi_restore x30
	.endm

	.macro keep
	stp x0, x1, [sp, #-32]!
	.cfi_adjust_cfa_offset 32
	str x30, [sp, #16]
	.cfi_rel_offset x30, 16
	.endm

	/* Fills the context x0, which continues where this function returns to, with 0 as the result. */
	.macro save
	add x2, x0, #UC_REGS
	str xzr, [x2]
	stp x18, x19, [x2, #8 * 18]
	stp x20, x21, [x2, #8 * 20]
	stp x22, x23, [x2, #8 * 22]
	stp x24, x25, [x2, #8 * 24]
	stp x26, x27, [x2, #8 * 26]
	stp x28, x29, [x2, #8 * 28]
	str x30, [x2, #8 * 30]
	mov x3, sp
	str x3, [x2, #UC_SP - UC_REGS]
	str x30, [x2, #UC_PC - UC_REGS]
	add x2, x0, #UC_FP
	stp d8, d9, [x2]
	stp d10, d11, [x2, #16]
	stp d12, d13, [x2, #32]
	stp d14, d15, [x2, #48]
	mrs x3, fpcr
	str x3, [x2, #64]
	.endm

	.text

	function getcontext
	keep
	add x2, x0, #UC_SIGMASK
	mov x0, #SIG_BLOCK
	mov x1, #0
	mask
	save
	mov w0, #0
	ret
	end getcontext

	function swapcontext
	keep
	add x2, x0, #UC_SIGMASK
	add x1, x1, #UC_SIGMASK
	mov x0, #SIG_SETMASK
	mask
	save
	mov x0, x1
	b resume
	end swapcontext

	function setcontext
	keep
	mov x2, #0
	add x1, x0, #UC_SIGMASK
	mov x0, #SIG_SETMASK
	mask
	b resume
	end setcontext

	.hidden resume
	function resume
	add x2, x0, #UC_FP
	ldp d8, d9, [x2]
	ldp d10, d11, [x2, #16]
	ldp d12, d13, [x2, #32]
	ldp d14, d15, [x2, #48]
	ldr x3, [x2, #64]
	msr fpcr, x3
	add x8, x0, #UC_REGS
	ldr x2, [x8, #UC_SP - UC_REGS]
	mov sp, x2
	ldr x16, [x8, #UC_PC - UC_REGS]
	ldp x18, x19, [x8, #8 * 18]
	ldp x20, x21, [x8, #8 * 20]
	ldp x22, x23, [x8, #8 * 22]
	ldp x24, x25, [x8, #8 * 24]
	ldp x26, x27, [x8, #8 * 26]
	ldp x28, x29, [x8, #8 * 28]
	ldr x30, [x8, #8 * 30]
	ldp x0, x1, [x8]
	ldp x2, x3, [x8, #16]
	ldp x4, x5, [x8, #32]
	ldp x6, x7, [x8, #48]
	br x16
	end resume

	/* What the function of makecontext returns to; x19 is the next context. */
	.hidden context_end
	function context_end
	.cfi_undefined x30
	mov x0, x19
	cbnz x0, setcontext
	b pthread_exit
	end context_end

	.section .note.GNU-stack, "", %progbits
