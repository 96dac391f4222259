/*
 * _dl_find_object finds the ELF object that an address belongs to, and its unwind table. musl lacks it, and the unwinder of
 * a GCC that was built for glibc 2.35 or newer calls it. The structure is that of glibc's <dlfcn.h>.
 * arm doesn't need it: its unwinder has other tables, and finds them with a function that musl has.
 */
#ifndef __ARM_EABI__
#include <link.h>
#include <pthread.h>
#include <stddef.h>
#include <unwind.h>

struct dl_find_object {
	unsigned long long flags;
	void *map_start, *map_end;
	void *link_map;
	void *eh_frame;
	unsigned long long reserved[7];
};

struct search {
	ElfW(Addr) address;
	struct dl_find_object *result;
};

enum { GO_ON, FOUND, NO_TABLE };

static int inspect(struct dl_phdr_info *object, size_t size, void *data)
{
	struct search *search = data;
	int is_ours = 0;
	(void)size;
	search->result->eh_frame = NULL;
	for (int i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
		ElfW(Addr) start = object->dlpi_addr + segment->p_vaddr;
		if (segment->p_type == PT_LOAD && search->address - start < segment->p_memsz) {
			search->result->map_start = (void *)start;
			search->result->map_end = (void *)(start + segment->p_memsz);
			is_ours = 1;
		} else if (segment->p_type == PT_GNU_EH_FRAME) {
			search->result->eh_frame = (void *)start;
		}
	}
	return !is_ours ? GO_ON : search->result->eh_frame ? FOUND : NO_TABLE;
}

int _dl_find_object(void *address, struct dl_find_object *result)
{
	struct search search = { (ElfW(Addr))address, result };
	result->flags = 0;
	result->link_map = NULL;
	return dl_iterate_phdr(inspect, &search) == FOUND ? 0 : -1;
}

/*
 * The unwinder refers to these functions weakly, and calls them if there is a __pthread_key_create, which libc defines together
 * with pthread_key_create. A static program may have that and no mutexes; it would crash when it registers its tables. So
 * whatever contains the unwinder contains them all.
 */
static void *const threads[] __attribute__((used)) = {
	pthread_key_create, pthread_getspecific, pthread_setspecific, pthread_once, pthread_mutex_lock, pthread_mutex_unlock,
};

/*
 * Each shared object contains its own unwinder, because the shared one of a compiler for glibc does not load on musl. An
 * unwinder that is handed another one's context aborts unless it has itself unwound before: until then its table of register
 * sizes is empty (libgcc's unwind-dw2.c, dwarf_reg_size_table). So each looks at its own frame when it is loaded.
 */
extern const size_t _DYNAMIC[] __attribute__((weak, visibility("hidden")));

static _Unwind_Reason_Code stop_at_once(struct _Unwind_Context *frame, void *data)
{
	(void)frame, (void)data;
	return _URC_NORMAL_STOP;
}

__attribute__((constructor(101))) static void unwind_once(void)
{
	if (_DYNAMIC) /* A static program has only one. */
		_Unwind_Backtrace(stop_at_once, NULL);
}

#endif
