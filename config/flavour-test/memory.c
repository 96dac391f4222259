/* Mappings: what mmap and its relatives answer, and what is in the pages. */
#define _GNU_SOURCE
#include "flavour-test.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE 4096ul
#define BOTH (PROT_READ | PROT_WRITE)

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

/* What emulators of Linux answer otherwise than Linux does. */
#define REQUIRE_EXACTLY(condition) do { if (!checks_of_linux) REQUIRE(condition); } while (0)

static char *map(void *wanted, size_t pages, int protection, int flags)
{
	return mmap(wanted, pages*PAGE, protection, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
}

static int fails(const void *address, int error)
{
	return address == MAP_FAILED && errno == error;
}

static int is_clear(const char *memory, size_t pages)
{
	for (size_t i = 0; i < pages*PAGE; i++) if (memory[i]) return 0;
	return 1;
}

/* Sizes around what a backend may keep, and so often that it has to use pages again. */
int mappings_are_clear_again(void)
{
	static const unsigned short sizes[] = { 1, 3, 16, 65, 500, 2000 };
	for (int round = 0; round < 30; round++) {
		size_t pages = sizes[round*7 % 6], part = pages / 3;
		char *memory = map(0, pages, BOTH, 0);
		REQUIRE(memory != MAP_FAILED && is_clear(memory, pages));
		memset(memory, 0xa5, pages*PAGE);
		REQUIRE(munmap(memory + part*PAGE, PAGE) == 0);
		REQUIRE(map(memory + part*PAGE, 1, BOTH, MAP_FIXED) == memory + part*PAGE && is_clear(memory + part*PAGE, 1));
		memset(memory + part*PAGE, 0x5a, PAGE);
		REQUIRE(munmap(memory, pages*PAGE) == 0);
		/* Pages that can't be written when they are given out again must be clear, too. */
		REQUIRE((memory = map(0, pages, round % 2 ? PROT_READ : PROT_NONE, 0)) != MAP_FAILED);
		REQUIRE(mprotect(memory, pages*PAGE, BOTH) == 0 && is_clear(memory, pages));
		memset(memory, 0x77, pages*PAGE);
		REQUIRE(munmap(memory, pages*PAGE) == 0);
		for (int again = 0; again < 2; again++) { /* malloc may hand out what free has got as it is, calloc may not */
			char *block = calloc(pages, PAGE);
			REQUIRE(block && is_clear(block, pages));
			memset(block, 1, pages*PAGE);
			free(block);
			REQUIRE((block = malloc(pages*PAGE)) != 0);
			memset(block, 2, pages*PAGE);
			free(block);
		}
	}
	return 1;
}

int mappings_where_they_are_wanted(void)
{
	char *area = map(0, 8, BOTH, 0);
	REQUIRE(area != MAP_FAILED);
	memset(area, 1, 8*PAGE);
	REQUIRE(fails(map(area + 1, 1, BOTH, MAP_FIXED), EINVAL));
	REQUIRE_EXACTLY(fails(map(area + 2*PAGE, 1, BOTH, MAP_FIXED_NOREPLACE), EEXIST));
	REQUIRE(area[2*PAGE] == 1);
	char *other = map(area + 2*PAGE, 1, BOTH, 0); /* taken, so it is only a hint */
	REQUIRE(other != MAP_FAILED && (other < area || other >= area + 8*PAGE) && munmap(other, PAGE) == 0);
	REQUIRE(munmap(area + 2*PAGE, 3*PAGE) == 0);
	REQUIRE_EXACTLY(fails(map(area + PAGE, 2, BOTH, MAP_FIXED_NOREPLACE), EEXIST));
	REQUIRE(map(area + 2*PAGE, 1, BOTH, MAP_FIXED_NOREPLACE) == area + 2*PAGE && area[2*PAGE] == 0);
	REQUIRE(map(area + 3*PAGE, 1, BOTH, 0) == area + 3*PAGE);
	REQUIRE(map(area + 5*PAGE, 1, BOTH, MAP_FIXED) == area + 5*PAGE && area[5*PAGE] == 0 && area[6*PAGE] == 1);
	REQUIRE(munmap(area, 8*PAGE) == 0);

	REQUIRE(fails(mmap(0, 0, BOTH, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), EINVAL));
	REQUIRE(fails(mmap(0, PAGE, BOTH, MAP_ANONYMOUS, -1, 0), EINVAL));
	REQUIRE(fails(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, -1, 0), EBADF));
	REQUIRE(fails(mmap(0, SIZE_MAX / 4 * 3, BOTH, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), ENOMEM));
	char *shared = mmap(0, PAGE, BOTH, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	REQUIRE(shared != MAP_FAILED && is_clear(shared, 1) && munmap(shared, PAGE) == 0);
	return 1;
}

int mappings_end_as_on_linux(void)
{
	char *area = map(0, 6, BOTH, 0);
	REQUIRE(area != MAP_FAILED);
	REQUIRE(munmap(area + 1, PAGE) == -1 && errno == EINVAL);
	REQUIRE(munmap(area, 0) == -1 && errno == EINVAL);
	REQUIRE(munmap(area, SIZE_MAX) == -1 && errno == EINVAL);
	area[2*PAGE] = 2;
	REQUIRE(munmap(area + PAGE, 1) == 0 && area[2*PAGE] == 2); /* sizes are rounded up */
	REQUIRE(munmap(area + PAGE, PAGE) == 0); /* it is no error that nothing is there */
	REQUIRE(munmap(area, 6*PAGE) == 0 && munmap(area, 6*PAGE) == 0);
	return 1;
}

int mappings_grow_and_move(void)
{
	char *area = map(0, 64, BOTH, 0), *moved;
	REQUIRE(area != MAP_FAILED);
	for (size_t pages = 64; pages < 1024; pages += 64) {
		memset(area + (pages - 64)*PAGE, (int)(pages / 64), 64*PAGE);
		REQUIRE((area = mremap(area, pages*PAGE, (pages + 64)*PAGE, MREMAP_MAYMOVE)) != MAP_FAILED);
		REQUIRE(is_clear(area + pages*PAGE, 64));
		for (size_t i = 64; i <= pages; i += 64) REQUIRE(area[(i - 1)*PAGE] == (char)(i / 64));
	}
	REQUIRE(mremap(area, 1024*PAGE, 10*PAGE, 0) == area);
	REQUIRE(fails(mremap(area, 11*PAGE, 20*PAGE, 0), EFAULT));
	REQUIRE(fails(mremap(area + 1, PAGE, 2*PAGE, MREMAP_MAYMOVE), EINVAL));
	REQUIRE_EXACTLY(fails(mremap(area, PAGE, 0, MREMAP_MAYMOVE), EINVAL));
	char *block = map(area + 10*PAGE, 1, BOTH, MAP_FIXED_NOREPLACE); /* in the way */
	REQUIRE(block == area + 10*PAGE);
	REQUIRE(fails(mremap(area, 10*PAGE, 11*PAGE, 0), ENOMEM));
	memset(area, 9, 10*PAGE);
	REQUIRE(mprotect(area + 9*PAGE, PAGE, PROT_READ) == 0 || errno == ENOSYS);
	REQUIRE((moved = mremap(area + 9*PAGE, PAGE, 3*PAGE, MREMAP_MAYMOVE)) != MAP_FAILED && moved != area + 9*PAGE);
	REQUIRE(moved[0] == 9 && moved[PAGE - 1] == 9 && moved[PAGE] == 0 && munmap(moved, 3*PAGE) == 0);

	char *target = map(0, 4, BOTH, 0);
	REQUIRE(target != MAP_FAILED && munmap(target + PAGE, 3*PAGE) == 0);
	area[0] = 7;
	REQUIRE(fails(mremap(area, 4*PAGE, 4*PAGE, MREMAP_FIXED, target), EINVAL));
	REQUIRE(fails(mremap(area, 4*PAGE, 4*PAGE, MREMAP_FIXED | MREMAP_MAYMOVE, area + PAGE), EINVAL));
	REQUIRE(mremap(area, 4*PAGE, 4*PAGE, MREMAP_FIXED | MREMAP_MAYMOVE, target) == target);
	REQUIRE(target[0] == 7 && target[3*PAGE] == 9 && munmap(target, 4*PAGE) == 0);
	REQUIRE(munmap(area, 11*PAGE) == 0);

	/* realloc does not lose anything either, whether it grows, in memory that may not be clear, or shrinks. */
	unsigned char *bytes = 0;
	const size_t step = 60000, steps = 66;
	for (int round = 0; round < 2; round++) {
		for (size_t n = 1; n <= steps; n++) {
			REQUIRE(bytes = realloc(bytes, n*step));
			memset(bytes + (n - 1)*step, (int)n, step);
			for (size_t i = 1; i <= n; i++) REQUIRE(bytes[(i - 1)*step] == i && bytes[i*step - 1] == i);
		}
		for (size_t n = steps; n >= 1; n--) {
			REQUIRE(bytes = realloc(bytes, n*step));
			for (size_t i = 1; i <= n; i++) REQUIRE(bytes[(i - 1)*step] == i && bytes[i*step - 1] == i);
		}
	}
	free(bytes);
	return 1;
}

/* A copy of the file, clear behind its end. */
int mappings_of_a_file(void)
{
	char text[256] = "", beginning[sizeof text] = "";
	FILE *file = 0;
	if (!expected_text) {
		REQUIRE((file = fopen(file_path, "w")) && fputs("in a mapping\n", file) >= 0 && fclose(file) == 0);
	}
	int fd = open(file_path, O_RDONLY);
	REQUIRE(fd >= 0);
	ssize_t size = read(fd, text, sizeof text - 1);
	REQUIRE(size > 0);
	char *memory = mmap(0, 2*PAGE, BOTH, MAP_PRIVATE, fd, 0);
	REQUIRE(memory != MAP_FAILED && !strcmp(memory, text) && !memory[PAGE - 1]);
	memory[0] = '!';
	REQUIRE(pread(fd, beginning, size, 0) == size && !strcmp(beginning, text));
	REQUIRE(munmap(memory, 2*PAGE) == 0);
	REQUIRE((memory = mmap(0, PAGE, PROT_READ, MAP_PRIVATE, fd, 0)) != MAP_FAILED && !strcmp(memory, text));
	REQUIRE(munmap(memory, PAGE) == 0);
	REQUIRE(fails(mmap(0, PAGE, BOTH, MAP_SHARED, fd, 0), EACCES));
	REQUIRE(fails(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, fd, 1), EINVAL));
	close(fd);
	REQUIRE(fails(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, fd, 0), EBADF));
	if (!expected_text) REQUIRE(remove(file_path) == 0);
	return 1;
}

/* What a backend can't forbid, it refuses to. */
int protection_over_mappings(void)
{
	char *area = map(0, 12, PROT_NONE, 0);
	REQUIRE(area != MAP_FAILED);
	REQUIRE(mprotect(area, 8*PAGE, BOTH) == 0);
	memset(area, 4, 8*PAGE);
	REQUIRE(map(area + 4*PAGE, 2, BOTH, MAP_FIXED) == area + 4*PAGE);
	int refused = mprotect(area + 2*PAGE, 4*PAGE, PROT_READ);
	REQUIRE(!refused || errno == ENOSYS);
	REQUIRE(area[2*PAGE] == 4 && area[4*PAGE] == 0);
	REQUIRE(mprotect(area, 12*PAGE, BOTH) == 0 && mprotect(area, 12*PAGE, BOTH) == 0);
	area[5*PAGE] = area[11*PAGE] = 5;
	REQUIRE(area[3*PAGE] == 4 && area[6*PAGE] == 4);
	REQUIRE(mprotect(area, PAGE, 64) == -1 && errno == EINVAL);
	REQUIRE_EXACTLY(mprotect(area, 0, PROT_READ) == 0);
	REQUIRE(munmap(area + 6*PAGE, PAGE) == 0);
	REQUIRE_EXACTLY(mprotect(area, 12*PAGE, BOTH) == -1 && errno == ENOMEM);
	REQUIRE(munmap(area, 12*PAGE) == 0);
	return refused ? note("can't be forbidden") : 1;
}

int advice_about_memory(void)
{
	char *area = map(0, 20, BOTH, 0);
	REQUIRE(area != MAP_FAILED);
	memset(area, 1, 20*PAGE);
	static const unsigned char harmless[] = { MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL, MADV_WILLNEED };
	for (size_t i = 0; i < sizeof harmless; i++) REQUIRE(madvise(area, 20*PAGE, harmless[i]) == 0);
	REQUIRE(area[19*PAGE] == 1);
	REQUIRE(madvise(area + PAGE, 8*PAGE, MADV_DONTNEED) == 0);
	REQUIRE(is_clear(area + PAGE, 8) && area[0] == 1 && area[9*PAGE] == 1);
	memset(area + PAGE, 2, 8*PAGE);
	REQUIRE(madvise(area, 0, MADV_DONTNEED) == 0 && madvise(area, 1, MADV_DONTNEED) == 0 && is_clear(area, 1) && area[PAGE] == 2);
	REQUIRE(madvise(area + 1, PAGE, MADV_DONTNEED) == -1 && errno == EINVAL);
	REQUIRE_EXACTLY(madvise(area, PAGE, 77) == -1 && errno == EINVAL);
	REQUIRE(munmap(area + 4*PAGE, PAGE) == 0);
	REQUIRE_EXACTLY(madvise(area, 8*PAGE, MADV_DONTNEED) == -1 && errno == ENOMEM && is_clear(area + 5*PAGE, 3));
	REQUIRE(posix_madvise(area, PAGE, POSIX_MADV_WILLNEED) == 0);
	REQUIRE(munmap(area, 20*PAGE) == 0);
	return 1;
}

int memory_is_locked(void)
{
	unsigned char resident[3] = { 0 };
	char *area = map(0, 4, BOTH, 0);
	REQUIRE(area != MAP_FAILED);
	REQUIRE(mlock(area + 10, PAGE) == 0 && munlock(area + 10, PAGE) == 0);
	REQUIRE_EXACTLY(mlock2(area, 2*PAGE, MLOCK_ONFAULT) == 0 && mlock2(area, PAGE, 8) == -1 && errno == EINVAL);
	REQUIRE(munlock(area, 4*PAGE) == 0);
	area[0] = area[PAGE] = area[2*PAGE] = 1;
	REQUIRE(mincore(area, 3*PAGE, resident) == 0 && resident[0] & resident[1] & resident[2] & 1);
	REQUIRE(mincore(area + 1, PAGE, resident) == -1 && errno == EINVAL);
	REQUIRE(msync(area, 4*PAGE, MS_SYNC) == 0 && msync(area, 4*PAGE, MS_ASYNC) == 0);
	REQUIRE(msync(area + 1, PAGE, MS_SYNC) == -1 && errno == EINVAL);
	REQUIRE(msync(area, PAGE, MS_SYNC | MS_ASYNC) == -1 && errno == EINVAL);
	REQUIRE(munmap(area + 2*PAGE, PAGE) == 0);
	REQUIRE_EXACTLY(mlock(area, 4*PAGE) == -1 && errno == ENOMEM);
	REQUIRE_EXACTLY(msync(area, 4*PAGE, MS_SYNC) == -1 && errno == ENOMEM);
	REQUIRE_EXACTLY(mincore(area, 3*PAGE, resident) == -1 && errno == ENOMEM);
	munlock(area, 2*PAGE);
	REQUIRE(munmap(area, 4*PAGE) == 0);
	REQUIRE(mlockall(0) == -1 && errno == EINVAL && munlockall() == 0);
	return 1;
}

/* Not by using it up: others run on the same machine. */
int memory_runs_out(void)
{
	REQUIRE_EXACTLY(fails(mmap(0, SIZE_MAX / 4 & -PAGE, BOTH, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), ENOMEM));
	REQUIRE_EXACTLY(!malloc(SIZE_MAX / 4) && errno == ENOMEM);
	char *before = malloc(100000);
	REQUIRE(before);
	REQUIRE_EXACTLY(!realloc(before, SIZE_MAX / 4) && errno == ENOMEM);
	free(before);
	return 1;
}

/* Twice on the same page, so that the processor must learn of it. */
int code_is_written_and_run(void)
{
	char *page = map(0, 1, BOTH, 0);
	REQUIRE(page != MAP_FAILED);
	for (uint32_t i = 1; i < 4; i++) {
#ifdef __aarch64__
		uint32_t code[] = { 0x52800000 | i << 5, 0xd65f03c0 }; /* mov w0, #i; ret */
#elif defined __arm__
		uint32_t code[] = { 0xe3a00000 | i, 0xe12fff1e }; /* mov r0, #i; bx lr */
#else
		uint32_t code[1];
		return note("not written for this architecture");
#endif
		memcpy(page, code, sizeof code);
		if (i == 3) {
			__builtin___clear_cache(page, page + sizeof code);
		} else if (mprotect(page, PAGE, PROT_READ | PROT_EXEC | (i == 2 ? PROT_WRITE : 0)) && errno != ENOSYS) {
			return fail("mprotect: %d", errno);
		}
		REQUIRE(((uint32_t (*)(void))page)() == i);
		if (i == 1) REQUIRE(mprotect(page, PAGE, BOTH) == 0);
	}
	REQUIRE(munmap(page, PAGE) == 0);
	return 1;
}
