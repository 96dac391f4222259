/* The functions of the vDSO, for arm64: assembly, in vdso.S. Linux has them in arch/arm64/kernel/vdso. */

#define VERSION "LINUX_2.6.39"
#define VERSION_HASH 0x075fcb89

#define CLOCK_GETTIME 113
#define GETTIMEOFDAY 169
#define RT_SIGRETURN 139

	.macro each_function do
	\do __kernel_clock_gettime
	\do __kernel_gettimeofday
	\do __kernel_rt_sigreturn
	.endm

	/* The time of the clock w0 in nanoseconds in x8, as the kernel's clock counts them (Fiasco, kip-time.S). Goes to "call" if
	 * that is not known. Leaves x0, x1 alone. */
	.macro read_clock call
	adr x3, linux_vdso - VDSO_PAGE
2:	ldar w4, [x3]
	tbnz w4, #0, 2b
	ldr w5, [x3, #VDSO_USABLE]
	cbz w5, \call
	ldp x5, x6, [x3, #VDSO_SCALER]
	ldr x7, [x3, #VDSO_DAY_OFFSET]
	isb
	mrs x8, cntvct_el0
	dmb ishld
	ldr w9, [x3]
	cmp w9, w4
	b.ne 2b
	mul x9, x8, x5
	umulh x8, x8, x5
	mov x10, #32
	sub x11, x10, x6
	add x10, x10, x6
	lsr x9, x9, x11
	lsl x8, x8, x10
	orr x8, x8, x9
	mov w2, #VDSO_DAY_CLOCKS
	lsr w2, w2, w0
	tst w2, #1
	csel x7, x7, xzr, ne
	add x8, x8, x7
	.endm

	/* x8 becomes seconds, x9 nanoseconds. */
	.macro divide
	mov w10, #0xca00
	movk w10, #0x3b9a, lsl #16 /* 1,000,000,000 */
	mov x11, x8
	udiv x8, x11, x10
	msub x9, x8, x10, x11
	.endm

	.macro FUNCTIONS
linux_vdso_clock_gettime:
__kernel_clock_gettime:
	cmp w0, #VDSO_LAST_CLOCK
	b.hi 1f
	mov w2, #VDSO_CLOCKS
	lsr w2, w2, w0
	tbz w2, #0, 1f
	read_clock 1f
	divide
	stp x8, x9, [x1]
	mov w0, #0
	ret
1:	mov x8, #CLOCK_GETTIME
	svc #0
	ret
end___kernel_clock_gettime:

__kernel_gettimeofday:
	cbz x0, 1f
	cbnz x1, 1f
	mov x12, x0
	mov w0, #0 /* CLOCK_REALTIME */
	read_clock 3f
	divide
	mov w10, #1000
	udiv x9, x9, x10
	stp x8, x9, [x12]
	mov w0, #0
	ret
3:	mov x0, x12
1:	mov x8, #GETTIMEOFDAY
	svc #0
	ret
end___kernel_gettimeofday:

	/* Handlers without a restorer return to it. Those who walk the stack know it by these instructions. */
	.global machine_trampoline
	.hidden machine_trampoline
	nop
machine_trampoline:
__kernel_rt_sigreturn:
	mov x8, #RT_SIGRETURN
	svc #0
end___kernel_rt_sigreturn:
	.endm
