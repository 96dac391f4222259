/*
 * The state of each page of memory, as a byte in a table. Bytes of pages never used are never touched.
 *
 * Mappings are placed from above, and what brk gives grows from below; between the two lie pages that were never used. A
 * large mapping gets room above it, which stays free as long as there is other room, so that it can grow in its place.
 *
 * Memory that a program frees is kept for the next one who wants it, up to a limit: to get it from the backend again may cost
 * fifty times as much as to clear it. It goes back beyond that limit, and when there is too little for what is promised.
 */

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include "common.h"
#include "common/pages.h"

#define USUAL (PROT_READ | PROT_WRITE)
#define USED 0x80
#define PROMISED 0x40
#define DIRTY 0x20  /* was accessible since the backend had it: it may have memory, and something in it */
#define SPARSE 0x10 /* was mapped without any rights, as stacks are: more is mapped than is used, so none is kept */
#define LATE 0x08   /* was mapped without a promise, and got one when it was touched */
#define RIGHTS 7    /* of the byte: the page's rights, with those bits changed that are set in USUAL */

#define KEPT_AT_MOST 8192 /* pages: 32 MiB, or an eighth of the memory */
#define ASKED_FOR 256     /* of so many pages, whether there's memory now is asked, too */

#define GROWS 32          /* mappings of so many pages get room: malloc uses realloc's mremap for such ones */
#define ROOM_CLASS 12     /* with it they are 4096 pages, or another power of 2 up to 32768 */
#define CLASSES 16
#define ROOMS 32

#define CHUNK 4096   /* pages, of which is noted whether any of them was ever used */
#define FAR 1024     /* pages: so far is looked for the end of room that has grown */
#define WORD_OF(byte) (~0ul / 0xff * (byte)) /* the same for as many pages as the table has in a word */
#define ALL_USED WORD_OF(USED)

SPACE_VARIABLE struct heap __common_heap_of_space;
size_t __common_promises;

static SPACE_VARIABLE struct {
	size_t kept;             /* pages that are dirty, but not used */
	size_t keep_at_most;
	size_t bottom, lowest;   /* between them no page was ever used */
	size_t tops[CLASSES];    /* no room of 1 << n pages reaches above it */
	/* Addresses where a large mapping begins and into which it may grow; those from "left" on are free. A mapping that ends
	 * leaves them to the next one. */
	struct room { size_t first, left, end; } rooms[ROOMS];
	int known_rooms;         /* those behind these have no end */
#ifdef PROCESSES
	unsigned char chunks[LARGEST_SPACE / PAGE / CHUNK]; /* in which a page was ever used */
#endif
} pages;

#define my of_space(pages)

static size_t kept_by_all;      /* of all spaces */

static void add_kept(size_t count)
{
	my.kept += count;
	kept_by_all += count;
}

static unsigned char *state(size_t page)
{
	return __common_heap.table + page;
}

static void begin(void)
{
	my.keep_at_most = __common_promises / 8 < KEPT_AT_MOST ? __common_promises / 8 : KEPT_AT_MOST;
	my.lowest = __common_heap.pages;
	for (int i = 0; i < CLASSES; i++) my.tops[i] = __common_heap.pages;
	my.known_rooms = 0;
}

int __common_find_heap(void)
{
	if (__common_heap.start) return 1;
	if (!__backend_find_heap(&__common_heap)) return 0;
	begin();
	return 1;
}

void *__common_address(size_t page)
{
	return __common_heap.start + page*PAGE;
}

/* Finds the pages of the bytes, and returns whether they are in the heap, which it sets up if necessary. */
int __common_range(const void *address, size_t size, struct range *range)
{
	if (!__common_find_heap() || (const char *)address < __common_heap.start) return 0;
	range->first = (size_t)((const char *)address - __common_heap.start) / PAGE;
	range->count = size / PAGE + !!(size % PAGE);
	return range->first < __common_heap.pages && range->count <= __common_heap.pages - range->first;
}

/* Of the bytes, whose number is one of pages, those in the heap; returns whether there are any. */
int __common_clip(const void *address, size_t size, struct range *range)
{
	if (!__common_find_heap()) return 0;
	uintptr_t first = (uintptr_t)address, end = first + size;
	uintptr_t heap = (uintptr_t)__common_heap.start, heap_end = heap + __common_heap.pages*PAGE;
	if (first < heap) first = heap;
	if (end > heap_end) end = heap_end;
	if (first >= end) return 0;
	*range = (struct range){ (first - heap) / PAGE, (end - first) / PAGE };
	return 1;
}

static int rights_in(int byte)
{
	return (byte & RIGHTS) ^ USUAL;
}

/* It has no memory of its own, so it is never DIRTY, as LATE ones are. SPARSE ones of these are hidden. */
static int is_of_file(int byte)
{
	return (byte & (LATE | DIRTY)) == LATE;
}

static unsigned long word_at(size_t page)
{
	unsigned long word;
	__builtin_memcpy(&word, state(page), sizeof word);
	return word;
}

/* How many pages from the first one on, up to the end, have the same bits of these. */
static size_t run(size_t first, size_t end, int bits)
{
	size_t i = first;
	int like = *state(first);
	while (end - i >= sizeof(long) && !((word_at(i) ^ WORD_OF(like)) & WORD_OF(bits))) i += sizeof(long);
	while (i < end && !((*state(i) ^ like) & bits)) i++;
	return i - first;
}

static void change(size_t first, size_t count, int off, int on)
{
	for (; count >= sizeof(long); first += sizeof(long), count -= sizeof(long)) {
		unsigned long word = (word_at(first) & ~WORD_OF(off)) | WORD_OF(on);
		__builtin_memcpy(state(first), &word, sizeof word);
	}
	for (; count; first++, count--) *state(first) = (*state(first) & ~off) | on;
}

static size_t end_of(struct range range)
{
	return range.first + range.count;
}

int __common_are_free(struct range range)
{
	return !range.count || (!(*state(range.first) & USED) && run(range.first, end_of(range), USED) == range.count);
}

/* How many pages from the first one on are used. */
size_t __common_used(struct range range)
{
	return range.count && *state(range.first) & USED ? run(range.first, end_of(range), USED) : 0;
}

/* What is allowed in the page that has the address, which is one of the heap; 0 if it isn't used. */
int __common_rights_at(const void *address)
{
	int byte = *state((size_t)((const char *)address - __common_heap.start) / PAGE);
	if (is_of_file(byte)) return rights_in(byte) | PAGE_OF_FILE | (byte & SPARSE ? PAGE_HIDDEN : 0);
	return byte & USED ? rights_in(byte) : 0;
}

int __common_is_promised_at(const void *address)
{
	int byte = *state((size_t)((const char *)address - __common_heap.start) / PAGE);
	return byte & PROMISED || is_of_file(byte);
}

/* How many pages from the first one on are like it, and what it is. */
size_t __common_alike(struct range range, int *protection, int *promised)
{
	*protection = rights_in(*state(range.first));
	*promised = !!(*state(range.first) & PROMISED);
	return run(range.first, end_of(range), USED | PROMISED | RIGHTS);
}

/* -- Finding room -- */

static int class_of(size_t count)
{
	int class = 0;
	while (class < CLASSES - 1 && count >> (class + 1)) class++;
	return class;
}

/* Pages below the end have become free, and with them perhaps those above it. */
static void raise_tops(size_t end)
{
	size_t top = end, limit = end + FAR;
	if (limit > __common_heap.pages) limit = __common_heap.pages;
	while (top + sizeof(long) <= limit && !(word_at(top) & ALL_USED)) top += sizeof(long);
	while (top < limit && !(*state(top) & USED)) top++;
	size_t far = top == end + FAR ? __common_heap.pages : top;
	for (int i = 0; i < CLASSES; i++) {
		size_t new = (size_t)1 << i >= FAR ? far : top;
		if (my.tops[i] < new) my.tops[i] = new;
	}
}

/* All room of so many pages or more is below. */
static void lower_tops(size_t count, size_t top)
{
	for (int i = class_of(count); i < CLASSES; i++)
		if ((size_t)1 << i >= count && my.tops[i] > top) my.tops[i] = top;
}

static void forget_room(struct room *room)
{
	if (room->end) raise_tops(room->end);
	room->end = 0;
	while (my.known_rooms && !my.rooms[my.known_rooms - 1].end) my.known_rooms--;
}

/* Pages have become free. If room began above them, they are added to it. */
static void end_mapping(size_t first, size_t end)
{
	for (struct room *room = my.rooms; room < my.rooms + my.known_rooms; room++)
		if (room->end && room->left == end && room->first <= first) {
			room->left = first;
			return;
		}
	raise_tops(end);
}

/* What is used now is no longer left to a mapping below, but the rest above it is. */
static void use_room(struct range range)
{
	for (struct room *room = my.rooms; room < my.rooms + my.known_rooms; room++) {
		if (!room->end || range.first >= room->end || end_of(range) <= room->left) continue;
		if (range.first == room->left && end_of(range) <= room->end) room->left = end_of(range);
		else forget_room(room);
	}
}

static struct room *room_within(size_t first, size_t end)
{
	for (struct room *room = my.rooms; room < my.rooms + my.known_rooms; room++)
		if (room->end && first < room->end && end > room->left) return room;
	return 0;
}

/* The highest of so many pages that are free and left to nobody. Pages are passed in words where they are alike. */
static int find_room(size_t count, size_t *first)
{
	size_t *top = my.tops + class_of(count);
	while (*top > my.lowest && *state(*top - 1) & USED) --*top;
	size_t end = *top, i = end;
	for (;;) {
		if (i <= my.lowest) i = my.bottom;
		if (end >= i && end - i >= count) {
			struct room *room = room_within(end - count, end);
			if (!room) break;
			end = room->left;
			if (i > end || i == my.bottom) i = end;
			continue;
		}
		if (i == my.bottom) return 0;
		unsigned long used = i - my.lowest >= sizeof used ? word_at(i - sizeof used) & ALL_USED : 1;
		if (!used || used == ALL_USED) {
			i -= sizeof used;
			if (used) end = i;
		} else if (*state(--i) & USED) {
			end = i;
		}
	}
	*first = end - count;
	return 1;
}

/* Room for a large mapping to grow to nine times its size or more, while that takes but a part of the addresses. */
static size_t room_for(size_t count)
{
	int class = ROOM_CLASS;
	while (class < CLASSES - 1 && (size_t)1 << class < 9*count) class++;
	size_t all = (size_t)1 << class;
	return count < GROWS || count >= all || all > __common_heap.pages / 32 ? 0 : all;
}

static int find_room_to_grow(size_t count, size_t *first)
{
	size_t all = room_for(count);
	if (!all) return 0;
	struct room *unused = my.known_rooms < ROOMS ? my.rooms + my.known_rooms : 0, *ready = 0;
	for (struct room *room = my.rooms; room < my.rooms + my.known_rooms; room++) {
		size_t size = room->end - room->first;
		if (!room->end) unused = room;
		else if (room->left == room->first && size >= 2*count && (!ready || size < ready->end - ready->first)) ready = room;
	}
	if (ready) {
		*first = ready->first;
		return 1;
	}
	if (!unused || !find_room(all, first)) return 0;
	*unused = (struct room){ *first, *first, *first + all };
	if (unused == my.rooms + my.known_rooms) my.known_rooms++;
	lower_tops(all, *first);
	return 1;
}

/* To be claimed next. */
long __common_find_pages(size_t count, size_t *first)
{
	if (!__common_find_heap() || count > __common_heap.pages) return -ENOMEM;
	if (find_room_to_grow(count, first)) return 0;
	if (!find_room(count, first)) {
		for (int i = 0; i < ROOMS; i++) forget_room(my.rooms + i);
		if (!find_room(count, first)) return -ENOMEM;
	}
	lower_tops(count, *first);
	return 0;
}

/* That many pages, from the first one on, are brk's. */
void __common_set_bottom(size_t count)
{
	my.bottom = count;
	if (my.bottom < my.lowest) __backend_begin_to_use(my.bottom, my.lowest);
}

/* -- Memory -- */

static void give_back(size_t first, size_t count)
{
	__backend_give_back(__common_address(first), count*PAGE);
	change(first, count, DIRTY, 0);
}

static void give_back_kept(size_t first, size_t end)
{
	for (size_t n; my.kept && first < end; first += n) {
		n = run(first, end, USED | DIRTY);
		if ((*state(first) & (USED | DIRTY)) != DIRTY) continue;
		give_back(first, n);
		add_kept(-n);
	}
}

static void give_back_all_kept(void)
{
	give_back_kept(0, my.bottom);
	give_back_kept(my.lowest, __common_heap.pages);
}

/* Whether so many pages of that kind may be kept. For small ones, others make room. */
static int keep(size_t count, int byte)
{
	if (__common_heap.keeps_all) return 1;
	if (byte & SPARSE) return 0;
	if (my.kept + count > my.keep_at_most && count <= my.keep_at_most / 4) give_back_all_kept();
	return my.kept + count <= my.keep_at_most;
}

static long promise(struct range range)
{
	size_t count = 0, again = 0, end = end_of(range);
	for (size_t i = range.first, n; i < end; i += n) {
		n = run(i, end, USED | PROMISED | DIRTY);
		if (!(*state(i) & PROMISED)) count += n;
		if ((*state(i) & (USED | DIRTY)) == DIRTY) again += n;
	}
	if (count > __common_promises) return -ENOMEM;
	if (count + kept_by_all - again > __common_promises) give_back_all_kept(), again = 0;
	if (count + kept_by_all - again > __common_promises) __common_give_back_everywhere();
	if (count >= ASKED_FOR + again && !__backend_has_memory(count - again)) {
		give_back_all_kept();
		if (!__backend_has_memory(count)) return -ENOMEM;
	}
	change(range.first, range.count, 0, PROMISED);
	__common_promises -= count;
	return 0;
}

static int rights_of(int protection)
{
	return protection ? protection | PROT_READ : 0;
}

static long set_rights(size_t first, size_t count, int rights)
{
	int before = rights_in(*state(first));
	void *address = __common_address(first);
	long error = before == rights ? 0 : __backend_set_rights(address, count*PAGE, before, rights);
	if (error == -ENOSYS) return error;
	if (error) rights = 0;
	if (rights & ~before & PROT_EXEC && !is_of_file(*state(first))) __backend_synchronize_code(address, count*PAGE);
	if (before != rights) change(first, count, RIGHTS, rights ^ USUAL);
	return error;
}

/* What becomes accessible is promised then, if wanted. */
long __common_protect(struct range range, int protection, int promised)
{
	int rights = rights_of(protection);
	size_t end = end_of(range);
	long result = 0;
	if (promised && rights && promise(range)) return -ENOMEM;
	for (size_t i = range.first, n; i < end; i += n) {
		n = run(i, end, RIGHTS | LATE | DIRTY);
		long error = set_rights(i, n, rights);
		if (error) result = error;
		if (rights && !is_of_file(*state(i))) change(i, n, 0, DIRTY);
	}
	return result;
}

/* Without floating point registers, which a thread may not have used yet. */
static void clear(void *address, size_t size)
{
#ifdef __aarch64__
	unsigned long kind;
	char *at = address;
	__asm__ ("mrs %0, dczid_el0" : "=r"(kind));
	if ((kind & 31) == 4) { /* permitted, and 64 bytes */
		for (char *end = at + size; at < end;)
			__asm__ volatile (".rept 16; dc zva, %0; add %0, %0, 64; .endr" : "+r"(at) : : "memory");
		return;
	}
#endif
	memset(address, 0, size);
}

/* So that a copy, or the end, of a space need not look at all of its table. */
static void note_chunks(struct range range)
{
#ifdef PROCESSES
	for (size_t chunk = range.first / CHUNK; range.count && chunk <= (end_of(range) - 1) / CHUNK; chunk++) my.chunks[chunk] = 1;
#else
	(void)range;
#endif
}

/* The pages are free. What others have left in them is cleared, after they have become accessible, or stays. */
long __common_claim(struct range range, int protection, int kind)
{
	int rights = rights_of(protection);
	size_t end = end_of(range);
	if (kind & MEMORY_PROMISED && rights && promise(range)) {
		end_mapping(range.first, end);
		return -ENOMEM;
	}
	if (range.first >= my.bottom && range.first < my.lowest) {
		my.lowest = range.first;
		__backend_begin_to_use(my.bottom, my.lowest);
	}
	if (!(rights & PROT_WRITE)) give_back_kept(range.first, end);
	use_room(range);
	long error = 0;
	for (size_t i = range.first, n; i < end; i += n) {
		n = run(i, end, DIRTY | RIGHTS);
		int dirty = *state(i) & DIRTY;
		if (dirty) add_kept(-n);
		if (!error) error = set_rights(i, n, rights);
		if (error == -ENOSYS) error = 0;
		if (dirty && !error && !(kind & MEMORY_UNCLEARED)) clear(__common_address(i), n*PAGE);
	}
	change(range.first, range.count, 0, USED | (rights ? DIRTY : SPARSE));
	note_chunks(range);
	if (error) __common_free_pages(range);
	return error;
}

/* Also of pages that are free. Their rights stay as they are until they are given out again. */
void __common_free_pages(struct range range)
{
	size_t end = end_of(range);
	for (size_t i = range.first, n; i < end; i += n) {
		n = run(i, end, 0xff);
		int byte = *state(i);
		if (!(byte & USED)) continue;
		if (byte & PROMISED) __common_promises += n;
		if (byte & DIRTY && !keep(n, byte)) give_back(i, n), byte &= ~DIRTY;
		if (byte & DIRTY) add_kept(n);
		memset(state(i), byte & (DIRTY | RIGHTS), n);
	}
	end_mapping(range.first, end);
}

/* Used pages: they read as zeros afterwards, and their memory can be used for something else. */
void __common_empty(struct range range)
{
	size_t end = end_of(range);
	for (size_t i = range.first, n; i < end; i += n) {
		n = run(i, end, DIRTY | RIGHTS | LATE);
		if (!(*state(i) & DIRTY)) continue;
		__backend_give_back(__common_address(i), n*PAGE);
		if (!(*state(i) & LATE)) continue;
		change(i, n, LATE | PROMISED, 0);
		__common_promises += n;
	}
}

#ifdef PROCESSES

/* -- Memory that is promised late, or not for pages -- */

int __common_promise_late(struct range range)
{
	for (size_t i = range.first, n, end = end_of(range); i < end; i += n) {
		n = run(i, end, PROMISED | LATE | DIRTY);
		if (*state(i) & PROMISED || is_of_file(*state(i))) continue;
		if (promise((struct range){ i, n })) return 0;
		change(i, n, 0, LATE);
		__backend_begin_to_use_late((struct range){ i, n });
	}
	return 1;
}

int __common_take_promises(size_t count)
{
	if (count + kept_by_all > __common_promises) __common_give_back_everywhere();
	if (count > __common_promises) return 0;
	__common_promises -= count;
	return 1;
}

/* -- Copies of a space, and its end -- */

/* The next pages up to the end of their chunk, but for chunks where none was ever used. */
int __common_next_part(struct range *range)
{
	range->first += range->count;
	while (range->first < __common_heap.pages && range->first % CHUNK == 0 && !my.chunks[range->first / CHUNK])
		range->first += CHUNK;
	if (range->first >= __common_heap.pages) return 0;
	size_t end = (range->first / CHUNK + 1) * CHUNK;
	range->count = (end < __common_heap.pages ? end : __common_heap.pages) - range->first;
	return 1;
}

/* Of those, the ones that are alike. */
static int next(struct range *range, int bits)
{
	if (!__common_next_part(range)) return 0;
	range->count = run(range->first, end_of(*range), bits);
	return 1;
}

size_t __common_count_pages(int only_promised)
{
	int bits = USED | (only_promised ? PROMISED : 0);
	size_t count = 0;
	for (struct range range = { 0 }; __common_heap.start && next(&range, bits);)
		if ((*state(range.first) & bits) == bits) count += range.count;
	return count;
}

/* All that is mapped, to a space where nothing ever was. */
long __common_copy_space(ptrdiff_t to)
{
	size_t promised = 0;
	long error = 0;
	unsigned char *table = at_distance(to, __common_heap_of_space).table;
	for (struct range range = { 0 }; next(&range, USED | PROMISED);)
		if ((*state(range.first) & (USED | PROMISED)) == (USED | PROMISED)) promised += range.count;
	if (promised + kept_by_all > __common_promises) __common_give_back_everywhere();
	if (promised > __common_promises) return -ENOMEM;
	for (struct range range = { 0 }; !error && next(&range, USED | DIRTY | LATE);) {
		if (!(*state(range.first) & USED)) continue;
		memcpy(table + range.first, state(range.first), range.count);
		for (size_t i = 0; is_of_file(*state(range.first)) && i < range.count; i++) table[range.first + i] |= SPARSE;
		if (*state(range.first) & DIRTY) error = __backend_copy_pages(to, range);
	}
	__common_promises -= promised;
	at_distance(to, pages) = my;
	at_distance(to, pages).kept = 0;
	return error;
}

/* Nothing is mapped any more, and nothing ever was. */
void __common_empty_space(void)
{
	for (struct range range = { 0 }; next(&range, USED | PROMISED | DIRTY);) {
		int byte = *state(range.first);
		if ((byte & (USED | PROMISED)) == (USED | PROMISED)) __common_promises += range.count;
		if (byte & DIRTY) __backend_give_back(__common_address(range.first), range.count*PAGE);
		memset(state(range.first), 0, range.count);
	}
	add_kept(-my.kept);
	memset(&my, 0, sizeof my);
	begin();
}

/* -- Pages of files -- */

long __common_promise(struct range range)
{
	return promise(range);
}

void __common_set_of_file(struct range range, int on)
{
	change(range.first, range.count, LATE | DIRTY, on ? LATE | SPARSE : SPARSE);
}

size_t __common_alike_of_file(struct range range, int *hidden)
{
	*hidden = *state(range.first) & SPARSE;
	return run(range.first, end_of(range), LATE | DIRTY | SPARSE);
}

void __common_set_hidden(struct range range, int is_hidden)
{
	change(range.first, range.count, SPARSE, is_hidden ? SPARSE : 0);
}

void __common_give_back_kept(void)
{
	if (__common_heap.start) give_back_all_kept();
}

#endif
