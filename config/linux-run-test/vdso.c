/*
 * What a program for Linux expects of the vDSO, the shared object that the kernel maps: a real one, whose functions say what
 * the calls say, in each process; and that nobody can change it for others. On Linux the checks run, too.
 */
#define _GNU_SOURCE
#define HARNESS_MAIN
#include "../test-harness/harness.h"

#include <elf.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __aarch64__
#define FUNCTION "__kernel_clock_gettime"
#define DAY_FUNCTION "__kernel_gettimeofday"
#define VERSION "LINUX_2.6.39"
#define CALL SYS_clock_gettime
#else
#define FUNCTION "__vdso_clock_gettime64"
#define DAY_FUNCTION "__vdso_gettimeofday"
#define OLD_FUNCTION "__vdso_clock_gettime"
#define VERSION "LINUX_2.6"
#define CALL SYS_clock_gettime64
#endif

struct time { int64_t seconds, nanoseconds; };
typedef int read_clock(clockid_t clock, struct time *time);

static read_clock *read_by_vdso;

static uint32_t hash(const char *name)
{
	uint32_t h = 0;
	for (; *name; name++) {
		h = (h << 4) + (unsigned char)*name;
		h = (h ^ (h >> 24 & 0xf0)) & 0xfffffff;
	}
	return h;
}

/* As a loader does it: by the dynamic section, its hash table, and the version. */
static void *find(const char *base, const char *name, const char *version)
{
	const ElfW(Ehdr) *header = (const void *)base;
	const ElfW(Phdr) *segment = (const void *)(base + header->e_phoff);
	const ElfW(Dyn) *dynamic = 0;
	const ElfW(Sym) *symbols = 0;
	const ElfW(Verdef) *definitions = 0;
	const char *strings = 0;
	const uint32_t *table = 0;
	const uint16_t *versions = 0;
	for (int i = 0; i < header->e_phnum; i++)
		if (segment[i].p_type == PT_DYNAMIC) dynamic = (const void *)(base + segment[i].p_vaddr);
	for (; dynamic && dynamic->d_tag; dynamic++) {
		const void *value = base + dynamic->d_un.d_ptr;
		if (dynamic->d_tag == DT_SYMTAB) symbols = value;
		if (dynamic->d_tag == DT_STRTAB) strings = value;
		if (dynamic->d_tag == DT_HASH) table = value;
		if (dynamic->d_tag == DT_VERSYM) versions = value;
		if (dynamic->d_tag == DT_VERDEF) definitions = value;
	}
	if (!symbols || !strings || !table || !versions || !definitions) return 0;
	uint32_t buckets = table[0], i = table[2 + hash(name) % buckets];
	while (i && strcmp(strings + symbols[i].st_name, name)) i = table[2 + buckets + i];
	if (!i || !symbols[i].st_shndx || !symbols[i].st_size) return 0;
	while ((definitions->vd_ndx & 0x7fff) != (versions[i] & 0x7fff)) {
		if (!definitions->vd_next) return 0;
		definitions = (const void *)((const char *)definitions + definitions->vd_next);
	}
	const ElfW(Verdaux) *names = (const void *)((const char *)definitions + definitions->vd_aux);
	if (definitions->vd_hash != hash(version) || strcmp(strings + names->vda_name, version)) return 0;
	return (void *)(base + symbols[i].st_value);
}

static int it_is_a_shared_object(void)
{
	const char *base = (const char *)getauxval(AT_SYSINFO_EHDR);
	const ElfW(Ehdr) *header = (const void *)base;
	REQUIRE(base && !((uintptr_t)base & 4095));
	REQUIRE(!memcmp(base, ELFMAG, SELFMAG) && header->e_type == ET_DYN && header->e_phentsize == sizeof(ElfW(Phdr)));
	const ElfW(Phdr) *segment = (const void *)(base + header->e_phoff);
	REQUIRE(segment->p_type == PT_LOAD && segment->p_flags == (PF_R | PF_X) && !segment->p_offset && segment->p_memsz <= 8192);
	const ElfW(Shdr) *sections = (const void *)(base + header->e_shoff);
	REQUIRE(header->e_shentsize == sizeof *sections && header->e_shstrndx < header->e_shnum);
	REQUIRE(!strcmp(base + sections[header->e_shstrndx].sh_offset + sections[header->e_shstrndx].sh_name, ".shstrtab"));
	read_by_vdso = (read_clock *)find(base, FUNCTION, VERSION);
	REQUIRE(read_by_vdso);
	REQUIRE(!find(base, FUNCTION "_not", VERSION));
	return 1;
}

static int64_t number(const struct time *time)
{
	return time->seconds*1000000000 + time->nanoseconds;
}

/* Between two calls, so often: each time is between the others. Coarse clocks may be late on Linux. */
static int agrees(clockid_t clock, int times, int64_t late)
{
	struct time before, there, after;
	int64_t last = 0;
	for (int i = 0; i < times; i++) {
		REQUIRE(!syscall(CALL, clock, &before) && !read_by_vdso(clock, &there) && !syscall(CALL, clock, &after));
		REQUIRE(there.nanoseconds >= 0 && there.nanoseconds < 1000000000);
		REQUIRE(number(&before) <= number(&there) + late && number(&there) <= number(&after) + late);
		REQUIRE(number(&before) >= last);
		last = number(&after);
	}
	return 1;
}

static int it_agrees_with_the_calls(void)
{
	static const struct { clockid_t clock; int64_t late; } clocks[] = {
		{ CLOCK_REALTIME, 0 }, { CLOCK_MONOTONIC, 0 }, { CLOCK_MONOTONIC_RAW, 0 }, { CLOCK_BOOTTIME, 0 }, { CLOCK_TAI, 0 },
		{ CLOCK_REALTIME_COARSE, 20000000 }, { CLOCK_MONOTONIC_COARSE, 20000000 },
	};
	for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++)
		if (!agrees(clocks[i].clock, 2000, clocks[i].late)) return 0;
	return 1;
}

/* Never backwards, and the same as libc's. */
static int many_reads_go_forward(void)
{
	struct time time;
	struct timespec of_libc;
	int64_t last = 0;
	for (int i = 0; i < 100000; i++) {
		REQUIRE(!read_by_vdso(CLOCK_MONOTONIC, &time) && number(&time) >= last);
		last = number(&time);
	}
	REQUIRE(!clock_gettime(CLOCK_MONOTONIC, &of_libc) && of_libc.tv_sec*1000000000ll + of_libc.tv_nsec >= last);
	return 1;
}

/* Seconds and microseconds, as longs; and on arm also seconds and nanoseconds. */
static int older_functions_say_the_same(void)
{
	const char *base = (const char *)getauxval(AT_SYSINFO_EHDR);
	int (*day)(long *, int *) = (int (*)(long *, int *))find(base, DAY_FUNCTION, VERSION);
	long old[2];
	int zone[2] = { -1, -1 };
	struct time before, after;
	REQUIRE(day);
	for (int i = 0; i < 1000; i++) {
		REQUIRE(!syscall(CALL, CLOCK_REALTIME, &before) && !day(old, i % 2 ? zone : 0) && !syscall(CALL, CLOCK_REALTIME, &after));
		int64_t there = old[0]*1000000ll + old[1];
		REQUIRE(old[1] >= 0 && old[1] < 1000000 && there >= number(&before) / 1000 && there <= number(&after) / 1000);
	}
	REQUIRE(!day(0, 0));
#ifdef OLD_FUNCTION
	int (*clock)(clockid_t, long *) = (int (*)(clockid_t, long *))find(base, OLD_FUNCTION, VERSION);
	REQUIRE(clock);
	for (int i = 0; i < 1000; i++) {
		REQUIRE(!syscall(CALL, CLOCK_MONOTONIC, &before) && !clock(CLOCK_MONOTONIC, old) && !syscall(CALL, CLOCK_MONOTONIC, &after));
		int64_t there = old[0]*1000000000ll + old[1];
		REQUIRE(there >= number(&before) && there <= number(&after));
	}
	REQUIRE(clock(12345, old) == -EINVAL && !clock(CLOCK_THREAD_CPUTIME_ID, old));
#endif
	return 1;
}

/* What it doesn't know itself is a call. */
static int other_clocks_are_calls(void)
{
	struct time time = { -1, -1 };
	REQUIRE(read_by_vdso(12345, &time) == -EINVAL && time.seconds == -1);
	REQUIRE(read_by_vdso(10, &time) == -EINVAL);
	REQUIRE(!read_by_vdso(CLOCK_THREAD_CPUTIME_ID, &time) && time.seconds >= 0);
	REQUIRE(!read_by_vdso(CLOCK_PROCESS_CPUTIME_ID, &time) && number(&time) > 0);
	return 1;
}

static void *compare(void *failed)
{
	if (!agrees(CLOCK_MONOTONIC, 500, 0)) *(volatile int *)failed = 1;
	return 0;
}

static int exit_of(pid_t child)
{
	int status = -1;
	return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int threads_and_processes_have_it(void)
{
	pthread_t threads[4];
	int failed = 0;
	for (int i = 0; i < 4; i++) REQUIRE(!pthread_create(threads + i, 0, compare, &failed));
	pid_t children[3];
	for (int i = 0; i < 3; i++) if (!(children[i] = fork())) _exit(agrees(CLOCK_REALTIME, 500, 0) ? 3 : 4);
	for (int i = 0; i < 3; i++) REQUIRE(exit_of(children[i]) == 3);
	for (int i = 0; i < 4; i++) pthread_join(threads[i], 0);
	REQUIRE(!failed);
	pid_t child = fork();
	if (!child) execl("/proc/self/exe", "vdso", "again", (char *)0);
	REQUIRE(exit_of(child) == 3);
	return 1;
}

/* Only where the clock is not that of a machine which others use. */
static int it_follows_the_clock_that_is_set(void)
{
	struct utsname names;
	struct time time, set, child_time;
	int ends[2];
	char c = 0;
	if (uname(&names) || strcmp(names.sysname, "L4Re")) return note("not tried: the clock is not this program's");
	REQUIRE(!pipe(ends) && !read_by_vdso(CLOCK_REALTIME, &time));
	pid_t child = fork();
	if (!child) {
		close(ends[1]);
		c = read(ends[0], &c, 1) == 1 && !read_by_vdso(CLOCK_REALTIME, &child_time) && child_time.seconds >= time.seconds + 100000;
		_exit(c ? 3 : 4);
	}
	set = (struct time){ time.seconds + 100000, 5 };
	struct timespec wanted = { set.seconds, set.nanoseconds };
	REQUIRE(!clock_settime(CLOCK_REALTIME, &wanted));
	REQUIRE(!read_by_vdso(CLOCK_REALTIME, &time) && number(&time) >= number(&set) && time.seconds <= set.seconds + 10);
	REQUIRE(write(ends[1], &c, 1) == 1 && exit_of(child) == 3);
	REQUIRE(agrees(CLOCK_REALTIME, 500, 0) && agrees(CLOCK_MONOTONIC, 500, 0));
	wanted.tv_sec = time.seconds - 100000;
	REQUIRE(!clock_settime(CLOCK_REALTIME, &wanted) && agrees(CLOCK_REALTIME, 500, 0));
	close(ends[0]), close(ends[1]);
	return 1;
}

static int signal_of(pid_t child)
{
	int status = -1;
	return waitpid(child, &status, 0) == child && WIFSIGNALED(status) ? WTERMSIG(status) : -1;
}

static int nobody_changes_it(void)
{
	volatile char *base = (volatile char *)getauxval(AT_SYSINFO_EHDR);
	int offsets[] = { 0, -4096 };
	for (int i = 0; i < 2; i++) {
		pid_t child = fork();
		if (!child) base[offsets[i]] = 1, _exit(0);
		REQUIRE(signal_of(child) == SIGSEGV);
	}
	/* A copy of its own, if it can have one. */
	pid_t child = fork();
	if (!child) {
		if (!mprotect((void *)base, 4096, PROT_READ | PROT_WRITE)) memset((void *)base, 0, 1024);
		if (!mprotect((void *)(base - 4096), 4096, PROT_READ | PROT_WRITE)) memset((void *)(base - 4096), 255, 1024);
		_exit(3);
	}
	REQUIRE(exit_of(child) == 3);
	REQUIRE(base[1] == 'E');
	return agrees(CLOCK_REALTIME, 100, 0);
}

static int it_can_be_written_to_a_file(void)
{
	const char *base = (const char *)getauxval(AT_SYSINFO_EHDR);
	char copy[1000];
	int ends[2];
	REQUIRE(!pipe(ends) && write(ends[1], base, sizeof copy) == sizeof copy && read(ends[0], copy, sizeof copy) == sizeof copy);
	REQUIRE(!memcmp(base, copy, sizeof copy));
	close(ends[0]), close(ends[1]);
	return 1;
}

#define CHECKS(X) \
	X(it_is_a_shared_object) X(it_agrees_with_the_calls) X(many_reads_go_forward) X(older_functions_say_the_same) \
	X(other_clocks_are_calls) \
	X(threads_and_processes_have_it) X(it_follows_the_clock_that_is_set) X(nobody_changes_it) X(it_can_be_written_to_a_file)

static const struct check checks[] = { CHECKS(ENTRY) };

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1) return it_is_a_shared_object() && agrees(CLOCK_MONOTONIC, 500, 0) ? 3 : 4;
	setvbuf(stdout, 0, _IOLBF, 0);
	run(checks, 1);
	if (!failed) run(checks + 1, sizeof checks / sizeof *checks - 1);
	sum_up();
	return failed != 0;
}
