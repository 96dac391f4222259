/*
 * Signals: who has which, and when they are delivered. A signal is marked as pending, for a thread or for the process, and
 * a thread that doesn't block it takes it: at the end of the call that sent or unblocked it, in the wait of a call, or
 * where the backend stops the thread for that (__backend_kick). Then its handler runs as a function that is called there.
 */

#include <errno.h>
#include "signals.h"

/* Only a program that sets handlers or timers has these. */
__attribute__((weak)) __typeof__(__common_run_handler) __common_run_handler;
__attribute__((weak)) __typeof__(__common_timer_taken) __common_timer_taken;
__attribute__((weak)) __typeof__(__common_signal_queued) __common_signal_queued;

PROCESS_VARIABLE struct process_signals __common_process_signals;
/* Read by others while the thread changes it. */
static uint64_t mask_of_thread(struct thread *thread)
{
	return __atomic_load_n(&thread->signals.mask, __ATOMIC_SEQ_CST);
}

static int is_stopped(void)
{
#ifdef PROCESSES
	return __atomic_load_n(&process_signals()->stopped, __ATOMIC_SEQ_CST);
#else
	return 0;
#endif
}

int __common_due(struct thread *self)
{
	uint64_t pending = pending_signals(self);
	uint64_t awaited = self->signals.awaited;
	return (pending & ~mask_of_thread(self) & ~awaited || is_stopped() ? TO_HANDLE : 0) | (pending & awaited ? AWAITED : 0);
}

int __common_is_ignored(int signal)
{
	void (*handler)(int) = process_signals()->actions[signal - 1].handler;
	return handler == SIG_IGN || (handler == SIG_DFL && BIT(signal) & HARMLESS);
}

/* Makes the thread see what is pending. The caller looks when it is no longer busy, but it may wait: a timer's function can
 * run in any thread. */
static void notify(struct thread *thread)
{
	__backend_interrupt(thread);
	if (thread != __backend_self() && !__atomic_load_n(&thread->signals.busy, __ATOMIC_SEQ_CST)) __backend_kick(thread);
}

static int accepts(struct thread *thread, int signal)
{
	uint64_t blocked = mask_of_thread(thread) & ~__atomic_load_n(&thread->signals.awaited, __ATOMIC_SEQ_CST);
	return !(blocked & BIT(signal));
}

/* A signal for anybody goes to the caller, or to a thread that waits for it or doesn't block it. */
static struct thread *receiver(int signal)
{
	struct thread *self = __backend_self(), *other = 0;
	if (__common_is_mine(self) && !(mask_of_thread(self) & BIT(signal))) return self;
	for (struct thread *thread = 0; (thread = __backend_next_thread(thread));) {
		if (!__common_is_mine(thread)) continue;
		if (__atomic_load_n(&thread->signals.awaited, __ATOMIC_SEQ_CST) & BIT(signal)) return thread;
		if (!other && accepts(thread, signal)) other = thread;
	}
	return other;
}

static struct queued *new_record(void)
{
	struct queued *record = process_signals()->unused;
	if (record) process_signals()->unused = record->next;
	else if (process_signals()->used < QUEUE) record = process_signals()->records + process_signals()->used++;
	return record;
}

/* One of the process, the caller if it is. */
static struct thread *anyone(void)
{
	struct thread *self = __backend_self(), *thread = 0;
	if (__common_is_mine(self)) return self;
	do thread = __backend_next_thread(thread);
	while (thread && !__common_is_mine(thread));
	return thread ? thread : self;
}

/* -EAGAIN only if it can't be queued and must be. */
static long enqueue(struct thread *thread, const siginfo_t *information)
{
	int signal = information->si_signo;
	uint64_t *pending = thread ? &thread->signals.pending : &process_signals()->pending;
	if (signal < FIRST_QUEUED && *pending & BIT(signal)) return 0;
	struct queued *record = new_record();
	if (!record && signal >= FIRST_QUEUED && information->si_code != SI_USER && information->si_code != SI_TKILL) return -EAGAIN;
	if (record) {
		*record = (struct queued){ 0, thread, *information };
		if (!process_signals()->end) process_signals()->end = &process_signals()->first;
		*process_signals()->end = record;
		process_signals()->end = &record->next;
	}
	__atomic_fetch_or(pending, BIT(signal), __ATOMIC_SEQ_CST);
	return 0;
}

long __common_post(struct thread *thread, const siginfo_t *information)
{
	int signal = information->si_signo;
	long error = 0;
	if (signal == SIGKILL && !SEVERAL_PROCESSES) __common_die(SIGKILL);
	if (signal == SIGSTOP && !SEVERAL_PROCESSES) return -ENOSYS; /* nobody could continue the process */
	__common_lock(&process_signals()->lock);
#ifdef PROCESSES
	__common_prepare_signal(signal);
#endif
	int blocked = !!(mask_of_thread(thread ? thread : anyone()) & BIT(signal));
	if (blocked || !__common_is_ignored(signal)) {
		error = enqueue(thread, information);
		if (!thread) thread = receiver(signal);
		if (!error && thread && accepts(thread, signal)) notify(thread);
		if (!error && __common_signal_queued) __common_signal_queued(signal);
	} else {
		error = 1;
	}
	__common_unlock(&process_signals()->lock);
	return error;
}

/* Takes the first record of that signal, and tells whether there are more. */
static int dequeue(struct thread *thread, int signal, siginfo_t *information)
{
	int found = 0;
	*information = (siginfo_t){ .si_signo = signal };
	for (struct queued **link = &process_signals()->first, *record; (record = *link);) {
		if (record->thread != thread || record->information.si_signo != signal) {
			link = &record->next;
			continue;
		}
		if (found++) return 1;
		*information = record->information;
		*link = record->next;
		if (process_signals()->end == &record->next) process_signals()->end = link;
		record->next = process_signals()->unused;
		process_signals()->unused = record;
	}
	return 0;
}

/* Those that an instruction has caused come first, then the one with the lowest number. */
static int lowest(uint64_t set)
{
	uint64_t first = set & SYNCHRONOUS;
	return set ? __builtin_ctzll(first ? first : set) + 1 : 0;
}

/* Of those of that thread, or with null of those for anybody. */
static int take_from(struct thread *owner, uint64_t set, siginfo_t *information)
{
	uint64_t *pending = owner ? &owner->signals.pending : &process_signals()->pending;
	int signal = lowest(__atomic_load_n(pending, __ATOMIC_SEQ_CST) & set);
	if (!signal) return 0;
	if (!dequeue(owner, signal, information)) __atomic_fetch_and(pending, ~BIT(signal), __ATOMIC_SEQ_CST);
	if (information->si_code == SI_TIMER && __common_timer_taken) __common_timer_taken(information);
	return signal;
}

int __common_take_signal(struct thread *self, uint64_t set, siginfo_t *information)
{
	int signal = take_from(self, set, information);
	return signal ? signal : take_from(0, set, information);
}

void __common_discard(uint64_t set)
{
	siginfo_t information;
	for (struct thread *thread = 0; (thread = __backend_next_thread(thread));)
		while (__common_is_mine(thread) && take_from(thread, set, &information));
	while (take_from(0, set, &information));
}

static int stops(int signal, const struct kernel_sigaction *action)
{
	return !!(BIT(signal) & STOPS) && action->handler == SIG_DFL;
}

static void note_stop(void)
{
#ifdef PROCESSES
	process_signals()->to_stop = 1;
#endif
}

/* The next one that is to be handled, with its action; 0 if there is none. */
static int take_due(struct thread *self, siginfo_t *information, struct kernel_sigaction *action)
{
	int signal;
	__common_begin_busy(); /* or else the end of the lock would deliver */
	__common_lock(&process_signals()->lock);
	do signal = __common_take_signal(self, ~self->signals.mask & ~self->signals.awaited, information);
	while (signal && __common_is_ignored(signal));
	if (signal) {
		struct kernel_sigaction *current = process_signals()->actions + signal - 1;
		*action = *current;
		if (action->flags & SA_RESETHAND) current->handler = SIG_DFL;
		if (stops(signal, action)) note_stop();
	}
	__common_unlock(&process_signals()->lock);
	__atomic_sub_fetch(&self->signals.busy, 1, __ATOMIC_SEQ_CST);
	return signal;
}

#ifdef PROCESSES

int __common_take_stop(struct thread *self)
{
	siginfo_t information;
	__common_begin_busy();
	__common_lock(&process_signals()->lock);
	uint64_t due = pending_signals(self) & ~self->signals.mask & ~self->signals.awaited;
	int signal = due & ~STOPS ? 0 : lowest(due);
	if (signal && !stops(signal, process_signals()->actions + signal - 1)) signal = 0;
	if (signal) signal = __common_take_signal(self, BIT(signal), &information), note_stop();
	__common_unlock(&process_signals()->lock);
	__atomic_sub_fetch(&self->signals.busy, 1, __ATOMIC_SEQ_CST);
	return signal;
}

int __common_is_dying(struct thread *self)
{
	uint64_t due = pending_signals(self) & ~self->signals.mask & ~self->signals.awaited & ~STOPS & ~HARMLESS;
	for (int signal; (signal = lowest(due)); due &= ~BIT(signal))
		if (process_signals()->actions[signal - 1].handler == SIG_DFL) return 1;
	return 0;
}

#endif

REPLACEABLE _Noreturn void __common_die(int signal)
{
	__backend_exit(128 + signal);
}

void __common_deliver_at(struct thread *self, ucontext_t *context)
{
	siginfo_t information;
	struct kernel_sigaction action;
	while (__common_due(self) & TO_HANDLE && take_due(self, &information, &action)) {
#ifdef PROCESSES
		if (stops(information.si_signo, &action)) {
			__common_stop(information.si_signo);
			continue;
		}
#endif
		if (action.handler == SIG_DFL || !__common_run_handler) __common_die(information.si_signo);
		int before = self->signals.ran;
		__common_run_handler(self, &action, &information, context);
		int cancels = information.si_signo == CANCEL;
		/* What musl's handler of cancellation relies on is that the call is made anew, or ends. */
		self->signals.ran = !(action.flags & SA_RESTART) || cancels ? NOT_ALL_WITH_RESTART
			: before == NO_HANDLER_RAN ? ALL_WITH_RESTART : before;
		/* It has sent itself another one where it couldn't tell a call that is about to wait from other code. */
		if (cancels && self->signals.pending & BIT(CANCEL)) self->signals.cut = !!context;
	}
}

REPLACEABLE void __common_deliver(struct thread *self)
{
	__common_deliver_at(self, 0);
}

/* The signals of a thread that ends are lost, and those for anybody go to others. */
void __common_forget_signals(struct thread *thread)
{
	siginfo_t information;
	__common_lock(&process_signals()->lock);
	while (thread->signals.pending) __common_take_signal(thread, thread->signals.pending, &information);
	__common_change_mask(thread, ~0ull);
	__common_unlock(&process_signals()->lock);
}

/* What the thread now blocks and was meant for it may be another's. It is looked for afterwards: who sends one marks it as
 * pending, then looks who doesn't block it, so a signal either is seen here, or goes to another at once. */
void __common_change_mask(struct thread *self, uint64_t mask)
{
	uint64_t before = self->signals.mask;
	__atomic_store_n(&self->signals.mask, mask & ~UNSTOPPABLE, __ATOMIC_SEQ_CST);
	uint64_t passed_on = __atomic_load_n(&process_signals()->pending, __ATOMIC_SEQ_CST) & mask & ~before;
	for (int signal; (signal = lowest(passed_on)); passed_on &= ~BIT(signal)) {
		struct thread *thread = receiver(signal);
		if (thread) notify(thread);
	}
}

long SYS_rt_sigprocmask_function(int how, const uint32_t *mask, uint32_t *old, size_t size)
{
	struct thread *self = __backend_self();
	/* On Linux a thread that runs gets a signal at once. Here that may take until now: what was sent before is handled before. */
	__common_begin_busy();
	__common_end_busy();
	uint64_t before = self->signals.mask;
	if (size != sizeof before) return -EINVAL;
	if (mask) {
		uint64_t change = mask_of(mask);
		if (how == SIG_BLOCK) change = before | change;
		else if (how == SIG_UNBLOCK) change = before & ~change;
		else if (how != SIG_SETMASK) return -EINVAL;
		if (old) memcpy(old, &before, sizeof before);
		__common_begin_busy();
		__common_change_mask(self, change);
		__common_end_busy();
	} else if (old) {
		memcpy(old, &before, sizeof before);
	}
	return 0;
}

static long send(struct thread *thread, int signal, int code)
{
	const siginfo_t information = { .si_signo = signal, .si_code = code, .si_pid = SYS_getpid_function() };
	if (signal < 0 || signal > SIGNALS) return -EINVAL;
	long error = signal ? __common_post(thread, &information) : 0;
	return error < 0 ? error : 0;
}

void __common_raise(int signal)
{
	send(__backend_self(), signal, SI_USER);
}

REPLACEABLE long SYS_tkill_function(pid_t id, int signal)
{
	struct thread *thread = id > 0 ? __backend_find(id) : 0;
	if (id <= 0) return -EINVAL;
	return thread ? send(thread, signal, SI_TKILL) : -ESRCH;
}

REPLACEABLE long SYS_tgkill_function(pid_t process, pid_t id, int signal)
{
	if (process <= 0) return -EINVAL;
	return process == SYS_getpid_function() ? SYS_tkill_function(id, signal) : -ESRCH;
}

/* 0, -1 and the negated number include this process: it is alone in its group. */
REPLACEABLE long SYS_kill_function(pid_t process, int signal)
{
	return process >= -1 && process <= 1 ? send(0, signal, SI_USER) : -ESRCH;
}
