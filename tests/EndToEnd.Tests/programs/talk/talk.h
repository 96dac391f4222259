/*
 * What the programs in this folder share. Each checks one kind of descriptors that talk to each other, and runs on Linux and
 * on backends without processes: both ends are in one process, and whatever has to wait does so beside a thread that acts
 * a little later.
 */
#ifndef TALK_H
#define TALK_H

#define HARNESS_MAIN
#include "../../../../config/test-harness/harness.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SHORT 30000000 /* ns */

/* Whether the call fails with that error. */
#define FAILS(call, error) ((errno = 0, (call) == -1) && errno == (error))

struct action { int fd; const void *data; size_t size; long result; };

static inline void pause_for(long nanoseconds)
{
	struct timespec time = { .tv_nsec = nanoseconds };
	nanosleep(&time, 0);
}

static inline void *write_later(void *argument)
{
	struct action *action = argument;
	pause_for(SHORT);
	action->result = write(action->fd, action->data, action->size);
	return 0;
}

static inline void *read_later(void *argument)
{
	static char buffer[1 << 16];
	struct action *action = argument;
	pause_for(SHORT);
	action->result = read(action->fd, action->size ? buffer : 0, action->size);
	return 0;
}

static inline void *close_later(void *argument)
{
	struct action *action = argument;
	pause_for(SHORT);
	action->result = close(action->fd);
	return 0;
}

static inline void *signal_later(void *thread)
{
	pause_for(SHORT);
	pthread_kill(*(pthread_t *)thread, SIGUSR1);
	return 0;
}

static inline pthread_t begin(void *(*function)(void *), void *argument)
{
	pthread_t thread;
	if (pthread_create(&thread, 0, function, argument)) _exit(2);
	return thread;
}

static inline void end(pthread_t thread)
{
	pthread_join(thread, 0);
}

static inline long long now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ll + time.tv_nsec;
}

static volatile sig_atomic_t received;

static inline void note_signal(int signal)
{
	received = signal;
}

static inline int handle(int signal, int flags)
{
	struct sigaction action = { .sa_handler = note_signal, .sa_flags = flags };
	received = 0;
	return sigaction(signal, &action, 0);
}

static inline int main_with(const struct check *checks, size_t count)
{
	setvbuf(stdout, 0, _IOLBF, 0);
	run(checks, count);
	sum_up();
	return failed != 0;
}

#endif
