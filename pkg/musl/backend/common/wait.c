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
__attribute__((weak)) enum delivered __common_deliver(struct thread *self);
__attribute__((weak)) int __common_is_due(struct thread *self);

static int is_due(struct thread *self)
{
	return __common_is_due && __common_is_due(self);
}

void __common_begin_busy(void)
{
	__atomic_fetch_add(&__backend_self()->signals.busy, 1, __ATOMIC_SEQ_CST);
}

void __common_end_busy(void)
{
	struct thread *self = __backend_self();
	if (!__atomic_sub_fetch(&self->signals.busy, 1, __ATOMIC_SEQ_CST) && is_due(self)) __common_deliver(self);
}

long __common_wait(const volatile int *futex, const int *expected, unsigned bits, uint64_t deadline, enum after_signal how)
{
	struct thread *self = __backend_self();
	int nested = self->signals.busy;
	for (;;) {
		if (!nested && self->signals.cut) {
			self->signals.cut = 0;
			return -EINTR;
		}
		long result = -EINTR;
		__common_begin_busy();
		if (nested || !is_due(self)) result = __backend_wait(futex, expected, bits, deadline);
		__atomic_sub_fetch(&self->signals.busy, 1, __ATOMIC_SEQ_CST);
		enum delivered delivered = !nested && is_due(self) ? __common_deliver(self) : NO_HANDLER_RAN;
		if (result != -EINTR || (int)delivered >= (int)how) return result;
	}
}
