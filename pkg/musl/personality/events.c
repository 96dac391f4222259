/* What makes things happen in time: a thread that runs timers; and interrupts that bring threads here from the program. */

#include <l4/sys/factory.h>
#include <l4/sys/ipc.h>
#include <l4/sys/irq.h>
#include <l4/sys/rcv_endpoint.h>
#include "personality.h"

static struct common_lock lock;
static struct thread *timekeeper;
static l4_cap_idx_t changed; /* an interrupt object */

static struct common_lock running;

static _Noreturn int run_timers(void *unused)
{
	(void)unused;
	for (;;) {
		l4_utcb_t *utcb = l4_utcb();
		l4_timeout_t limit = L4_IPC_NEVER;
		__common_lock(&running);
		__common_run_timers();
		__common_unlock(&running);
		uint64_t deadline = __common_next_timer();
		if (deadline != FOREVER) l4_rcv_timeout(l4_timeout_abs_u(deadline / 1000 + !!(deadline % 1000), 4, utcb), &limit);
		l4_irq_receive_u(changed, limit, utcb);
	}
}

void __backend_timers_changed(void)
{
	__common_lock(&lock);
	if (!changed) {
		l4_cap_idx_t slot = __l4re_new_slot();
		if (__l4re_error(l4_factory_create(__l4re_environment->factory, L4_PROTO_IRQ_SENDER, slot)) >= 0) changed = slot;
	}
	if (changed && !timekeeper) {
		timekeeper = __l4re_take_watcher(run_timers);
		if (timekeeper) l4_rcv_ep_bind_thread(changed, timekeeper->kernel, 0);
	}
	__common_unlock(&lock);
	if (timekeeper) l4_irq_trigger(changed);
}

/* Afterwards, no timer's function is still running that was taken back before. */
void linux_wait_for_timekeeper(void)
{
	__common_lock(&running);
	__common_unlock(&running);
}

/* In the program, the thread gets here at once; here, when it is about to return. */
void __backend_kick(struct thread *thread)
{
	struct linux_thread *linux_thread = __atomic_load_n(&thread->personality, __ATOMIC_ACQUIRE);
	if (linux_thread) l4_irq_trigger(linux_thread->kick);
}

/* Faults of the program always come here, on a stack that isn't its own. */
void __backend_catch(int signal, int handled)
{
	(void)signal, (void)handled;
}

void __backend_set_signal_stack(void *stack, size_t size)
{
	(void)stack, (void)size;
}
