/* What only the Linux backend serves: pipes, cancellation of a read, processes. */
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
	ENTRY(cancellation_of_a_blocked_call)
	ENTRY(cancellation_that_is_masked)
	ENTRY(cancellation_that_is_disabled)
	ENTRY(processes_and_pipes)
	ENTRY(vforked_processes)
	ENTRY(spawned_programs)
	{ 0, 0 }
};
