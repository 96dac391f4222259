/*
 * The program's address space. The backend's heap (common/pages.c) is its memory: the pages that are mapped there are mapped in
 * the program's task when it touches them, at addresses that are lower by the same amount, with the rights that the table says.
 * A page that loses rights is taken away from the task; the next fault brings it back with those that are left.
 *
 * What linux-run needs itself comes from other memory, so that no address of the program can lead to it.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <l4/re/c/rm.h>
#include <l4/sys/ipc.h>
#include <l4/sys/task.h>
#include "user.h"

/* With all rights, as those of the task can't be more. */
unsigned __l4re_heap_rights = L4RE_RM_F_RWX;

long __backend_set_rights(void *address, size_t size, int before, int after)
{
	if (before & ~after) linux_revoke(linux_there(address), size);
	return 0;
}

/* There is nothing outside the heap. */
long __backend_rights_outside(const void *address, size_t size)
{
	(void)address, (void)size;
	return -ENOMEM;
}

/* -- Own memory: another dataspace, with a byte for each page in front. Pages come when they are touched. -- */

/* Where addresses are few, programs are to have most of them. */
#define MOST_OWN (sizeof(long) == 4 ? 256ul << 20 : ~0ul)

static l4_cap_idx_t dataspace;
static unsigned char *used;
static size_t pages, lowest; /* below, all are used */
static struct common_lock lock;

static int make(void)
{
	struct memory_information all = { .limit = 256 << 20 };
	void *address = 0;
	__l4re_memory(&all);
	size_t size = (all.limit < MOST_OWN ? all.limit : MOST_OWN) & -PAGE;
	if (!dataspace) dataspace = __l4re_new_slot();
	if (__l4re_new_dataspace(dataspace, size) < 0) return 0;
	if (__l4re_attach(&address, size, L4RE_RM_F_RWX, dataspace, 0) < 0) { /* with programs, whose pages are mapped on */
		__l4re_release(dataspace);
		return 0;
	}
	used = address;
	pages = size / PAGE;
	lowest = (pages + PAGE - 1) / PAGE;
	memset(used, 1, lowest);
	return 1;
}

static size_t free_from(size_t first, size_t count)
{
	size_t n = 0;
	while (n < count && first + n < pages && !used[first + n]) n++;
	return n;
}

/* That page, or the next one at an address where so many begin that can be mapped at once. */
static size_t next_start(size_t page, size_t count)
{
	uintptr_t unit = count*PAGE < LARGE_UNIT ? PAGE : LARGE_UNIT, address = (uintptr_t)used + page*PAGE;
	return (((address + unit - 1) & -unit) - (uintptr_t)used) / PAGE;
}

/* The first page of so many that are free; 0 if there is no such place. */
static size_t find(size_t count)
{
	while (lowest < pages && used[lowest]) lowest++;
	for (size_t first = next_start(lowest, count); first < pages; first = next_start(first, count)) {
		size_t n = free_from(first, count);
		if (n == count) return first;
		for (first += n; first < pages && used[first]; first++);
	}
	return 0;
}

static size_t count_of(size_t size)
{
	return size / PAGE + !!(size % PAGE);
}

static size_t page_of(const void *address)
{
	return (size_t)((const unsigned char *)address - used) / PAGE;
}

/* What is promised to programs is there when they touch it, whatever linux-run itself has taken. */
static int take_promises(size_t count)
{
	__backend_lock_memory();
	int is_there = __common_find_heap() && __common_take_promises(count);
	__backend_unlock_memory();
	return is_there;
}

static void return_promises(size_t count)
{
	__backend_lock_memory();
	__common_promises += count;
	__backend_unlock_memory();
}

long __common_own_memory(size_t size)
{
	size_t count = count_of(size);
	if (!take_promises(count)) return -ENOMEM;
	__common_lock(&lock);
	size_t first = used || make() ? find(count) : 0;
	memset(used + first, 1, first ? count : 0);
	__common_unlock(&lock);
	if (!first) return_promises(count);
	return first ? (long)(used + first*PAGE) : -ENOMEM;
}

void __common_free_own_memory(void *address, size_t size)
{
	size_t first = page_of(address), count = count_of(size);
	__common_lock(&lock);
	__l4re_clear(dataspace, first*PAGE, count*PAGE);
	memset(used + first, 0, count);
	if (lowest > first) lowest = first;
	__common_unlock(&lock);
	return_promises(count);
}

static int grow(void *address, size_t before, size_t after)
{
	size_t end = page_of(address) + before, more = after - before;
	if (!take_promises(more)) return 0;
	__common_lock(&lock);
	int is_free = free_from(end, more) == more;
	memset(used + end, 1, is_free ? more : 0);
	__common_unlock(&lock);
	if (!is_free) return_promises(more);
	return is_free;
}

long __common_resize_own_memory(void *memory, size_t size, size_t new_size, int may_move)
{
	size_t before = count_of(size), after = count_of(new_size);
	if (after < before) __common_free_own_memory((char *)memory + after*PAGE, (before - after)*PAGE);
	if (after <= before || grow(memory, before, after)) return (long)memory;
	long result = may_move ? __common_own_memory(new_size) : -ENOMEM;
	if (result < 0) return result;
	memcpy((void *)result, memory, size);
	__common_free_own_memory(memory, size);
	return result;
}

/* -- Pages of the task -- */

/* Makes sure that this task has the page with that right, so that it can be mapped on: L4Re is told of a page fault, as the
 * kernel would, as it gives the right to execute only if that is what failed, and an error is an answer then. */
int linux_have_page(l4_addr_t address, int protection)
{
	enum { WRITE = 2, FETCH = 4 }; /* bits below the address; Fiasco, L4::PF */
	l4_msg_regs_t *message = l4_utcb_mr();
	message->mr[0] = address | (protection & PROT_WRITE ? WRITE : 0) | (protection & PROT_EXEC ? FETCH : 0);
	message->mr[1] = address;
	l4_utcb_br()->bdr = 0;
	l4_utcb_br()->br[0] = L4_ITEM_MAP;
	l4_utcb_br()->br[1] = l4_fpage_all().raw;
	l4_msgtag_t answer = l4_ipc_call(__l4re_environment->rm, l4_utcb(), l4_msgtag(L4_PROTO_PAGE_FAULT, 2, 0, 0), L4_IPC_NEVER);
	return l4_error(answer) >= 0;
}

/* With the lock of memory held. */
static int promise_page(user_t address)
{
	struct range page;
	return __common_is_promised_at(linux_here(address))
		|| (__common_range(linux_here(address), PAGE, &page) && __common_promise_late(page));
}

/* The bytes are about to be accessed here, so they must have memory; those that have none yet were mapped with MAP_NORESERVE. */
int linux_have_memory(user_t address, size_t size)
{
	struct range range;
	user_t first = address & -PAGE, end = address + size;
	while (first < end && __common_is_promised_at(linux_here(first))) first += PAGE;
	if (first >= end) return 1;
	__backend_lock_memory();
	int is_there = __common_range(linux_here(first), end - first, &range) && __common_promise_late(range);
	__backend_unlock_memory();
	return is_there;
}

/* Brings in the page for such an access; returns whether that is allowed. Under the lock, lest another thread takes the page's
 * rights away in between. */
int linux_page_in(user_t address, int protection)
{
	if (address < USER_START || address >= linux_user_end()) return 0;
	address &= -PAGE;
	int is_here = !!linux_shared_at(linux_here(address)); /* and must not be replaced */
	enum shortage shortage = NOTHING_LACKS;
	__backend_lock_memory();
	int rights = __common_rights_at(linux_here(address)), allowed = protection & rights;
	if (allowed && rights & PAGE_OF_FILE) shortage = linux_page_in_of_file(address, rights) ? NOTHING_LACKS : TABLES_LACK;
	else if (allowed && !promise_page(address)) shortage = MEMORY_LACKS;
	else if (allowed && !is_here && !linux_have_page((l4_addr_t)linux_here(address), protection)) shortage = TABLES_LACK;
	else if (allowed && !linux_map_on(address, linux_here(address), PAGE, rights)) shortage = TABLES_LACK;
	__backend_unlock_memory();
	if (shortage) linux_end_for_memory(shortage);
	return allowed;
}

/* For each unit of the program's addresses, whether anything may be mapped in its task: the kernel takes long to find out that
 * nothing is. It is set after something is mapped, and cleared before that is taken away. */
static SPACE_VARIABLE unsigned char touched_units[LARGEST_SPACE / LARGE_UNIT + 1];

/* Fails if there is no memory for page tables. */
int linux_map_on(user_t address, const void *here, size_t size, int rights)
{
	unsigned flags = L4_FPAGE_RO | (rights & PROT_WRITE ? L4_FPAGE_W : 0) | (rights & PROT_EXEC ? L4_FPAGE_X : 0);
	l4_msgtag_t tag = l4_task_map(linux_space()->task, L4RE_THIS_TASK_CAP, l4_fpage((l4_addr_t)here, __builtin_ctzl(size), flags),
		l4_map_control(address, 0, L4_MAP_ITEM_MAP));
	__atomic_store_n(of_space(touched_units) + address / LARGE_UNIT, 1, __ATOMIC_SEQ_CST);
	return __l4re_error(tag) >= 0;
}

/* In the largest flexpages that fit. */
void linux_unmap_from(l4_cap_idx_t task, l4_addr_t address, size_t size)
{
	for (l4_addr_t end = address + size; address < end;) {
		unsigned order = L4_PAGESHIFT;
		while (!(address & ((2ul << order) - 1)) && address + (2ul << order) <= end) order++;
		l4_task_unmap(task, l4_fpage(address, order, L4_FPAGE_RWX), L4_FP_ALL_SPACES);
		address += 1ul << order;
	}
}

void linux_revoke(user_t address, size_t size)
{
	unsigned char *touched = of_space(touched_units);
	user_t end = address + size, next;
	for (user_t first = address; address < end; address = first = next) {
		next = address;
		while (next < end && __atomic_load_n(touched + next / LARGE_UNIT, __ATOMIC_SEQ_CST)) {
			user_t unit_end = (next & -LARGE_UNIT) + LARGE_UNIT;
			if (!(next % LARGE_UNIT) && unit_end <= end) __atomic_store_n(touched + next / LARGE_UNIT, 0, __ATOMIC_SEQ_CST);
			next = unit_end < end ? unit_end : end;
		}
		if (next > first) linux_unmap_from(linux_space()->task, first, next - first);
		else while (next < end && !touched[next / LARGE_UNIT]) next = (next & -LARGE_UNIT) + LARGE_UNIT;
	}
}

/* -- mmap -- */

static long map(user_t address, size_t size, int protection, int flags, int fd, uint64_t offset)
{
	void *wanted = address ? linux_here(address) : 0;
	flags &= ~MAP_UNINITIALIZED;
#ifdef __arm__
	return SYS_mmap2_function(wanted, size, protection, flags, fd, offset / 4096);
#else
	return SYS_mmap_function(wanted, size, protection, flags, fd, offset);
#endif
}

static int is_error(long result)
{
	return result < 0 && result > -4096;
}

/* A file's own memory is not the program's: it gets a place there. */
static long place_shared(long file, size_t size, int protection, user_t wanted)
{
	if (linux_is_user(linux_there((void *)file), size)) return file;
	long here = map(wanted, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), error = is_error(here) ? here : 0;
	if (!error) {
		error = linux_share_file((void *)here, (void *)file, size);
		if (!error) error = SYS_mprotect_function((void *)here, size, protection);
		if (!error) return here;
		linux_unshare((void *)here, size);
		SYS_munmap_function((void *)here, size);
	}
	SYS_munmap_function((void *)file, size);
	return error;
}

/* Memory that processes share is that of a file without a name. Where it has to be is where it can't be shared. */
static int is_shared_without_file(int flags)
{
	int type = flags & MAP_TYPE;
	int is_shared = type == MAP_SHARED || type == MAP_SHARED_VALIDATE, is_fixed = !!(flags & (MAP_FIXED | MAP_FIXED_NOREPLACE));
	return is_shared && flags & MAP_ANONYMOUS && !is_fixed;
}

static long map_new_file(size_t size, int protection)
{
	struct file *file = __common_new_memory_file();
	void *address;
	if (!file) return -ENOMEM;
	long error = file->kind->map(file, 0, size, protection, &address);
	__common_put(file);
	return error ? error : (long)address;
}

/* A place for a mapping, where it can be mapped in large flexpages if there is a file's content there. */
long linux_find_place(user_t wanted, size_t size, int flags)
{
	const size_t unit = LARGE_UNIT, rest = unit - PAGE;
	flags |= MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
	if (wanted || size < unit) return linux_map(wanted, size, PROT_NONE, flags, -1, 0);
	long place = linux_map(0, size + rest, PROT_NONE, flags, -1, 0);
	if (is_error(place)) return linux_map(0, size, PROT_NONE, flags, -1, 0);
	size_t before = -place & (unit - 1), after = rest - before;
	if (before) SYS_munmap_function(linux_here(place), before);
	if (after) SYS_munmap_function(linux_here(place + before + size), after);
	return place + before;
}

/* Of a file's own pages; what is behind its end is zero. Returns 0 if it has to be a copy. */
static long map_content(user_t address, size_t size, int protection, int flags, int fd, uint64_t offset)
{
	struct file *file = size && !(offset % PAGE) ? __common_file(fd) : 0;
	int may_read = file && (file->flags & O_ACCMODE) != O_WRONLY;
	struct content *content = may_read && file->kind->content ? file->kind->content(file) : 0;
	if (file) __common_put(file);
	if (!content) return 0;
	long place = 0, error = 0;
	if (offset < content->size) {
		size_t whole = (size + PAGE - 1) & -PAGE, rest = (content->size - offset + PAGE - 1) & -PAGE;
		place = linux_find_place(address, whole, flags & (MAP_FIXED | MAP_FIXED_NOREPLACE));
		if (!is_error(place)) {
			error = linux_map_content(content, linux_here(place), offset, whole < rest ? whole : rest, protection);
			if (!error && whole > rest) error = SYS_mprotect_function(linux_here(place + rest), whole - rest, protection);
			if (error) linux_end_file_pages(linux_here(place), whole), SYS_munmap_function(linux_here(place), whole);
		}
	}
	__common_put_content(content);
	return error ? error : place;
}

long linux_map(user_t address, size_t size, int protection, int flags, int fd, uint64_t offset)
{
	if (!__common_find_heap() || size > linux_user_end() || !linux_may_map(size)) return -ENOMEM;
	int fixed = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE);
	size_t whole = (size + PAGE - 1) & -PAGE;
	if (!linux_is_user(address, whole)) {
		if (fixed) return address < USER_START ? -EPERM : -ENOMEM;
		address = 0;
	}
	if (protection & PROT_EXEC && flags & MAP_ANONYMOUS) machine_expects_code();
	if (flags & MAP_FIXED && !(address % PAGE) && size) {
		if (linux_end_file_pages(linux_here(address), whole)) return -ENOMEM;
		linux_unshare(linux_here(address), whole);
		linux_revoke(address, whole);
	}
	if (!(flags & MAP_ANONYMOUS) && (flags & MAP_TYPE) == MAP_PRIVATE && !(protection & PROT_WRITE)) {
		long place = map_content(address, size, protection, flags, fd, offset);
		if (place) return place;
	}
	long result = size && is_shared_without_file(flags) ? map_new_file(size, protection)
		: map(address, size, protection, flags, fd, offset);
	if (!is_error(result)) result = place_shared(result, whole, protection, address);
	return is_error(result) ? result : (long)linux_there((void *)result);
}

void linux_unmap_all(void)
{
	if (!__common_find_heap()) return;
	linux_end_file_pages(__common_heap.start, __common_heap.pages*PAGE);
	linux_unshare(__common_heap.start, __common_heap.pages*PAGE);
	for (struct range part = { 0 }; __common_next_part(&part);)
		linux_revoke(linux_there(__common_address(part.first)), part.count*PAGE);
	/* No page is kept: to use one again that is shared with a parent, or was never touched, takes longer than to get another. */
	__backend_lock_memory();
	__common_empty_space();
	__backend_unlock_memory();
}
