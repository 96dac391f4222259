/*
 * Memory in pages, between pages.c, which knows what state each is in, mappings.c, which has mmap and its relatives, and the
 * backend, which has the memory. The lock of memory is to be held, but for the functions of mappings.c.
 */
#ifndef COMMON_PAGES_H
#define COMMON_PAGES_H

#include <stddef.h>
#include <stdint.h>
#include "common/process.h"

struct range { size_t first, count; }; /* of pages; the heap's first one is 0 */

struct heap {
	char *start;          /* the first page; null: not set up */
	size_t pages;         /* their number */
	unsigned char *table; /* a byte for each, 0 at first */
	int keeps_all;        /* nobody else could use memory that is given back; it may be a running stack when it is freed */
};

/* Of memory: whether it is there when it is touched, and whether something may be in it that the program has left there. */
enum { MEMORY_PROMISED = 1, MEMORY_UNCLEARED = 2 };
/* Linux' flag for the latter, which it heeds on machines without an MMU. The flavour's malloc asks for it. */
#define MAP_UNINITIALIZED 0x4000000

/* In linux-run, a page can be that of a file (../../personality/contents.c), and then be hidden: it isn't mapped here yet. */
enum { PAGE_OF_FILE = 8, PAGE_HIDDEN = 16 };

#pragma GCC visibility push(hidden)

/* -- What the backend provides -- */

/* Finds the memory and fills in the heap, and for the first one the promises; returns whether there is any. Called once if it
 * succeeds. */
int __backend_find_heap(struct heap *heap);
void __backend_lock_memory(void);
void __backend_unlock_memory(void);
/* Pages are about to be used for the first time. Between these two none will have been, then. */
void __backend_begin_to_use(size_t bottom, size_t lowest);
/* Whether there is memory for so many more pages now. */
int __backend_has_memory(size_t pages);
/* Gives the memory back, if the backend can: afterwards the pages read as zeros. They may be inaccessible. */
void __backend_give_back(void *address, size_t size);
/* Changes what is allowed from one set of PROT_* to another; writing and executing includes reading. After an error nothing
 * is. -ENOSYS: the backend can't, and all is as it was. */
long __backend_set_rights(void *address, size_t size, int before, int after);
/* Instructions were written there. */
void __backend_synchronize_code(void *address, size_t size);
/* What is mapped outside the heap, and stays as it is: the image of the program and its main stack. Returns what is allowed
 * there, or an error if not all of it is mapped. */
long __backend_rights_outside(const void *address, size_t size);

/* -- pages.c -- */

extern SPACE_VARIABLE struct heap __common_heap_of_space;
#define __common_heap of_space(__common_heap_of_space)
extern size_t __common_promises; /* so many more pages there is memory for */
int __common_find_heap(void);
int __common_range(const void *address, size_t size, struct range *range);
int __common_clip(const void *address, size_t size, struct range *range);
void *__common_address(size_t page);
long __common_find_pages(size_t count, size_t *first);
int __common_are_free(struct range range);
size_t __common_used(struct range range);
int __common_rights_at(const void *address); /* in linux-run perhaps with PAGE_OF_FILE and PAGE_HIDDEN */
int __common_is_promised_at(const void *address); /* or needs no promise */
size_t __common_alike(struct range range, int *protection, int *promised);
long __common_claim(struct range range, int protection, int kind);
long __common_protect(struct range range, int protection, int promised);
void __common_free_pages(struct range range);
void __common_empty(struct range range);
void __common_set_bottom(size_t pages);
#ifdef PROCESSES
/* Of pages that are used: promises memory to those that have no promise; returns whether there is some for all. */
int __common_promise_late(struct range range);
/* For so many pages that are no space's; whoever takes them adds them to __common_promises again. Fails if there are too few. */
int __common_take_promises(size_t count);
/* How many pages of the space are used. */
size_t __common_count_pages(int only_promised);
/* Of the backend: such pages are about to be used. */
void __backend_begin_to_use_late(struct range range);
/* Of the backend: gives the pages to the other space, as they are now. */
long __backend_copy_pages(ptrdiff_t to, struct range range);
long __common_copy_space(ptrdiff_t to);
/* Sees to it that the pages can have memory. */
long __common_promise(struct range range);
/* Used pages, without rights, become those of a file, which are hidden; or are like others again, and were never accessible. */
void __common_set_of_file(struct range range, int on);
/* Of a file's pages, those from the first one on that are all hidden, or all not; *hidden tells which. */
size_t __common_alike_of_file(struct range range, int *hidden);
void __common_set_hidden(struct range range, int is_hidden);
void __common_empty_space(void);
/* One after the other, from { 0 } on, the parts of a space that have all pages that were ever used; returns 0 after the last. */
int __common_next_part(struct range *range);
void __common_give_back_kept(void);
#endif

/* -- mappings.c -- */

/* Memory for the backend itself. */
long __common_map(size_t size, int protection);
/* For who handles faults: whether the access is allowed. If it is, it failed because another thread was changing the page's
 * rights, and is to be repeated; or there is no memory for the page, and it fails again. */
int __common_allows(const void *address, int protection);

#pragma GCC visibility pop

#endif
