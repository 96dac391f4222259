/*
 * For arm, in assembler. libgcc's function for JITs and trampolines of nested functions is a system call of Linux. It is not
 * taken if this one is there first, which start.S is.
 */

	.arm
	.section .text.__clear_cache, "ax"
	.global __clear_cache
	.type __clear_cache, %function
__clear_cache:
	sub r1, r1, r0
	b __backend_synchronize_code
