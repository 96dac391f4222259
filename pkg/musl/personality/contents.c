/*
 * Pages of files in the program's memory: private mappings that can't be written, which is what most of a program and its
 * libraries is. The program's task gets them from the memory that holds the file's content, so they are neither copied, nor known
 * to L4Re as pages of the program; a fork has nothing to do for them, and a fault maps a chunk of them.
 *
 * Here, a page is mapped at the program's place only when a call uses it: until then it is hidden. Nothing is ever mapped with
 * the right to write, neither here nor there. A page that becomes writable is copied first (linux_own). The content itself stays
 * as it is when the file is changed (struct content in common/file.h).
 *
 * The lock of memory guards the list, as the table of pages says which pages are in it. Nothing is allocated under that lock, as
 * it is needed for that, too.
 */

#include <errno.h>
#include <string.h>
#include <l4/sys/task.h>
#include "user.h"

/* Pages of the space, one after the other, with what is in them; none is in two of these. */
struct piece {
	struct piece *next;
	struct content *content;
	size_t first, end;
	const char *data;   /* of the first page */
};

static SPACE_VARIABLE struct piece *pieces_of_space;
#define pieces of_space(pieces_of_space)

static struct piece *find(size_t page)
{
	struct piece *piece = pieces;
	while (piece && !(page >= piece->first && page < piece->end)) piece = piece->next;
	return piece;
}

static const char *data_at(const struct piece *piece, size_t page)
{
	return piece->data + (page - piece->first)*PAGE;
}

static size_t page_at(const void *address)
{
	return (size_t)((const char *)address - __common_heap.start) / PAGE;
}

static void add(struct piece *piece, struct content *content, size_t first, size_t end, const char *data)
{
	__atomic_fetch_add(&content->references, 1, __ATOMIC_RELAXED);
	*piece = (struct piece){ pieces, content, first, end, data };
	pieces = piece;
}

static void put_all(struct piece *piece)
{
	for (struct piece *next; piece; piece = next) {
		next = piece->next;
		__common_put_content(piece->content);
		__common_free(piece);
	}
}

/* -- In this task -- */

static void show(size_t page)
{
	l4_addr_t here = (l4_addr_t)__common_address(page), data = (l4_addr_t)data_at(find(page), page);
	(void)*(volatile const char *)data; /* so that it can be mapped on */
	linux_unmap_from(L4RE_THIS_TASK_CAP, here, PAGE); /* what a thread that unmaps what a call uses may have caused */
	l4_task_map(L4RE_THIS_TASK_CAP, L4RE_THIS_TASK_CAP, l4_fpage(data, L4_PAGESHIFT, L4_FPAGE_RO),
		l4_map_control(here, 0, L4_MAP_ITEM_MAP));
	__common_set_hidden((struct range){ page, 1 }, 0);
}

/* A call is going to read there. */
void linux_show(const void *address, size_t size)
{
	if (!pieces || !size) return;
	__backend_lock_memory();
	const char *last = (const char *)address + size - 1;
	for (size_t page = page_at(address); page <= page_at(last); page++) {
		int rights = __common_rights_at(__common_address(page));
		if (rights & PAGE_OF_FILE && rights & PAGE_HIDDEN) show(page);
	}
	__backend_unlock_memory();
}

static void hide(size_t first, size_t end)
{
	for (size_t n; first < end; first += n) {
		int hidden;
		n = __common_alike_of_file((struct range){ first, end - first }, &hidden);
		if (!hidden) linux_unmap_from(L4RE_THIS_TASK_CAP, (l4_addr_t)__common_address(first), n*PAGE);
	}
}

/* -- In the program's -- */

/* So that the page can be mapped on. To do that with the right to execute, this task needs it, too. */
static int prepare(struct content *content, const char *data, int rights)
{
	unsigned char *is_executable = content->is_executable + (data - content->data) / PAGE;
	if (!(rights & PROT_EXEC)) return (void)*(volatile const char *)data, 1;
	if (*is_executable) return 1;
	if (!linux_have_page((l4_addr_t)data, PROT_EXEC)) return 0;
	__backend_synchronize_code((void *)data, PAGE);
	return *is_executable = 1;
}

/* The pages around it, if they can be mapped as one flexpage with the same rights. */
static struct range chunk_at(const struct piece *piece, user_t address, size_t page)
{
	struct range alone = { page, 1 }, chunk = { page - address % LARGE_UNIT / PAGE, LARGE_UNIT / PAGE };
	int protection, promised;
	if ((address ^ (l4_addr_t)data_at(piece, page)) & (LARGE_UNIT - PAGE) || page < address % LARGE_UNIT / PAGE) return alone;
	if (chunk.first < piece->first || chunk.first + chunk.count > piece->end) return alone;
	return __common_alike(chunk, &protection, &promised) == chunk.count ? chunk : alone;
}

/* The lock of memory is held. */
int linux_page_in_of_file(user_t address, int rights)
{
	size_t page = page_at(linux_here(address));
	const struct piece *piece = find(page);
	if (!piece) return 0;
	const struct range chunk = chunk_at(piece, address, page);
	const char *data = data_at(piece, chunk.first);
	for (size_t i = 0; i < chunk.count; i++) if (!prepare(piece->content, data + i*PAGE, rights)) return 0;
	return linux_map_on(linux_there(__common_address(chunk.first)), data, chunk.count*PAGE, rights & ~PROT_WRITE);
}

/* -- Changes -- */

/* What is mapped there is neither here nor there any more; without rights. */
static void end_pages(size_t first, size_t end)
{
	const struct range range = { first, end - first };
	hide(first, end);
	__common_protect(range, PROT_NONE, 0);
	__common_set_of_file(range, 0);
}

/* Takes the range out of the piece; needs a spare one if something is left on both sides. */
static void take_out(struct piece **link, size_t first, size_t end, struct piece **spare, struct piece **ended)
{
	struct piece *piece = *link;
	if (first <= piece->first && end >= piece->end) {
		*link = piece->next;
		piece->next = *ended;
		*ended = piece;
	} else if (first <= piece->first) {
		piece->data = data_at(piece, end);
		piece->first = end;
	} else {
		if (end < piece->end) {
			struct piece *rest = *spare;
			*spare = 0;
			*rest = (struct piece){ piece->next, piece->content, end, piece->end, data_at(piece, end) };
			__atomic_fetch_add(&piece->content->references, 1, __ATOMIC_RELAXED);
			piece->next = rest;
		}
		piece->end = first;
	}
}

/* With the function for each part of a piece in the range, which is taken out of the list. */
static long for_parts(size_t first, size_t end, long (*function)(const struct piece *piece, size_t first, size_t end))
{
	struct piece *spare = __common_allocate(sizeof *spare), *ended = 0;
	long error = 0;
	__backend_lock_memory();
	for (struct piece **link = &pieces, *piece; !error && (piece = *link);) {
		size_t from = first > piece->first ? first : piece->first, to = end < piece->end ? end : piece->end;
		if (from < to && from > piece->first && to < piece->end && !spare) error = -ENOMEM;
		if (from < to && !error) error = function(piece, from, to);
		if (from < to && !error) take_out(link, from, to, &spare, &ended);
		if (*link == piece) link = &piece->next;
	}
	__backend_unlock_memory();
	__common_free(spare);
	put_all(ended);
	return error;
}

static long drop(const struct piece *piece, size_t first, size_t end)
{
	(void)piece;
	end_pages(first, end);
	return 0;
}

static long copy(const struct piece *piece, size_t first, size_t end)
{
	const struct range all = { first, end - first };
	if (__common_promise(all)) return -ENOMEM;
	for (size_t n; first < end; first += n) {
		int rights, promised;
		n = __common_alike((struct range){ first, end - first }, &rights, &promised);
		end_pages(first, first + n);
		__common_protect((struct range){ first, n }, PROT_READ | PROT_WRITE, 1);
		memcpy(__common_address(first), data_at(piece, first), n*PAGE);
		__common_protect((struct range){ first, n }, rights, 0);
	}
	return 0;
}

long linux_end_file_pages(void *address, size_t size)
{
	if (!pieces || !size) return 0;
	return for_parts(page_at(address), page_at((char *)address + size - 1) + 1, drop);
}

long linux_own(void *address, size_t size)
{
	if (!pieces || !size) return 0;
	return for_parts(page_at(address), page_at((char *)address + size - 1) + 1, copy);
}

long linux_map_content(struct content *content, void *address, uint64_t offset, size_t size, int protection)
{
	const struct range range = { page_at(address), size / PAGE };
	struct piece *piece = __common_allocate(sizeof *piece);
	if (!piece) return -ENOMEM;
	__backend_lock_memory();
	add(piece, content, range.first, range.first + range.count, content->data + offset);
	__common_set_of_file(range, 1);
	__common_protect(range, protection, 0);
	__backend_unlock_memory();
	return 0;
}

#define MORE 8 /* than there are, as other threads may map files meanwhile */

struct piece *linux_new_pieces(void)
{
	struct piece *list = 0;
	size_t count = MORE;
	__backend_lock_memory();
	for (const struct piece *piece = pieces; piece; piece = piece->next) count++;
	__backend_unlock_memory();
	for (struct piece *piece; count-- && (piece = __common_allocate(sizeof *piece)); list = piece) piece->next = list;
	return list;
}

void linux_free_pieces(struct piece *list)
{
	for (struct piece *next; list; list = next) {
		next = list->next;
		__common_free(list);
	}
}

/* In a copy of a space. The lock of memory is held. */
long linux_inherit_file_pages(ptrdiff_t to, struct piece **unused)
{
	for (const struct piece *piece = pieces; piece; piece = piece->next) {
		struct piece *new = *unused;
		if (!new) return -ENOMEM;
		*unused = new->next;
		ptrdiff_t from = __common_act_in_space(to);
		add(new, piece->content, piece->first, piece->end, piece->data);
		__common_act_in_space(from);
	}
	return 0;
}
