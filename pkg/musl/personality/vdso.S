/*
 * The vDSO: a shared object of one page, which programs find by AT_SYSINFO_EHDR and search for functions that are calls without
 * a call. It is laid out by hand, as ld would do it, so that it needs no build of its own; the functions are the architecture's.
 * In the page before it are the variables (vdso.h).
 */
#include "vdso.h"
#include "vdso_functions.h"

#ifdef __aarch64__
#define CLASS 2
#define MACHINE 183
#define FLAGS 0
#define LOG 3
#define WORD .quad
#define HEADER 64
#define SEGMENT 56
#define SYMBOL 24
#define SECTION 64
#else
#define CLASS 1
#define MACHINE 40
#define FLAGS 0x05000000 /* EABI 5 */
#define LOG 2
#define WORD .long
#define HEADER 52
#define SEGMENT 32
#define SYMBOL 16
#define SECTION 40
#endif

	.macro segment type, flags, start, size, align
#ifdef __aarch64__
	.long \type, \flags
	WORD \start - linux_vdso, \start - linux_vdso, \start - linux_vdso, \size, \size, \align
#else
	.long \type, \start - linux_vdso, \start - linux_vdso, \start - linux_vdso, \size, \size, \flags, \align
#endif
	.endm

	.macro symbol name
	.set symbols, symbols + 1
#ifdef __aarch64__
	.long name_\name - strings
	.byte 0x12, 0 /* STB_GLOBAL, STT_FUNC */
	.short 7      /* .text */
	.quad \name - linux_vdso, end_\name - \name
#else
	.long name_\name - strings, \name - linux_vdso, end_\name - \name
	.byte 0x12, 0
	.short 7
#endif
	.endm

	.macro name_of name
name_\name:
	.asciz "\name"
	.endm

	.macro version_of name
	.short 2
	.endm

	/* One chain has all of them. */
	.macro chain_of name
	.set chained, chained + 1
	.if chained < symbols
	.long chained + 1
	.else
	.long 0
	.endif
	.endm

	.macro entry tag, value
	WORD \tag, \value
	.endm

	.macro section name, type, flags, start, end, link, info, align, size
	.long \name - section_names, \type
	WORD \flags, \start - linux_vdso, \start - linux_vdso, \end - \start
	.long \link, \info
	WORD \align, \size
	.endm

	.section .rodata.vdso, "a"
	.balign 64
	.global linux_vdso, linux_vdso_clock_gettime
	.hidden linux_vdso, linux_vdso_clock_gettime
linux_vdso:
	.byte 0x7f, 'E', 'L', 'F', CLASS, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
	.short 3, MACHINE
	.long 1
	WORD 0, segments - linux_vdso, sections - linux_vdso
	.long FLAGS
	.short HEADER, SEGMENT, 2, SECTION, 9, 8

segments:
	segment 1, 5, linux_vdso, linux_vdso_end - linux_vdso, VDSO_PAGE
	segment 2, 4, dynamic, dynamic_end - dynamic, 1 << LOG

	.p2align LOG
symbols_start:
	.set symbols, 0
	.zero SYMBOL
	each_function symbol
symbols_end:

hash:
	.long 1, symbols + 1, 1, 0
	.set chained, 0
	each_function chain_of
hash_end:

versions:
	.short 0
	each_function version_of
versions_end:

	.balign 4
definitions:
	.short 1, 1, 1, 1 /* the object itself */
	.long 0x0deebfa1, 20, 28
	.long name_object - strings, 0
	.short 1, 0, 2, 1
	.long VERSION_HASH, 20, 0
	.long name_version - strings, 0
definitions_end:

strings:
	.byte 0
name_object:
	.asciz "linux-vdso.so.1"
name_version:
	.asciz VERSION
	each_function name_of
strings_end:

	.p2align LOG
dynamic:
	entry 14, name_object - strings                /* SONAME */
	entry 4, hash - linux_vdso                     /* HASH */
	entry 5, strings - linux_vdso                  /* STRTAB */
	entry 6, symbols_start - linux_vdso            /* SYMTAB */
	entry 10, strings_end - strings                /* STRSZ */
	entry 11, SYMBOL                               /* SYMENT */
	entry 0x6ffffff0, versions - linux_vdso        /* VERSYM */
	entry 0x6ffffffc, definitions - linux_vdso     /* VERDEF */
	entry 0x6ffffffd, 2                            /* VERDEFNUM */
	entry 0, 0
dynamic_end:

	.balign 16
functions:
	FUNCTIONS
functions_end:

	/* For debuggers. */
	.p2align LOG
sections:
	.zero SECTION
	section name_dynsym, 11, 2, symbols_start, symbols_end, 2, 1, 1 << LOG, SYMBOL
	section name_dynstr, 3, 2, strings, strings_end, 0, 0, 1, 0
	section name_hash, 5, 2, hash, hash_end, 1, 0, 4, 4
	section name_versym, 0x6fffffff, 2, versions, versions_end, 1, 0, 2, 2
	section name_verdef, 0x6ffffffd, 2, definitions, definitions_end, 2, 2, 4, 0
	section name_dynamic, 6, 2, dynamic, dynamic_end, 2, 0, 1 << LOG, 2 << LOG
	section name_text, 1, 6, functions, functions_end, 0, 0, 16, 0
	section name_shstrtab, 3, 0, section_names, section_names_end, 0, 0, 1, 0

section_names:
	.byte 0
name_dynsym:
	.asciz ".dynsym"
name_dynstr:
	.asciz ".dynstr"
name_hash:
	.asciz ".hash"
name_versym:
	.asciz ".gnu.version"
name_verdef:
	.asciz ".gnu.version_d"
name_dynamic:
	.asciz ".dynamic"
name_text:
	.asciz ".text"
name_shstrtab:
	.asciz ".shstrtab"
section_names_end:
linux_vdso_end:
	.org linux_vdso + VDSO_PAGE /* an error if it doesn't fit */

	.section .note.GNU-stack, "", %progbits
