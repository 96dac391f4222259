/* Waiting for signals, and looking at those that are pending. */

#include <errno.h>
#include "signals.h"

#ifdef __arm__
#define SYS_rt_sigtimedwait SYS_rt_sigtimedwait_time64_function
#else
#define SYS_rt_sigtimedwait SYS_rt_sigtimedwait_function
#endif

long SYS_rt_sigpending_function(uint32_t *set, size_t size)
{
	struct thread *self = __backend_self();
	uint64_t pending = pending_signals(self) & self->signals.mask;
	if (size > sizeof pending) return -EINVAL;
	memcpy(set, &pending, size);
	return 0;
}

static long suspend(void)
{
	return __common_wait(&__backend_self()->id, 0, ~0u, FOREVER, ENDS);
}

long SYS_rt_sigsuspend_function(const uint32_t *mask, size_t size)
{
	if (size != 2*sizeof *mask) return -EINVAL;
	__common_begin_mask(mask);
	suspend();
	__common_end_mask();
	return -EINTR;
}

#ifdef __arm__
long SYS_pause_function(void)
{
	return suspend();
}
#endif

/* A signal that the set has is taken, and its handler not called. Handlers of others end the wait. */
static long await(struct thread *self, uint64_t set, siginfo_t *information, uint64_t deadline)
{
	for (;;) {
		__common_lock(&process_signals()->lock);
		int signal = __common_take_signal(self, set, information);
		__common_unlock(&process_signals()->lock);
		if (signal) return signal;
		long result = __common_wait(&self->id, 0, ~0u, deadline, ENDS);
		if (result == -ETIMEDOUT) return -EAGAIN;
		if (result == -EINTR && !(__common_due(self) & AWAITED)) return -EINTR;
	}
}

long SYS_rt_sigtimedwait(const uint32_t *set, siginfo_t *result, const struct kernel_timespec *time, size_t size)
{
	struct thread *self = __backend_self();
	uint64_t awaited, deadline = FOREVER;
	siginfo_t information;
	if (size != sizeof awaited || (time && !__common_valid(time))) return -EINVAL;
	if (time) deadline = __common_after(time);
	awaited = mask_of(set) & ~UNSTOPPABLE;
	__atomic_store_n(&self->signals.awaited, awaited, __ATOMIC_SEQ_CST);
	long signal = await(self, awaited, &information, deadline);
	__atomic_store_n(&self->signals.awaited, 0, __ATOMIC_SEQ_CST);
	if (signal > 0 && result) *result = information;
	return signal;
}
