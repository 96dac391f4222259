/*
 * Where the kernel enters this task when the Linux program makes a system call, has a fault, or is interrupted: on this
 * thread's kernel stack, with the vCPU's state in r0. General registers are in that state; floating-point ones are still the
 * program's, and are saved here, as a compiler uses them for copies. They lie as in machine.h's struct floats, 8 bytes above sp.
 */
#define SIZE 272
#define TPIDRURW 0x74 /* in the state: r.tpidrurw and user_data[1], as machine.c checks */
#define OWN_UTCB 8

	.text
	.arm
	.fpu neon
	.global linux_entry
	.hidden linux_entry
	.type linux_entry, %function
linux_entry:
	/* Of the program's state the kernel clears what makes it Thumb code, but neither the order of bytes nor the rest of an IT
	 * block, whose conditions would hold for the next Thumb code here. Four instructions in that state end any. */
	setend le
	blx end_block
	ldr r1, [r0, #OWN_UTCB]
	mrc p15, 0, r2, c13, c0, 2
	mcr p15, 0, r1, c13, c0, 2
	str r2, [r0, #TPIDRURW]

	mov r4, r0
	sub sp, sp, #SIZE
	vmrs r1, fpscr
	str r1, [sp, #8]
	add r1, sp, #16
	vstmia r1!, {d0-d15}
	vstmia r1, {d16-d31}
	mov r1, #0
	vmsr fpscr, r1
	bl linux_upcall
1:
	ldr r1, [sp, #8]
	vmsr fpscr, r1
	add r1, sp, #16
	vldmia r1!, {d0-d15}
	vldmia r1, {d16-d31}
	add sp, sp, #SIZE
	mov r0, r4
	b linux_resume

	/* void linux_leave(vCPU, floats): continues there, for a thread that begins. */
	.global linux_leave
	.hidden linux_leave
	.type linux_leave, %function
linux_leave:
	mov r4, r0
	sub sp, r1, #8
	b 1b

	.thumb
	.thumb_func
	.type end_block, %function
end_block:
	nop
	nop
	nop
	nop
	bx lr

	.section .note.GNU-stack, "", %progbits
