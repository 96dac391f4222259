/*
 * Address spaces: each is a task for the program, and a range of addresses here that has the program's memory (memory.c). Those
 * of processes that have ended are used again, as the objects and addresses of a space can't be given back as easily as memory.
 */

#include <string.h>
#include <l4/sys/factory.h>
#include "processes.h"
#include "user.h"

/* link.ld */
extern __attribute__((visibility("hidden"))) char __space_variables[], __space_variables_end[];

SPACE_VARIABLE struct space linux_first_space;

static struct common_lock lock;
static struct space *unused, *all = &linux_first_space;

ptrdiff_t __common_act_in_space(ptrdiff_t distance)
{
	struct thread *self = __backend_self();
	ptrdiff_t before = self->space_distance;
	self->space_distance = distance;
	return before;
}

static struct space *take(void)
{
	__common_lock(&lock);
	struct space *space = unused;
	if (space) unused = space->next;
	__common_unlock(&lock);
	if (space) return space;
	long memory = __common_own_memory(__space_variables_end - __space_variables);
	if (memory < 0) return 0;
	ptrdiff_t distance = (char *)memory - __space_variables;
	space = &at_distance(distance, linux_first_space);
	space->distance = distance;
	__common_lock(&lock);
	space->older = all;
	all = space;
	__common_unlock(&lock);
	return space;
}

static void give(struct space *space)
{
	__common_lock(&lock);
	space->next = unused;
	unused = space;
	__common_unlock(&lock);
}

/* What it has got stays its own, even if something else was lacking. */
static int equip(struct space *space)
{
	l4_fpage_t no_utcbs = l4_fpage_invalid();
	if (!space->task) {
		l4_cap_idx_t slot = __l4re_new_slot();
		if (__l4re_error(l4_factory_create_task(__l4re_environment->factory, slot, &no_utcbs)) < 0) return 0;
		space->task = slot;
	}
	ptrdiff_t before = __common_act_in_space(space->distance);
	__backend_lock_memory();
	int found = __common_find_heap();
	__backend_unlock_memory();
	__common_act_in_space(before);
	return found;
}

struct space *linux_new_space(void)
{
	struct space *space = take();
	if (!space) return 0;
	if (!equip(space)) {
		give(space);
		return 0;
	}
	space->references = 1;
	return space;
}

struct space *linux_copy_space(void)
{
	const struct space *from = linux_space();
	struct space *space = linux_new_space();
	if (!space) return 0;
	struct piece *pieces = linux_new_pieces();
	__backend_lock_memory();
	long error = __common_copy_space(space->distance);
	if (!error) error = linux_inherit_file_pages(space->distance, &pieces);
	__backend_unlock_memory();
	linux_free_pieces(pieces);
	if (!error) error = __common_inherit_shared_mappings(space->distance);
	if (!error) error = linux_inherit_shared_files(space->distance);
	space->trampoline = from->trampoline;
	space->break_start = from->break_start;
	space->break_end = from->break_end;
	memcpy(space->images, from->images, sizeof space->images);
	if (!error) return space;
	linux_put_space(space);
	return 0;
}

void linux_put_space(struct space *space)
{
	if (__atomic_sub_fetch(&space->references, 1, __ATOMIC_ACQ_REL)) return;
	ptrdiff_t before = __common_act_in_space(space->distance);
	linux_end_file_pages(__common_heap.start, __common_heap.pages*PAGE);
	linux_unshare(__common_heap.start, __common_heap.pages*PAGE);
	__backend_lock_memory();
	__common_empty_space();
	__backend_unlock_memory();
	__common_act_in_space(before);
	give(space);
}

void linux_use_space(struct space *space)
{
	struct process *process = __common_process();
	struct space *before = process->space;
	process->space = space;
	__common_act_in_space(space->distance);
	linux_put_space(before);
}

void __common_give_back_everywhere(void)
{
	ptrdiff_t before = __backend_self()->space_distance;
	__common_lock(&lock);
	for (const struct space *space = all; space; space = space->older) {
		__common_act_in_space(space->distance);
		__common_give_back_kept();
	}
	__common_unlock(&lock);
	__common_act_in_space(before);
}
