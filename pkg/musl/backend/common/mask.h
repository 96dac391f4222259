/* The signal mask for the time of a call: of ppoll, pselect and epoll_pwait. */
#ifndef COMMON_MASK_H
#define COMMON_MASK_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/* The mask is in effect from here on, to the call of the second one, which brings back the one that was before and delivers
 * what it lets through. Without a mask (null) there is nothing to do. */
long __common_begin_mask(const uint32_t *mask, size_t size, uint64_t *before);
void __common_end_mask(const uint32_t *mask, uint64_t before);

#pragma GCC visibility pop

#endif
