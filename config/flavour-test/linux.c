/* What only the Linux backend serves: signals, cancellation, processes. */
#define _GNU_SOURCE
#include "flavour-test.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t received, code_received;

static void plain_handler(int signal)
{
	received = signal;
}

static void handler_with_details(int signal, siginfo_t *information, void *context)
{
	(void)context;
	code_received = information->si_code;
	received = signal;
}

/* The two kinds of handlers return in two ways on arm. */
static int signals(void)
{
	struct sigaction plain = { .sa_handler = plain_handler };
	struct sigaction with_details = { .sa_sigaction = handler_with_details, .sa_flags = SA_SIGINFO };
	REQUIRE(sigaction(SIGUSR1, &plain, 0) == 0 && raise(SIGUSR1) == 0 && received == SIGUSR1);
	REQUIRE(sigaction(SIGUSR2, &with_details, 0) == 0 && raise(SIGUSR2) == 0);
	REQUIRE(received == SIGUSR2 && code_received == SI_TKILL);
	REQUIRE(kill(getpid(), SIGUSR1) == 0 && received == SIGUSR1);
	return 1;
}

static int signals_interrupt_calls(void)
{
	struct sigaction plain = { .sa_handler = plain_handler };
	struct itimerval soon = { .it_value.tv_usec = 20000 };
	struct timespec pause = { .tv_sec = 10 }, rest;
	received = 0;
	REQUIRE(sigaction(SIGALRM, &plain, 0) == 0);
	REQUIRE(setitimer(ITIMER_REAL, &soon, 0) == 0);
	REQUIRE(nanosleep(&pause, &rest) == -1 && errno == EINTR && received == SIGALRM && rest.tv_sec == 9);
	return 1;
}

static int ends[2];
static volatile int in_thread, cleaned_up;

static void clean_up(void *unused)
{
	(void)unused;
	cleaned_up++;
}

/* Returns the number of bytes, or the negated errno. */
static void *read_pipe(void *state)
{
	char byte;
	long result;
	pthread_cleanup_push(clean_up, 0);
	pthread_setcancelstate((int)(intptr_t)state, 0);
	in_thread = 1;
	result = read(ends[0], &byte, 1);
	if (result < 0)
		result = -errno;
	pthread_cleanup_pop(0);
	return (void *)(intptr_t)result;
}

/* Begins to read in a thread with this state of cancellation, and cancels it once it probably blocks. */
static int cancel_reader(int state, long pause, pthread_t *thread)
{
	struct timespec time = { .tv_nsec = pause };
	in_thread = 0;
	REQUIRE((errno = pthread_create(thread, 0, read_pipe, (void *)(intptr_t)state)) == 0);
	while (!in_thread)
		sched_yield();
	nanosleep(&time, 0);
	REQUIRE((errno = pthread_cancel(*thread)) == 0);
	return 1;
}

static int cancellation_of_a_blocked_call(void)
{
	pthread_t thread;
	void *result;
	REQUIRE(pipe(ends) == 0);
	cleaned_up = 0;
	for (int i = 0; i < 100; i++) { /* Before, while and after it begins to block. */
		if (!cancel_reader(PTHREAD_CANCEL_ENABLE, i ? i * 5000L : 30000000, &thread))
			return 0;
		REQUIRE(pthread_join(thread, &result) == 0 && result == PTHREAD_CANCELED);
	}
	REQUIRE(cleaned_up == 100);
	return 1;
}

/* The call fails, and the function that made it goes on, so its registers must be intact. */
static int cancellation_that_is_masked(void)
{
	pthread_t thread;
	void *result;
	if (!cancel_reader(PTHREAD_CANCEL_MASKED, 30000000, &thread))
		return 0;
	REQUIRE(pthread_join(thread, &result) == 0 && (intptr_t)result == -ECANCELED);
	return 1;
}

static int cancellation_that_is_disabled(void)
{
	pthread_t thread;
	void *result;
	if (!cancel_reader(PTHREAD_CANCEL_DISABLE, 30000000, &thread))
		return 0;
	REQUIRE(write(ends[1], "x", 1) == 1);
	REQUIRE(pthread_join(thread, &result) == 0 && (intptr_t)result == 1);
	REQUIRE(close(ends[0]) == 0 && close(ends[1]) == 0);
	return 1;
}

static void *loop(void *unused)
{
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, 0);
	in_thread = 1;
	for (volatile unsigned i = 0;; i++);
	return unused;
}

static int cancellation_of_a_loop(void)
{
	pthread_t thread;
	void *result;
	in_thread = 0;
	REQUIRE((errno = pthread_create(&thread, 0, loop, 0)) == 0);
	while (!in_thread)
		sched_yield();
	REQUIRE(pthread_cancel(thread) == 0);
	REQUIRE(pthread_join(thread, &result) == 0 && result == PTHREAD_CANCELED);
	return 1;
}

static pthread_t handled_in;

static void note_thread(int signal)
{
	handled_in = pthread_self();
	received = signal;
}

static void *wait_for_signal(void *unused)
{
	in_thread = 1;
	while (received != SIGUSR1)
		sched_yield();
	return unused;
}

static int signals_to_a_thread(void)
{
	struct sigaction action = { .sa_handler = note_thread };
	pthread_t thread;
	received = in_thread = 0;
	REQUIRE(sigaction(SIGUSR1, &action, 0) == 0);
	REQUIRE((errno = pthread_create(&thread, 0, wait_for_signal, 0)) == 0);
	while (!in_thread)
		sched_yield();
	REQUIRE(pthread_kill(thread, SIGUSR1) == 0);
	REQUIRE(pthread_join(thread, 0) == 0 && handled_in == thread);
	return 1;
}

/* Calls another function than the one that it is told about, in every thread. */
static int identity_is_changed_in_all_threads(void)
{
	pthread_t thread;
	in_thread = received = 0;
	REQUIRE((errno = pthread_create(&thread, 0, wait_for_signal, 0)) == 0);
	while (!in_thread)
		sched_yield();
	REQUIRE(setgid(getgid()) == 0 && setuid(getuid()) == 0);
	REQUIRE(pthread_kill(thread, SIGUSR1) == 0 && pthread_join(thread, 0) == 0);
	return 1;
}

static int ended_with(pid_t child, int code)
{
	int status;
	REQUIRE(child > 0);
	REQUIRE(waitpid(child, &status, 0) == child);
	REQUIRE(WIFEXITED(status) && WEXITSTATUS(status) == code);
	return 1;
}

static int processes_and_pipes(void)
{
	char text[8];
	REQUIRE(pipe(ends) == 0);
	pid_t parent = getpid(), child = fork();
	if (!child)
		_exit(write(ends[1], "child", 5) == 5 && getppid() == parent ? 5 : 6);
	REQUIRE(close(ends[1]) == 0);
	REQUIRE(read(ends[0], text, sizeof text) == 5 && !memcmp(text, "child", 5));
	REQUIRE(read(ends[0], text, sizeof text) == 0);
	REQUIRE(close(ends[0]) == 0);
	return ended_with(child, 5);
}

static int vforked_processes(void)
{
	pid_t child = vfork();
	if (!child)
		_exit(7);
	return ended_with(child, 7);
}

extern char **environ;

/* Programs of the system, for whatever machine: in emulation, the emulator's. */
static int spawned_programs(void)
{
	pid_t child;
	char *arguments[] = { "sh", "-c", "exit 9", 0 };
	REQUIRE((errno = posix_spawn(&child, "/bin/sh", 0, 0, arguments, environ)) == 0);
	if (!ended_with(child, 9))
		return 0;
	REQUIRE(posix_spawn(&child, "/no/such/program", 0, 0, arguments, environ) == ENOENT);
	return 1;
}

const struct check checks_of_linux[] = {
	ENTRY(signals)
	ENTRY(signals_interrupt_calls)
	ENTRY(signals_to_a_thread)
	ENTRY(cancellation_of_a_blocked_call)
	ENTRY(cancellation_that_is_masked)
	ENTRY(cancellation_that_is_disabled)
	ENTRY(cancellation_of_a_loop)
	ENTRY(identity_is_changed_in_all_threads)
	ENTRY(processes_and_pipes)
	ENTRY(vforked_processes)
	ENTRY(spawned_programs)
	{ 0, 0 }
};
