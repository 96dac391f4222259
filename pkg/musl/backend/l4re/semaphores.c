/*
 * Semaphores of the kernel, and locks between the threads of this program. Threads are preempted at any place and, on
 * several processors, run at the same time, so what they share needs one. A count of those who have or want it decides
 * in user mode; who has to wait does so in the kernel: a spinning thread of higher priority could keep the owner from
 * ever going on. The semaphores are made with the first thread that could be waited for.
 */

#include <l4/sys/factory.h>
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

void __l4re_up(l4_cap_idx_t semaphore)
{
	l4_semaphore_up(semaphore);
}

/* Returns whether it was in time. The kernel's timeouts are microseconds. ITAS ends system calls of threads at times,
 * which is no reason to. */
int __l4re_down(l4_cap_idx_t semaphore, uint64_t deadline)
{
	for (;;) {
		l4_utcb_t *utcb = l4_utcb();
		l4_timeout_t limit = L4_IPC_NEVER;
		uint64_t moment = deadline / 1000 + !!(deadline % 1000);
		if (deadline != FOREVER) l4_rcv_timeout(l4_timeout_abs_u(moment, 4, utcb), &limit);
		if (!l4_msgtag_has_error(l4_semaphore_down_u(semaphore, limit, utcb))) return 1;
		if (l4_ipc_error_code(utcb) == L4_IPC_RETIMEOUT && __backend_now() >= deadline) return 0;
	}
}

void __l4re_lock(struct lock *lock)
{
	if (__atomic_fetch_add(&lock->users, 1, __ATOMIC_ACQUIRE)) __l4re_down(lock->semaphore, FOREVER);
}

void __l4re_unlock(struct lock *lock)
{
	if (__atomic_fetch_sub(&lock->users, 1, __ATOMIC_RELEASE) > 1) __l4re_up(lock->semaphore);
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
