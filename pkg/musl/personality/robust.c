/*
 * Robust futexes: at the end of a thread, the locks that it still has are marked and given up, as linux/kernel/futex does it. The
 * list of them is in the program's memory, so it can be anything.
 */

#include "user.h"

/* linux/futex.h */
#define LIST_LIMIT 2048
#define WAITED_FOR 0x80000000u
#define OWNER_DIED 0x40000000u
#define OWNER 0x3fffffffu
#define HAS_PRIORITIES 1ul /* in an entry's address: it is a lock of FUTEX_LOCK_PI */

struct head { user_t first; long offset; user_t pending; };

/* Of a word that the thread owns; returns 0 if it can't be what it should be. A pending one may just have been given up, without
 * waking anybody yet. */
static int give_up(user_t address, int id, int is_pending, int has_priorities)
{
	int *word = address % sizeof(int) ? 0 : linux_writable_word(address);
	if (!word) return 0;
	unsigned value = __atomic_load_n(word, __ATOMIC_SEQ_CST), next;
	do {
		if (is_pending && !has_priorities && !value) __backend_wake(linux_futex_at(word), 1, ~0u);
		if ((value & OWNER) != (unsigned)id) return 1;
		next = (value & WAITED_FOR) | OWNER_DIED;
	} while (!__atomic_compare_exchange_n(word, (int *)&value, next, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
	if (value & WAITED_FOR) __backend_wake(linux_futex_at(word), 1, ~0u);
	return 1;
}

static int give_up_entry(user_t entry, const struct head *head, int id, int is_pending)
{
	return give_up((entry & ~HAS_PRIORITIES) + head->offset, id, is_pending, !!(entry & HAS_PRIORITIES));
}

void linux_give_up_locks(struct thread *thread)
{
	user_t start = (user_t)thread->robust_list, entry, next;
	struct head head;
	thread->robust_list = 0;
	if (!start || copy_from_user(&head, start, sizeof head)) return;
	entry = head.first;
	for (int i = 0; i < LIST_LIMIT && (entry & ~HAS_PRIORITIES) != start; i++, entry = next) {
		/* The word may be another's as soon as it is given up, and the entry with it. */
		long error = copy_from_user(&next, entry & ~HAS_PRIORITIES, sizeof next);
		if ((entry & ~HAS_PRIORITIES) != (head.pending & ~HAS_PRIORITIES) && !give_up_entry(entry, &head, thread->id, 0)) break;
		if (error) break;
	}
	if (head.pending) give_up_entry(head.pending, &head, thread->id, 1);
}
