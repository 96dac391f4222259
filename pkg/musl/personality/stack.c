/* The first stack of a program, as Linux lays it out: fs/binfmt_elf.c, create_elf_tables. */

#include <errno.h>
#include <string.h>
#include <sys/auxv.h>
#include "image.h"

struct place { char *copy; size_t room; uintptr_t top; };

/* Puts bytes below what is there already; returns their address, or 0 if they don't fit. */
static uintptr_t put(struct place *place, const void *data, size_t size)
{
	if (size > place->room) return 0;
	place->room -= size;
	memcpy(place->copy + place->room, data, size);
	return place->top -= size;
}

static uintptr_t put_text(struct place *place, const char *text)
{
	return put(place, text, strlen(text) + 1);
}

static size_t count_of(char *const *list)
{
	size_t count = 0;
	while (list[count]) count++;
	return count;
}

/* The texts are put from the last one on, so that they lie in their order. */
static int put_list(struct place *place, char *const *list, size_t count, unsigned long *words)
{
	for (size_t i = count; i--;) if (!(words[i] = put_text(place, list[i]))) return 0;
	words[count] = 0;
	return 1;
}

long stack_fill(char *copy, size_t room, uintptr_t top, const struct stack_contents *contents)
{
	struct place place = { copy, room, top };
	size_t argument_count = count_of(contents->arguments), variable_count = count_of(contents->variables);
	uintptr_t path = put_text(&place, contents->path), platform = put_text(&place, contents->platform);
	uintptr_t random = put(&place, contents->random, 16);
	if (!path || !platform || !random) return -E2BIG;

	const unsigned long vector[] = {
		AT_SYSINFO_EHDR, contents->vdso, AT_PHDR, contents->headers, AT_PHENT, sizeof(ElfSegment),
		AT_PHNUM, contents->header_count, AT_PAGESZ, PAGE_SIZE, AT_BASE, contents->base, AT_FLAGS, 0,
		AT_ENTRY, contents->entry, AT_UID, 0, AT_EUID, 0, AT_GID, 0, AT_EGID, 0, AT_SECURE, 0, AT_CLKTCK, 100,
		AT_HWCAP, contents->hardware, AT_HWCAP2, contents->hardware2, AT_RANDOM, random,
		AT_PLATFORM, platform, AT_EXECFN, path, AT_NULL, 0
	};
	/* Below the texts; the words are written where they will be when the size of the texts is known. */
	size_t texts = 0, count = 1 + argument_count + 1 + variable_count + 1;
	for (size_t i = 0; i < argument_count; i++) texts += strlen(contents->arguments[i]) + 1;
	for (size_t i = 0; i < variable_count; i++) texts += strlen(contents->variables[i]) + 1;
	size_t words_size = count * sizeof(long) + sizeof vector;
	if (texts > place.room || words_size + 16 > place.room - texts) return -E2BIG;
	uintptr_t sp = (place.top - texts - words_size) & -16ul;
	unsigned long *words = (unsigned long *)(copy + room - (top - sp));

	*words++ = argument_count;
	put_list(&place, contents->variables, variable_count, words + argument_count + 1);
	put_list(&place, contents->arguments, argument_count, words);
	memcpy(words + argument_count + 1 + variable_count + 1, vector, sizeof vector);
	return sp;
}
