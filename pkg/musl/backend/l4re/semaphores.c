/*
 * What threads wait for in the kernel, and locks between the threads of this program. Threads are preempted at any place and, on
 * several processors, run at the same time, so what they share needs one. A count of those who have or want it decides
 * in user mode; who has to wait does so in the kernel: a spinning thread of higher priority could keep the owner from
 * ever going on. The semaphores are made with the first thread that could be waited for.
 */

#include <l4/sys/factory.h>
#include <l4/sys/irq.h>
#include <l4/sys/rcv_endpoint.h>
#include <l4/sys/semaphore.h>
#include "backend.h"

struct lock __l4re_memory_lock, __l4re_threads_lock;

long __l4re_new_semaphore(l4_cap_idx_t *slot)
{
	*slot = __l4re_new_slot();
	long error = __l4re_error(l4_factory_create(__l4re_environment->factory, L4_PROTO_SEMAPHORE, *slot));
	if (error < 0) *slot = 0;
	return error;
}

/* ITAS ends system calls of threads at times, which is no reason to go on. */
static void down(l4_cap_idx_t semaphore)
{
	while (l4_msgtag_has_error(l4_semaphore_down(semaphore, L4_IPC_NEVER)));
}

/*
 * The interrupt object by which a thread is woken, and nobody else. It could be a semaphore, as it is never triggered twice
 * before the thread has waited for it (queues.c). But on several processors Fiasco's semaphores take the end of a wait by its
 * timeout for that of the next wait, if someone made an "up" at the same time (Semaphore::sys_down).
 */
long __l4re_new_waker(l4_cap_idx_t *slot, l4_cap_idx_t thread)
{
	if (!*slot) {
		l4_cap_idx_t waker = __l4re_new_slot();
		long error = __l4re_error(l4_factory_create(__l4re_environment->factory, L4_PROTO_IRQ_SENDER, waker));
		if (error < 0) return error;
		*slot = waker;
	}
	return __l4re_error(l4_rcv_ep_bind_thread(*slot, thread, 0));
}

void __l4re_wake(const struct thread *thread)
{
	l4_irq_trigger(thread->waker);
}

/* Returns whether it was in time. The kernel's timeouts are microseconds. */
int __l4re_await_waker(uint64_t deadline)
{
	l4_cap_idx_t waker = __backend_self()->waker;
	for (;;) {
		l4_utcb_t *utcb = l4_utcb();
		l4_timeout_t limit = L4_IPC_NEVER;
		uint64_t moment = deadline / 1000 + !!(deadline % 1000);
		if (deadline != FOREVER) l4_rcv_timeout(l4_timeout_abs_u(moment, 4, utcb), &limit);
		if (!l4_msgtag_has_error(l4_irq_receive_u(waker, limit, utcb))) return 1;
		if (l4_ipc_error_code(utcb) == L4_IPC_RETIMEOUT && __backend_now() >= deadline) return 0;
	}
}

/* As for common locks: no handler of a signal runs while a thread holds one. */
void __l4re_lock(struct lock *lock)
{
	__common_begin_busy();
	if (__atomic_fetch_add(&lock->users, 1, __ATOMIC_ACQUIRE)) down(lock->semaphore);
}

void __l4re_unlock(struct lock *lock)
{
	if (__atomic_fetch_sub(&lock->users, 1, __ATOMIC_RELEASE) > 1) l4_semaphore_up(lock->semaphore);
	__common_end_busy();
}

/* Called before there is a second thread. */
int __l4re_make_locks(void)
{
	static int made;
	struct lock *locks[] = { &__l4re_memory_lock, &__l4re_threads_lock };
	if (made) return 0;
	for (int i = 0; i < 2; i++)
		if (!locks[i]->semaphore && __l4re_new_semaphore(&locks[i]->semaphore)) return -1;
	if (__l4re_make_queue_locks()) return -1;
	made = 1;
	return 0;
}
