/* Signals, timers, and the scheduling of threads. */
#define _GNU_SOURCE
#include "flavour-test.h"

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

static volatile sig_atomic_t received, count;
static siginfo_t details;
static const void *volatile stack_of_handler;

static void plain_handler(int signal)
{
	received = signal;
	count++;
}

static void handler_with_details(int signal, siginfo_t *information, void *context)
{
	(void)context;
	details = *information;
	stack_of_handler = __builtin_frame_address(0);
	plain_handler(signal);
}

static int handle(int signal, int flags)
{
	struct sigaction action = { .sa_flags = flags };
	if (flags & SA_SIGINFO)
		action.sa_sigaction = handler_with_details;
	else
		action.sa_handler = plain_handler;
	received = count = 0;
	return sigaction(signal, &action, 0);
}

static void pause_for(long milliseconds)
{
	struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };
	while (nanosleep(&time, &time));
}

static long long now_on(clockid_t clock)
{
	struct timespec time;
	return clock_gettime(clock, &time) ? -1 : time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* libgcc asks for AT_HWCAP before main in a program with atomic operations, and a missing answer sets errno. */
int errno_at_start;

int errno_is_clear_at_the_start(void)
{
	static int atomic;
	__atomic_fetch_add(&atomic, 1, __ATOMIC_SEQ_CST);
	errno = errno_at_start;
	REQUIRE(errno_at_start == 0);
	return 1;
}

/* musl's structure is longer than the kernel's, which is all that other programs make room for. */
int information_on_the_system(void)
{
	char bytes[sizeof(struct sysinfo) + 1];
	struct sysinfo information;
	memset(bytes, 'x', sizeof bytes);
	REQUIRE(syscall(SYS_sysinfo, bytes) == 0);
	memcpy(&information, bytes, sizeof information);
	REQUIRE(information.totalram && information.procs);
	size_t size = sizeof(long) == 8 ? 112 : 64;
	REQUIRE(bytes[size] == 'x' && bytes[sizeof bytes - 1] == 'x');
	return 1;
}

/* The two kinds of handlers return in two ways on arm. */
int signals(void)
{
	REQUIRE(handle(SIGUSR1, 0) == 0 && raise(SIGUSR1) == 0 && received == SIGUSR1);
	REQUIRE(handle(SIGUSR2, SA_SIGINFO) == 0 && raise(SIGUSR2) == 0);
	REQUIRE(received == SIGUSR2 && details.si_code == SI_TKILL && details.si_pid == getpid());
	REQUIRE(kill(getpid(), SIGUSR1) == 0 && received == SIGUSR1);
	REQUIRE(handle(SIGUSR1, SA_RESETHAND) == 0 && raise(SIGUSR1) == 0 && received == SIGUSR1);
	struct sigaction action;
	REQUIRE(sigaction(SIGUSR1, 0, &action) == 0 && action.sa_handler == SIG_DFL);
	REQUIRE(signal(SIGUSR1, SIG_IGN) == SIG_DFL && raise(SIGUSR1) == 0 && raise(SIGCHLD) == 0 && raise(SIGURG) == 0);
	REQUIRE(sigaction(SIGKILL, &action, 0) == -1 && errno == EINVAL);
	return 1;
}

int signals_wait_while_blocked(void)
{
	sigset_t set, old, pending;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	REQUIRE(handle(SIGUSR1, 0) == 0 && sigprocmask(SIG_BLOCK, &set, &old) == 0 && !sigismember(&old, SIGUSR1));
	REQUIRE(raise(SIGUSR1) == 0 && raise(SIGUSR1) == 0 && !received);
	REQUIRE(sigpending(&pending) == 0 && sigismember(&pending, SIGUSR1) && !sigismember(&pending, SIGUSR2));
	REQUIRE(sigprocmask(SIG_SETMASK, &old, 0) == 0 && received == SIGUSR1 && count == 1);
	REQUIRE(sigprocmask(SIG_BLOCK, &set, 0) == 0 && raise(SIGUSR1) == 0 && count == 1);
	errno = 0;
	REQUIRE(sigsuspend(&old) == -1 && errno == EINTR && count == 2);
	REQUIRE(sigpending(&pending) == 0 && !sigismember(&pending, SIGUSR1));
	REQUIRE(sigprocmask(SIG_SETMASK, &old, &set) == 0 && sigismember(&set, SIGUSR1));
	return 1;
}

static volatile int thread_may_end;

static void *spin(void *unused)
{
	while (!thread_may_end);
	return unused;
}

/* A thread that ends blocks all signals first, and what has been sent by then is still its own. */
int signals_come_before_they_are_blocked(void)
{
	sigset_t set, old;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	REQUIRE(handle(SIGUSR1, 0) == 0);
	for (int i = 1; i <= 50; i++) {
		pthread_t thread;
		thread_may_end = 0;
		REQUIRE((errno = pthread_create(&thread, 0, spin, 0)) == 0 && pthread_sigmask(SIG_BLOCK, &set, &old) == 0);
		REQUIRE(kill(getpid(), SIGUSR1) == 0);
		thread_may_end = 1;
		REQUIRE(pthread_join(thread, 0) == 0 && count == i);
		REQUIRE(pthread_sigmask(SIG_SETMASK, &old, 0) == 0);
	}
	return 1;
}

int signals_queue_with_values(void)
{
	sigset_t set, old;
	siginfo_t information;
	struct timespec none = { 0 };
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigaddset(&set, SIGRTMIN + 1);
	REQUIRE(sigprocmask(SIG_BLOCK, &set, &old) == 0);
	for (int i = 0; i < 6; i++)
		REQUIRE(sigqueue(getpid(), SIGRTMIN + (i + 1) % 2, (union sigval){ .sival_int = i }) == 0);
	for (int i = 0; i < 6; i++) {
		REQUIRE(sigwaitinfo(&set, &information) == SIGRTMIN + i / 3);
		REQUIRE(information.si_code == SI_QUEUE && information.si_value.sival_int == (i < 3 ? 2*i + 1 : 2*(i - 3)));
	}
	REQUIRE(sigtimedwait(&set, &information, &none) == -1 && errno == EAGAIN);
	REQUIRE(sigprocmask(SIG_SETMASK, &old, 0) == 0);
	return 1;
}

int signals_interrupt_calls(void)
{
	struct itimerval soon = { .it_value.tv_usec = 20000 };
	struct timespec pause = { .tv_sec = 10 }, rest;
	REQUIRE(handle(SIGALRM, SA_SIGINFO) == 0 && setitimer(ITIMER_REAL, &soon, 0) == 0);
	REQUIRE(nanosleep(&pause, &rest) == -1 && errno == EINTR && received == SIGALRM && rest.tv_sec == 9);
	REQUIRE(details.si_code == SI_KERNEL);
	return 1;
}

static sem_t semaphore;
static volatile int in_thread;

static void *wait_for_semaphore(void *unused)
{
	(void)unused;
	in_thread = 1;
	return (void *)(intptr_t)(sem_wait(&semaphore) ? errno : 0);
}

static int start(pthread_t *thread, void *(*function)(void *))
{
	in_thread = 0;
	REQUIRE((errno = pthread_create(thread, 0, function, 0)) == 0);
	while (!in_thread)
		sched_yield();
	pause_for(20);
	return 1;
}

int signals_restart_calls_or_not(void)
{
	pthread_t thread;
	void *result;
	REQUIRE(sem_init(&semaphore, 0, 0) == 0 && handle(SIGUSR1, 0) == 0);
	if (!start(&thread, wait_for_semaphore))
		return 0;
	REQUIRE(pthread_kill(thread, SIGUSR1) == 0 && pthread_join(thread, &result) == 0);
	REQUIRE(received == SIGUSR1 && (intptr_t)result == EINTR);
	REQUIRE(handle(SIGUSR1, SA_RESTART) == 0);
	if (!start(&thread, wait_for_semaphore))
		return 0;
	REQUIRE(pthread_kill(thread, SIGUSR1) == 0);
	while (!received)
		sched_yield();
	REQUIRE(sem_post(&semaphore) == 0 && pthread_join(thread, &result) == 0 && !result);
	return 1;
}

static pthread_t handled_in;

static void note_thread(int signal)
{
	handled_in = pthread_self();
	received = signal;
}

/* With what it calculates in registers. */
static void *calculate(void *unused)
{
	double sum = 0, term = 1;
	in_thread = 1;
	for (unsigned long n = 0; received != SIGUSR1; n++) {
		sum += term - term / (1 + (double)(n % 7));
		sum = sum > 1000 ? 0 : sum;
	}
	(void)unused;
	return (void *)(intptr_t)(sum >= 0 && sum <= 1001);
}

int signals_reach_threads_that_make_no_calls(void)
{
	struct sigaction action = { .sa_handler = note_thread };
	pthread_t thread;
	void *result;
	received = 0;
	REQUIRE(sigaction(SIGUSR1, &action, 0) == 0);
	if (!start(&thread, calculate))
		return 0;
	REQUIRE(pthread_kill(thread, SIGUSR1) == 0);
	REQUIRE(pthread_join(thread, &result) == 0 && result && handled_in == thread);
	return 1;
}

static sem_t storm_semaphores[8];
static volatile int storm_ended;

/* From one wait to the next, so that signals find it at the beginning of one, in it, and at its end. */
static void *wait_often(void *unused)
{
	struct timespec limit;
	in_thread = 1;
	for (unsigned i = 0; !storm_ended; i++) {
		clock_gettime(CLOCK_REALTIME, &limit);
		limit.tv_nsec += 2000;
		if (limit.tv_nsec >= 1000000000)
			limit.tv_sec++, limit.tv_nsec -= 1000000000;
		sem_timedwait(&storm_semaphores[i % 8], &limit);
	}
	return unused;
}

int signals_in_a_storm(void)
{
	pthread_t thread;
	long sent = 0;
	for (int i = 0; i < 8; i++)
		REQUIRE(sem_init(&storm_semaphores[i], 0, 0) == 0);
	REQUIRE(handle(SIGUSR1, 0) == 0);
	storm_ended = 0;
	if (!start(&thread, wait_often))
		return 0;
	for (long long end = now_on(CLOCK_MONOTONIC) + 1000000000; now_on(CLOCK_MONOTONIC) < end; sent++)
		REQUIRE(pthread_kill(thread, SIGUSR1) == 0);
	storm_ended = 1;
	REQUIRE(pthread_join(thread, 0) == 0 && count > 0);
	return note("%ld of %ld handled", (long)count, sent);
}

static sigjmp_buf before_fault;

static void leave_fault(int signal, siginfo_t *information, void *context)
{
	(void)context;
	details = *information;
	siglongjmp(before_fault, signal);
}

/* Goes on behind the instruction. */
static void skip_instruction(int signal, siginfo_t *information, void *context)
{
	ucontext_t *at = context;
	handler_with_details(signal, information, context);
#ifdef __aarch64__
	at->uc_mcontext.pc += 4;
#elif defined __thumb__
	at->uc_mcontext.arm_pc += 2;
#else
	at->uc_mcontext.arm_pc += 4;
#endif
}

static int faults_at(volatile int *volatile place)
{
	struct sigaction action = { .sa_sigaction = leave_fault, .sa_flags = SA_SIGINFO };
	REQUIRE(sigaction(SIGSEGV, &action, 0) == 0);
	if (!sigsetjmp(before_fault, 1))
		return fail("read %d at %p", *place, (void *)place);
	REQUIRE(details.si_signo == SIGSEGV && details.si_addr == (void *)place && details.si_code > 0);
	return 1;
}

int faults_are_signals(void)
{
	struct sigaction action = { .sa_sigaction = skip_instruction, .sa_flags = SA_SIGINFO };
	if (!faults_at((int *)16) || !faults_at((int *)24)) /* twice: the mask is as before */
		return 0;
	received = 0;
	REQUIRE(sigaction(SIGILL, &action, 0) == 0);
#ifdef __aarch64__
	__asm__ volatile (".inst 0");
#elif defined __thumb__
	__asm__ volatile (".inst.n 0xdeff");
#else
	__asm__ volatile (".inst 0xe7f000f0");
#endif
	REQUIRE(received == SIGILL && signal(SIGSEGV, SIG_DFL) != SIG_ERR && signal(SIGILL, SIG_DFL) != SIG_ERR);
	return 1;
}

int signals_on_a_stack_of_their_own(void)
{
	static _Alignas(16) char area[65536];
	stack_t stack = { .ss_sp = area, .ss_size = sizeof area }, old;
	REQUIRE(sigaltstack(&stack, &old) == 0 && old.ss_flags == SS_DISABLE);
	REQUIRE(handle(SIGUSR2, SA_SIGINFO | SA_ONSTACK) == 0 && raise(SIGUSR2) == 0 && received == SIGUSR2);
	REQUIRE((uintptr_t)stack_of_handler - (uintptr_t)area < sizeof area);
	REQUIRE(handle(SIGUSR2, SA_SIGINFO) == 0 && raise(SIGUSR2) == 0);
	REQUIRE((uintptr_t)stack_of_handler - (uintptr_t)area >= sizeof area);
	stack.ss_flags = SS_DISABLE;
	REQUIRE(sigaltstack(&stack, &old) == 0 && old.ss_sp == area && old.ss_flags == 0);
	return 1;
}

static void *loop(void *unused)
{
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, 0);
	in_thread = 1;
	for (volatile unsigned i = 0;; i++);
	return unused;
}

static void *sleep_long(void *unused)
{
	in_thread = 1;
	pause_for(100000);
	return unused;
}

int cancellation_of_threads(void)
{
	pthread_t thread;
	void *result;
	for (int i = 0; i < 2; i++) {
		if (!start(&thread, i ? sleep_long : loop))
			return 0;
		REQUIRE((errno = pthread_cancel(thread)) == 0);
		REQUIRE(pthread_join(thread, &result) == 0 && result == PTHREAD_CANCELED);
	}
	return 1;
}

static void *wait_for_signal(void *unused)
{
	in_thread = 1;
	while (received != SIGUSR1)
		sched_yield();
	return unused;
}

/* Calls another function than the one that it is told about, in every thread. */
int identity_is_changed_in_all_threads(void)
{
	pthread_t thread;
	REQUIRE(handle(SIGUSR1, 0) == 0);
	if (!start(&thread, wait_for_signal))
		return 0;
	REQUIRE(setgid(getgid()) == 0 && setuid(getuid()) == 0);
	REQUIRE(pthread_kill(thread, SIGUSR1) == 0 && pthread_join(thread, 0) == 0);
	return 1;
}

int timers_interrupt_a_loop(void)
{
	struct itimerval often = { { 0, 5000 }, { 0, 5000 } }, never = { 0 }, old;
	long long begin = now_on(CLOCK_MONOTONIC);
	REQUIRE(handle(SIGALRM, 0) == 0 && setitimer(ITIMER_REAL, &often, 0) == 0);
	while (count < 5)
		if (now_on(CLOCK_MONOTONIC) - begin > 5000000000)
			return fail("%d signals in 5 s", (int)count);
	REQUIRE(setitimer(ITIMER_REAL, &never, &old) == 0 && old.it_interval.tv_usec == 5000);
	REQUIRE(now_on(CLOCK_MONOTONIC) - begin >= 25000000);
	REQUIRE(alarm(100) == 0 && alarm(0) == 100);
	return 1;
}

static void note_value(union sigval value)
{
	received = value.sival_int;
}

int timers_with_values(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN, .sigev_value.sival_int = 77 };
	struct itimerspec times = { { 0, 10000000 }, { 0, 10000000 } }, rest;
	struct timespec now;
	siginfo_t information;
	sigset_t set, old;
	timer_t timer;
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	REQUIRE(sigprocmask(SIG_BLOCK, &set, &old) == 0 && timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
	REQUIRE(timer_settime(timer, 0, &times, 0) == 0);
	pause_for(105);
	REQUIRE(sigwaitinfo(&set, &information) == SIGRTMIN && information.si_code == SI_TIMER);
	REQUIRE(information.si_value.sival_int == 77 && information.si_overrun >= 8);
	REQUIRE(timer_getoverrun(timer) == information.si_overrun);
	REQUIRE(timer_gettime(timer, &rest) == 0 && rest.it_interval.tv_nsec == 10000000 && rest.it_value.tv_nsec <= 10000000);
	times = (struct itimerspec){ { 0, 10000 }, { 0, 10000 } };
	REQUIRE(timer_settime(timer, 0, &times, 0) == 0);
	long long begin = now_on(CLOCK_MONOTONIC);
	pause_for(20);
	long long over = (now_on(CLOCK_MONOTONIC) - begin) / 10000; /* and perhaps more until it is taken */
	REQUIRE(sigwaitinfo(&set, &information) == SIGRTMIN && information.si_overrun >= over - 1);
	REQUIRE(timer_delete(timer) == 0 && timer_gettime(timer, &rest) == -1 && errno == EINVAL);
	while (sigtimedwait(&set, 0, &(struct timespec){ 0 }) > 0); /* it may have been over again by then */
	REQUIRE(sigprocmask(SIG_SETMASK, &old, 0) == 0);

	event = (struct sigevent){ .sigev_notify = SIGEV_THREAD, .sigev_value.sival_int = 78 };
	event.sigev_notify_function = note_value;
	received = 0;
	REQUIRE(timer_create(CLOCK_REALTIME, &event, &timer) == 0 && clock_gettime(CLOCK_REALTIME, &now) == 0);
	times = (struct itimerspec){ .it_value = { now.tv_sec + 1, now.tv_nsec } };
	REQUIRE(timer_settime(timer, TIMER_ABSTIME, &times, 0) == 0);
	for (int i = 0; i < 500 && received != 78; i++)
		pause_for(10);
	REQUIRE(received == 78 && timer_delete(timer) == 0);
	return 1;
}

int clocks_of_processor_time(void)
{
	clockid_t clock;
	REQUIRE(clock_getcpuclockid(0, &clock) == 0);
	REQUIRE((errno = pthread_getcpuclockid(pthread_self(), &clock)) == 0);
	long long before = now_on(clock), of_process = now_on(CLOCK_PROCESS_CPUTIME_ID);
	for (volatile int i = 0; i < 3000000; i++);
	REQUIRE(before >= 0 && now_on(clock) > before && now_on(CLOCK_THREAD_CPUTIME_ID) > before);
	REQUIRE(now_on(CLOCK_PROCESS_CPUTIME_ID) > of_process);
	before = now_on(clock);
	pause_for(300);
	REQUIRE(now_on(clock) - before < 200000000);
	struct rusage usage;
	REQUIRE(getrusage(RUSAGE_SELF, &usage) == 0 && usage.ru_utime.tv_sec * 1000000LL + usage.ru_utime.tv_usec > 0);
	return 1;
}

static void *tell_priority(void *unused)
{
	struct sched_param parameters = { 0 };
	int policy;
	(void)unused;
	pthread_getschedparam(pthread_self(), &policy, &parameters);
	return (void *)(intptr_t)(policy * 1000 + parameters.sched_priority);
}

/* Linux lets only some users have them. */
int priorities_of_threads(void)
{
	struct sched_param parameters = { .sched_priority = 10 };
	pthread_attr_t attributes;
	pthread_t thread;
	void *result;
	REQUIRE(pthread_attr_init(&attributes) == 0);
	REQUIRE(pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED) == 0);
	REQUIRE(pthread_attr_setschedpolicy(&attributes, SCHED_FIFO) == 0);
	REQUIRE(pthread_attr_setschedparam(&attributes, &parameters) == 0);
	int error = pthread_create(&thread, &attributes, tell_priority, 0);
	if (error == EPERM)
		return note("not allowed");
	REQUIRE((errno = error) == 0);
	REQUIRE(pthread_join(thread, &result) == 0 && (intptr_t)result == SCHED_FIFO * 1000 + 10);
	REQUIRE(pthread_setschedparam(pthread_self(), SCHED_RR, &parameters) == 0);
	REQUIRE((intptr_t)tell_priority(0) == SCHED_RR * 1000 + 10);
	parameters.sched_priority = 0;
	REQUIRE(pthread_setschedparam(pthread_self(), SCHED_RR, &parameters) == EINVAL);
	REQUIRE(pthread_setschedparam(pthread_self(), SCHED_OTHER, &parameters) == 0);
	return 1;
}

int mutexes_that_inherit_priorities(void)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t inheriting;
	REQUIRE(pthread_mutexattr_init(&attributes) == 0);
	REQUIRE((errno = pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT)) == 0);
	REQUIRE(pthread_mutex_init(&inheriting, &attributes) == 0);
	REQUIRE(threads_count_under(&inheriting));
	REQUIRE(pthread_mutex_trylock(&inheriting) == 0 && pthread_mutex_trylock(&inheriting) == EBUSY);
	REQUIRE(pthread_mutex_unlock(&inheriting) == 0 && pthread_mutex_destroy(&inheriting) == 0);
	return 1;
}
