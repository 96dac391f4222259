/*
 * Time. The monotonic clock is the virtual counter of the generic timer. Of the time of day semihosting knows whole
 * seconds only (SYS_TIME), and QEMU's real time clock does as well: it is read once, at the first question, so
 * CLOCK_REALTIME is up to a second late, but runs evenly from then on. SYS_CLOCK is no help: in QEMU it is processor time.
 */

#include "semihosting.h"

uint64_t __semihosting_ticks(void)
{
	uint64_t ticks;
#ifdef __aarch64__
	__asm__ volatile ("isb\n\tmrs %0, cntvct_el0" : "=r"(ticks) : : "memory");
#else
	__asm__ volatile ("isb\n\tmrrc p15, 1, %Q0, %R0, c14" : "=r"(ticks) : : "memory");
#endif
	return ticks;
}

uint64_t __semihosting_frequency(void)
{
	unsigned long frequency;
#ifdef __aarch64__
	__asm__ ("mrs %0, cntfrq_el0" : "=r"(frequency));
#else
	__asm__ ("mrc p15, 0, %0, c14, c0, 0" : "=r"(frequency));
#endif
	return frequency;
}

/* Nanoseconds since the machine started. Seconds and the rest apart, for the product to fit in 64 bits. */
uint64_t __backend_now(void)
{
	uint64_t ticks = __semihosting_ticks(), frequency = __semihosting_frequency();
	return ticks / frequency * SECOND + ticks % frequency * SECOND / frequency;
}

int64_t __backend_day_offset(void)
{
	return (unsigned long)__semihosting_call(SH_TIME, 0) * (uint64_t)SECOND - __backend_now();
}

static int64_t ended;

/* Of threads that have ended. */
void __semihosting_ended_time(int64_t used)
{
	ended += used;
}

int64_t __backend_ended_time(void)
{
	return ended;
}

int64_t __backend_clock_resolution(void)
{
	uint64_t frequency = __semihosting_frequency();
	return (SECOND + frequency - 1) / frequency;
}
