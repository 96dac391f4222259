/*
 * The entry of the image. QEMU starts the first core here, with the MMU off, in EL1 (arm: supervisor mode), or EL2 with
 * "-M virt,virtualization=on". No memory must be cleared: QEMU's ELF loader does it.
 *
 * The program runs in the privileged mode, on a stack pointer of its own: SP_EL0 on arm64 ("EL1t"), that of system mode
 * on arm. So exceptions find a good stack even if the program's isn't.
 */

#ifdef __aarch64__

	.section .text.__semihosting_entry, "ax"
	.global __semihosting_entry
	.hidden __semihosting_entry
	.type __semihosting_entry, %function
__semihosting_entry:
	mrs x0, CurrentEL
	cmp x0, #2 << 2
	b.ne 1f
	mov x0, #1 << 31		// HCR_EL2.RW: EL1 is AArch64
	msr hcr_el2, x0
	mov x0, #3			// EL1 may read the counters,
	msr cnthctl_el2, x0
	msr cntvoff_el2, xzr
	mov x0, #0x33ff			// use FP and SIMD without a trap,
	msr cptr_el2, x0
	ldr x0, =0x30d00800		// and starts with the MMU off (SCTLR_EL1: the bits that are always 1)
	msr sctlr_el1, x0
	mov x0, #0x3c5			// EL1h, all interrupts masked
	msr spsr_el2, x0
	adr x0, 1f
	msr elr_el2, x0
	eret

1:	msr daifset, #15
	mov x0, #3 << 20		// CPACR_EL1.FPEN: no trap of FP and SIMD
	msr cpacr_el1, x0
	adrp x0, __semihosting_vectors
	add x0, x0, :lo12:__semihosting_vectors
	msr vbar_el1, x0
	adrp x0, exception_stack_end
	add x0, x0, :lo12:exception_stack_end
	mov sp, x0
	isb

	/* Identity map, 4 KiB granule, 39 bits: one level 1 table with 1 GiB blocks. Without it all memory would be device
	   memory, where unaligned and exclusive accesses fault. Gigabyte 0 has its level 2 table with the one block that
	   holds the interrupt controller (2 MiB from 0x08000000), so that null pointers fault. */
	adrp x0, level_1
	adrp x1, level_2
	orr x2, x1, #3			// table
	str x2, [x0]
	ldr x2, =0x0060000008000405	// block, attribute 1, accessed, never executed
	str x2, [x1, #8 * (0x08000000 >> 21)]
	ldr x2, =0x40000701		// block, attribute 0, inner shareable, accessed
	mov x3, #1
	mov x4, #1 << 30
2:	str x2, [x0, x3, lsl #3]
	add x2, x2, x4
	add x3, x3, #1
	cmp x3, #256			// virt's RAM ends below 256 GiB
	b.ne 2b

	mov x1, #0xff			// attribute 0: normal, write-back; 1: device, nGnRnE
	msr mair_el1, x1
	ldr x1, =0x200803519		// TCR: 40 bits physical, no TTBR1, inner shareable, write-back tables, T0SZ 25
	msr tcr_el1, x1
	msr ttbr0_el1, x0
	dsb sy
	tlbi vmalle1
	dsb sy
	isb
	ldr x0, =0x30d0180d		// SCTLR: the bits that are always 1, and I, SA, C, M
	msr sctlr_el1, x0
	isb

	bl __semihosting_start
	msr spsel, #0
	mov sp, x0
	b _start

	.bss
	.balign 4096
level_1:
	.space 4096
level_2:
	.space 4096
	.space 8192
exception_stack_end:

#else

	.arm
	.section .text.__semihosting_entry, "ax"
	.global __semihosting_entry
	.hidden __semihosting_entry
	.type __semihosting_entry, %function
__semihosting_entry:
	/* One stack serves all kinds of exceptions: none of them returns. */
	ldr r0, =exception_stack_end
	cpsid aif, #0x1b		// undefined
	mov sp, r0
	cps #0x17			// abort
	mov sp, r0
	cps #0x12			// interrupt
	mov sp, r0
	cps #0x11			// fast interrupt
	mov sp, r0
	cps #0x13			// supervisor, where we are
	mov sp, r0
	ldr r0, =__semihosting_vectors
	mcr p15, 0, r0, c12, c0, 0	// VBAR
	mov r0, #0xf << 20		// CPACR: full access to coprocessors 10 and 11
	mcr p15, 0, r0, c1, c0, 2
	isb
	mov r0, #1 << 30		// FPEXC.EN
	vmsr fpexc, r0

	/* Identity map in 1 MiB sections. Without it all memory would be strongly ordered, where unaligned and exclusive
	   accesses fault. Of the first GiB only the section of the interrupt controller is there: null pointers fault. */
	ldr r0, =sections
	ldr r1, =0x08000416		// section, shared device, privileged access, never executed
	str r1, [r0, #4 * 0x080]
	ldr r1, =0x4001140e		// section, normal, write-back and -allocate, shareable, privileged access
	add r2, r0, #4 * 0x400
	add r3, r0, #4 * 0x1000
1:	str r1, [r2], #4
	add r1, r1, #1 << 20
	cmp r2, r3
	bne 1b

	mcr p15, 0, r0, c2, c0, 0	// TTBR0
	mov r0, #0
	mcr p15, 0, r0, c2, c0, 2	// TTBCR: TTBR0 is for all
	mov r0, #1
	mcr p15, 0, r0, c3, c0, 0	// DACR: domain 0 checks permissions
	dsb
	mov r0, #0
	mcr p15, 0, r0, c8, c7, 0	// TLBIALL
	mcr p15, 0, r0, c7, c5, 0	// ICIALLU
	dsb
	isb
	mrc p15, 0, r0, c1, c0, 0	// SCTLR
	ldr r1, =0x1805			// I, Z, C, M
	orr r0, r0, r1
	bic r0, r0, #2			// A: unaligned accesses are right
	bic r0, r0, #1 << 13		// V: vectors by VBAR
	mcr p15, 0, r0, c1, c0, 0
	isb

	bl __semihosting_start
	cps #0x1f			// system
	mov sp, r0
	b _start

#include "common/clear_cache.h"

	.bss
	.balign 16384
sections:
	.space 16384
	.space 8192
exception_stack_end:

#endif

	.section .note.GNU-stack, "", %progbits
