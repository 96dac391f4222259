/*
 * The virtual timer's interrupt: threads take turns, waits end in time, and signals reach a thread that makes no calls.
 * Only a program with threads or timers needs it, and starts it.
 *
 * What this backend does between two calls is atomic, and needs no locks: an interrupt that comes in its code, or in the
 * few functions of libraries that it uses, is put off. The linker script keeps all that together (link.ld). An interrupt in
 * other code makes the thread call "turn", in effect, which does as a thread that yields.
 */

#include "common/signals.h"
#include "semihosting.h"

#define TURN (SECOND / 100)
#define SOON (SECOND / 20000)

#define CORE_INTERFACE 0x08010000ul
#define REGISTER(base, offset) (*(volatile uint32_t *)((base) + (offset)))

extern __attribute__((visibility("hidden"))) char __semihosting_atomic_begin[], __semihosting_atomic_end[]; /* link.ld */

__attribute__((weak)) __typeof__(__common_due) __common_due;
__attribute__((weak)) __typeof__(__common_deliver_at) __common_deliver_at;

static int running;

static void unmask(void)
{
#ifdef __aarch64__
	__asm__ volatile ("msr daifclr, #2" : : : "memory");
#else
	__asm__ volatile ("cpsie i" : : : "memory");
#endif
}

static void mask(void)
{
#ifdef __aarch64__
	__asm__ volatile ("msr daifset, #2" : : : "memory");
#else
	__asm__ volatile ("cpsid i" : : : "memory");
#endif
}

static void set(uint64_t length)
{
	uint64_t earliest = __semihosting_earliest(), next = __backend_now() + length;
	__semihosting_set_timer(earliest < next ? earliest : next);
}

/* The timer is used by another, who sets the tick again. */
void __semihosting_stop_ticks(void)
{
	if (running) mask();
}

void __semihosting_set_tick(void)
{
	if (!running) return;
	set(TURN);
	unmask();
}

void __semihosting_start_ticks(void)
{
	if (!running) running = __semihosting_enable_timer();
	__semihosting_set_tick();
}

static __attribute__((noinline)) void deliver(struct frame *frame)
{
	ucontext_t context;
	__semihosting_tell_frame(frame, 0, &context);
	__common_deliver_at(__backend_self(), &context);
	__semihosting_take_frame(frame, &context);
}

static void turn(void *frame)
{
	struct thread *self = __backend_self();
	__common_begin_busy(); /* what other calls deliver at their end, is delivered here, with the frame */
	__semihosting_take_turns();
	__atomic_sub_fetch(&self->signals.busy, 1, __ATOMIC_SEQ_CST);
	if (__common_due && __common_due(self) & TO_HANDLE) deliver(frame);
	__semihosting_resume(frame, FRAME);
}

void __semihosting_interrupt(struct frame *frame)
{
	uint32_t number = REGISTER(CORE_INTERFACE, 12); /* GICC_IAR: acknowledges it */
	int atomic = frame->pc - (unsigned long)__semihosting_atomic_begin
		< (unsigned long)(__semihosting_atomic_end - __semihosting_atomic_begin);
	if (atomic || __backend_self()->signals.busy) {
		__semihosting_set_timer(__backend_now() + SOON);
	} else {
		set(TURN);
		struct frame *copy = (struct frame *)((frame->sp - sizeof *copy) & -16ul);
		*copy = *frame;
		__semihosting_redirect(frame, turn, copy);
	}
	REGISTER(CORE_INTERFACE, 16) = number; /* GICC_EOIR */
}

void __backend_timers_changed(void)
{
	__semihosting_start_ticks();
}
