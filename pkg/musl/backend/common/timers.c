/* What is to happen at a time: a list in the order of the times, which the backend looks at. */

#include "common.h"

static struct {
	struct common_lock lock;
	struct common_timer *first;
	uint64_t next; /* deadline of the first; read without the lock */
} list = { .next = FOREVER };

uint64_t __common_next_timer(void)
{
	return __atomic_load_n(&list.next, __ATOMIC_SEQ_CST);
}

static void remove(struct common_timer *timer)
{
	struct common_timer **link = &list.first;
	while (*link && *link != timer) link = &(*link)->next;
	if (*link) *link = timer->next;
}

static void update(void)
{
	__atomic_store_n(&list.next, list.first ? list.first->deadline : FOREVER, __ATOMIC_SEQ_CST);
}

void __common_set_timer(struct common_timer *timer, uint64_t deadline)
{
	__common_lock(&list.lock);
	remove(timer);
	timer->deadline = deadline;
	if (deadline != FOREVER) {
		struct common_timer **link = &list.first;
		while (*link && (*link)->deadline <= deadline) link = &(*link)->next;
		timer->next = *link;
		*link = timer;
	}
	int is_first = list.first == timer;
	update();
	__common_unlock(&list.lock);
	if (is_first) __backend_timers_changed();
}

/* One that is over is off the list before its function is called, which may set it again. */
void __common_run_timers(void)
{
	for (;;) {
		if (__common_next_timer() > __backend_now()) return;
		__common_lock(&list.lock);
		struct common_timer *timer = list.first;
		if (timer && timer->deadline > __backend_now()) timer = 0;
		if (timer) list.first = timer->next;
		update();
		__common_unlock(&list.lock);
		if (timer) timer->expire(timer);
	}
}
