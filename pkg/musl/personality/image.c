/* ELF files. */

#include <errno.h>
#include <string.h>
#include "image.h"

#define PAGE_START(address) ((address) & -PAGE_SIZE)
#define HIGHEST (UINTPTR_MAX / 2) /* no sum of two addresses below is too large */

long image_check_header(const ElfHeader *header, unsigned machine, uint64_t file_size, size_t *size, uint64_t *offset)
{
	if (memcmp(header->e_ident, ELFMAG, SELFMAG) || header->e_ident[EI_CLASS] != ELF_CLASS) return -ENOEXEC;
	if (header->e_ident[EI_DATA] != ELFDATA2LSB || header->e_machine != machine) return -ENOEXEC;
	/* Without a version, its calls are those of arm before the EABI, whose numbers are in the instruction. */
	if (machine == EM_ARM && !(header->e_flags & EF_ARM_EABIMASK)) return -ENOEXEC;
	if (header->e_type != ET_EXEC && header->e_type != ET_DYN) return -ENOEXEC;
	if (header->e_phentsize != sizeof(ElfSegment) || !header->e_phnum || header->e_phnum > MOST_SEGMENTS) return -ENOEXEC;
	*size = header->e_phnum * sizeof(ElfSegment);
	*offset = header->e_phoff;
	return *size > file_size || *offset > file_size - *size ? -ENOEXEC : 0;
}

static int is_in_file(const ElfSegment *segment, uint64_t file_size)
{
	return segment->p_filesz <= file_size && segment->p_offset <= file_size - segment->p_filesz;
}

/* Segments must come in the order of their addresses, as the specification demands, and not share bytes. */
static long add_segment(struct image *image, const ElfSegment *segment, uint64_t file_size)
{
	uintptr_t start = segment->p_vaddr;
	if (segment->p_filesz > segment->p_memsz || !is_in_file(segment, file_size)) return -ENOEXEC;
	if (start >= HIGHEST || segment->p_memsz >= HIGHEST - start) return -ENOEXEC;
	if (image->first == UINTPTR_MAX) image->first = PAGE_START(start);
	else if (start < image->break_start) return -ENOEXEC;
	image->break_start = start + segment->p_memsz;
	return 0;
}

static long set_interpreter(struct image *image, const ElfSegment *segment, uint64_t file_size)
{
	if (image->interpreter_size || segment->p_filesz < 2 || segment->p_filesz > LONGEST_INTERPRETER) return -ENOEXEC;
	if (!is_in_file(segment, file_size)) return -ENOEXEC;
	image->interpreter = segment->p_offset;
	image->interpreter_size = segment->p_filesz;
	return 0;
}

long image_check(struct image *image, const ElfHeader *header, uint64_t file_size)
{
	uint64_t size = (uint64_t)header->e_phnum * sizeof(ElfSegment);
	long error = 0;
	image->count = header->e_phnum;
	image->moves = header->e_type == ET_DYN;
	image->first = UINTPTR_MAX;
	image->break_start = image->headers = image->interpreter = image->interpreter_size = 0;
	image->entry = header->e_entry;
	for (unsigned i = 0; i < image->count && !error; i++) {
		const ElfSegment *segment = image->segments + i;
		if (segment->p_type == PT_INTERP) error = set_interpreter(image, segment, file_size);
		if (segment->p_type != PT_LOAD || !segment->p_memsz) continue;
		error = add_segment(image, segment, file_size);
		if (error || header->e_phoff < segment->p_offset || segment->p_filesz < size) continue;
		uint64_t offset = header->e_phoff - segment->p_offset;
		if (offset <= segment->p_filesz - size) image->headers = segment->p_vaddr + offset;
	}
	if (error || image->first == UINTPTR_MAX) return -ENOEXEC;
	image->end = PAGE_START(image->break_start + PAGE_SIZE - 1);
	return image->entry < image->first || image->entry >= image->end ? -ENOEXEC : 0;
}
