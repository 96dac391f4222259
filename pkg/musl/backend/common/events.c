/*
 * One moment for everything that polls: whoever waits for one of several files waits for the next change of any. So a file
 * needs no list of those who look at it, and a change nobody waits for costs one addition.
 */

#include "common.h"
#include "common/file.h"

static int count, waiters;

void __common_changed(void)
{
	__atomic_fetch_add(&count, 1, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&waiters, __ATOMIC_SEQ_CST)) __backend_wake(&count, INT32_MAX, ~0u);
}

int __common_event_count(void)
{
	return __atomic_load_n(&count, __ATOMIC_SEQ_CST);
}

/* 0 or -EAGAIN: something has changed; -ETIMEDOUT; -EINTR. */
long __common_wait_for_event(int seen, uint64_t deadline)
{
	__atomic_fetch_add(&waiters, 1, __ATOMIC_SEQ_CST);
	long result = __common_wait(&count, &seen, ~0u, deadline, 0);
	__atomic_fetch_sub(&waiters, 1, __ATOMIC_SEQ_CST);
	return result;
}
