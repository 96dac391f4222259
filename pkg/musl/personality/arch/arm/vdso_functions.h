/* The functions of the vDSO, for arm: assembly, in vdso.S. Linux has them in arch/arm/vdso. */

#define VERSION "LINUX_2.6"
#define VERSION_HASH 0x03ae75f6

#define GETTIMEOFDAY 78
#define SIGRETURN 119
#define RT_SIGRETURN 173
#define CLOCK_GETTIME 263
#define CLOCK_GETTIME64 403

	.macro each_function do
	\do __vdso_clock_gettime
	\do __vdso_clock_gettime64
	\do __vdso_gettimeofday
	.endm

	/*
	 * The time of the clock r0 as seconds in r7:r6 and nanoseconds in r2; the registers from r4 on are on the stack. Goes to
	 * "call" if it is not known. Leaves r0, r1 alone. First nanoseconds in r3:r2, as the kernel's clock counts them (Fiasco,
	 * kip-time.S).
	 */
	.macro read_clock call
	mov r4, pc
	bfc r4, #0, #12
	sub r4, r4, #VDSO_PAGE
2:	ldr r5, [r4]
	tst r5, #1
	bne 2b
	dmb ish
	ldr r6, [r4, #VDSO_USABLE]
	cmp r6, #0
	beq \call
	ldr r6, [r4, #VDSO_SCALER]
	ldr r7, [r4, #VDSO_SHIFT]
	ldrd r8, r9, [r4, #VDSO_DAY_OFFSET]
	isb
	mrrc p15, 1, r2, r3, c14
	dmb ish
	ldr r10, [r4]
	cmp r10, r5
	bne 2b
	umull r2, r10, r6, r2
	umull r3, r11, r6, r3
	adds r3, r3, r10
	adc r11, r11, #0
	rsb r10, r7, #32
	lsr r2, r2, r10
	orr r2, r2, r3, lsl r7
	lsr r3, r3, r10
	orr r3, r3, r11, lsl r7
	movw r10, #VDSO_DAY_CLOCKS
	lsr r10, r10, r0
	tst r10, #1
	beq 4f
	adds r2, r2, r8
	adc r3, r3, r9
4:
	/* Seconds, or one more: (ns >> 9) * ceil(2^64 / (10^9 >> 9)) >> 64 */
	lsr r4, r2, #9
	orr r4, r4, r3, lsl #23
	lsr r5, r3, #9
	movw r8, #0x136c
	movt r8, #0x05f4
	movw r9, #0x0897
	umull r10, r11, r4, r8
	mov r6, #0
	umaal r11, r6, r4, r9
	mov r7, #0
	umaal r11, r7, r5, r8
	umaal r6, r7, r5, r9
	movw r10, #0xca00
	movt r10, #0x3b9a /* 1,000,000,000 */
	mls r2, r6, r10, r2
	cmp r2, #0
	bge 5f
	add r2, r2, r10
	subs r6, r6, #1
	sbc r7, r7, #0
5:
	.endm

	.macro check_clock call
	cmp r0, #VDSO_LAST_CLOCK
	bhi \call
	movw r2, #VDSO_CLOCKS
	lsr r2, r2, r0
	tst r2, #1
	beq \call
	.endm

	.macro make_call number
	push {r7}
	movw r7, #\number
	svc #0
	pop {r7}
	bx lr
	.endm

	.macro FUNCTIONS
	.arm
__vdso_clock_gettime:
	check_clock 1f
	push {r4-r11}
	read_clock 3f
	str r6, [r1]
	str r2, [r1, #4]
	pop {r4-r11}
	mov r0, #0
	bx lr
3:	pop {r4-r11}
1:	make_call CLOCK_GETTIME
end___vdso_clock_gettime:

linux_vdso_clock_gettime:
__vdso_clock_gettime64:
	check_clock 1f
	push {r4-r11}
	read_clock 3f
	mov r3, #0
	str r6, [r1]
	str r7, [r1, #4]
	str r2, [r1, #8]
	str r3, [r1, #12]
	pop {r4-r11}
	mov r0, #0
	bx lr
3:	pop {r4-r11}
1:	make_call CLOCK_GETTIME64
end___vdso_clock_gettime64:

__vdso_gettimeofday:
	cmp r0, #0
	beq 1f
	cmp r1, #0
	bne 1f
	push {r4-r11}
	mov r1, r0
	mov r0, #0 /* CLOCK_REALTIME */
	read_clock 3f
	movw r3, #0x4dd3
	movt r3, #0x1062 /* 2^38 / 1000 */
	umull r4, r3, r2, r3
	lsr r3, r3, #6
	str r6, [r1]
	str r3, [r1, #4]
	pop {r4-r11}
	mov r0, #0
	bx lr
3:	mov r0, r1
	mov r1, #0
	pop {r4-r11}
1:	make_call GETTIMEOFDAY
end___vdso_gettimeofday:

	/* Handlers without a restorer return to it. */
	.global machine_trampoline
	.hidden machine_trampoline
machine_trampoline:
	mov r7, #SIGRETURN
	svc #0
	mov r7, #RT_SIGRETURN
	svc #0
	.endm
