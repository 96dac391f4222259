/*
 * Threads of the kernel. One is made when more of musl's are alive at once than ever before, and is used again: between
 * two of musl's threads it waits on a stack of its own, its home. So it never has to delete itself, or its stack, while
 * it still needs them, and objects, UTCBs and capability slots don't run out by starting threads often.
 */

#include <limits.h>
#include <l4/sys/factory.h>
#include <l4/sys/ipc.h>
#include <l4/sys/scheduler.h>
#include <l4/sys/task.h>
#include <l4/sys/thread.h>
#include "backend.h"
#include "common/file.h"

/* ITAS handles page faults on the stack of the thread that has them (l4re_itas, thread_pf_handler): some 4 KiB. */
#define HOME (4*PAGE)
#define UTCBS (16*L4_UTCB_OFFSET) /* bytes of UTCBs to ask the kernel for at once; a power of two, and pages */

struct thread __l4re_main_thread; /* its number is set at the start, so it takes no room in the file */

/* Only a program with signals or timers has one. */
__attribute__((weak)) __typeof__(__l4re_watcher) __l4re_watcher;

static struct thread *all = &__l4re_main_thread, *unused;
static int alive = 1, last_id = 1;
static char *utcb, *utcb_end;

/* The UTCB has a place for it; 0, as the kernel makes it, for the main thread. */
struct thread *(__backend_self)(void)
{
	struct thread *thread = (struct thread *)l4_utcb_tcr()->user[0];
	return thread ? thread : &__l4re_main_thread;
}

struct thread *__backend_find(int id)
{
	struct thread *thread;
	if (!id) return 0;
	__l4re_lock(&__l4re_threads_lock);
	for (thread = all; thread && thread->id != id; thread = thread->older);
	__l4re_unlock(&__l4re_threads_lock);
	return thread;
}

/* Records are never freed, and new ones put in front, so the list can be walked without the lock. */
struct thread *__backend_next_thread(struct thread *thread)
{
	do thread = thread ? thread->older : __atomic_load_n(&all, __ATOMIC_ACQUIRE);
	while (thread && !__atomic_load_n(&thread->id, __ATOMIC_RELAXED));
	return thread;
}

l4_cap_idx_t __l4re_kernel_thread(const struct thread *thread)
{
	return thread->kernel ? thread->kernel : __l4re_environment->main_thread;
}

REPLACEABLE int __backend_thread_count(void)
{
	return __atomic_load_n(&alive, __ATOMIC_RELAXED);
}

/* To threads of the same priority on this processor. */
void __backend_yield(void)
{
	l4_thread_yield();
}

/* Bits of the processors on which the scheduler lets this program run; of the first ones, as many as a long has bits. */
unsigned long __backend_processors(void)
{
	l4_sched_cpu_set_t processors = l4_sched_cpu_set(0, 0, 0);
	long error = __l4re_error(l4_scheduler_info(__l4re_environment->scheduler, 0, &processors));
	return error < 0 || !processors.map ? 1 : processors.map;
}

/*
 * Priorities by POSIX are those above the usual one. A scheduler object has a limit, and tells nobody when it sets a lower
 * priority instead. The watcher, if there is one, has to be above all.
 */
static long run(struct thread *thread, unsigned long processors)
{
	static int highest;
	int priority = thread->lent > thread->priority ? thread->lent : thread->priority;
	if (priority > highest) highest = priority;
	if (thread->watches) priority = highest + 1;
	l4_sched_param_t parameters = l4_sched_param(L4RE_MAIN_THREAD_PRIO + priority, 0);
	parameters.affinity = l4_sched_cpu_set(0, 0, processors);
	return __l4re_error(l4_scheduler_run_thread(__l4re_environment->scheduler, __l4re_kernel_thread(thread), &parameters));
}

/* Kernel threads stay where they are put, so they are dealt out in turn to the processors that they may run on. */
static int next_processor(unsigned long processors)
{
	static unsigned turn;
	unsigned next;
	do next = __atomic_add_fetch(&turn, 1, __ATOMIC_RELAXED) % (sizeof(long)*CHAR_BIT);
	while (!(processors >> next & 1));
	return next;
}

long __backend_place(struct thread *thread, unsigned long processors)
{
	if (!(processors >> thread->processor & 1)) thread->processor = next_processor(processors);
	thread->affinity = processors;
	return run(thread, 1ul << thread->processor);
}

void __backend_lend(struct thread *thread, int priority)
{
	thread->lent = priority;
	run(thread, 1ul << thread->processor);
}

long __backend_schedule(struct thread *thread, int policy, int priority)
{
	struct thread *watcher = __l4re_watcher ? __l4re_watcher() : 0;
	int before = thread->priority;
	thread->policy = policy;
	thread->priority = priority;
	if (priority == before) return 0;
	long error = run(thread, 1ul << thread->processor);
	if (watcher) run(watcher, 1ul << watcher->processor);
	return error < 0 ? error : 0;
}

/* A new thread has what its maker has. */
void __l4re_inherit_scheduling(struct thread *thread)
{
	const struct thread *self = __backend_self();
	thread->nice = self->nice;
	thread->lent = 0;
	__backend_schedule(thread, self->policy, self->priority);
	unsigned long processors = self->affinity ? self->affinity : __backend_processors();
	if (thread->affinity != self->affinity) __backend_place(thread, processors);
	thread->affinity = self->affinity;
	for (size_t i = 0; i < sizeof thread->name; i++) thread->name[i] = self->name[i];
}

/* UTCBs lie in memory of the kernel, at addresses where nothing is attached. The next one, or null. */
static l4_utcb_t *next_utcb(void)
{
	static void *address;
	if (utcb != utcb_end) return (l4_utcb_t *)utcb;
	if (!address && __l4re_reserve(&address, UTCBS) < 0) return 0;
	l4_fpage_t place = l4_fpage((l4_addr_t)address, __builtin_ctzl(UTCBS), L4_FPAGE_RW);
	if (__l4re_error(l4_task_add_ku_mem(L4RE_THIS_TASK_CAP, &place)) < 0) return 0;
	utcb = address;
	utcb_end = utcb + UTCBS;
	address = 0;
	return (l4_utcb_t *)utcb;
}

/* Page faults are sent to ITAS as messages, instead of being handled by code of ITAS on the thread's stack. */
void __l4re_send_page_faults(l4_cap_idx_t thread)
{
	l4_thread_control_start();
	l4_thread_control_pager(__l4re_environment->rm);
	l4_thread_control_commit(thread);
	l4_thread_pf_trampoline_disable(thread, 0);
}

/*
 * Fiasco for arm enters ITAS' handler of page faults, which is Arm code, in the state of the code that had the fault
 * (thread-pf_trampoline-arm.cpp leaves the T bit as it is). musl and most programs are Thumb code.
 */
void __l4re_avoid_trampoline(l4_cap_idx_t thread)
{
#ifdef __arm__
	__l4re_send_page_faults(thread);
#else
	(void)thread;
#endif
}

/* Without ITAS a thread is bound here, and its exceptions go where its page faults go. */
static long bind(l4_cap_idx_t thread, l4_utcb_t *place)
{
	if (__l4re_watch_thread(thread, place) >= 0) {
		__l4re_avoid_trampoline(thread);
		return 0;
	}
	l4_thread_control_start();
	l4_thread_control_pager(__l4re_environment->rm);
	l4_thread_control_exc_handler(__l4re_environment->rm);
	l4_thread_control_bind(place, L4RE_THIS_TASK_CAP);
	return __l4re_error(l4_thread_control_commit(thread));
}

/* The first thing that a new thread does. */
static _Noreturn void begin(void)
{
	__l4re_thread_home(__backend_self());
}

/* Gives the record a thread of the kernel, and the thread its record and a home. */
static int equip(struct thread *thread, l4_cap_idx_t slot)
{
	l4_utcb_t *place = next_utcb();
	if (!place || __l4re_error(l4_factory_create_thread(__l4re_environment->factory, slot)) < 0) return 0;
	thread->kernel = slot;
	thread->processor = next_processor(__backend_processors());
	if (bind(slot, place) >= 0 && __l4re_new_waker(&thread->waker, slot) >= 0) {
		l4_utcb_tcr_u(place)->user[0] = (l4_umword_t)thread;
		if (__l4re_error(l4_thread_ex_regs(slot, (l4_addr_t)begin, (l4_addr_t)thread->home, 0)) >= 0
			&& run(thread, 1ul << thread->processor) >= 0) {
			utcb += L4_UTCB_OFFSET;
			return 1;
		}
	}
	l4_task_delete_obj(L4RE_THIS_TASK_CAP, slot);
	return 0;
}

/* What was prepared when something else was lacking is kept for the next time. */
static struct thread *make_thread(void)
{
	static struct thread *thread;
	static l4_cap_idx_t slot;
	if (!thread) {
		long memory = __common_own_memory(HOME);
		if (memory < 0) return 0;
		thread = (struct thread *)memory;
		thread->home = (char *)memory + HOME;
	}
	if (!slot) slot = __l4re_new_slot();
	if (!equip(thread, slot)) return 0;
	struct thread *result = thread;
	result->older = all;
	__atomic_store_n(&all, result, __ATOMIC_RELEASE);
	thread = 0;
	slot = 0;
	return result;
}

static int new_id(void)
{
	struct thread *thread;
	do {
		last_id = last_id == INT_MAX >> 2 ? 1 : last_id + 1; /* musl keeps two bits of them for itself */
		for (thread = all; thread && thread->id != last_id; thread = thread->older);
	} while (thread);
	return last_id;
}

/* One that waits at home, with a new id; null if the kernel or its quota has no more. */
struct thread *__l4re_take_thread(void)
{
	if (__l4re_make_locks()) return 0;
	__l4re_lock(&__l4re_threads_lock);
	struct thread *thread = unused;
	if (thread) unused = thread->next;
	else thread = make_thread();
	if (thread) {
		thread->id = new_id();
		__atomic_fetch_add(&alive, 1, __ATOMIC_RELAXED);
	}
	__l4re_unlock(&__l4re_threads_lock);
	return thread;
}

/* For the backend itself: it isn't one of the program's, and no signal is for it. */
struct thread *__l4re_take_watcher(int (*function)(void *))
{
	struct thread *thread = __l4re_take_thread();
	if (!thread) return 0;
	__l4re_leave_thread();
	thread->signals = (struct thread_signals){ .mask = UINT64_MAX, .busy = 1 };
	thread->id = 0;
	thread->watches = 1;
	run(thread, 1ul << thread->processor);
	thread->function = function;
	thread->stack = thread->home;
	thread->pointer = 0;
	__l4re_wake(thread);
	return thread;
}

/* The calling thread counts no more; returns how many do. */
int __l4re_leave_thread(void)
{
	return __atomic_sub_fetch(&alive, 1, __ATOMIC_RELAXED);
}

/* Called by the thread itself, from its home. The one that takes it off the list then wakes it. */
void __l4re_give_thread_back(struct thread *thread)
{
	__l4re_lock(&__l4re_threads_lock);
	thread->id = 0;
	thread->next = unused;
	unused = thread;
	__l4re_unlock(&__l4re_threads_lock);
}
