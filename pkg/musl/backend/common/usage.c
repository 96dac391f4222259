/* What the process has used. Nobody tells the time that the system worked for it from its own, so all is its own. */

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <time.h>
#include "common.h"

#define HERTZ 100 /* sysconf(_SC_CLK_TCK) */

/* The kernel's: in both its times have the size of long, and musl converts. */
struct kernel_rusage { long user[2], system[2], others[14]; };

long SYS_getrusage_function(int who, struct kernel_rusage *usage)
{
	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != 1 /* RUSAGE_THREAD */) return -EINVAL;
	memset(usage, 0, sizeof *usage);
	clockid_t clock = who == RUSAGE_SELF ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_THREAD_CPUTIME_ID;
	int64_t time = who == RUSAGE_CHILDREN ? __common_time_of_children() : __common_clock(clock);
	usage->user[0] = time / SECOND;
	usage->user[1] = time % SECOND / 1000;
	return 0;
}

long SYS_times_function(struct tms *times)
{
	const int64_t tick = SECOND / HERTZ;
	if (times) {
		*times = (struct tms){
			.tms_utime = __common_clock(CLOCK_PROCESS_CPUTIME_ID) / tick, .tms_cutime = __common_time_of_children() / tick,
		};
	}
	return __backend_now() / tick;
}
