/* Threads. They may run in parallel, or one after the other until each waits, yields or ends. */
#include "flavour-test.h"

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdint.h>
#include <sys/mman.h>
#include <time.h>

enum { THREADS = 4, ROUNDS = 500 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int counter;

/* Yields with the mutex locked, so that the others meet it locked. */
static void *count(void *shared)
{
	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(shared);
		int seen = counter;
		if (i % 50 == 0)
			sched_yield();
		counter = seen + 1;
		pthread_mutex_unlock(shared);
	}
	return 0;
}

int threads_count_under(pthread_mutex_t *shared)
{
	pthread_t threads[THREADS];
	counter = 0;
	for (int i = 0; i < THREADS; i++)
		REQUIRE((errno = pthread_create(&threads[i], 0, count, shared)) == 0);
	for (int i = 0; i < THREADS; i++)
		REQUIRE(pthread_join(threads[i], 0) == 0);
	REQUIRE(counter == THREADS * ROUNDS);
	return 1;
}

int threads_count_under_a_mutex(void)
{
	return threads_count_under(&mutex);
}

enum { AREA = 256 << 10, STEP = 4096 / sizeof(intptr_t) };

/* Pages that others have used are cleared first, which takes long enough for a thread to be stopped meanwhile. */
static void *use_areas(void *number)
{
	int right = 1;
	for (int i = 0; right && i < 200; i++) {
		intptr_t *area = mmap(0, AREA, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (area == MAP_FAILED)
			return 0;
		for (size_t at = 0; at < AREA / sizeof *area; at += STEP) {
			right &= !area[at];
			area[at] = (intptr_t)number;
		}
		for (size_t at = 0; at < AREA / sizeof *area; at += STEP)
			right &= area[at] == (intptr_t)number;
		right &= munmap(area, AREA) == 0;
	}
	return (void *)(intptr_t)right;
}

int threads_get_memory_of_their_own(void)
{
	pthread_t threads[THREADS];
	void *right;
	for (intptr_t i = 0; i < THREADS; i++)
		REQUIRE((errno = pthread_create(&threads[i], 0, use_areas, (void *)(i + 1))) == 0);
	for (int i = 0; i < THREADS; i++)
		REQUIRE(pthread_join(threads[i], &right) == 0 && right);
	return 1;
}

static void *square(void *number)
{
	intptr_t value = (intptr_t)number;
	if (value % 2)
		pthread_exit((void *)(value * value));
	return (void *)(value * value);
}

/* Many, one after the other: stacks must come back. */
int threads_return_values(void)
{
	for (intptr_t i = 0; i < 40; i++) {
		pthread_t thread;
		void *result;
		REQUIRE((errno = pthread_create(&thread, 0, square, (void *)i)) == 0);
		REQUIRE(pthread_join(thread, &result) == 0 && (intptr_t)result == i * i);
	}
	return 1;
}

static _Thread_local int initialised = 17;
static _Thread_local struct { _Alignas(64) char zeroed[100]; } aligned;
static pthread_key_t key;
static int values_destroyed;

static void destroy(void *value)
{
	values_destroyed += *(int *)value;
}

static void *use_own_variables(void *number)
{
	static int ones[THREADS] = { 1, 1, 1, 1 };
	int ok = initialised == 17 && !aligned.zeroed[99] && (uintptr_t)&aligned % 64 == 0 && !pthread_getspecific(key);
	initialised = (int)(intptr_t)number;
	aligned.zeroed[99] = 1;
	ok &= pthread_setspecific(key, &ones[(intptr_t)number]) == 0;
	sched_yield();
	ok &= initialised == (int)(intptr_t)number && pthread_getspecific(key) == &ones[(intptr_t)number];
	return (void *)(intptr_t)ok;
}

int threads_have_their_own_variables(void)
{
	pthread_t threads[THREADS];
	void *kept;
	REQUIRE(pthread_key_create(&key, destroy) == 0);
	for (intptr_t i = 0; i < THREADS; i++)
		REQUIRE((errno = pthread_create(&threads[i], 0, use_own_variables, (void *)i)) == 0);
	for (int i = 0; i < THREADS; i++)
		REQUIRE(pthread_join(threads[i], &kept) == 0 && kept);
	REQUIRE(initialised == 17 && values_destroyed == THREADS);
	REQUIRE(pthread_key_delete(key) == 0);
	return 1;
}

static void *keep_errno(void *number)
{
	int own = (int)(intptr_t)number;
	errno = own;
	sched_yield();
	return (void *)(intptr_t)(errno == own);
}

int threads_have_their_own_errno(void)
{
	pthread_t threads[THREADS];
	void *kept;
	errno = 99;
	for (intptr_t i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], 0, keep_errno, (void *)(i + 1)))
			return fail("no thread");
	for (int i = 0; i < THREADS; i++)
		if (pthread_join(threads[i], &kept) || !kept)
			return fail("thread %d lost its errno", i);
	return errno == 99 ? 1 : fail("errno is %d", errno);
}

static pthread_cond_t changed;
static int ball;

static int moment_in(struct timespec *moment, long milliseconds)
{
	if (clock_gettime(CLOCK_MONOTONIC, moment))
		return -1;
	moment->tv_nsec += milliseconds % 1000 * 1000000;
	moment->tv_sec += milliseconds / 1000 + moment->tv_nsec / 1000000000;
	moment->tv_nsec %= 1000000000;
	return 0;
}

static int condition_on_monotonic_clock(void)
{
	pthread_condattr_t attributes;
	return pthread_condattr_init(&attributes) || pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
		|| pthread_cond_init(&changed, &attributes);
}

/* Hits the ball when it is on its side: 0 or 1. */
static void *play(void *side)
{
	void *won = side;
	struct timespec limit;
	moment_in(&limit, 10000);
	pthread_mutex_lock(&mutex);
	for (int i = 0; i < 100; i++) {
		while (ball % 2 != (int)(intptr_t)side)
			if (pthread_cond_timedwait(&changed, &mutex, &limit)) {
				won = (void *)-1;
				goto out;
			}
		ball++;
		pthread_cond_signal(&changed);
	}
out:
	pthread_mutex_unlock(&mutex);
	return won;
}

int conditions_ping_pong(void)
{
	pthread_t thread;
	void *result;
	ball = 0;
	REQUIRE(condition_on_monotonic_clock() == 0);
	REQUIRE((errno = pthread_create(&thread, 0, play, (void *)1)) == 0);
	REQUIRE(play((void *)0) == (void *)0);
	REQUIRE(pthread_join(thread, &result) == 0 && result == (void *)1);
	REQUIRE(ball == 200);
	REQUIRE(pthread_cond_destroy(&changed) == 0);
	return 1;
}

int conditions_time_out(void)
{
	struct timespec limit, now;
	REQUIRE(condition_on_monotonic_clock() == 0);
	REQUIRE(moment_in(&limit, 20) == 0);
	REQUIRE(pthread_mutex_lock(&mutex) == 0);
	REQUIRE(pthread_cond_timedwait(&changed, &mutex, &limit) == ETIMEDOUT);
	REQUIRE(pthread_mutex_unlock(&mutex) == 0);
	REQUIRE(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
	REQUIRE(now.tv_sec > limit.tv_sec || (now.tv_sec == limit.tv_sec && now.tv_nsec >= limit.tv_nsec));
	REQUIRE(pthread_cond_destroy(&changed) == 0);
	return 1;
}

static pthread_once_t once_control = PTHREAD_ONCE_INIT;
static int times_run;

static void initialise(void)
{
	sched_yield();
	times_run++;
}

static void *need_initialised(void *unused)
{
	(void)unused;
	pthread_once(&once_control, initialise);
	return (void *)(intptr_t)times_run;
}

int once(void)
{
	pthread_t threads[THREADS];
	void *seen;
	for (int i = 0; i < THREADS; i++)
		REQUIRE((errno = pthread_create(&threads[i], 0, need_initialised, 0)) == 0);
	for (int i = 0; i < THREADS; i++)
		REQUIRE(pthread_join(threads[i], &seen) == 0 && seen == (void *)1);
	return 1;
}

static sem_t items, done;

static void *consume(void *unused)
{
	for (int i = 0; i < 100; i++)
		sem_wait(&items);
	sem_post(&done);
	return unused;
}

int semaphores(void)
{
	pthread_t thread;
	struct timespec limit = { 0 };
	REQUIRE(sem_init(&items, 0, 0) == 0 && sem_init(&done, 0, 0) == 0);
	REQUIRE(sem_trywait(&items) == -1 && errno == EAGAIN);
	REQUIRE(sem_timedwait(&items, &limit) == -1 && (errno == ETIMEDOUT || time(0) == -1));
	REQUIRE((errno = pthread_create(&thread, 0, consume, 0)) == 0);
	for (int i = 0; i < 100; i++) {
		REQUIRE(sem_post(&items) == 0);
		if (i % 10 == 0)
			sched_yield();
	}
	REQUIRE(sem_wait(&done) == 0);
	REQUIRE(pthread_join(thread, 0) == 0);
	return 1;
}

static void *detached(void *unused)
{
	sem_post(&done);
	return unused;
}

int detached_threads(void)
{
	pthread_attr_t attributes;
	struct timespec pause = { .tv_nsec = 1000000 };
	REQUIRE(sem_init(&done, 0, 0) == 0);
	REQUIRE(pthread_attr_init(&attributes) == 0);
	REQUIRE(pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED) == 0);
	for (int i = 0; i < 40; i++) {
		pthread_t thread;
		REQUIRE((errno = pthread_create(&thread, &attributes, detached, 0)) == 0);
		REQUIRE(sem_wait(&done) == 0);
		REQUIRE(nanosleep(&pause, 0) == 0); /* Its end, without a stack. */
	}
	return 1;
}
