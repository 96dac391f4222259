/* Actions, and running a handler, on the thread's stack or the one that is set for that. */

#include <errno.h>
#include "signals.h"

static int is_on_stack(const struct thread_signals *signals, const void *place)
{
	return (uintptr_t)place - (uintptr_t)signals->stack < signals->stack_size;
}

static void tell_stack(const struct thread_signals *signals, const void *place, stack_t *stack)
{
	*stack = (stack_t){ signals->stack, SS_DISABLE, signals->stack_size };
	if (signals->stack_size) stack->ss_flags = is_on_stack(signals, place) ? SS_ONSTACK : 0;
}

/* Where nothing is to be told of registers: of a call, whose handlers run in it, only the place is. */
static __attribute__((noinline)) void run_in_call(struct thread *self, const struct kernel_sigaction *action,
	siginfo_t *information, void *stack, uint64_t mask)
{
	ucontext_t context;
	memset(&context, 0, CONTEXT_END);
	set_context_place(&context, (uintptr_t)__builtin_return_address(0), (uintptr_t)__builtin_frame_address(0));
	tell_stack(&self->signals, &context, &context.uc_stack);
	set_context_mask(&context, mask);
	__common_call_handler(information->si_signo, information, &context, action->handler, stack);
	__common_change_mask(self, context_mask(&context));
}

REPLACEABLE void __common_run_handler(struct thread *self, const struct kernel_sigaction *action, siginfo_t *information,
	ucontext_t *context)
{
	struct thread_signals *signals = &self->signals;
	int signal = information->si_signo;
	uint64_t before = signals->mask, during = before | mask_of(action->mask);
	void *stack = 0;
	if (!(action->flags & SA_NODEFER)) during |= BIT(signal);
	if (action->flags & SA_ONSTACK && signals->stack_size && !is_on_stack(signals, &stack))
		stack = (char *)signals->stack + signals->stack_size;
	__common_change_mask(self, during);
	if (context) {
		set_context_mask(context, before);
		__common_call_handler(signal, information, context, action->handler, stack);
		before = context_mask(context);
	} else if (action->flags & SA_SIGINFO) {
		run_in_call(self, action, information, stack, before);
		return;
	} else {
		__common_call_handler(signal, 0, 0, action->handler, stack);
	}
	__common_change_mask(self, before);
}

/* Of a signal that the thread's own instruction causes: does its handler run? If so, *stack, the stack pointer, becomes
 * where it is to run. */
int __common_handles(struct thread *self, int signal, uintptr_t *stack)
{
	const struct thread_signals *signals = &self->signals;
	const struct kernel_sigaction *action = process_signals()->actions + signal - 1;
	if (signals->busy || signals->mask & BIT(signal) || action->handler == SIG_DFL || action->handler == SIG_IGN) return 0;
	if (action->flags & SA_ONSTACK && signals->stack_size && !is_on_stack(signals, (void *)*stack))
		*stack = (uintptr_t)signals->stack + signals->stack_size;
	return 1;
}

void __common_fault(struct thread *self, siginfo_t *information, ucontext_t *context)
{
	__common_begin_busy();
	__common_lock(&process_signals()->lock);
	struct kernel_sigaction *current = process_signals()->actions + information->si_signo - 1, action = *current;
	if (action.flags & SA_RESETHAND) current->handler = SIG_DFL;
	__common_unlock(&process_signals()->lock);
	__atomic_sub_fetch(&self->signals.busy, 1, __ATOMIC_SEQ_CST);
	if (action.handler == SIG_DFL || action.handler == SIG_IGN) return; /* another thread's doing: the fault comes again */
	__common_run_handler(self, &action, information, context);
	if (__common_due(self) & TO_HANDLE) __common_deliver_at(self, context);
}

long SYS_rt_sigaction_function(int signal, const struct kernel_sigaction *action, struct kernel_sigaction *old, size_t size)
{
	if (signal < 1 || signal > SIGNALS || size != sizeof action->mask || (action && BIT(signal) & UNSTOPPABLE)) return -EINVAL;
	__common_lock(&process_signals()->lock);
	struct kernel_sigaction *current = process_signals()->actions + signal - 1, before = *current;
	if (action) *current = *action;
	if (action && __common_is_ignored(signal)) __common_discard(BIT(signal));
	if (action && BIT(signal) & SYNCHRONOUS) __backend_catch(signal, action->handler != SIG_DFL && action->handler != SIG_IGN);
	__common_unlock(&process_signals()->lock);
	if (old) *old = before;
	return 0;
}

long SYS_sigaltstack_function(const stack_t *stack, stack_t *old)
{
	struct thread_signals *signals = &__backend_self()->signals;
	stack_t before, wanted = { 0 };
	tell_stack(signals, &before, &before);
	if (stack) {
		wanted = *stack;
		if (before.ss_flags & SS_ONSTACK) return -EPERM;
		if (wanted.ss_flags & ~(SS_DISABLE | SS_ONSTACK)) return -EINVAL;
		if (wanted.ss_flags & SS_DISABLE) wanted = (stack_t){ 0 };
		else if (wanted.ss_size < MINSIGSTKSZ) return -ENOMEM;
		signals->stack = wanted.ss_sp;
		signals->stack_size = wanted.ss_size;
		__backend_set_signal_stack(wanted.ss_sp, wanted.ss_size);
	}
	if (old) *old = before;
	return 0;
}

/* Where a handler would return to if its frame had been made by a kernel; musl links these with sigaction. */
long SYS_rt_sigreturn_function(void)
{
	__builtin_trap();
}

#ifdef __arm__
long SYS_sigreturn_function(void)
{
	__builtin_trap();
}
#endif

#ifdef PROCESSES
void __common_inherit_actions(ptrdiff_t to)
{
	struct process_signals *signals = process_signals();
	__common_lock(&signals->lock);
	memcpy(at_distance(to, __common_process_signals).actions, signals->actions, sizeof signals->actions);
	__common_unlock(&signals->lock);
}
#endif
