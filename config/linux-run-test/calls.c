/*
 * A program for Linux that makes random system calls with random and hostile arguments, from several threads, and from children
 * of them: what serves them must survive, and leave the program's own memory alone. It is for linux-run, but runs on Linux as
 * well.
 *
 *     calls CALLS [SEED [THREADS]]
 *
 * Left out is only what rightly ends or stops the program itself: its end, other programs in its place, signals without a
 * handler, waiting without an end, its own priority, and changes of memory outside the area that is there for it. Another
 * thread ends waits by a signal. The exit code is 0 if all calls were made and nothing else was changed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef SYS_mmap2 /* arm */
#define SYS_mmap SYS_mmap2
#define SYS_clock_settime SYS_clock_settime64
#define SYS_timer_settime SYS_timer_settime64
#define SYS_settimeofday SYS_settimeofday_time32
#endif

#define AREA (64*4096ul)
#define MOST_THREADS 16
#define LAST 462

static char *area;
static atomic_long left;
static atomic_int running;
static pthread_t threads[MOST_THREADS];
static long counts[MOST_THREADS][2]; /* failed, succeeded */
static unsigned char guard[4096];    /* must stay as it is */

static uint64_t next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	return *state ^= *state << 17;
}

static void ignore(int signal)
{
	(void)signal;
}

static int is_left_out(long number)
{
	switch (number) {
#ifdef __arm__
	case SYS_fork: case SYS_vfork: case SYS_sigreturn: case SYS_sigsuspend: case SYS_sigaction: case SYS_pause: case SYS_nice:
	case SYS_sigprocmask: case SYS_rt_sigtimedwait_time64: case SYS_restart_syscall:
#endif
	case SYS_exit: case SYS_exit_group: case SYS_execve: case SYS_execveat: case SYS_clone: case SYS_clone3:
	case SYS_rt_sigreturn: case SYS_rt_sigsuspend: case SYS_rt_sigaction: case SYS_rt_sigtimedwait: case SYS_sigaltstack:
	case SYS_kill: case SYS_tkill: case SYS_tgkill: case SYS_rt_sigqueueinfo: case SYS_rt_tgsigqueueinfo:
	case SYS_pidfd_send_signal: case SYS_set_tid_address: case SYS_sched_setscheduler: case SYS_sched_setparam:
	case SYS_sched_setaffinity: case SYS_sched_setattr:
	case SYS_ptrace: case SYS_reboot: case SYS_seccomp: case SYS_setns: case SYS_unshare: case SYS_chroot: case SYS_rseq:
	case SYS_shmat: case SYS_remap_file_pages: case SYS_process_madvise: case SYS_userfaultfd: case SYS_mlockall: case SYS_brk:
	case SYS_set_robust_list: case SYS_prctl: case SYS_setrlimit: case SYS_prlimit64: case SYS_wait4: case SYS_waitid:
		return 1;
	}
	return 0;
}

/* A place that is, or isn't, the program's. */
static unsigned long place(uint64_t *state)
{
	static const unsigned long known[] = {
		0, 1, 0xffff, 0x10000, 0x400000, 0x70000000, 0x80000000, 0xa0000000, 0xb0000000, 0xb3000000, 0xc0000000,
		(unsigned long)0x7fffffffffff, (unsigned long)0x800000000000, (unsigned long)0xffff000000000000, 0xffff0fe0, -4096ul, -1ul,
	};
	uint64_t choice = next(state);
	switch (choice % 8) {
	case 0: return known[choice / 8 % (sizeof known / sizeof *known)];
	case 1: return (1ull << choice / 8 % 64) - choice / 512 % 3*8;
	case 2: return (unsigned long)area + AREA - choice / 8 % 16; /* reaches over the end */
	case 3: return 0;
	default: return (unsigned long)area + choice / 8 % AREA;
	}
}

static unsigned long value(uint64_t *state)
{
	uint64_t choice = next(state);
	switch (choice % 8) {
	case 0: return choice / 8 % 16;
	case 1: return -(choice / 8 % 4096);
	case 2: return 1ull << choice / 8 % 64;
	case 3: return choice / 8 % 8192;
	case 4: return choice;
	case 5: return -100; /* AT_FDCWD */
	default: return place(state);
	}
}

/* Only pages of the area are changed, and they are made accessible again. */
static int changes_memory(long number)
{
	return number == SYS_mmap || number == SYS_munmap || number == SYS_mprotect || number == SYS_mremap || number == SYS_madvise
		|| number == SYS_pkey_mprotect;
}

/* A file that other threads may be writing to, or making shorter, comes and goes. */
static long map_file(uint64_t *state, unsigned long size)
{
	char *file = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, next(state) % 24, 0);
	if (file == MAP_FAILED) return -1;
	read(next(state) % 24, file, size);
	return munmap(file, size - next(state) % 2*4096) || munmap(file, size);
}

static long change_memory(uint64_t *state, long number)
{
	unsigned long page = (unsigned long)area + next(state) % (AREA / 4096)*4096, size = next(state) % (4*4096);
	if (page + size + 4096 > (unsigned long)area + AREA) size = 4096;
	switch (number) {
	case SYS_mmap:
		if (next(state) % 4 == 0) return map_file(state, size);
		return syscall(number, next(state) % 2 ? page : value(state), size, next(state) % 8, MAP_PRIVATE | MAP_ANONYMOUS
			| (next(state) % 2 ? MAP_FIXED_NOREPLACE : 0), -1, 0);
	case SYS_mremap:
		return syscall(number, page, 4096, 4096 + next(state) % 4096, next(state) % 2 ? 0 : value(state) & ~MREMAP_FIXED & ~4ul, 0);
	case SYS_madvise:
		return syscall(number, page, size, value(state));
	case SYS_munmap:
		return syscall(number, page, size % 4096);
	}
	return syscall(number, page, size % 4096, next(state) % 8);
}

static void restore(void)
{
	if (mmap(area, AREA, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED) _exit(3);
}

/* Waits must not have a mask that keeps the other thread from ending them. */
static void make_harmless(long number, unsigned long *a)
{
	static const struct timespec no_time;
	switch (number) {
#ifdef __arm__
	case SYS_ppoll_time64: a[3] = 0; break;
	case SYS_pselect6_time64: a[5] = 0; break;
	case SYS_ftruncate64: case SYS_truncate64: a[2] %= 1 << 20, a[3] = 0; break;
	case SYS_clock_settime32: a[1] = (unsigned long)&no_time; break;
	case SYS_timer_settime32: a[1] = 0; break;
	case SYS_fcntl64: if (a[1] == F_SETFL) a[2] &= ~O_ASYNC; break;
#endif
	case SYS_ppoll: case SYS_epoll_pwait: case SYS_epoll_pwait2: a[number == SYS_ppoll ? 3 : 4] = 0; break;
	case SYS_pselect6: a[5] = 0; break;
	case SYS_rt_sigprocmask: a[0] = 0, a[1] = 0; break;
	case SYS_clock_settime: case SYS_settimeofday: a[0] = a[1] = (unsigned long)&no_time; break;
	case SYS_setitimer: case SYS_timer_create: case SYS_timer_settime: a[1] = 0; break;
	case SYS_fcntl: if (a[1] == F_SETFL) a[2] &= ~O_ASYNC; break;
	case SYS_ftruncate: case SYS_fallocate: a[1] %= 1 << 20, a[2] %= 1 << 20, a[3] %= 1 << 20; break;
	case SYS_truncate: a[1] %= 1 << 20; break;
	}
}

static long make_call(uint64_t *state)
{
	unsigned long a[6];
	long number;
	do number = next(state) % 64 ? (long)(next(state) % LAST) : (long)value(state);
	while (is_left_out(number));
	for (int i = 0; i < 6; i++) a[i] = next(state) % 2 ? place(state) : value(state);
	make_harmless(number, a);
	/* What waits for a file has one, most of the time. */
	if (next(state) % 2) a[0] = next(state) % 24;
	if (changes_memory(number)) return change_memory(state, number);
	return syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* A child does the same for a while, and is ended if it waits for something. */
static void make_child(uint64_t *state)
{
	pid_t child = fork();
	if (!child) {
		for (int i = 0; i < 30; i++) make_call(state);
		_exit(0);
	}
	for (int i = 0; child > 0 && i < 20; i++) {
		pid_t ended = waitpid(child, 0, WNOHANG);
		if (ended == child) return;
		nanosleep(&(struct timespec){ 0, 2000000 }, 0);
	}
	if (child < 0) return;
	kill(child, SIGKILL);
	while (waitpid(child, 0, 0) == -1 && errno == EINTR);
}

static void *make_calls(void *argument)
{
	long me = (long)argument;
	uint64_t state = 0x9e3779b97f4a7c15 * (me + 1) ^ (uint64_t)counts[me][0];
	counts[me][0] = 0;
	while (atomic_fetch_sub(&left, 1) > 0) {
		counts[me][make_call(&state) != -1]++;
		if (next(&state) % 512 == 0) restore();
		if (next(&state) % 256 == 0) for (int fd = 24; fd < 1024; fd++) close(fd);
		if (next(&state) % 1024 == 0) make_child(&state);
	}
	running--;
	return 0;
}

static void *end_waits(void *unused)
{
	const struct timespec pause = { 0, 2000000 };
	while (running) {
		nanosleep(&pause, 0);
		for (int i = 0; i < MOST_THREADS; i++) if (threads[i]) pthread_kill(threads[i], SIGUSR1);
	}
	return unused;
}

int main(int argc, char **argv)
{
	long calls = argc > 1 ? atol(argv[1]) : 10000, seed = argc > 2 ? atol(argv[2]) : 1;
	int count = argc > 3 ? atoi(argv[3]) : 4;
	pthread_t ender;
	if (calls < 1 || count < 1 || count > MOST_THREADS) {
		fprintf(stderr, "calls CALLS [SEED [THREADS]], with 1 to %d threads\n", MOST_THREADS);
		return 2;
	}
	for (int signal = 1; signal < 65; signal++) sigaction(signal, &(struct sigaction){ .sa_handler = ignore }, 0);
	signal(SIGSEGV, SIG_DFL);
	signal(SIGBUS, SIG_DFL);
	signal(SIGILL, SIG_DFL);
	memset(guard, 0x5a, sizeof guard);
	area = mmap(0, AREA + 2*4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (area == MAP_FAILED) return 3;
	area += 4096;
	restore();
	printf("calls %ld seed %ld threads %d\n", calls, seed, count);
	fflush(stdout);
	int console = fcntl(1, F_DUPFD, 1000);
	/* Nothing is to be written to the console, or waited for there. */
	for (int fd = 0; fd < 3; fd++) dup2(open("/tmp/calls", O_RDWR | O_CREAT, 0600), fd);

	left = calls;
	running = count;
	for (long i = 0; i < count; i++) {
		counts[i][0] = seed;
		if (pthread_create(threads + i, 0, make_calls, (void *)i)) return 3;
	}
	if (pthread_create(&ender, 0, end_waits, 0)) return 3;
	pthread_join(ender, 0);
	for (int i = 0; i < count; i++) pthread_join(threads[i], 0);

	long failed = 0, succeeded = 0, changed = 0;
	for (int i = 0; i < count; i++) failed += counts[i][0], succeeded += counts[i][1];
	for (size_t i = 0; i < sizeof guard; i++) changed += guard[i] != 0x5a;
	dup2(console, 1);
	for (int fd = 3; fd < 1024; fd++) close(fd);
	dup2(open("/dev/console", O_RDWR), 1);
	printf("calls failed %ld succeeded %ld changed %ld\n", failed, succeeded, changed);
	return changed || failed + succeeded != calls;
}
