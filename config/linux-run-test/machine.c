/*
 * What a program for Linux expects of its registers: that they stay as they are over calls, signals and threads, whatever the
 * state is in which the program makes a call, and that a handler finds and changes them in its frame; and that code can be
 * written. On arm also what that architecture has of its own. The checks run in linux-run, and on Linux as well.
 */
#define _GNU_SOURCE
#define HARNESS_MAIN
#include "../test-harness/harness.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

/* -- Floating point -- */

/* Fills the registers, makes a call that does nothing, and says whether all are as they were. */
static int registers_stay_over(long number, long first)
{
	static uint64_t before[32], after[32];
	for (int i = 0; i < 32; i++) before[i] = 0x0101010101010101u * (i + 3);
#ifdef __aarch64__
	register long x0 __asm__ ("x0") = first, x8 __asm__ ("x8") = number;
#define EACH(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) \
	X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31)
#define LOAD(n) "ldr d" #n ", [%1, #8*" #n "]\n"
#define STORE(n) "str d" #n ", [%2, #8*" #n "]\n"
	__asm__ volatile (EACH(LOAD) "svc #0\n" EACH(STORE) : "+r"(x0) : "r"(before), "r"(after), "r"(x8)
		: "memory", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12", "v13", "v14", "v15", "v16",
		"v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24", "v25", "v26", "v27", "v28", "v29", "v30", "v31");
#else
	register long r0 __asm__ ("r0") = first;
	void *from = before, *to = after;
	__asm__ volatile (".fpu neon\n push {r7}\n mov r7, %3\n vldmia %1!, {d0-d15}\n vldmia %1, {d16-d31}\n svc #0\n"
		"vstmia %2!, {d0-d15}\n vstmia %2, {d16-d31}\n pop {r7}"
		: "+r"(r0), "+r"(from), "+r"(to) : "r"(number)
		: "memory", "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "d10", "d11", "d12", "d13", "d14", "d15");
#endif
	return !memcmp(before, after, sizeof before);
}

static volatile int handled;

static void spoil_registers(int signal)
{
	double values[8];
	for (int i = 0; i < 8; i++) values[i] = signal * 1.5 + i;
	for (int i = 0; i < 100; i++) for (int n = 0; n < 8; n++) values[n] = values[n] * 1.25 - values[(n + 1) % 8];
	handled = 1 + (values[3] > 1e300);
}

static int floating_point_stays_over_calls_and_signals(void)
{
	REQUIRE(registers_stay_over(SYS_getppid, 0));
	signal(SIGUSR1, spoil_registers);
	sigset_t set, before;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	/* A signal that this call itself delivers. */
	REQUIRE(!sigprocmask(SIG_BLOCK, &set, &before) && !raise(SIGUSR1) && !handled);
	REQUIRE(!sigprocmask(SIG_UNBLOCK, &set, 0) && handled);
	handled = 0;
	timer_t timer;
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	REQUIRE(!timer_create(CLOCK_MONOTONIC, &event, &timer));
	REQUIRE(!timer_settime(timer, 0, &(struct itimerspec){ { 0, 300000 }, { 0, 300000 } }, 0));
	for (int i = 0; i < 3000 || !handled; i++) if (!registers_stay_over(SYS_getppid, 0)) return fail("round %d", i);
	return !timer_delete(timer);
}

/* -- Frames -- */

static volatile uintptr_t seen[3];

static unsigned long *register_of(ucontext_t *context, int number)
{
#ifdef __aarch64__
	return (unsigned long *)context->uc_mcontext.regs + number;
#else
	return &context->uc_mcontext.arm_r0 + number;
#endif
}

static void change_frame(int signal, siginfo_t *information, void *place)
{
	ucontext_t *context = place;
	seen[0] = signal;
	seen[1] = (uintptr_t)information->si_addr;
	seen[2] = *register_of(context, 1);
	*register_of(context, 0) = 4321;
#ifdef __aarch64__
	context->uc_mcontext.pc += 4;
#else
	context->uc_mcontext.arm_pc += context->uc_mcontext.arm_cpsr & 0x20 ? 2 : 4;
#endif
}

static int handlers_change_what_they_return_to(void)
{
	const struct sigaction action = { .sa_sigaction = change_frame, .sa_flags = SA_SIGINFO };
	char *page = mmap(0, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	REQUIRE(page != MAP_FAILED && !sigaction(SIGSEGV, &action, 0));
#ifdef __aarch64__
	register unsigned long r0 __asm__ ("x0") = 1, r1 __asm__ ("x1") = (unsigned long)page + 8;
	__asm__ volatile ("str x0, [x1]" : "+r"(r0) : "r"(r1) : "memory");
#else
	register unsigned long r0 __asm__ ("r0") = 1, r1 __asm__ ("r1") = (unsigned long)page + 8;
	__asm__ volatile ("str r0, [r1]" : "+r"(r0) : "r"(r1) : "memory");
#endif
	unsigned long result = r0;
	signal(SIGSEGV, SIG_DFL);
	REQUIRE(result == 4321 && seen[0] == SIGSEGV && seen[1] == (uintptr_t)page + 8 && seen[2] == (uintptr_t)page + 8);
	return !munmap(page, 4096);
}

/* -- Code -- */

typedef int function(void);

static int written_code_runs(void)
{
	uint32_t *code = mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	REQUIRE(code != MAP_FAILED);
	for (int i = 0; i < 20; i++) {
#ifdef __aarch64__
		code[0] = 0x52800000 | i << 5; /* mov w0, #i */
		code[1] = 0xd65f03c0;          /* ret */
#else
		code[0] = 0xe3a00000 | i;      /* mov r0, #i */
		code[1] = 0xe12fff1e;          /* bx lr */
#endif
		__builtin___clear_cache((char *)code, (char *)(code + 2));
		int result = ((function *)code)();
		if (result != i) return fail("%d instead of %d", result, i);
	}
	return !munmap(code, 4096);
}

/* -- Threads -- */

static void *own_pointer(void *unused)
{
	static __thread int mine;
	(void)unused;
	for (int i = 0; i < 1000; i++) {
		mine = i;
		if (i % 50 == 0) sched_yield();
		if (mine != i) return (void *)1;
	}
	return 0;
}

static int threads_have_their_own_pointers(void)
{
	pthread_t threads[4];
	for (int i = 0; i < 4; i++) REQUIRE(!pthread_create(threads + i, 0, own_pointer, 0));
	for (int i = 0; i < 4; i++) {
		void *result;
		REQUIRE(!pthread_join(threads[i], &result) && !result);
	}
	return 1;
}

#ifdef __arm__

/* -- arm: the state of the processor -- */

/* Functions that make the call with that number and its first argument, in different states. */
#define IN(code) __attribute__((naked, target(#code)))
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"

IN(arm) static long call_in_arm_code(long number, long first)
{
	__asm__ ("push {r7, lr}\n mov r7, r0\n mov r0, r1\n svc #0\n pop {r7, pc}");
}

IN(thumb) static long call_in_thumb_code(long number, long first)
{
	__asm__ ("push {r7, lr}\n mov r7, r0\n mov r0, r1\n svc #0\n pop {r7, pc}");
}

/* The instructions after the call belong to its block. Returns the result, and 100 times how many were executed. */
IN(thumb) static long call_in_block(long number, long first)
{
	__asm__ (".syntax unified\n push {r4, r7, lr}\n mov r7, r0\n mov r0, r1\n movs r4, #0\n cmp r4, r4\n itttt eq\n"
		"svceq #0\n addeq r4, #100\n addeq r4, #100\n addeq r4, #100\n add r0, r4\n pop {r4, r7, pc}");
}

/* Only the first half is executed, whose end is the call. */
IN(thumb) static long call_before_else(long number, long first)
{
	__asm__ (".syntax unified\n push {r4, r7, lr}\n mov r7, r0\n mov r0, r1\n movs r4, #0\n cmp r4, r4\n itete eq\n"
		"svceq #0\n addne r4, #100\n addeq r4, #1\n addne r4, #100\n add r0, r4\n pop {r4, r7, pc}");
}

#pragma GCC diagnostic pop

static int calls_work_in_each_state(void)
{
	long parent = getppid();
	for (int i = 0; i < 100; i++) {
		REQUIRE(call_in_arm_code(SYS_getppid, 0) == parent && call_in_thumb_code(SYS_getppid, 0) == parent);
		REQUIRE(call_in_block(SYS_getppid, 0) == parent + 300 && call_before_else(SYS_getppid, 0) == parent + 1);
		REQUIRE(call_in_block(SYS_close, -1) == -EBADF + 300 && call_before_else(SYS_fchdir, -1) == -EBADF + 1);
	}
	return 1;
}

/* A register that programs can write, though few do. */
static int a_register_without_a_purpose_stays(void)
{
	for (unsigned i = 1; i < 100; i++) {
		unsigned wanted = i * 0x9e3779b9, now;
		__asm__ volatile ("mcr p15, 0, %0, c13, c0, 2" : : "r"(wanted));
		struct timespec time;
		getppid();
		clock_gettime(CLOCK_MONOTONIC, &time);
		nanosleep(&(struct timespec){ 0, 1000 }, 0);
		char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		REQUIRE(page != MAP_FAILED);
		page[5] = 1;
		munmap(page, 4096);
		__asm__ volatile ("mrc p15, 0, %0, c13, c0, 2" : "=r"(now));
		if (now != wanted) return fail("%x instead of %x", now, wanted);
	}
	return 1;
}

static int rounding_is_the_program_s(void)
{
	unsigned before, now;
	__asm__ volatile ("vmrs %0, fpscr" : "=r"(before));
	for (unsigned mode = 0; mode < 4; mode++) {
		__asm__ volatile ("vmsr fpscr, %0" : : "r"(mode << 22));
		getppid();
		__asm__ volatile ("vmrs %0, fpscr" : "=r"(now));
		REQUIRE(now == mode << 22);
	}
	__asm__ volatile ("vmsr fpscr, %0" : : "r"(before));
	return 1;
}

/* -- arm: calls of its own -- */

static int code_for_older_processors_is_there(void)
{
	typedef int exchange(int expected, int new, volatile int *place);
	typedef int exchange_long(const int64_t *expected, const int64_t *new, volatile int64_t *place);
	typedef void *pointer(void);
	typedef void barrier(void);
	volatile int word = 5;
	volatile int64_t longer = 1ll << 40;
	int64_t expected = 1ll << 40, new = 1ll << 50;
	REQUIRE(((pointer *)0xffff0fe0)() == __builtin_thread_pointer());
	((barrier *)0xffff0fa0)();
	REQUIRE(!((exchange *)0xffff0fc0)(5, 6, &word) && word == 6 && ((exchange *)0xffff0fc0)(5, 7, &word) && word == 6);
	REQUIRE(!((exchange_long *)0xffff0f60)(&expected, &new, &longer) && longer == new);
	REQUIRE(((exchange_long *)0xffff0f60)(&expected, &new, &longer) && longer == new);
	return 1;
}

static int old_calls_have_times_of_32_bits(void)
{
	int32_t time[2], rest[2], pair[4] = { 0, 0, 0, 1000000 };
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	REQUIRE(!syscall(SYS_clock_gettime32, CLOCK_MONOTONIC, time));
	REQUIRE(time[0] - now.tv_sec >= 0 && time[0] - now.tv_sec < 2 && time[1] >= 0 && time[1] < 1000000000);
	REQUIRE(!syscall(SYS_clock_getres_time32, CLOCK_MONOTONIC, time) && time[0] == 0 && time[1] > 0);
	REQUIRE(!syscall(SYS_gettimeofday_time32, time, 0) && time[1] >= 0 && time[1] < 1000000);
	time[0] = 0, time[1] = 2000000;
	REQUIRE(!syscall(SYS_nanosleep, time, rest) && !syscall(SYS_clock_nanosleep_time32, CLOCK_MONOTONIC, 0, time, rest));
	int word = 0, pipes[2];
	REQUIRE(syscall(SYS_futex, &word, 0, 0, time, 0, 0) == -1 && errno == ETIMEDOUT);
	REQUIRE(!pipe(pipes));
	struct { int fd; short events, found; } poll = { pipes[0], 1, 0 };
	REQUIRE(!syscall(SYS_ppoll, &poll, 1, time, 0, 0));
	fd_set set;
	FD_ZERO(&set);
	FD_SET(pipes[0], &set);
	time[0] = 0, time[1] = 2000;
	REQUIRE(!syscall(SYS__newselect, pipes[0] + 1, &set, 0, 0, time) && time[0] == 0 && time[1] == 0);
	REQUIRE(write(pipes[1], "x", 1) == 1);
	FD_SET(pipes[0], &set);
	time[0] = 1, time[1] = 0;
	REQUIRE(syscall(SYS_pselect6, pipes[0] + 1, &set, 0, 0, time, 0) == 1 && FD_ISSET(pipes[0], &set));
	close(pipes[0]), close(pipes[1]);
	int timer = syscall(SYS_timerfd_create, CLOCK_MONOTONIC, 0);
	uint64_t count;
	REQUIRE(timer >= 0 && !syscall(SYS_timerfd_settime32, timer, 0, pair, 0) && read(timer, &count, 8) == 8 && count);
	return !close(timer);
}

static int old_calls_have_offsets_of_32_bits(void)
{
	int fd = open("/tmp/machine", O_RDWR | O_CREAT | O_TRUNC, 0600);
	uint32_t limits[2];
	REQUIRE(fd >= 0 && syscall(SYS_lseek, fd, 5, SEEK_SET) == 5 && syscall(SYS_lseek, fd, -2, SEEK_CUR) == 3);
	REQUIRE(lseek(fd, 3ll << 30, SEEK_SET) == 3ll << 30 && syscall(SYS_lseek, fd, 0, SEEK_CUR) == -1 && errno == EOVERFLOW);
	char text[4] = "";
	REQUIRE(pwrite(fd, "text", 4, 1000) == 4 && pread(fd, text, 3, 1001) == 3 && !memcmp(text, "ext", 3));
	REQUIRE(pread(fd, text, 3, 3ll << 30) == 0 && pread(fd, text, 3, -1) == -1 && errno == EINVAL);
	REQUIRE(!syscall(SYS_ftruncate, fd, 100) && lseek(fd, 0, SEEK_END) == 100);
	REQUIRE(!posix_fadvise(fd, 0, 10, POSIX_FADV_NORMAL));
	REQUIRE(!syscall(SYS_ugetrlimit, 7 /* RLIMIT_NOFILE */, limits) && limits[0] >= 16 && limits[1] >= limits[0]);
	struct { short type, whence; int start, length, pid; } lock = { F_WRLCK, SEEK_SET, 0, 0, 0 };
	REQUIRE(!syscall(SYS_fcntl64, fd, 6 /* F_SETLK */, &lock));
	close(fd);
	return !unlink("/tmp/machine");
}

static volatile int old_result;

static void note_signal(int signal)
{
	old_result = signal;
}

/* Handlers without information have a shorter frame, and return in another way. */
static int old_frames_return(void)
{
	const struct { void (*handler)(int); unsigned long flags; void *restorer; uint32_t mask[2]; }
		action = { note_signal, 0, 0, { 0, 0 } };
	/* Without a restorer, too. */
	REQUIRE(!syscall(SYS_rt_sigaction, SIGUSR2, &action, 0, 8));
	for (int i = 0; i < 50; i++) {
		old_result = 0;
		REQUIRE(!raise(SIGUSR2) && old_result == SIGUSR2);
	}
	return registers_stay_over(SYS_getppid, 0);
}

static int processes_begin_by_old_calls(void)
{
	int status = 0;
	pid_t child = syscall(SYS_fork);
	if (!child) _exit(5);
	REQUIRE(child > 0 && waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 5);
	REQUIRE(syscall(SYS_getpgrp) == getpgid(0));
	REQUIRE(getauxval(AT_HWCAP) & 1 << 15 /* TLS */ && !strcmp((char *)getauxval(AT_PLATFORM), "v7l"));
	return 1;
}

#define OWN_CHECKS(X) \
	X(calls_work_in_each_state) X(a_register_without_a_purpose_stays) \
	X(rounding_is_the_program_s) X(code_for_older_processors_is_there) X(old_calls_have_times_of_32_bits) \
	X(old_calls_have_offsets_of_32_bits) X(old_frames_return) X(processes_begin_by_old_calls)
#else
#define OWN_CHECKS(X)
#endif

#define CHECKS(X) \
	X(floating_point_stays_over_calls_and_signals) X(handlers_change_what_they_return_to) X(written_code_runs) \
	X(threads_have_their_own_pointers) OWN_CHECKS(X)

static const struct check checks[] = { CHECKS(ENTRY) };

int main(void)
{
	setvbuf(stdout, 0, _IOLBF, 0);
	run(checks, sizeof checks / sizeof *checks);
	sum_up();
	return failed != 0;
}
