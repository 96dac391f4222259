/*
 * Checks how linux-run reads ELF files and lays out the first stack (pkg/musl/personality/image.c, stack.c), on any Linux:
 *
 *     images [SEED [ROUNDS]]
 *
 * Its own file is the program that it loads; mutations of its headers are the ones that somebody else has made.
 */
#define _GNU_SOURCE
#define HARNESS_MAIN
#include "../../config/test-harness/harness.h"

#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>
#include "../../pkg/musl/personality/image.h"

#ifdef __aarch64__
#define MACHINE EM_AARCH64
#else
#define MACHINE EM_ARM
#endif

static uint64_t state = 1;
static long rounds = 200000;

static char *file;
static uint64_t file_size;
static ElfHeader header;
static struct image image;

static unsigned next(unsigned limit)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (state >> 33) % limit;
}

/* Own file, with the headers as they are. */
static long load(void)
{
	size_t size;
	uint64_t offset;
	long error = image_check_header(&header, MACHINE, file_size, &size, &offset);
	if (error) return error;
	memcpy(image.segments, file + offset, size);
	return 0;
}

static long check(void)
{
	return image_check(&image, &header, file_size);
}

static void begin(void)
{
	memcpy(&header, file, sizeof header);
	memset(&image, 0x5a, sizeof image);
}

static ElfSegment *first_of(unsigned type)
{
	for (unsigned i = 0; i < header.e_phnum; i++) if (image.segments[i].p_type == type) return image.segments + i;
	return 0;
}

static int a_program_is_accepted(void)
{
	begin();
	REQUIRE(!load() && !check());
	REQUIRE(image.count == header.e_phnum && image.entry == header.e_entry && !image.interpreter_size);
	REQUIRE(image.moves == (header.e_type == ET_DYN) && image.first % PAGE_SIZE == 0 && image.end % PAGE_SIZE == 0);
	REQUIRE(image.headers - image.first == header.e_phoff || first_of(PT_LOAD)->p_offset);
	return 1;
}

#define REFUSED_HEADER(change) do { begin(); change; REQUIRE(load() == -ENOEXEC); } while (0)

static int headers_of_other_files_are_refused(void)
{
	REFUSED_HEADER(header.e_ident[0] = 0);
	REFUSED_HEADER(header.e_ident[EI_CLASS] = ELF_CLASS == ELFCLASS64 ? ELFCLASS32 : ELFCLASS64);
	REFUSED_HEADER(header.e_ident[EI_DATA] = ELFDATA2MSB);
	REFUSED_HEADER(header.e_machine = EM_X86_64);
#ifdef __arm__
	REFUSED_HEADER(header.e_flags &= ~EF_ARM_EABIMASK);
#endif
	REFUSED_HEADER(header.e_type = ET_REL);
	REFUSED_HEADER(header.e_type = ET_CORE);
	REFUSED_HEADER(header.e_phentsize--);
	REFUSED_HEADER(header.e_phnum = 0);
	REFUSED_HEADER(header.e_phnum = MOST_SEGMENTS + 1);
	REFUSED_HEADER(header.e_phoff = file_size - 1);
	REFUSED_HEADER(header.e_phoff = (uintptr_t)-1);
	return 1;
}

#define REFUSED(change) \
	do { \
		begin(); \
		REQUIRE(!load()); \
		ElfSegment *segment = first_of(PT_LOAD); \
		(void)segment; \
		change; \
		REQUIRE(check() == -ENOEXEC); \
	} while (0)

static int segments_that_lie_are_refused(void)
{
	REFUSED(segment->p_filesz = segment->p_memsz + 1);
	REFUSED(segment->p_offset = file_size);
	REFUSED(segment->p_offset = (uintptr_t)-1);
	REFUSED(segment->p_filesz = segment->p_memsz = file_size + 1);
	REFUSED(segment->p_vaddr = (uintptr_t)-PAGE_SIZE);
	REFUSED(segment->p_memsz = (uintptr_t)-1);
	REFUSED(segment[1] = segment[0]);
	REFUSED(for (unsigned i = 0; i < header.e_phnum; i++) image.segments[i].p_type = PT_NULL);
	REFUSED(header.e_entry = 1);
	REFUSED(header.e_entry = (uintptr_t)-1);
	return 1;
}

static int interpreters_that_lie_are_refused(void)
{
	REFUSED(segment->p_type = PT_INTERP; segment->p_filesz = LONGEST_INTERPRETER + 1);
	REFUSED(segment->p_type = PT_INTERP; segment->p_filesz = 1);
	REFUSED(segment->p_type = PT_INTERP; segment->p_filesz = 9; segment->p_offset = file_size - 8);
	begin();
	REQUIRE(!load());
	ElfSegment *stack = first_of(PT_GNU_STACK);
	REQUIRE(stack);
	*stack = (ElfSegment){ .p_type = PT_INTERP, .p_offset = 7, .p_filesz = 9 };
	REQUIRE(!check() && image.interpreter == 7 && image.interpreter_size == 9);
	return 1;
}

/* Whatever is accepted keeps the promises of image.h. */
static int holds_its_promises(void)
{
	uintptr_t end = 0;
	if (image.count > MOST_SEGMENTS || image.first % PAGE_SIZE || image.end % PAGE_SIZE || image.first >= image.end) return 0;
	if (image.end > UINTPTR_MAX / 2 + PAGE_SIZE || image.entry < image.first || image.entry >= image.end) return 0;
	for (unsigned i = 0; i < image.count; i++) {
		const ElfSegment *segment = image.segments + i;
		if (segment->p_type != PT_LOAD || !segment->p_memsz) continue;
		if (segment->p_vaddr < image.first || segment->p_vaddr < end || segment->p_filesz > segment->p_memsz) return 0;
		end = segment->p_vaddr + segment->p_memsz;
		if (end < segment->p_vaddr || end > image.end) return 0;
		if (segment->p_offset > file_size || segment->p_filesz > file_size - segment->p_offset) return 0;
	}
	if (image.break_start != end || image.interpreter_size > LONGEST_INTERPRETER) return 0;
	return image.interpreter <= file_size && image.interpreter_size <= file_size - image.interpreter;
}

static int mutations_do_no_harm(void)
{
	long accepted = 0;
	for (long round = 0; round < rounds; round++) {
		begin();
		for (unsigned n = next(3); n--;) ((unsigned char *)&header)[next(sizeof header)] = next(256);
		if (load()) continue;
		for (unsigned n = next(6); n--;)
			((unsigned char *)image.segments)[next(header.e_phnum * sizeof(ElfSegment))] = next(3) ? next(256) : 0xff;
		if (check()) continue;
		accepted++;
		if (!holds_its_promises()) return fail("round %ld", round);
	}
	REQUIRE(accepted > rounds / 100);
	return note("%ld of %ld were accepted", accepted, rounds);
}

/* -- The stack, in pages between others that can't be touched -- */

#define ROOM (16*PAGE_SIZE)

static char *room_between(void)
{
	char *all = mmap(0, ROOM + 2*PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	mprotect(all + PAGE_SIZE, ROOM, PROT_READ | PROT_WRITE);
	return all + PAGE_SIZE;
}

static unsigned long value_of(const unsigned long *vector, unsigned long type)
{
	for (; *vector; vector += 2) if (*vector == type) return vector[1];
	return -1ul;
}

/* As the program sees it: laid out for the very place where it is. */
static int is_laid_out(char *room, char **arguments, char **variables)
{
	unsigned char random[16] = { 1, 2, 3 };
	const struct stack_contents contents = {
		.arguments = arguments, .variables = variables, .path = "/bin/x", .platform = "machine", .random = random,
		.headers = 0x40, .header_count = 7, .base = 0x1000, .entry = 0x2000, .hardware = 3, .vdso = 0x5000,
	};
	long sp = stack_fill(room, ROOM, (uintptr_t)room + ROOM, &contents);
	REQUIRE(sp > 0 && sp % 16 == 0 && (uintptr_t)sp >= (uintptr_t)room);
	unsigned long *words = (unsigned long *)sp, count = *words++;
	for (unsigned long i = 0; i < count; i++) REQUIRE(!strcmp((char *)*words++, arguments[i]));
	REQUIRE(!arguments[count] && !*words++);
	for (; *variables; variables++) REQUIRE(!strcmp((char *)*words++, *variables));
	REQUIRE(!*words++);
	REQUIRE(value_of(words, AT_PHDR) == 0x40 && value_of(words, AT_PHNUM) == 7 && value_of(words, AT_BASE) == 0x1000);
	REQUIRE(value_of(words, AT_ENTRY) == 0x2000 && value_of(words, AT_PHENT) == sizeof(ElfSegment));
	REQUIRE(value_of(words, AT_SYSINFO_EHDR) == 0x5000);
	REQUIRE(value_of(words, AT_PAGESZ) == PAGE_SIZE && value_of(words, AT_HWCAP) == 3 && value_of(words, AT_SECURE) == 0);
	REQUIRE(!memcmp((void *)value_of(words, AT_RANDOM), random, 16));
	REQUIRE(!strcmp((char *)value_of(words, AT_EXECFN), "/bin/x") && !strcmp((char *)value_of(words, AT_PLATFORM), "machine"));
	return 1;
}

static int stacks_are_as_on_linux(void)
{
	char *room = room_between();
	char *none[] = { 0 }, *one[] = { "a", 0 }, *more[] = { "", "bc", "a longer one", 0 };
	return is_laid_out(room, none, none) && is_laid_out(room, one, none) && is_laid_out(room, none, one)
		&& is_laid_out(room, more, one) && is_laid_out(room, one, more) && is_laid_out(room, more, more);
}

/* Each length around the limit fits, or is refused. */
static int stacks_that_are_too_large_are_refused(void)
{
	char *room = room_between(), *text = malloc(ROOM + 1), *texts[] = { "a", text, 0 }, *none[] = { 0 };
	char **many = malloc((ROOM + 1) * sizeof *many);
	unsigned char random[16] = { 0 };
	const struct stack_contents contents = { .arguments = texts, .variables = none, .path = "", .platform = "", .random = random };
	const struct stack_contents crowded = { .arguments = many, .variables = none, .path = "", .platform = "", .random = random };
	int fits = 0, refused = 0;
	REQUIRE(text && many);
	memset(text, 'x', ROOM);
	for (size_t length = ROOM - 1000; length <= ROOM; length++) {
		text[length] = 0;
		*(stack_fill(room, ROOM, (uintptr_t)room + ROOM, &contents) == -E2BIG ? &refused : &fits) += 1;
		text[length] = 'x';
	}
	for (size_t i = 0; i < ROOM; i++) many[i] = "";
	many[ROOM] = 0;
	REQUIRE(stack_fill(room, ROOM, (uintptr_t)room + ROOM, &crowded) == -E2BIG);
	REQUIRE(fits && refused);
	return note("%d fit, %d don't", fits, refused);
}

#define CHECKS(X) \
	X(a_program_is_accepted) X(headers_of_other_files_are_refused) X(segments_that_lie_are_refused) \
	X(interpreters_that_lie_are_refused) X(mutations_do_no_harm) X(stacks_are_as_on_linux) X(stacks_that_are_too_large_are_refused)

static const struct check checks[] = { CHECKS(ENTRY) };

int main(int argc, char **argv)
{
	if (argc > 1) state = strtoull(argv[1], 0, 10);
	if (argc > 2) rounds = atol(argv[2]);
	int fd = open("/proc/self/exe", O_RDONLY);
	file_size = lseek(fd, 0, SEEK_END);
	file = mmap(0, file_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (fd < 0 || file == MAP_FAILED) return 2;
	run(checks, sizeof checks / sizeof *checks);
	sum_up();
	return failed != 0;
}
