/*
 * Waiting, as a call does: signals that arrive are handled. A thread is busy while it waits or holds a lock, so that
 * whoever sends it a signal need not stop it: it looks for signals itself when it ceases to be busy.
 *
 * No signal is overlooked: a sender marks it as pending first, then looks whether the thread is busy, and ends its wait or
 * else its next one (__backend_interrupt). The thread first ceases to be busy, or first begins to wait, and then looks
 * what is pending.
 */

#include <errno.h>
#include "common.h"

/* In signals.c, which only a program that sends or handles signals has. */
__attribute__((weak)) __typeof__(__common_deliver) __common_deliver;
__attribute__((weak)) __typeof__(__common_due) __common_due;
__attribute__((weak)) __typeof__(__common_change_mask) __common_change_mask;

static int due(struct thread *self)
{
	return __common_due ? __common_due(self) : 0;
}

void __common_begin_busy(void)
{
	__atomic_fetch_add(&__backend_self()->signals.busy, 1, __ATOMIC_SEQ_CST);
}

void __common_end_busy(void)
{
	struct thread *self = __backend_self();
	if (!__atomic_sub_fetch(&self->signals.busy, 1, __ATOMIC_SEQ_CST) && due(self) & TO_HANDLE) __common_deliver(self);
}

/* Until the handlers have returned, what the mask was changed for is suspended: they may make the same call, or never
 * return. */
static void handle(struct thread *self)
{
	struct thread_signals *signals = &self->signals;
	int masked = signals->masked;
	uint64_t unmasked = signals->unmasked;
	signals->masked = 0;
	if (!__atomic_sub_fetch(&signals->busy, 1 + masked, __ATOMIC_SEQ_CST) && due(self) & TO_HANDLE) __common_deliver(self);
	__atomic_fetch_add(&signals->busy, masked, __ATOMIC_SEQ_CST);
	signals->unmasked = unmasked;
	signals->masked = masked;
}

static long wait_busily(const volatile int *futex, const int *expected, unsigned bits, uint64_t deadline)
{
	long result;
	do result = __backend_wait(futex, expected, bits, deadline);
	while (result == -EINTR);
	return result;
}

long __common_wait(const volatile int *futex, const int *expected, unsigned bits, uint64_t deadline, enum after_signal how)
{
	struct thread *self = __backend_self();
	struct thread_signals *signals = &self->signals;
	if (signals->busy > signals->masked) return wait_busily(futex, expected, bits, deadline);
	signals->ran = NO_HANDLER_RAN;
	for (;;) {
		long result = -EINTR;
		__common_begin_busy();
		int cut = signals->cut, ended = cut || signals->ran >= (int)how;
		signals->cut = 0;
		if (!ended && !due(self)) result = __backend_wait(futex, expected, bits, deadline);
		handle(self);
		if (result != -EINTR || cut || signals->ran >= (int)how || due(self) & AWAITED) return result;
	}
}

void __common_begin_mask(const uint32_t *mask)
{
	struct thread *self = __backend_self();
	if (!mask || !__common_change_mask) return;
	__common_begin_busy();
	self->signals.unmasked = self->signals.mask;
	self->signals.masked = 1;
	__common_change_mask(self, mask[0] | (uint64_t)mask[1] << 32);
}

REPLACEABLE void __common_end_mask(void)
{
	struct thread *self = __backend_self();
	if (!self->signals.masked) return;
	__common_change_mask(self, self->signals.unmasked);
	self->signals.masked = 0;
	__common_end_busy();
}
