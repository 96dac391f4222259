/* For programs that use L4 itself (include/pthread-l4.h). No call of musl needs it. */

#include "backend.h"
#include "include/pthread-l4.h"

/* In all threads, the thread pointer is equally far from what pthread_self returns. */
l4_cap_idx_t pthread_l4_cap(pthread_t id)
{
	char *pointer = (char *)id + ((char *)__builtin_thread_pointer() - (char *)pthread_self());
	for (struct thread *thread = 0; (thread = __backend_next_thread(thread));)
		if (thread->kernel && thread->pointer == pointer) return thread->kernel;
	return __l4re_environment->main_thread;
}
