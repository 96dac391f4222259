/* How long the machine runs, and what memory and threads there are. */

#include <string.h>
#include "common.h"

_Static_assert(sizeof(struct kernel_sysinfo) == (sizeof(long) == 8 ? 112 : 64), "the kernel's structure");

long SYS_sysinfo_function(struct kernel_sysinfo *information)
{
	size_t total, unused;
	long error = __backend_memory(&total, &unused);
	if (error < 0) return error;
	memset(information, 0, sizeof *information);
	information->uptime = __backend_now() / SECOND;
	information->totalram = total;
	information->freeram = unused;
	information->procs = __backend_thread_count();
	information->mem_unit = 1;
	return 0;
}
