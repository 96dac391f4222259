/*
 * One moment for everything that polls: whoever waits for one of several files waits for the next change of any. So a file
 * needs no list of those who look at it, and a change nobody waits for costs one addition.
 */

#include <errno.h>
#include "common.h"
#include "common/file.h"

#define PAUSE (SECOND / 100)

/* In timerfd.c, if there are such timers. */
__attribute__((weak)) __typeof__(__common_next_expiry) __common_next_expiry;

static int count, waiters, often;

void __common_look_often(void)
{
	__atomic_store_n(&often, 1, __ATOMIC_RELAXED);
}

void __common_changed(void)
{
	__atomic_fetch_add(&count, 1, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&waiters, __ATOMIC_SEQ_CST)) __backend_wake(&count, INT32_MAX, ~0u);
}

int __common_event_count(void)
{
	return __atomic_load_n(&count, __ATOMIC_SEQ_CST);
}

/* 0: something has changed; -ETIMEDOUT; -EINTR. */
long __common_wait_for_event(int seen, uint64_t deadline)
{
	__atomic_fetch_add(&waiters, 1, __ATOMIC_SEQ_CST);
	uint64_t pause = often ? __backend_now() + PAUSE : FOREVER, expiry = __common_next_expiry ? __common_next_expiry() : FOREVER;
	if (expiry < pause) pause = expiry;
	long result = __common_wait(&count, &seen, ~0u, pause < deadline ? pause : deadline, ENDS);
	if (result == -ETIMEDOUT && pause < deadline) result = 0;
	__atomic_fetch_sub(&waiters, 1, __ATOMIC_SEQ_CST);
	return __common_end_of_wait(result, ENDS);
}
