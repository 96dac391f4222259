/*
 * What a program for Linux could try against linux-run, which serves its system calls: to reach memory that isn't its own, by
 * calls or directly, to confuse it about signals and threads, and to use up what there is. Each check says what it should get,
 * which is what Linux gives it. harness.h says what is printed. That linux-run is still there afterwards is a part of each.
 */
#define _GNU_SOURCE
#define HARNESS_MAIN
#include "../test-harness/harness.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#ifdef SYS_clock_gettime64 /* arm */
#define SYS_clock_gettime SYS_clock_gettime64
#endif

#define PAGE 4096ul
#define ANONYMOUS (MAP_PRIVATE | MAP_ANONYMOUS)

static int fails_with(int error, long result)
{
	return result == -1 && errno == error;
}

static sigjmp_buf back;
static siginfo_t fault;

static void return_from_fault(int signal, siginfo_t *information, void *context)
{
	(void)context;
	fault = *information;
	siglongjmp(back, signal);
}

/* On a stack of its own, as the program's may be what is wrong. */
static void catch_faults(void)
{
	static char stack[65536];
	const stack_t own = { .ss_sp = stack, .ss_size = sizeof stack };
	const struct sigaction action = { .sa_sigaction = return_from_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	sigaltstack(&own, 0);
	for (const int *signal = (const int[]){ SIGSEGV, SIGBUS, SIGILL, SIGTRAP, 0 }; *signal; signal++) sigaction(*signal, &action, 0);
}

/* What the program has, in the order of addresses; see proc(5). */
static struct map { unsigned long start, end; } maps[200];
static size_t map_count;

static int read_maps(void)
{
	FILE *file = fopen("/proc/self/maps", "r");
	char line[PATH_MAX];
	for (map_count = 0; file && map_count < 200 && fgets(line, sizeof line, file);)
		if (sscanf(line, "%lx-%lx", &maps[map_count].start, &maps[map_count].end) == 2) map_count++;
	if (file) fclose(file);
	return map_count > 0;
}

static int is_mine(unsigned long place)
{
	for (size_t i = 0; i < map_count; i++) if (place >= maps[i].start && place < maps[i].end) return 1;
	return 0;
}

/* Many places where linux-run, L4Re or the kernel could be: in small steps where 32 bits reach, in larger ones above. */
static uint64_t next_place(uint64_t place)
{
	if (place < 1ull << 32) return place + (64ul << 10);
	if (place < 1ull << 36) return place + (16ul << 20);
	return place + place / 64 / PAGE*PAGE;
}

#define END (sizeof(long) == 4 ? 1ull << 32 : 1ull << 63)

static int calls_reach_nothing_else(void)
{
	int null = open("/dev/null", O_WRONLY), zero = open("/dev/zero", O_RDONLY);
	long tried = 0;
	REQUIRE(null >= 0 && zero >= 0 && read_maps());
	/* /dev/null looks at nothing on Linux, so it is a pipe that is written to. */
	int ends[2];
	REQUIRE(!pipe2(ends, O_NONBLOCK));
	for (uint64_t next = 0; next < END; next = next_place(next)) {
		unsigned long place = next;
		if (is_mine(place)) continue;
		tried++;
		if (!fails_with(EFAULT, write(ends[1], (void *)place, 1))) return fail("write from %lx", place);
		if (!fails_with(EFAULT, read(zero, (void *)place, 1))) return fail("read to %lx", place);
		if (!fails_with(EFAULT, syscall(SYS_clock_gettime, CLOCK_MONOTONIC, place))) return fail("a time at %lx", place);
		if (!fails_with(EFAULT, open((char *)place, O_RDONLY))) return fail("a path at %lx", place);
	}
	close(null), close(zero), close(ends[0]), close(ends[1]);
	return note("%ld places", tried);
}

static int instructions_reach_nothing_else(void)
{
	volatile uint64_t next = 0;
	volatile long tried = 0;
	REQUIRE(read_maps());
	catch_faults();
	for (; next < END; next = next_place(next_place(next_place(next_place(next))))) {
		unsigned long place = next;
		if (is_mine(place)) continue;
		tried++;
		switch (sigsetjmp(back, 1)) {
		case 0: (void)*(volatile char *)place; return fail("read at %lx", place);
		case SIGSEGV: case SIGBUS: break;
		default: return fail("another signal at %lx", place);
		}
		if (!sigsetjmp(back, 1)) {
			((void (*)(void))place)();
			return fail("jumped to %lx", place);
		}
	}
	return note("%ld places", tried);
}

/* A buffer that begins in the program's memory, and goes on where it has none. */
static int buffers_end_where_memory_does(void)
{
	char *page = mmap(0, 2*PAGE, PROT_READ | PROT_WRITE, ANONYMOUS, -1, 0);
	int zero = open("/dev/zero", O_RDONLY);
	struct iovec parts[2] = { { page + PAGE - 8, 8 }, { page + PAGE, 8 } };
	REQUIRE(page != MAP_FAILED && !munmap(page + PAGE, PAGE) && zero >= 0);
	long n = read(zero, page + PAGE - 8, 100);
	REQUIRE(n == 8 || fails_with(EFAULT, n));
	n = readv(zero, parts, 2);
	REQUIRE(n == 8 || fails_with(EFAULT, n));
	REQUIRE(fails_with(EFAULT, syscall(SYS_clock_gettime, 0, page + PAGE - 8)));
	memset(page, 'x', PAGE);
	REQUIRE(fails_with(EFAULT, open(page + PAGE - 9, O_RDONLY)) || errno == ENAMETOOLONG);
	REQUIRE(fails_with(EFAULT, readv(zero, (struct iovec *)(page + PAGE - 8), 1)));
	REQUIRE(!mprotect(page, PAGE, PROT_READ) && fails_with(EFAULT, read(zero, page, 1)));
	REQUIRE(fails_with(EFAULT, syscall(SYS_clock_gettime, 0, page)));
	REQUIRE(!mprotect(page, PAGE, PROT_NONE) && fails_with(EFAULT, open(page, O_RDONLY)));
	return !close(zero) && !munmap(page, PAGE);
}

static int lengths_do_not_overflow(void)
{
	char byte;
	int zero = open("/dev/zero", O_RDONLY);
	struct iovec huge[2] = { { &byte, SSIZE_MAX }, { &byte, SSIZE_MAX } };
	struct msghdr message = { .msg_iov = huge, .msg_iovlen = 1 };
	int pair[2];
	REQUIRE(zero >= 0 && !socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	REQUIRE(fails_with(EINVAL, syscall(SYS_readv, zero, huge, 2)));
	REQUIRE(fails_with(EINVAL, syscall(SYS_readv, zero, huge, -1)) && fails_with(EINVAL, syscall(SYS_readv, zero, huge, 1025)));
	REQUIRE(fails_with(EFAULT, syscall(SYS_readv, zero, 8, 1)));
	message.msg_iovlen = 1025;
	REQUIRE(fails_with(EMSGSIZE, syscall(SYS_sendmsg, pair[0], &message, 0)));
	message.msg_iovlen = 0;
	message.msg_control = &byte;
	message.msg_controllen = 1 << 30;
	REQUIRE(fails_with(ENOBUFS, syscall(SYS_sendmsg, pair[0], &message, 0)) || errno == EFAULT);
	REQUIRE(fails_with(ENOMEM, (long)mmap(0, -2*PAGE, PROT_READ, ANONYMOUS, -1, 0)));
	REQUIRE(fails_with(EINVAL, munmap((void *)-PAGE, 2*PAGE)) && fails_with(EINVAL, munmap(0, -PAGE)));
	REQUIRE(fails_with(EINVAL, syscall(SYS_ppoll, &byte, -1, 0, 0, 8)) || errno == EFAULT);
	return !close(zero) && !close(pair[0]) && !close(pair[1]);
}

/* -- Another thread takes memory away while a call uses it -- */

static char *contested;
static atomic_int done;

static void *take_away(void *unused)
{
	while (!done) {
		munmap(contested, PAGE);
		mmap(contested, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS | MAP_FIXED, -1, 0);
		mprotect(contested, PAGE, PROT_NONE);
		mprotect(contested, PAGE, PROT_READ | PROT_WRITE);
	}
	return unused;
}

/* The place is in memory of linux-run, and none of this program's. */
static void *change_parts(void *argument)
{
	struct iovec *parts = argument;
	static char own[64];
	while (!done) {
		__atomic_store_n(&parts->iov_base, (void *)0x10000000, __ATOMIC_RELAXED);
		__atomic_store_n(&parts->iov_len, SIZE_MAX / 4, __ATOMIC_RELAXED);
		__atomic_store_n(&parts->iov_len, (size_t)64, __ATOMIC_RELAXED);
		__atomic_store_n(&parts->iov_base, own, __ATOMIC_RELAXED);
	}
	return 0;
}

static int shared_file;
static char *volatile shared;

static void *share_and_unshare(void *unused)
{
	while (!done) {
		char *page = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, shared_file, 0);
		if (page == MAP_FAILED) continue;
		shared = page;
		sched_yield();
		munmap(page, PAGE);
	}
	return unused;
}

/* A page of a file comes and goes where a call writes. */
static int races_with_files_change_nothing_else(void)
{
	pthread_t thread;
	int zero = open("/dev/zero", O_RDONLY);
	shared_file = open("/tmp/attacks", O_RDWR | O_CREAT | O_TRUNC, 0600);
	REQUIRE(zero >= 0 && shared_file >= 0 && !ftruncate(shared_file, PAGE));
	done = 0;
	char *page = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, shared_file, 0);
	REQUIRE(page != MAP_FAILED && pwrite(shared_file, "x", 1, 5) == 1 && page[5] == 'x');
	page[6] = 'y';
	char byte = 0;
	REQUIRE(pread(shared_file, &byte, 1, 6) == 1 && byte == 'y' && !munmap(page, PAGE));
	REQUIRE(!pthread_create(&thread, 0, share_and_unshare, 0));
	for (int i = 0; i < 3000; i++) {
		char *place = shared;
		long n = place ? read(zero, place, PAGE) : 0;
		if (n < 0 && errno != EFAULT) return fail("read: %d", errno);
		if (place) syscall(SYS_clock_gettime, CLOCK_MONOTONIC, place + PAGE - 16);
		if (i % 64 == 0) sched_yield();
	}
	done = 1;
	pthread_join(thread, 0);
	return !close(zero) && !close(shared_file) && !unlink("/tmp/attacks");
}

static int races_change_nothing_else(void)
{
	pthread_t thief, changer;
	static struct iovec parts;
	int zero = open("/dev/zero", O_RDONLY), file = open("/tmp", O_RDWR | O_TMPFILE, 0600);
	if (file < 0) file = open("/tmp/attacks", O_RDWR | O_CREAT | O_TRUNC, 0600);
	contested = mmap(0, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS, -1, 0);
	done = 0;
	REQUIRE(zero >= 0 && file >= 0 && contested != MAP_FAILED);
	REQUIRE(!pthread_create(&thief, 0, take_away, 0) && !pthread_create(&changer, 0, change_parts, &parts));
	for (int i = 0; i < 3000; i++) {
		long n = read(zero, contested, PAGE);
		if (n < 0 && errno != EFAULT) return fail("read: %d", errno);
		n = pwrite(file, contested, PAGE, 0);
		if (n < 0 && errno != EFAULT) return fail("write: %d", errno);
		n = open(contested, O_RDONLY);
		if (n >= 0) close(n);
		syscall(SYS_clock_gettime, CLOCK_MONOTONIC, contested + i % PAGE / 8*8);
		n = readv(zero, &parts, 1);
		if (n < 0 && errno != EFAULT && errno != EINVAL) return fail("readv: %d", errno);
		if (i % 64 == 0) sched_yield();
	}
	done = 1;
	pthread_join(thief, 0);
	pthread_join(changer, 0);
	return !close(zero) && !close(file) && !munmap(contested, PAGE);
}

/* -- Signals -- */

static void send_back(void *frame)
{
#ifdef __aarch64__
	__asm__ volatile ("mov sp, %0\n mov x8, #139\n svc #0" : : "r"(frame) : "memory");
#else
	__asm__ volatile ("mov sp, %0\n mov r7, #173\n svc #0" : : "r"(frame) : "memory");
#endif
}

/* Where the frame is, or nearly there, or anywhere. */
static void *place_of_frame(char *at, int round)
{
	if (round % 16 == 15) return (void *)(uintptr_t)(8ull << round % 60);
	return round % 16 == 14 ? at + 1 : at;
}

/* rt_sigreturn with frames that no signal has made. */
static int frames_of_its_own_give_it_nothing(void)
{
	static char frame[16*PAGE] __attribute__((aligned(16)));
	static char *const at = frame + 4*PAGE;
	static volatile int refused;
	catch_faults();
	for (volatile int round = 0; round < 2000; round++) {
		uint64_t state = round*0x9e3779b97f4a7c15u + 1;
		for (size_t i = 0; i < 5*PAGE; i++) state = state*6364136223846793005u + 1442695040888963407u, at[i] = state >> 56;
#ifdef __aarch64__
		/* A record of floating point that is accepted, and every bit of the state, with a place that can't be executed. */
		ucontext_t *context = (ucontext_t *)(at + 128);
		sigemptyset(&context->uc_sigmask); /* a signal that is blocked when it is caused would be its end */
		memcpy(context->uc_mcontext.__reserved, (uint32_t[]){ 0x46508001, 528 }, 8);
		memset(context->uc_mcontext.__reserved + 528, 0, 8);
		if (round % 2) context->uc_mcontext.pc = 0x10, context->uc_mcontext.pstate = ~0ul >> round % 64;
#else
		memset(at + 128 + 104, 0, 8);
		memcpy(at + 128 + 232, (uint32_t[]){ 0x56465001, 288 }, 8);
		if (round % 2) memcpy(at + 128 + 92, (uint32_t[]){ 0x10, ~0u >> round % 32 }, 8);
#endif
		switch (sigsetjmp(back, 1)) {
		case 0: send_back(place_of_frame(at, round)); return fail("it went on");
		case SIGSEGV: case SIGBUS: case SIGILL: refused++; break;
		default: return fail("another signal");
		}
	}
	/* The thread's mask may be any now. */
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, 0);
	return note("%d", refused);
}

static int handlers_without_a_stack_are_not_run(void)
{
	REQUIRE(fails_with(ENOMEM, syscall(SYS_sigaltstack, &(stack_t){ .ss_sp = (void *)8, .ss_size = 16 }, 0)));
	REQUIRE(fails_with(EINVAL, syscall(SYS_sigaltstack, &(stack_t){ .ss_flags = 1 << 20 }, 0)));
	REQUIRE(fails_with(EFAULT, syscall(SYS_rt_sigaction, SIGUSR1, 8, 0, 8)));
	REQUIRE(fails_with(EINVAL, syscall(SYS_rt_sigaction, SIGKILL, &(struct { long a[4]; }){ { 1 } }, 0, 8)));
	REQUIRE(fails_with(EINVAL, syscall(SYS_rt_sigaction, 65, 0, 0, 8)));
	return 1;
}

/* -- Threads -- */

/* clone, and the end of the new thread, which has no stack of its own and must not use this one's. */
static long begin_and_end_thread(unsigned long word)
{
	const unsigned long flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM
		| CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;
#ifdef __aarch64__
	register unsigned long x0 __asm__ ("x0") = flags, x1 __asm__ ("x1") = 0, x2 __asm__ ("x2") = word, x3 __asm__ ("x3") = 0;
	register unsigned long x4 __asm__ ("x4") = word, x8 __asm__ ("x8") = SYS_clone;
	__asm__ volatile ("svc #0\n cbnz x0, 1f\n mov x8, %6\n svc #0\n1:"
		: "+r"(x0), "+r"(x8) : "r"(x1), "r"(x2), "r"(x3), "r"(x4), "i"(SYS_exit) : "memory");
	return x0;
#else
	register unsigned long r0 __asm__ ("r0") = flags, r1 __asm__ ("r1") = 0, r2 __asm__ ("r2") = word, r3 __asm__ ("r3") = 0;
	register unsigned long r4 __asm__ ("r4") = word;
	__asm__ volatile ("push {r7}\n mov r7, %5\n svc #0\n cmp r0, #0\n bne 1f\n mov r7, %6\n svc #0\n1: pop {r7}"
		: "+r"(r0) : "r"(r1), "r"(r2), "r"(r3), "r"(r4), "i"(SYS_clone), "i"(SYS_exit) : "memory", "cc");
	return r0;
#endif
}

/* What the kernel clears at the end of a thread is gone by then, or was never there. */
static int ends_of_threads_write_nothing_else(void)
{
	unsigned long places[] = { 0, 8, 0x10000000, 0xb0000000, (unsigned long)0x7fffffffffff, -8ul };
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		long id = begin_and_end_thread(places[i]);
		if (id < 0 && id != -EFAULT) return fail("clone with %lx: %ld", places[i], id);
		sched_yield();
	}
	struct timespec time = { 0, 20000000 };
	nanosleep(&time, 0);
	return 1;
}

static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;

static void *wait_for_mutex(void *unused)
{
	pthread_mutex_lock(&held);
	pthread_mutex_unlock(&held);
	return unused;
}

static int threads_run_out_in_good_order(void)
{
	static pthread_t threads[3000];
	pthread_attr_t attributes;
	int count = 0, error = 0;
	pthread_mutex_lock(&held);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 16384);
	while (count < 3000 && !(error = pthread_create(threads + count, &attributes, wait_for_mutex, 0))) count++;
	pthread_mutex_unlock(&held);
	for (int i = 0; i < count; i++) pthread_join(threads[i], 0);
	if (error && error != EAGAIN) return fail("error %d", error);
	REQUIRE(!pthread_create(threads, &attributes, wait_for_mutex, 0) && !pthread_join(threads[0], 0));
	return note("%d at once", count);
}

static int descriptors_run_out_in_good_order(void)
{
	int first = open("/dev/null", O_RDONLY), fd = first, last = first;
	REQUIRE(first >= 0);
	while ((fd = dup(first)) >= 0) last = fd;
	REQUIRE(errno == EMFILE);
	while (last > first) close(last--);
	return !close(first);
}

static int memory_runs_out_in_good_order(void)
{
	size_t size = 64ul << 20, count = 0;
	char *pieces[1000];
	while (count < 1000 && (pieces[count] = mmap(0, size, PROT_READ | PROT_WRITE, ANONYMOUS, -1, 0)) != MAP_FAILED) count++;
	if (count < 1000) REQUIRE(errno == ENOMEM);
	for (size_t i = 0; i < count; i++) REQUIRE(!munmap(pieces[i], size));
	int file = open("/tmp/attacks", O_RDWR | O_CREAT | O_TRUNC, 0600);
	long n = file < 0 ? 0 : ftruncate(file, 1ll << 45);
	if (n) REQUIRE(errno == ENOSPC || errno == EFBIG);
	close(file);
	unlink("/tmp/attacks");
	return note("%zu MiB", count * size >> 20);
}

/* -- execve -- */

static int programs_that_are_none_do_not_replace_it(void)
{
	char *many[] = { "x", 0 }, *text = malloc(1 << 20);
	REQUIRE(text);
	memset(text, 'x', 1 << 20);
	text[(1 << 20) - 1] = 0;
	char *long_ones[] = { text, text, text, text, 0 };
	REQUIRE(fails_with(EFAULT, syscall(SYS_execve, 8, many, many)) && fails_with(ENOENT, syscall(SYS_execve, "", many, many)));
	REQUIRE(fails_with(ENOENT, syscall(SYS_execve, "/nothing", many, many)));
	REQUIRE(fails_with(EFAULT, syscall(SYS_execve, "/proc/self/exe", 8, many)));
	REQUIRE(fails_with(EFAULT, syscall(SYS_execve, "/proc/self/exe", (char *[]){ (char *)8, 0 }, many)));
	REQUIRE(fails_with(E2BIG, syscall(SYS_execve, "/proc/self/exe", long_ones, many)));
	REQUIRE(syscall(SYS_execve, "/dev/null", many, many) == -1 && syscall(SYS_execve, "/tmp", many, many) == -1);
	free(text);
	return 1;
}

/* -- Memory -- */

/* On arm, a process alone can't have as much as there is. */
#define EATERS (sizeof(long) == 4 ? 14 : 3)
#define MIB (1ul << 20)

static int pipes[2];

static char *map_some(size_t size, int flags)
{
	char *some = mmap(0, size, PROT_READ | PROT_WRITE, ANONYMOUS | flags, -1, 0);
	return some == MAP_FAILED ? 0 : some;
}

/* Takes what is promised, and then more than that, for which it is ended if there is no more. Only the latter is touched: the
 * machine of the tests is slow. */
static void take_pages(void)
{
	char *more = map_some(8*MIB, MAP_NORESERVE);
	for (int i = 0; i < (sizeof(long) == 4 ? 90 : 1000) && map_some(MIB, 0); i++);
	for (size_t i = 0; more && i < 8*MIB; i += PAGE) more[i] = 1;
}

/* Touches pages that are far from each other. */
static void take_tables(void)
{
	size_t size = (sizeof(long) == 4 ? 90 : 2048) * MIB;
	char *all = map_some(size, MAP_NORESERVE);
	for (size_t i = 0; all && i < size; i += 2*MIB) all[i] = 1;
}

/* Needs some memory now and then, and tells that it still works. */
static void live_on(volatile int *count)
{
	for (;; ++*count) {
		char *some = map_some(4*PAGE, 0);
		if (some) memset(some, 1, 4*PAGE), munmap(some, 4*PAGE);
		nanosleep(&(struct timespec){ 0, 10000000 }, 0);
	}
}

/* Processes take as much as there is, and another one lives on. */
static int is_taken_from_nobody(void (*take)(void))
{
	volatile int *count = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int ended = 0, made = 0;
	pid_t children[EATERS], other;
	REQUIRE(count != MAP_FAILED && !pipe(pipes) && (other = fork()) >= 0);
	if (!other) live_on(count);
	while (made < (int)EATERS && (children[made] = fork()) >= 0) {
		char c = 'x';
		if (!children[made]) {
			close(pipes[0]);
			take();
			write(pipes[1], &c, 1);
			for (;;) pause();
		}
		made++;
		while (poll(&(struct pollfd){ .fd = pipes[0], .events = POLLIN }, 1, 20) != 1)
			if (waitpid(children[made - 1], 0, WNOHANG)) break;
		if (poll(&(struct pollfd){ .fd = pipes[0], .events = POLLIN }, 1, 0) == 1) read(pipes[0], &c, 1);
	}
	for (int i = 0; i < made; i++) {
		ended += kill(children[i], SIGKILL) == -1;
		waitpid(children[i], 0, 0);
	}
	int before = *count;
	for (int i = 0; i < 500 && *count < before + 3; i++) nanosleep(&(struct timespec){ 0, 10000000 }, 0);
	int lives = *count >= before + 3;
	REQUIRE(!kill(other, SIGKILL) && waitpid(other, 0, 0) == other && lives);
	close(pipes[0]), close(pipes[1]);
	munmap((void *)count, PAGE);
	return note("%d of %d were ended", ended, made);
}

static int memory_runs_out_for_who_takes_it(void)
{
	return is_taken_from_nobody(take_pages);
}

static int page_tables_run_out_for_who_takes_them(void)
{
	return is_taken_from_nobody(take_tables);
}

/* The file gets room, and what was promised before is still there. */
static int files_take_no_memory_from_others(void)
{
	int file = open("/tmp/attacks", O_RDWR | O_CREAT | O_TRUNC, 0600), size = 0;
	char *mine = map_some(8*MIB, 0);
	REQUIRE(file >= 0 && mine);
	while (size < 1536 && !ftruncate(file, (size + 64) * (off_t)MIB)) size += 64;
	for (size_t i = 0; i < 8*MIB; i += PAGE) mine[i] = 1;
	REQUIRE(!munmap(mine, 8*MIB) && !ftruncate(file, 0) && !close(file) && !unlink("/tmp/attacks"));
	return note("%d MiB", size);
}

static int limits_of_addresses_are_heeded(void)
{
	pid_t child = fork();
	int status;
	if (!child) {
		const struct rlimit limit = { 64ul << 20, 64ul << 20 };
		if (setrlimit(RLIMIT_AS, &limit)) _exit(1);
		if (mmap(0, 70ul << 20, PROT_NONE, ANONYMOUS, -1, 0) != MAP_FAILED || errno != ENOMEM) _exit(2);
		char *some = mmap(0, 1ul << 20, PROT_READ, ANONYMOUS, -1, 0);
		if (some == MAP_FAILED) _exit(3);
		if (mremap(some, 1ul << 20, 70ul << 20, MREMAP_MAYMOVE) != MAP_FAILED || errno != ENOMEM) _exit(4);
		long count = 0;
		while (mmap(0, 1ul << 20, PROT_READ, ANONYMOUS, -1, 0) != MAP_FAILED) count++;
		_exit(count > 0 && count < 64 && errno == ENOMEM ? 0 : 5);
	}
	REQUIRE(waitpid(child, &status, 0) == child && WIFEXITED(status));
	return !WEXITSTATUS(status) || fail("%d", WEXITSTATUS(status));
}

#define CHECKS(X) \
	X(calls_reach_nothing_else) X(instructions_reach_nothing_else) X(buffers_end_where_memory_does) X(lengths_do_not_overflow) \
	X(races_change_nothing_else) X(races_with_files_change_nothing_else) X(frames_of_its_own_give_it_nothing) \
	X(handlers_without_a_stack_are_not_run) \
	X(ends_of_threads_write_nothing_else) X(threads_run_out_in_good_order) X(descriptors_run_out_in_good_order) \
	X(memory_runs_out_in_good_order) X(memory_runs_out_for_who_takes_it) X(page_tables_run_out_for_who_takes_them) \
	X(files_take_no_memory_from_others) X(limits_of_addresses_are_heeded) X(programs_that_are_none_do_not_replace_it)

static const struct check checks[] = { CHECKS(ENTRY) };

int main(void)
{
	setvbuf(stdout, 0, _IOLBF, 0);
	run(checks, sizeof checks / sizeof *checks);
	sum_up();
	return failed != 0;
}
