/*
 * The entry of the program, and of the kernel. L4Re's loader gives a Linux-like stack with an auxiliary vector that
 * lacks some of what musl needs: environment.c moves it down by EXTRA bytes and adds that.
 */

#define EXTRA 256 /* as in environment.c */

	.text
#ifdef __aarch64__

	.global __l4re_entry
	.hidden __l4re_entry
	.type __l4re_entry, %function
__l4re_entry:
	mov x29, #0
	mov x30, #0
	mov x0, sp
	sub sp, sp, #EXTRA
	bl __l4re_start
	b _start

	/* L4Re's inline functions call the kernel by this one, with everything in its registers. */
	.global __l4_sys_syscall
	.hidden __l4_sys_syscall
	.type __l4_sys_syscall, %function
__l4_sys_syscall:
	svc #0
	ret

#else

	.arm
	.global __l4re_entry
	.hidden __l4re_entry
	.type __l4re_entry, %function
__l4re_entry:
	mov fp, #0
	mov lr, #0
	mov r0, sp
	sub sp, sp, #EXTRA
	bl __l4re_start
	b _start

	.global __l4_sys_syscall
	.hidden __l4_sys_syscall
	.type __l4_sys_syscall, %function
__l4_sys_syscall:
	svc #0
	bx lr

#include "common/clear_cache.h"

#endif

	.section .note.GNU-stack, "", %progbits
