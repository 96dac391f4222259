/*
 * A thread of the kernel that watches over the others, made when it is first needed: it stops threads to let them handle
 * signals, gets their exceptions, and runs timers. It looks after one thing at a time.
 *
 * A thread to be stopped is made to raise an exception by the kernel (L4_THREAD_EX_REGS_TRIGGER_EXCEPTION). While it waits
 * for the answer, its registers go into a frame on its stack, and it goes on in signal_entry.S, which handles the signals
 * and raises an exception of its own, to get back to what is in the frame. L4Re's ITAS could do that, too, but not on arm:
 * it would go on in Arm code in the state of Thumb code, without saving the registers for floating point.
 *
 * ITAS does remain who handles page faults. Where a thread runs its code, or the kernel's, instead of the program's, a
 * signal has to wait. And an exception for which the program has no handler is left to ITAS, which reports it, by letting
 * it happen again.
 */

#include <stddef.h>
#include <l4/sys/factory.h>
#include <l4/sys/ipc.h>
#include <l4/sys/irq.h>
#include <l4/sys/rcv_endpoint.h>
#include <l4/sys/thread.h>
#include "common/pages.h"
#include "common/signals.h"
#include "backend.h"

#define SOON (SECOND / 1000)
#define TRIGGERED 0x3e /* class of the exception that the kernel was asked for: l4_utcb_exc_is_ex_regs_exception */

/* Only a program that has handlers, or timers, has these. */
__attribute__((weak)) __typeof__(__common_due) __common_due;
__attribute__((weak)) __typeof__(__common_deliver_at) __common_deliver_at;
__attribute__((weak)) __typeof__(__common_handles) __common_handles;
__attribute__((weak)) __typeof__(__common_fault) __common_fault;
__attribute__((weak)) __typeof__(__common_run_timers) __common_run_timers;
__attribute__((weak)) __typeof__(__common_next_timer) __common_next_timer;

extern __attribute__((visibility("hidden"))) const char __ehdr_start[], _end[]; /* link.ld */
extern __attribute__((visibility("hidden"))) const char __l4re_signal_entry[], __l4re_signal_end[]; /* signal_entry.S */

static struct common_lock making;
static struct thread *watcher;
static l4_cap_idx_t wake_up; /* an interrupt object, so that no call is lost if the watcher isn't waiting */
static uint64_t again = FOREVER; /* when to try those that could not be interrupted where they were */

#ifdef __aarch64__

struct floats { uint32_t magic, size, fpsr, fpcr; __uint128_t v[32]; uint32_t end[2]; };

/* On a thread's stack, where its registers and the contents of its UTCB are until the handlers have run. As Linux has it,
 * but for the UTCB, which lies where Linux would have more records of registers. */
struct signal_frame {
	siginfo_t information;
	ucontext_t context;
};

static struct floats *floats_of(struct signal_frame *frame)
{
	return (struct floats *)frame->context.uc_mcontext.__reserved;
}

static void *utcb_of(struct signal_frame *frame)
{
	return (char *)frame->context.uc_mcontext.__reserved + L4_UTCB_OFFSET;
}

_Static_assert(offsetof(struct signal_frame, context.uc_mcontext.__reserved) == 592
	&& offsetof(struct signal_frame, context.uc_mcontext.sp) == 560, "as in signal_entry.S");

/* Of a thread on another processor, Fiasco may tell an old thread pointer (Thread::store_tpidrurw), and would set it. */
static void correct(const struct thread *thread, l4_exc_regs_t *registers)
{
	if (thread->home) registers->tpidrurw = (l4_umword_t)thread->pointer;
}

static void save(const l4_exc_regs_t *registers, struct signal_frame *frame)
{
	mcontext_t *context = &frame->context.uc_mcontext;
	memset(&frame->context, 0, CONTEXT_END);
	memcpy(context->regs, registers->r, sizeof context->regs);
	context->sp = registers->sp;
	context->pc = registers->pc;
	context->pstate = registers->pstate;
	context->fault_address = registers->pfa;
	struct floats *floats = floats_of(frame);
	*floats = (struct floats){ .magic = FPSIMD_MAGIC, .size = offsetof(struct floats, end) };
}

static void restore(l4_exc_regs_t *registers, const struct signal_frame *frame)
{
	const mcontext_t *context = &frame->context.uc_mcontext;
	memcpy(registers->r, context->regs, sizeof context->regs);
	registers->sp = context->sp;
	registers->pc = context->pc;
	registers->pstate = (registers->pstate & ~0xf0000000ul) | (context->pstate & 0xf0000000ul);
}

static void enter(l4_exc_regs_t *registers, struct signal_frame *frame)
{
	registers->r[0] = (l4_umword_t)frame;
	registers->r[29] = registers->r[30] = 0;
	registers->sp = (l4_umword_t)frame;
	registers->pc = (l4_umword_t)__l4re_signal_entry;
}

/* Classes and fault status codes: Arm ARM, "ESR_EL1". */
static int signal_of(const l4_exc_regs_t *registers, int *code)
{
	unsigned status = registers->err & 63;
	switch (registers->err >> 26) {
	case 0x00: *code = ILL_ILLOPC; return SIGILL;
	case 0x20: case 0x21: case 0x24: case 0x25:
		if (status == 0x21) return *code = BUS_ADRALN, SIGBUS;
		*code = status >= 8 && status < 16 ? SEGV_ACCERR : SEGV_MAPERR;
		return SIGSEGV;
	case 0x22: case 0x26: *code = BUS_ADRALN; return SIGBUS;
	case 0x2c: *code = FPE_FLTINV; return SIGFPE;
	case 0x30: case 0x31: case 0x32: case 0x33: case 0x34: case 0x35: case 0x3c: *code = TRAP_BRKPT; return SIGTRAP;
	}
	return 0;
}

#else

struct floats { uint32_t magic, size; uint64_t d[32]; uint32_t fpscr, padding, exception[3], padding2, end[2]; };

struct signal_frame {
	siginfo_t information;
	ucontext_t context;
	char utcb[L4_UTCB_OFFSET];
};

static struct floats *floats_of(struct signal_frame *frame)
{
	return (struct floats *)frame->context.uc_regspace;
}

static void *utcb_of(struct signal_frame *frame)
{
	return frame->utcb;
}

_Static_assert(offsetof(struct signal_frame, context.uc_regspace) == 360
	&& offsetof(struct signal_frame, context.uc_mcontext.arm_sp) == 212, "as in signal_entry.S");

/* The kernel keeps the thread pointer itself, as programs can't set it. */
static void correct(const struct thread *thread, l4_exc_regs_t *registers)
{
	(void)thread, (void)registers;
}

#define STATE 0x0600fc20ul /* of cpsr: T and the bits of IT */

static void save(const l4_exc_regs_t *registers, struct signal_frame *frame)
{
	mcontext_t *context = &frame->context.uc_mcontext;
	memset(&frame->context, 0, CONTEXT_END);
	memcpy(&context->arm_r0, registers->r, sizeof registers->r);
	context->arm_sp = registers->sp;
	context->arm_lr = registers->ulr;
	context->arm_pc = registers->pc;
	context->arm_cpsr = registers->cpsr;
	context->error_code = registers->err;
	context->fault_address = registers->pfa;
	*floats_of(frame) = (struct floats){ .magic = 0x56465001, .size = offsetof(struct floats, end) };
}

static void restore(l4_exc_regs_t *registers, const struct signal_frame *frame)
{
	const mcontext_t *context = &frame->context.uc_mcontext;
	const l4_umword_t changeable = 0xf80f0000 | STATE;
	memcpy(registers->r, &context->arm_r0, sizeof registers->r);
	registers->sp = context->arm_sp;
	registers->ulr = context->arm_lr;
	registers->pc = context->arm_pc;
	registers->cpsr = (registers->cpsr & ~changeable) | (context->arm_cpsr & changeable);
}

static void enter(l4_exc_regs_t *registers, struct signal_frame *frame)
{
	registers->r[0] = (l4_umword_t)frame;
	registers->r[11] = registers->ulr = 0;
	registers->sp = (l4_umword_t)frame;
	registers->cpsr &= ~STATE;
	registers->pc = (l4_umword_t)__l4re_signal_entry;
}

/* Classes as on arm64; the lower bits are not, so it isn't told whether the page is missing or protected. */
static int signal_of(const l4_exc_regs_t *registers, int *code)
{
	switch (registers->err >> 26) {
	case 0x00: *code = ILL_ILLOPC; return SIGILL;
	case 0x20: case 0x21: case 0x24: case 0x25: *code = SEGV_MAPERR; return SIGSEGV;
	case 0x22: *code = BUS_ADRALN; return SIGBUS;
	}
	return 0;
}

#endif

/* In the thread; called by signal_entry.S. */
__attribute__((visibility("hidden"))) void __l4re_handle_signals(struct signal_frame *frame)
{
	struct thread *self = __backend_self();
	memcpy(utcb_of(frame), l4_utcb(), L4_UTCB_OFFSET);
	if (frame->information.si_signo) __common_fault(self, &frame->information, &frame->context);
	else __common_deliver_at(self, &frame->context);
	memcpy(l4_utcb(), utcb_of(frame), L4_UTCB_OFFSET);
}

/* In its image, or in memory that it got. */
static int is_in_program(l4_umword_t place)
{
	struct range range;
	return place - (l4_umword_t)__ehdr_start < (l4_umword_t)(_end - __ehdr_start)
		|| __common_range((const void *)(place & -PAGE), PAGE, &range);
}

static int has_signals(struct thread *thread)
{
	return !thread->signals.busy && __common_due && __common_due(thread) & TO_HANDLE;
}

/* Makes the thread handle signals before it goes on. */
static void interrupt(l4_exc_regs_t *registers, uintptr_t stack, const siginfo_t *information)
{
	struct signal_frame *frame = (struct signal_frame *)((stack - sizeof *frame) & -16ul);
	save(registers, frame);
	frame->information = *information;
	enter(registers, frame);
}

static void leave_to_itas(struct thread *thread)
{
	l4_thread_control_start();
	l4_thread_control_exc_handler(thread->exception_handler);
	l4_thread_control_commit(__l4re_kernel_thread(thread));
}

/* The thread waits with these registers, and goes on with what is in them then. */
static void handle_exception(struct thread *thread, l4_exc_regs_t *registers)
{
	siginfo_t information = { 0 };
	int code, signal;
	correct(thread, registers);
	if (registers->pc == (l4_umword_t)__l4re_signal_entry) registers->sp = registers->r[0];
	uintptr_t stack = registers->sp;
	if (registers->pc == (l4_umword_t)__l4re_signal_end) {
		restore(registers, (const struct signal_frame *)registers->r[0]);
	} else if (registers->err >> 26 != TRIGGERED) {
		signal = signal_of(registers, &code);
		int is_jump = (registers->err >> 26 & ~1u) == 0x20; /* to where nothing is */
		if (!signal || !(is_jump || is_in_program(registers->pc)) || !__common_handles || !__common_handles(thread, signal, &stack)) {
			leave_to_itas(thread);
			return;
		}
		information.si_signo = signal;
		information.si_code = code;
		information.si_addr = (void *)(signal == SIGSEGV || signal == SIGBUS ? registers->pfa : registers->pc);
		interrupt(registers, stack, &information);
		return;
	}
	if (!has_signals(thread)) return;
	if (is_in_program(registers->pc)) {
		interrupt(registers, registers->sp, &information);
	} else {
		thread->again = 1;
		again = __backend_now() + SOON;
	}
}

static void stop_threads(void)
{
	int due = __backend_now() >= again;
	if (due) again = FOREVER;
	for (struct thread *thread = 0; (thread = __backend_next_thread(thread));) {
		int stop = __atomic_exchange_n(&thread->to_stop, 0, __ATOMIC_SEQ_CST);
		if (due && thread->again) stop = 1, thread->again = 0;
		if (stop) l4_thread_ex_regs(__l4re_kernel_thread(thread), ~0ul, ~0ul, L4_THREAD_EX_REGS_TRIGGER_EXCEPTION);
	}
}

/* A thread that waits for an answer can't be made to raise an exception, so threads are stopped when none does: if one has
 * begun to, it is seen to have signals when its message is received. */
static _Noreturn int watch(void *unused)
{
	l4_exc_regs_t registers;
	(void)unused;
	for (int unanswered = 0;;) {
		l4_utcb_t *utcb = l4_utcb();
		l4_umword_t label;
		l4_timeout_t limit = L4_IPC_NEVER;
		if (__common_run_timers) __common_run_timers();
		uint64_t deadline = __common_next_timer ? __common_next_timer() : FOREVER;
		if (again < deadline) deadline = again;
		if (deadline != FOREVER) l4_rcv_timeout(l4_timeout_abs_u(deadline / 1000 + !!(deadline % 1000), 4, utcb), &limit);
		if (unanswered) *l4_utcb_exc_u(utcb) = registers;
		l4_msgtag_t tag = unanswered
			? l4_ipc_reply_and_wait(utcb, l4_msgtag(0, L4_UTCB_EXCEPTION_REGS_SIZE, 0, 0), &label, limit)
			: l4_ipc_wait(utcb, &label, limit);
		unanswered = !l4_msgtag_has_error(tag) && label;
		if (unanswered) {
			registers = *l4_utcb_exc_u(utcb);
			handle_exception((struct thread *)(label & ~3ul), &registers);
		} else {
			stop_threads();
		}
	}
}

/* From now on the thread's exceptions go to the watcher. */
static void begin_to_watch(struct thread *thread)
{
	if (!watcher || thread->gate) return;
	l4_cap_idx_t gate = __l4re_new_slot();
	if (__l4re_error(l4_factory_create_gate(__l4re_environment->factory, gate, watcher->kernel, (l4_umword_t)thread)) < 0) return;
	thread->gate = gate;
	l4_thread_control_start();
	l4_thread_control_exc_handler(gate);
	if (__l4re_error(l4_thread_control_commit(__l4re_kernel_thread(thread))) >= 0) thread->exception_handler = l4_utcb_mr()->mr[2];
}

void __l4re_watch(struct thread *thread)
{
	if (thread->gate) return;
	__common_lock(&making);
	begin_to_watch(thread);
	__common_unlock(&making);
}

static int make_watcher(void)
{
	__common_lock(&making);
	if (!watcher) {
		if (!wake_up) wake_up = __l4re_new_slot();
		struct thread *thread = __l4re_take_watcher(watch);
		if (thread && __l4re_error(l4_factory_create(__l4re_environment->factory, L4_PROTO_IRQ_SENDER, wake_up)) >= 0
			&& __l4re_error(l4_rcv_ep_bind_thread(wake_up, thread->kernel, 0)) >= 0) watcher = thread;
		for (thread = 0; watcher && (thread = __backend_next_thread(thread));) begin_to_watch(thread);
	}
	__common_unlock(&making);
	return !!watcher;
}

struct thread *__l4re_watcher(void)
{
	return watcher;
}

void __backend_kick(struct thread *thread)
{
	__atomic_store_n(&thread->to_stop, 1, __ATOMIC_SEQ_CST);
	if (make_watcher()) l4_irq_trigger(wake_up);
}

/* Once watched, threads have their exceptions handled, or left to ITAS. */
void __backend_catch(int signal, int handled)
{
	(void)signal;
	if (handled) make_watcher();
}

/* It's for the case that the thread's own stack can't be used any more, not even by ITAS. */
void __backend_set_signal_stack(void *stack, size_t size)
{
	(void)stack;
	if (size) __l4re_send_page_faults(__l4re_kernel_thread(__backend_self()));
}

void __backend_timers_changed(void)
{
	if (make_watcher()) l4_irq_trigger(wake_up);
}
