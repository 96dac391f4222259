/* select, for musl in the form of pselect6. */

#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include "common.h"
#include "common/polling.h"

enum { SETS = 3, LONG_BITS = 8*sizeof(long), MOST_LONGS = (DESCRIPTORS + LONG_BITS - 1) / LONG_BITS };

/* What makes a descriptor belong into which set. */
static const unsigned meaning[SETS] = { POLLIN | POLLHUP | POLLERR, POLLOUT | POLLERR, POLLPRI };

/* How many descriptors belong into the sets; marks them in the results. */
static int look(int fds, unsigned long *const sets[SETS], unsigned long results[SETS][MOST_LONGS])
{
	int ready = 0;
	memset(results, 0, SETS * sizeof *results);
	for (int fd = 0; fd < fds; fd++) {
		unsigned long index = fd / LONG_BITS, bit = 1ul << fd % LONG_BITS;
		unsigned asked = 0;
		for (int i = 0; i < SETS; i++) if (sets[i] && sets[i][index] & bit) asked |= 1 << i;
		if (!asked) continue;
		struct file *file = __common_file(fd);
		if (!file) return -EBADF;
		unsigned has = __common_ready(file);
		__common_put(file);
		for (int i = 0; i < SETS; i++) {
			if (!(asked >> i & 1) || !(has & meaning[i])) continue;
			results[i][index] |= bit;
			ready++;
		}
	}
	return ready;
}

static long select_until(int fds, unsigned long *const sets[SETS], uint64_t deadline)
{
	unsigned long results[SETS][MOST_LONGS];
	int ready, over = 0;
	if (fds > DESCRIPTORS) fds = DESCRIPTORS;
	for (;;) {
		int seen = __common_event_count();
		ready = look(fds, sets, results);
		if (ready || over) break;
		long error = __common_wait_for_event(seen, deadline);
		if (error == -EINTR) return error;
		over = error == -ETIMEDOUT;
	}
	if (ready < 0) return ready;
	for (int i = 0; i < SETS; i++)
		if (sets[i]) memcpy(sets[i], results[i], (fds + LONG_BITS - 1) / LONG_BITS * sizeof(long));
	return ready;
}

long SYS_pselect6_function(int fds, unsigned long *readable, unsigned long *writable, unsigned long *exceptional,
	struct kernel_timespec *time, const struct mask_and_size *mask)
{
	unsigned long *const sets[SETS] = { readable, writable, exceptional };
	const uint32_t *bits = mask ? mask->mask : 0;
	if (fds < 0 || (time && !__common_valid(time)) || (bits && mask->size != 2*sizeof *bits)) return -EINVAL;
	uint64_t deadline = time ? __common_after(time) : FOREVER;
	__common_begin_mask(bits);
	long result = select_until(fds, sets, deadline);
	__common_end_mask();
	if (time) *time = __common_rest(deadline);
	return result;
}
