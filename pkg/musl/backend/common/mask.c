/* The signal mask for the time of a call. */

#include <errno.h>
#include <signal.h>
#include "common.h"
#include "common/mask.h"

#define NEVER_BLOCKED (1ull << (SIGKILL - 1) | 1ull << (SIGSTOP - 1))

long __common_begin_mask(const uint32_t *mask, size_t size, uint64_t *before)
{
	if (!mask) return 0;
	if (size != sizeof *before) return -EINVAL;
	*before = __atomic_exchange_n(&__backend_self()->signals.mask,
		(mask[0] | (uint64_t)mask[1] << 32) & ~NEVER_BLOCKED, __ATOMIC_SEQ_CST);
	return 0;
}

void __common_end_mask(const uint32_t *mask, uint64_t before)
{
	if (!mask) return;
	__common_begin_busy();
	__atomic_store_n(&__backend_self()->signals.mask, before, __ATOMIC_SEQ_CST);
	__common_end_busy();
}
