/* Threads, thread-local storage and atomics. */
#include "self-test.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>

enum { THREADS = 4, ROUNDS = 10000 };

static atomic_ullong shared_count;
static _Thread_local int own_count = 1;

/* Counts in its own and in shared memory, and keeps its errno while other threads set theirs. */
static void *count(void *number)
{
	errno = (int)(intptr_t)number;
	for (int i = 0; i < ROUNDS; i++) {
		atomic_fetch_add(&shared_count, 0x100000001ULL); /* Both halves of the 64 bits, so that a torn write shows. */
		own_count++;
	}
	sched_yield();
	return (void *)(intptr_t)(own_count == ROUNDS + 1 && errno == (int)(intptr_t)number);
}

int threads_tls_errno_and_atomics(void)
{
	pthread_t threads[THREADS];
	errno = 0;
	for (intptr_t i = 0; i < THREADS; i++)
		REQUIRE(pthread_create(&threads[i], 0, count, (void *)(i + 1)) == 0);
	for (int i = 0; i < THREADS; i++) {
		void *kept_its_own;
		REQUIRE(pthread_join(threads[i], &kept_its_own) == 0);
		REQUIRE(kept_its_own);
	}
	REQUIRE(own_count == 1 && errno == 0);
	REQUIRE(atomic_load(&shared_count) == 0x100000001ULL * THREADS * ROUNDS);
	unsigned long long expected = 0x100000001ULL * THREADS * ROUNDS;
	REQUIRE(atomic_compare_exchange_strong(&shared_count, &expected, UINT64_MAX));
	return 1;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int stage;

static void *answer(void *unused)
{
	pthread_mutex_lock(&mutex);
	while (stage != 1)
		pthread_cond_wait(&changed, &mutex);
	stage = 2;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&mutex);
	return unused;
}

int mutex_and_condition(void)
{
	pthread_t thread;
	REQUIRE(pthread_create(&thread, 0, answer, 0) == 0);
	pthread_mutex_lock(&mutex);
	stage = 1;
	pthread_cond_signal(&changed);
	while (stage != 2)
		pthread_cond_wait(&changed, &mutex);
	pthread_mutex_unlock(&mutex);
	REQUIRE(pthread_join(thread, 0) == 0);
	return 1;
}
