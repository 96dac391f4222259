/* /proc/self/maps: the program's pages, as far as they are alike and in a row. Names are known of what execve has mapped. */

#include <string.h>
#include "user.h"

struct text { char *at, *end; };

static void put(struct text *text, char c)
{
	if (text->at < text->end) *text->at++ = c;
}

static void put_text(struct text *text, const char *more)
{
	while (*more) put(text, *more++);
}

static void put_address(struct text *text, user_t address)
{
	for (int shift = 8*sizeof address - 4, begun = 0; shift >= 0; shift -= 4) {
		int digit = address >> shift & 15;
		begun |= digit || shift < 32;
		if (begun) put(text, "0123456789abcdef"[digit]);
	}
}

/* The name that holds from the address on, and how far, at most to the end. */
static const char *name_of(user_t address, user_t *end)
{
	for (int i = 0; i < IMAGES; i++) {
		const struct image_name *image = linux_space()->images + i;
		int is_in = address >= image->start && address < image->end;
		user_t limit = is_in ? image->end : image->start;
		if (limit > address && limit < *end) *end = limit;
		if (is_in) return image->name;
	}
	return "";
}

/* Returns the end of what it is about. */
static user_t put_line(struct text *text, user_t start, user_t end, int protection)
{
	const char *name = name_of(start, &end);
	put_address(text, start);
	put(text, '-');
	put_address(text, end);
	put(text, ' ');
	put(text, protection & PROT_READ ? 'r' : '-');
	put(text, protection & PROT_WRITE ? 'w' : '-');
	put(text, protection & PROT_EXEC ? 'x' : '-');
	put_text(text, "p 00000000 00:00 0 ");
	if (*name) put_text(text, "\t\t");
	put_text(text, name);
	put(text, '\n');
	return end;
}

/* Whole lines, as many as there is room for. */
__attribute__((visibility("hidden"))) size_t __linux_maps(char *buffer, size_t size)
{
	struct text text = { buffer, buffer + size };
	size_t count, whole = 0;
	for (size_t page = 0; page < __common_heap.pages; page += count) {
		struct range range = { page, __common_heap.pages - page };
		int protection, promised;
		count = __common_alike(range, &protection, &promised);
		if (!__common_used(range)) continue;
		user_t start = USER_START + page*PAGE;
		count = (put_line(&text, start, start + count*PAGE, protection) - start) / PAGE;
		if (text.at == text.end) break;
		whole = text.at - buffer;
	}
	return whole;
}
