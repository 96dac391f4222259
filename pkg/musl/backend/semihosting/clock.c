/*
 * Time. The monotonic clock is the virtual counter of the generic timer. Of the time of day semihosting knows whole
 * seconds only (SYS_TIME), and QEMU's real time clock does as well: it is read once, at the first question, so
 * CLOCK_REALTIME is up to a second late, but runs evenly from then on. SYS_CLOCK is no help: in QEMU it is processor time.
 */

#include <errno.h>
#include <time.h>
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
uint64_t __semihosting_now(void)
{
	uint64_t ticks = __semihosting_ticks(), frequency = __semihosting_frequency();
	return ticks / frequency * SECOND + ticks % frequency * SECOND / frequency;
}

/* What must be added to the monotonic clock for the time of day. */
uint64_t __semihosting_real_offset(void)
{
	static uint64_t offset;
	if (!offset) offset = (unsigned long)__semihosting_call(SH_TIME, 0) * (uint64_t)SECOND - __semihosting_now();
	return offset;
}

static int read_clock(clockid_t clock, uint64_t *result)
{
	uint64_t now = __semihosting_now();
	switch (clock) {
	case CLOCK_MONOTONIC: case CLOCK_MONOTONIC_RAW: case CLOCK_MONOTONIC_COARSE: case CLOCK_BOOTTIME: break;
	case CLOCK_REALTIME: case CLOCK_REALTIME_COARSE: now += __semihosting_real_offset(); break;
	case CLOCK_PROCESS_CPUTIME_ID: now -= __semihosting_idle_time(); break;
	default: return -EINVAL;
	}
	*result = now;
	return 0;
}

long SYS_clock_gettime_function(clockid_t clock, struct kernel_timespec *result)
{
	uint64_t time;
	int error = read_clock(clock, &time);
	if (!error) *result = (struct kernel_timespec){ time / SECOND, time % SECOND };
	return error;
}

long SYS_clock_getres_function(clockid_t clock, struct kernel_timespec *result)
{
	uint64_t time, frequency = __semihosting_frequency();
	int error = read_clock(clock, &time);
	if (!error && result) *result = (struct kernel_timespec){ 0, (SECOND + frequency - 1) / frequency };
	return error;
}

#ifdef __aarch64__
long SYS_gettimeofday_function(struct kernel_timespec *result, void *zone)
{
	(void)zone;
	SYS_clock_gettime_function(CLOCK_REALTIME, result);
	result->tv_nsec /= 1000;
	return 0;
}
#endif
