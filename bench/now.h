/* The virtual counter in nanoseconds. With QEMU's -icount shift=0, one is an instruction. */
#ifndef NOW_H
#define NOW_H

#include <stdint.h>

static uint64_t now(void)
{
#ifdef __aarch64__
	uint64_t ticks, frequency;
	__asm__ volatile ("isb; mrs %0, cntvct_el0; mrs %1, cntfrq_el0" : "=r"(ticks), "=r"(frequency) : : "memory");
#else
	uint64_t ticks;
	uint32_t frequency;
	__asm__ volatile ("isb; mrrc p15, 1, %Q0, %R0, c14; mrc p15, 0, %1, c14, c0, 0"
		: "=r"(ticks), "=r"(frequency) : : "memory");
#endif
	return ticks / frequency * 1000000000 + ticks % frequency * 1000000000 / frequency;
}

#endif
