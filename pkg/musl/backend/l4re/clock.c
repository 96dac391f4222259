/*
 * Time. The monotonic clock is the kernel's: it runs from the start of the machine. The time of day comes from L4Re's server
 * for it (its package rtc), if the program has a capability "rtc"; else CLOCK_REALTIME begins at 0 with the machine, until
 * the program sets it for itself.
 */

#include <l4/sys/kip.h>
#include <l4/sys/thread.h>
#include "backend.h"

/* Read by code of the kernel in the kernel information page. */
uint64_t __backend_now(void)
{
	return l4_kip_clock_ns(__l4re_kernel_information);
}

int64_t __backend_day_offset(void)
{
	int64_t offset;
	l4_cap_idx_t server = l4re_env_get_cap_e("rtc", __l4re_environment);
	return l4_is_valid_cap(server) && __l4re_day_offset(server, &offset) >= 0 ? offset : 0;
}

static PROCESS_VARIABLE int64_t ended;

/* From now on the thread's time is that of threads that have ended. */
void __l4re_end_time(struct thread *thread)
{
	int64_t used = __backend_thread_time(thread);
	thread->used_before += used;
	__atomic_fetch_add(&of_process(ended), used, __ATOMIC_RELAXED);
}

int64_t __backend_ended_time(void)
{
	return __atomic_load_n(&of_process(ended), __ATOMIC_RELAXED);
}

int64_t __backend_thread_time(struct thread *thread)
{
	l4_kernel_clock_t microseconds = 0;
	if (__l4re_error(l4_thread_stats_time(__l4re_kernel_thread(thread), &microseconds)) < 0) return 0;
	return microseconds*1000 - thread->used_before;
}

/* Sleeps and timeouts are counted in microseconds. A kernel without CONFIG_SYNC_CLOCK only counts its ticks. */
int64_t __backend_clock_resolution(void)
{
	return 1000;
}
