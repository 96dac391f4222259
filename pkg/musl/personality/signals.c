/*
 * Signals. The backend (common/signals.c) keeps what is pending and chooses what is due; handlers are the program's, so they
 * run when a call ends or the program is interrupted: for each, a frame is put on its stack, and it goes on in the handler.
 */

#include <errno.h>
#include "user.h"
#include "own_calls.h"

#define SA_RESTORER 0x04000000

static void halt(struct thread *self)
{
	__common_begin_busy();
	linux_halt(self->process);
	__atomic_sub_fetch(&self->signals.busy, 1, __ATOMIC_SEQ_CST);
}

/* For the backend, this is where handlers would run. They can't in the middle of a call: the call ends. But here is where a
 * process that is stopped halts. */
void __common_deliver(struct thread *self)
{
	struct linux_thread *thread = self->personality;
	if (!thread || !self->process) return;
	for (int signal; (signal = __common_take_stop(self));) __common_stop(signal);
	halt(self);
	if (!(__common_due(self) & TO_HANDLE)) return;
	thread->signalled = 1;
	self->signals.ran = NOT_ALL_WITH_RESTART;
}

/* The end of a call that had a mask of its own (ppoll). If a signal has ended it, its handler runs with that mask, and the
 * handler's end brings back the other one. */
void __common_end_mask(void)
{
	struct thread *self = __backend_self();
	struct thread_signals *signals = &self->signals;
	struct linux_thread *thread = self->personality;
	if (!signals->masked) return;
	signals->masked = 0;
	if (__common_due(self) & TO_HANDLE) {
		thread->restores = 1;
		thread->restored = signals->unmasked;
	} else {
		__common_change_mask(self, signals->unmasked);
	}
	__common_end_busy();
}

static int is_on_stack(const struct thread_signals *signals, user_t place)
{
	return place - (user_t)signals->stack < signals->stack_size;
}

/* Called by __common_deliver_at and __common_fault, to which the context means nothing. */
void __common_run_handler(struct thread *self, const struct kernel_sigaction *action, siginfo_t *information,
	ucontext_t *context)
{
	struct linux_thread *thread = self->personality;
	struct thread_signals *signals = &self->signals;
	user_t sp = thread->vcpu->r.sp;
	(void)context;
	if (action->flags & SA_ONSTACK && signals->stack_size && !is_on_stack(signals, sp))
		sp = (user_t)signals->stack + signals->stack_size;
	if (thread->ended && !(thread->may_restart && action->flags & SA_RESTART)) {
		*call_result(&thread->vcpu->r) = -EINTR;
		*place_of(&thread->vcpu->r) += call_size(&thread->vcpu->r);
	}
	thread->ended = 0;
	struct handler handler = {
		.function = (user_t)action->handler, .stack = sp, .signal = information->si_signo,
		.restorer = action->flags & SA_RESTORER ? (user_t)action->restorer : 0,
		.wants_information = !!(action->flags & SA_SIGINFO), .mask = thread->restores ? thread->restored : signals->mask,
	};
	if (machine_push_frame(thread, &handler, information)) __common_die(SIGSEGV); /* there is no stack to handle it on */
	thread->restores = 0;
	uint64_t during = signals->mask | mask_of(action->mask);
	if (!(action->flags & SA_NODEFER)) during |= BIT(information->si_signo);
	__common_change_mask(self, during);
}

/* number: of the call that was made, or -1. If a signal has ended it, it is made again, unless the first handler to run says
 * otherwise: signal(7), "Interruption of system calls". */
void linux_deliver(struct linux_thread *thread, long number, unsigned long first)
{
	struct thread *self = __backend_self();
	thread->ended = thread->signalled && number >= 0 && (long)*call_result(&thread->vcpu->r) == -EINTR;
	thread->signalled = 0;
	if (thread->ended) {
		*call_result(&thread->vcpu->r) = first;
		*place_of(&thread->vcpu->r) -= call_size(&thread->vcpu->r);
		thread->may_restart = linux_is_restartable(number, thread->vcpu->r.r);
	}
	do {
		halt(self);
		__common_deliver_at(self, 0);
	} while (__common_due(self) & TO_HANDLE);
	thread->ended = 0;
	if (thread->restores) {
		thread->restores = 0;
		__common_change_mask(self, thread->restored);
	}
}

/* What the program's own instruction has caused. Without a handler it is the program's end. */
void linux_fault(struct linux_thread *thread, int signal, int code, user_t address)
{
	struct thread *self = __backend_self();
	siginfo_t information = { .si_signo = signal, .si_code = code, .si_addr = (void *)address };
	uintptr_t stack = thread->vcpu->r.sp;
	if (__common_handles(self, signal, &stack)) {
		__common_fault(self, &information, 0);
		return;
	}
	if (linux_is_verbose)
		linux_say("linux-run: signal %d at %x (address %x, err %x, sp %x)\n", (long)signal, *place_of(&thread->vcpu->r), address,
			thread->vcpu->r.err, thread->vcpu->r.sp);
	__common_die(signal);
}

void linux_return_from_handler(struct linux_thread *thread)
{
	uint64_t mask;
	if (machine_pop_frame(thread, &mask)) {
		linux_fault(thread, SIGSEGV, SEGV_MAPERR, thread->vcpu->r.sp);
		return;
	}
	__common_change_mask(__backend_self(), mask);
}

/* The kernel's structure, with the program's stack instead of the caller's. */
long linux_sigaltstack(struct linux_thread *thread, const unsigned long *arguments)
{
	struct thread_signals *signals = &__backend_self()->signals;
	stack_t wanted, before = { signals->stack, SS_DISABLE, signals->stack_size };
	int in_use = is_on_stack(signals, thread->vcpu->r.sp);
	if (signals->stack_size) before.ss_flags = in_use ? SS_ONSTACK : 0;
	if (arguments[0]) {
		if (copy_from_user(&wanted, arguments[0], sizeof wanted)) return -EFAULT;
		if (in_use) return -EPERM;
		if (wanted.ss_flags & ~(SS_DISABLE | SS_ONSTACK)) return -EINVAL;
		if (!(wanted.ss_flags & SS_DISABLE) && wanted.ss_size < MINSIGSTKSZ) return -ENOMEM;
		signals->stack = wanted.ss_flags & SS_DISABLE ? 0 : wanted.ss_sp;
		signals->stack_size = wanted.ss_flags & SS_DISABLE ? 0 : wanted.ss_size;
	}
	return arguments[1] ? copy_to_user(arguments[1], &before, sizeof before) : 0;
}

/* execve: handlers are gone with their program; what is ignored stays so. */
void linux_reset_signals(void)
{
	static const struct kernel_sigaction standard = { .handler = SIG_DFL };
	struct kernel_sigaction *actions = process_signals()->actions;
	for (int signal = 1; signal <= SIGNALS; signal++)
		if (actions[signal - 1].handler != SIG_IGN) SYS_rt_sigaction_function(signal, &standard, 0, sizeof standard.mask);
	__backend_self()->signals.stack_size = 0;
}
