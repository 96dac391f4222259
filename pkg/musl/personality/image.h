/*
 * What an ELF file says of how it wants to be loaded, and what the first stack holds. Files are not trusted: each field is
 * checked before it is used. Nothing here needs L4Re, so that it can be tested anywhere.
 */
#ifndef IMAGE_H
#define IMAGE_H

#include <elf.h>
#include <stddef.h>
#include <stdint.h>

#if UINTPTR_MAX == UINT64_MAX
typedef Elf64_Ehdr ElfHeader;
typedef Elf64_Phdr ElfSegment;
#define ELF_CLASS ELFCLASS64
#else
typedef Elf32_Ehdr ElfHeader;
typedef Elf32_Phdr ElfSegment;
#define ELF_CLASS ELFCLASS32
#endif

#define MOST_SEGMENTS 32
#define PAGE_SIZE 4096ul
#define LONGEST_INTERPRETER 256

/* Addresses are those of the file; a program that can be moved is moved by a multiple of pages. */
struct image {
	ElfSegment segments[MOST_SEGMENTS];
	unsigned count;
	int moves;                    /* ET_DYN */
	uintptr_t first, end;         /* of what is to be mapped, in whole pages */
	uintptr_t break_start;
	uintptr_t entry, headers;     /* where the program finds its program headers; 0: nowhere */
	uint64_t interpreter;         /* offset of its name in the file */
	size_t interpreter_size;      /* with the final 0; 0: none */
};

/* Both return 0 or -ENOEXEC. The first says how many bytes of segments are where in the file. */
long image_check_header(const ElfHeader *header, unsigned machine, uint64_t file_size, size_t *size, uint64_t *offset);
/* With the segments filled in. */
long image_check(struct image *image, const ElfHeader *header, uint64_t file_size);

struct stack_contents {
	char *const *arguments, *const *variables;
	const char *path, *platform;
	const unsigned char *random;  /* 16 bytes */
	unsigned long headers, header_count, base, entry, hardware, hardware2, vdso;
};

/* Lays it out in a copy of what ends at the address "top", which has room for so many bytes. Returns the stack pointer, a
 * multiple of 16, or -E2BIG. */
long stack_fill(char *copy, size_t room, uintptr_t top, const struct stack_contents *contents);

#endif
