/*
 * The console: the log capability, a virtual console of L4Re. What can't be read from one (Moe's log only prints) is at
 * its end at once. A wait for input looks for it from time to time, as a console's interrupt belongs to one who asks.
 */

#include <errno.h>
#include <string.h>
#include <sys/uio.h>
#include <l4/sys/vcon.h>
#include "backend.h"

#define PAUSE (SECOND / 100)

static char ahead[64]; /* what was read to find out whether there is something */
static int ahead_first, ahead_count;

/* The parts go out together in as few messages as they fit in, so that lines of several threads don't mix. */
long __l4re_console_write(const struct iovec *part, int count)
{
	char text[L4_VCON_WRITE_SIZE];
	size_t filled = 0;
	long done = 0;
	for (size_t offset = 0; count;) {
		size_t n = part->iov_len - offset < sizeof text - filled ? part->iov_len - offset : sizeof text - filled;
		memcpy(text + filled, (const char *)part->iov_base + offset, n);
		filled += n;
		offset += n;
		if (offset == part->iov_len) part++, count--, offset = 0;
		if (filled < sizeof text && count) continue;
		if (filled && l4_vcon_write(__l4re_environment->log, text, filled) < 0) return done ? done : -EIO;
		done += filled;
		filled = 0;
	}
	return done;
}

/* Returns how much there is in ahead, or an error; more than was asked for means that more could be read. */
static int look(void)
{
	if (ahead_count) return ahead_count;
	int n = l4_vcon_read(__l4re_environment->log, ahead, sizeof ahead);
	ahead_first = 0;
	ahead_count = n < 0 ? 0 : n > (int)sizeof ahead ? (int)sizeof ahead : n;
	return n < 0 ? n : ahead_count;
}

int __l4re_console_ready(void)
{
	__l4re_lock(&__l4re_console_lock);
	int n = look();
	__l4re_unlock(&__l4re_console_lock);
	return n != 0;
}

long __l4re_console_read(char *buffer, size_t size)
{
	for (;;) {
		__l4re_lock(&__l4re_console_lock);
		long n = look();
		if (n > 0) {
			if ((size_t)n > size) n = size;
			memcpy(buffer, ahead + ahead_first, n);
			ahead_first += n;
			ahead_count -= n;
		}
		__l4re_unlock(&__l4re_console_lock);
		if (n) return n < 0 ? 0 : n;
		n = __common_sleep(__backend_now() + PAUSE);
		if (n) return n;
	}
}
