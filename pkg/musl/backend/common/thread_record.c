/* What is kept for each thread and nobody else needs: its number, and two addresses that musl hands over. */

#include <errno.h>
#include "common.h"

long SYS_set_tid_address_function(int *address)
{
	__backend_self()->clear_at_exit = address;
	return __backend_self()->id;
}

long SYS_gettid_function(void)
{
	return __backend_self()->id;
}

/* The list would serve a thread that is killed; here threads end in pthread_exit only, where musl walks it itself. */
long SYS_set_robust_list_function(void *list, size_t size)
{
	if (size != 3*sizeof(long)) return -EINVAL;
	__backend_self()->robust_list = list;
	return 0;
}

long SYS_get_robust_list_function(pid_t id, void **list, size_t *size)
{
	struct thread *thread = id ? __backend_find(id) : __backend_self();
	if (!thread) return -ESRCH;
	*list = thread->robust_list;
	*size = 3*sizeof(long);
	return 0;
}
