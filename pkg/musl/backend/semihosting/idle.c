/*
 * Nothing to do until a time: the core sleeps in WFI, so QEMU takes no processor time of the host. The virtual timer's
 * interrupt ends the WFI without being taken, as interrupts are masked here, but it must get through the interrupt
 * controller, a GICv2 of which virt's memory map is known: QEMU, hw/arm/virt.c, base_memmap. With gic-version=3, which
 * the core shows in ID_AA64PFR0_EL1, the loop just spins.
 */

#include "semihosting.h"

#define DISTRIBUTOR 0x08000000ul
#define CORE_INTERFACE 0x08010000ul
#define REGISTER(base, offset) (*(volatile uint32_t *)((base) + (offset)))
#define TIMER_INTERRUPT 27 /* the virtual timer's private interrupt: QEMU, include/hw/arm/bsa.h */

/* Only a program with threads or timers has ticks. */
__attribute__((weak)) __typeof__(__semihosting_stop_ticks) __semihosting_stop_ticks;
__attribute__((weak)) __typeof__(__semihosting_set_tick) __semihosting_set_tick;

static uint64_t idle_time;

int64_t __semihosting_processor_time(void)
{
	return __backend_now() - idle_time;
}

static void set_timer(uint64_t ticks, unsigned long control)
{
#ifdef __aarch64__
	__asm__ volatile ("msr cntv_cval_el0, %0\n\tmsr cntv_ctl_el0, %1\n\tisb" : : "r"(ticks), "r"(control) : "memory");
#else
	__asm__ volatile ("mcrr p15, 3, %Q0, %R0, c14\n\tmcr p15, 0, %1, c14, c3, 1\n\tisb" : : "r"(ticks), "r"(control) : "memory");
#endif
}

/* One tick of the counter more, so that rounding cannot make it early. */
void __semihosting_set_timer(uint64_t deadline)
{
	uint64_t frequency = __semihosting_frequency();
	if (deadline == FOREVER) set_timer(0, 0);
	else set_timer(deadline / SECOND * frequency + deadline % SECOND * frequency / SECOND + 1, 1);
}

/* Returns whether its interrupt gets through to the core. */
int __semihosting_enable_timer(void)
{
	static int state;
	if (state) return state > 0;
#ifdef __aarch64__
	unsigned long features;
	__asm__ ("mrs %0, id_aa64pfr0_el1" : "=r"(features));
	if (features >> 24 & 15) {
		state = -1;
		return 0;
	}
#endif
	REGISTER(DISTRIBUTOR, 0x100) = 1u << TIMER_INTERRUPT; /* GICD_ISENABLER0 */
	REGISTER(DISTRIBUTOR, 0) = 1;                         /* GICD_CTLR */
	REGISTER(CORE_INTERFACE, 4) = 0xff;                   /* GICC_PMR: all priorities */
	REGISTER(CORE_INTERFACE, 0) = 1;                      /* GICC_CTLR */
	state = 1;
	return 1;
}

void __semihosting_idle_until(uint64_t deadline)
{
	uint64_t begin = __backend_now(), now;
	int wait = __semihosting_enable_timer();
	if (__semihosting_stop_ticks) __semihosting_stop_ticks();
	if (wait) __semihosting_set_timer(deadline);
	while ((now = __backend_now()) < deadline)
		if (wait) __asm__ volatile ("wfi" : : : "memory");
	if (wait) __semihosting_set_timer(FOREVER);
	idle_time += now - begin;
	if (__semihosting_set_tick) __semihosting_set_tick();
}
