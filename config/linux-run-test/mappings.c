/*
 * What a program for Linux expects of mappings of files that are its own: what is in them, what becomes of them, and that what
 * is written to them reaches neither the file nor anybody else; and of programs whose files change while they run. On Linux
 * the checks run, too.
 */
#define _GNU_SOURCE
#define HARNESS_MAIN
#include "../test-harness/harness.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096
#define PAGES 40
#define PATH "/tmp/mappings-test"

/* Of each page, the first byte is its number; the last page ends early. */
static int make_file(void)
{
	static char page[PAGE];
	int fd = open(PATH, O_RDWR | O_CREAT | O_TRUNC, 0755);
	for (int i = 0; i < PAGES && fd >= 0; i++) {
		memset(page, i + 1, PAGE);
		if (write(fd, page, i == PAGES - 1 ? 100 : PAGE) < 0) return -1;
	}
	return fd;
}

static volatile unsigned char *map_file(int protection, int flags)
{
	int fd = make_file();
	void *address = fd < 0 ? MAP_FAILED : mmap(0, PAGES*PAGE, protection, flags, fd, 0);
	close(fd);
	return address;
}

static int shows_file(volatile unsigned char *map, int first, int end)
{
	for (int i = first; i < end; i++) if (map[i*PAGE] != i + 1 || map[i*PAGE + 99] != i + 1) return 0;
	return 1;
}

static int exit_of(pid_t child)
{
	int status = -1;
	return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int signal_of(pid_t child)
{
	int status = -1;
	return waitpid(child, &status, 0) == child && WIFSIGNALED(status) ? WTERMSIG(status) : -1;
}

static int file_is_unchanged(void)
{
	int fd = open(PATH, O_RDONLY);
	unsigned char byte = 0;
	for (int i = 0; i < PAGES; i++) REQUIRE(pread(fd, &byte, 1, (off_t)i*PAGE) == 1 && byte == i + 1);
	close(fd);
	return 1;
}

static int the_content_is_there(void)
{
	volatile unsigned char *map = map_file(PROT_READ, MAP_PRIVATE);
	REQUIRE(map != MAP_FAILED && shows_file(map, 0, PAGES));
	for (int i = 100; i < PAGE; i++) REQUIRE(!map[(PAGES - 1)*PAGE + i]);
	REQUIRE(!munmap((void *)map, PAGES*PAGE));
	return 1;
}

static int calls_read_it(void)
{
	volatile unsigned char *map = map_file(PROT_READ, MAP_PRIVATE);
	static char copy[3*PAGE];
	int fd = open(PATH ".copy", O_RDWR | O_CREAT | O_TRUNC, 0600);
	REQUIRE(map != MAP_FAILED && fd >= 0);
	/* None of these pages was ever touched; the last byte of the first, all of the second, the first of the third. */
	REQUIRE(write(fd, (char *)map + 5*PAGE + PAGE - 1, PAGE + 2) == PAGE + 2);
	REQUIRE(pread(fd, copy, sizeof copy, 0) == PAGE + 2 && copy[0] == 6 && copy[1] == 7 && copy[PAGE] == 7 && copy[PAGE + 1] == 8);
	REQUIRE(pwrite(fd, (char *)map, PAGES*PAGE, 0) == PAGES*PAGE && pread(fd, copy, 1, (off_t)20*PAGE) == 1 && copy[0] == 21);
	REQUIRE(read(fd, (char *)map, 1) < 0 && errno == EFAULT);
	close(fd);
	munmap((void *)map, PAGES*PAGE);
	return 1;
}

static int what_is_written_is_private(void)
{
	volatile unsigned char *map = map_file(PROT_READ, MAP_PRIVATE), *other;
	int fd = open(PATH, O_RDONLY);
	REQUIRE(map != MAP_FAILED && (other = mmap(0, PAGES*PAGE, PROT_READ, MAP_PRIVATE, fd, 0)) != MAP_FAILED);
	close(fd);
	pid_t child = fork();
	if (!child) map[0] = 1, _exit(0);
	REQUIRE(signal_of(child) == SIGSEGV);
	REQUIRE(!mprotect((void *)(map + 3*PAGE), 20*PAGE, PROT_READ | PROT_WRITE));
	REQUIRE(shows_file(map, 0, PAGES));
	for (int i = 3; i < 23; i++) map[i*PAGE] = 0xee;
	REQUIRE(shows_file(map, 0, 3) && shows_file(map, 23, PAGES) && map[10*PAGE] == 0xee && map[10*PAGE + 1] == 11);
	REQUIRE(shows_file(other, 0, PAGES) && file_is_unchanged());
	child = fork();
	if (!child) {
		if (map[5*PAGE] != 0xee || mprotect((void *)map, PAGES*PAGE, PROT_READ | PROT_WRITE)) _exit(4);
		for (int i = 0; i < PAGES; i++) map[i*PAGE] = 0xdd;
		_exit(file_is_unchanged() ? 3 : 5);
	}
	REQUIRE(exit_of(child) == 3);
	REQUIRE(map[0] == 1 && map[5*PAGE] == 0xee && shows_file(other, 0, PAGES) && file_is_unchanged());
	munmap((void *)map, PAGES*PAGE);
	munmap((void *)other, PAGES*PAGE);
	return 1;
}

static int rights_come_and_go(void)
{
	volatile unsigned char *map = map_file(PROT_READ, MAP_PRIVATE);
	REQUIRE(map != MAP_FAILED && shows_file(map, 0, PAGES));
	REQUIRE(!mprotect((void *)(map + PAGE), 30*PAGE, PROT_NONE));
	int ends[2];
	REQUIRE(!pipe(ends) && write(ends[1], (void *)(map + 2*PAGE), 1) < 0 && errno == EFAULT);
	pid_t child = fork();
	if (!child) _exit(map[2*PAGE]);
	REQUIRE(signal_of(child) == SIGSEGV);
	REQUIRE(!mprotect((void *)(map + PAGE), 30*PAGE, PROT_READ | PROT_EXEC) && shows_file(map, 0, PAGES));
	REQUIRE(!madvise((void *)map, PAGES*PAGE, MADV_DONTNEED) && shows_file(map, 0, PAGES));
	REQUIRE(!madvise((void *)map, PAGES*PAGE, MADV_WILLNEED));
	close(ends[0]), close(ends[1]);
	munmap((void *)map, PAGES*PAGE);
	return 1;
}

static int parts_are_unmapped_and_replaced(void)
{
	volatile unsigned char *map = map_file(PROT_READ, MAP_PRIVATE);
	int fd = open(PATH, O_RDONLY);
	REQUIRE(map != MAP_FAILED && shows_file(map, 0, PAGES));
	REQUIRE(!munmap((void *)(map + 10*PAGE), 5*PAGE));
	void *there = (void *)(map + 10*PAGE);
	REQUIRE(mmap(there, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == there);
	REQUIRE(!map[10*PAGE] && (map[10*PAGE] = 9));
	REQUIRE(mmap((void *)(map + 20*PAGE), 2*PAGE, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 30*PAGE) != MAP_FAILED);
	REQUIRE(map[20*PAGE] == 31 && map[21*PAGE] == 32);
	REQUIRE(mmap((void *)(map + 25*PAGE), 2*PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, fd, 2*PAGE) != MAP_FAILED);
	REQUIRE(map[25*PAGE] == 3 && (map[25*PAGE] = 77));
	REQUIRE(shows_file(map, 0, 10) && shows_file(map, 15, 20) && shows_file(map, 22, 25) && shows_file(map, 27, PAGES));
	pid_t child = fork();
	if (!child) _exit(shows_file(map, 0, 10) && map[20*PAGE] == 31 && map[25*PAGE] == 77 && map[10*PAGE] == 9 ? 3 : 4);
	REQUIRE(exit_of(child) == 3);
	child = fork();
	if (!child) _exit(map[12*PAGE]);
	REQUIRE(signal_of(child) == SIGSEGV);
	REQUIRE(file_is_unchanged());
	close(fd);
	munmap((void *)map, PAGES*PAGE);
	return 1;
}

static int they_move(void)
{
	volatile unsigned char *map = map_file(PROT_READ, MAP_PRIVATE), *moved;
	void *place = mmap(0, PAGES*PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	REQUIRE(map != MAP_FAILED && place != MAP_FAILED);
	moved = mremap((void *)map, 20*PAGE, 20*PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, place);
	REQUIRE(moved == place && shows_file(moved, 0, 20) && shows_file(map, 20, PAGES));
	munmap(place, PAGES*PAGE);
	munmap((void *)map, PAGES*PAGE);
	return 1;
}

static int the_content_outlives_the_name(void)
{
	volatile unsigned char *map = map_file(PROT_READ, MAP_PRIVATE);
	REQUIRE(map != MAP_FAILED && !unlink(PATH));
	int fd = open(PATH, O_RDWR | O_CREAT | O_TRUNC, 0600);
	REQUIRE(write(fd, "other", 5) == 5 && !close(fd));
	REQUIRE(shows_file(map, 0, PAGES));
	munmap((void *)map, PAGES*PAGE);
	return 1;
}

/* Whether a private mapping sees it is not specified; the file does. */
static int a_mapped_file_can_be_written(void)
{
	volatile unsigned char *map = map_file(PROT_READ, MAP_PRIVATE), *shared;
	int fd = open(PATH, O_RDWR);
	char c = 0;
	REQUIRE(map != MAP_FAILED && fd >= 0 && pwrite(fd, "x", 1, 7*PAGE) == 1 && pread(fd, &c, 1, 7*PAGE) == 1 && c == 'x');
	REQUIRE(shows_file(map, 0, 7) && shows_file(map, 8, PAGES));
	REQUIRE((shared = mmap(0, PAGES*PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)) != MAP_FAILED);
	shared[9*PAGE] = 'y';
	REQUIRE(pread(fd, &c, 1, 9*PAGE) == 1 && c == 'y' && shared[7*PAGE] == 'x');
	REQUIRE(shows_file(map, 0, 7) && shows_file(map, 10, PAGES));
	volatile unsigned char *another = mmap(0, PAGES*PAGE, PROT_READ, MAP_PRIVATE, fd, 0);
	REQUIRE(another != MAP_FAILED && another[9*PAGE] == 'y' && another[0] == 1);
	REQUIRE(!ftruncate(fd, 2*PAGE) && !ftruncate(fd, PAGES*PAGE) && pread(fd, &c, 1, 20*PAGE) == 1 && !c);
	munmap((void *)map, PAGES*PAGE);
	munmap((void *)shared, PAGES*PAGE);
	munmap((void *)another, PAGES*PAGE);
	close(fd);
	return 1;
}

/* -- Programs -- */

static int copy_self(const char *path)
{
	static char buffer[16*PAGE];
	int from = open("/proc/self/exe", O_RDONLY), to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0755);
	ssize_t n;
	while ((n = read(from, buffer, sizeof buffer)) > 0) if (write(to, buffer, n) != n) return 0;
	close(from);
	return !close(to) && !n;
}

/* Much code that wasn't used before: what it prints shows whether it is what it was. */
static int compute(void)
{
	char text[64];
	double x = strtod("1.5e3", 0);
	snprintf(text, sizeof text, "%.3f %s %5d|%x", x / 7, "text", 42, 0xbeef);
	return !strcmp(text, "214.286 text    42|beef");
}

static int start(const char *path, int *to, int *from)
{
	int down[2], up[2];
	if (pipe(down) || pipe(up)) return -1;
	pid_t child = fork();
	if (!child) {
		dup2(down[0], 0), dup2(up[1], 1);
		close(down[0]), close(down[1]), close(up[0]), close(up[1]);
		execl(path, path, "wait", (char *)0);
		_exit(9);
	}
	close(down[0]), close(up[1]);
	*to = down[1], *from = up[0];
	return child;
}

static int a_program_stays_what_it_was(void)
{
	const char *path = PATH ".program";
	static char zeros[16*PAGE];
	char c;
	int to, from;
	REQUIRE(copy_self(path));
	pid_t child = start(path, &to, &from);
	REQUIRE(child > 0 && read(from, &c, 1) == 1);
	/* It can't be written while it runs, or nobody notices. */
	int fd = open(path, O_WRONLY), was_written = fd >= 0;
	REQUIRE(was_written || errno == ETXTBSY);
	for (int i = 0; was_written && i < 8; i++) REQUIRE(write(fd, zeros, sizeof zeros) == sizeof zeros);
	if (was_written) REQUIRE(!ftruncate(fd, 100) && !close(fd));
	REQUIRE(!unlink(path) && write(to, "x", 1) == 1);
	REQUIRE(exit_of(child) == 3);
	close(to), close(from);
	REQUIRE(copy_self(path));
	child = start(path, &to, &from);
	REQUIRE(child > 0 && read(from, &c, 1) == 1 && write(to, "x", 1) == 1 && exit_of(child) == 3);
	close(to), close(from);
	fd = open(path, O_WRONLY | O_TRUNC);
	REQUIRE(fd >= 0 && write(fd, zeros, PAGE) == PAGE && !close(fd));
	child = start(path, &to, &from);
	REQUIRE(exit_of(child) == 9);
	close(to), close(from);
	unlink(path);
	return 1;
}

/* Its own instructions, in a copy. */
static int a_program_changes_itself_only(void)
{
	const char *path = PATH ".program";
	char c;
	int to, from;
	REQUIRE(copy_self(path));
	pid_t child = start(path, &to, &from), other;
	int other_to, other_from;
	REQUIRE(child > 0 && read(from, &c, 1) == 1);
	REQUIRE((other = start(path, &other_to, &other_from)) > 0 && read(other_from, &c, 1) == 1);
	REQUIRE(write(to, "!", 1) == 1 && exit_of(child) == 5);
	REQUIRE(write(other_to, "x", 1) == 1 && exit_of(other) == 3);
	close(to), close(from), close(other_to), close(other_from);
	unlink(path);
	return 1;
}

static int wait_in_child(void)
{
	char c = 0;
	if (write(1, "r", 1) != 1 || read(0, &c, 1) != 1) return 4;
	if (c != '!') return compute() ? 3 : 4;
	uintptr_t page = (uintptr_t)compute & -PAGE;
	if (mprotect((void *)page, 2*PAGE, PROT_READ | PROT_WRITE | PROT_EXEC)) return 6;
	memset((void *)(((uintptr_t)compute & -4ul)), 0, 16);
	return 5;
}

#define CHECKS(X) \
	X(the_content_is_there) X(calls_read_it) X(what_is_written_is_private) X(rights_come_and_go) X(parts_are_unmapped_and_replaced) \
	X(they_move) X(the_content_outlives_the_name) X(a_mapped_file_can_be_written) X(a_program_stays_what_it_was) \
	X(a_program_changes_itself_only)

static const struct check checks[] = { CHECKS(ENTRY) };

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "wait")) return wait_in_child();
	setvbuf(stdout, 0, _IOLBF, 0);
	run(checks, sizeof checks / sizeof *checks);
	sum_up();
	unlink(PATH);
	unlink(PATH ".copy");
	return failed != 0;
}
