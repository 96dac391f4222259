/* The variables of the vDSO, in the page before it. Programs can read them. Also included by assembly. */
#ifndef VDSO_H
#define VDSO_H

#define VDSO_PAGE 4096

#define VDSO_SEQUENCE 0   /* odd: they are being changed */
#define VDSO_USABLE 4     /* 0: time is to be had by calls only */
#define VDSO_SCALER 8     /* nanoseconds are counter * scaler >> (32 - shift) */
#define VDSO_SHIFT 16
#define VDSO_DAY_OFFSET 24 /* from the monotonic clock to the time of day */

/* Bits of the clocks that can be read: all that are not of processor time, but for those of alarms. And those of the day. */
#define VDSO_CLOCKS 0x8f3
#define VDSO_DAY_CLOCKS 0x821
#define VDSO_LAST_CLOCK 11

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

struct vdso_variables {
	uint32_t sequence, usable;
	uint64_t scaler, shift;
	int64_t day_offset;
};

_Static_assert(offsetof(struct vdso_variables, scaler) == VDSO_SCALER
	&& offsetof(struct vdso_variables, day_offset) == VDSO_DAY_OFFSET, "as the functions have it");

#endif

#endif
