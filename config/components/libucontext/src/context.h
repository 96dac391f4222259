/* Where things are in musl's ucontext_t, for assembly. check.c compares it with musl's headers. */

#define SIG_BLOCK 0
#define SIG_SETMASK 2

#ifdef __aarch64__
#define UC_LINK 8
#define UC_SIGMASK 40
#define UC_REGS 184     /* x0 to x30 */
#define UC_SP 432
#define UC_PC 440
#define UC_FP 464       /* Any room will do: only these functions read it. */
#endif

#ifdef __arm__
#define UC_LINK 4
#define UC_REGS 32      /* r0 to r10, fp, ip */
#define UC_SP 84
#define UC_LR 88
#define UC_PC 92
#define UC_SIGMASK 104
#define UC_FP 232
#endif

#ifdef __ASSEMBLER__
	.macro function name
	.global \name
	.type \name, %function
	.balign 16
\name:
	.cfi_startproc
	.endm

	.macro end name
	.cfi_endproc
	.size \name, . - \name
	.endm
#endif
