/*
 * What bench/linux.sh compares: one program, which linux-run and a Linux kernel run as it is. With -DNATIVE, for the l4re
 * flavour, what needs a second process is left out. The variant's name is its argument, or in the environment, where a kernel
 * puts what is on its command line; power_off is there, too.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "../bench.h"

#define PAGE 4096
#define TURNS 2000

static void calls(void)
{
	struct timespec time;
	uint64_t begin = now();
	for (int i = 0; i < 20000; i++) getppid();
	report("getppid", begin, 20000);
	begin = now();
	for (int i = 0; i < 20000; i++) clock_gettime(CLOCK_MONOTONIC, &time);
	report("clock_gettime", begin, 20000);
	begin = now();
	for (int i = 0; i < 5000; i++) write(1, "", 0);
	report("write of 0 bytes", begin, 5000);
}

static void memory(void)
{
	const size_t size = 1024*PAGE;
	volatile char *block = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (block == MAP_FAILED) fail("mmap");
	uint64_t begin = now();
	for (size_t i = 0; i < size; i += PAGE) block[i] = 1;
	report("first touch of a page", begin, 1024);
	munmap((void *)block, size);
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turn;
static sem_t semaphores[2];

static void *wait_for_condition(void *argument)
{
	int me = argument != 0;
	pthread_mutex_lock(&mutex);
	for (int i = 0; i < TURNS; i++) {
		while (turn != me) pthread_cond_wait(&changed, &mutex);
		turn = !me;
		pthread_cond_signal(&changed);
	}
	pthread_mutex_unlock(&mutex);
	return 0;
}

static void *wait_for_semaphore(void *argument)
{
	int me = argument != 0;
	for (int i = 0; i < TURNS; i++) {
		sem_wait(&semaphores[me]);
		sem_post(&semaphores[!me]);
	}
	return 0;
}

static void *nothing(void *argument)
{
	return argument;
}

static void two(void *(*function)(void *))
{
	pthread_t threads[2];
	for (int i = 0; i < 2; i++) if (pthread_create(threads + i, 0, function, i ? &turn : 0)) fail("pthread_create");
	for (int i = 0; i < 2; i++) pthread_join(threads[i], 0);
}

static void threads(void)
{
	uint64_t begin = now();
	for (int i = 0; i < 20000; i++) {
		pthread_mutex_lock(&mutex);
		pthread_mutex_unlock(&mutex);
	}
	report("mutex, locked and unlocked", begin, 20000);
	begin = now();
	two(wait_for_condition);
	report("condition, a turn between two threads", begin, 2*TURNS);
	sem_init(&semaphores[0], 0, 1);
	sem_init(&semaphores[1], 0, 0);
	begin = now();
	two(wait_for_semaphore);
	report("semaphore, a turn", begin, 2*TURNS);
	for (int i = 0; i < 200; i++) {
		if (i == 5) begin = now();
		pthread_t thread;
		if (pthread_create(&thread, 0, nothing, 0)) fail("pthread_create");
		pthread_join(thread, 0);
	}
	report("thread, created and joined", begin, 195);
}

#ifndef NATIVE

#define PROCESSES 20

static void wait_for(pid_t child, const char *what)
{
	int status;
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status)) fail(what);
}

static void forks(void)
{
	uint64_t begin = 0;
	for (int i = -2; i < PROCESSES; i++) {
		if (i == 0) begin = now();
		pid_t child = fork();
		if (!child) _exit(0);
		wait_for(child, "fork");
	}
	report("fork, _exit and waitpid", begin, PROCESSES);
}

static void spawns(char *self)
{
	extern char **environ;
	uint64_t begin = 0;
	for (int i = -2; i < PROCESSES; i++) {
		if (i == 0) begin = now();
		pid_t child;
		if (posix_spawn(&child, self, 0, 0, (char *[]){ self, "nothing", 0 }, environ)) fail("posix_spawn");
		wait_for(child, "posix_spawn");
	}
	report("posix_spawn of itself and waitpid", begin, PROCESSES);
}

static void processes(char *self)
{
	forks();
	spawns(self);
	if (getenv("power_off")) reboot(RB_POWER_OFF);
}

#else

static void processes(char *self)
{
	(void)self;
}

#endif

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "nothing")) return 0;
	variant = argc > 1 ? argv[1] : getenv("variant");
	if (!variant) return 2;
	calls();
	memory();
	threads();
	processes(argv[0]);
	return 0;
}
