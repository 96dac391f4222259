/*
 * L4Re's services. L4Re's client library for them is C++ and lies in archives that are built against another libc, and
 * its C part can't detach a part of a region, so the messages are made here. Their form follows from the declarations in
 * L4Re's headers (l4/re/rm, dataspace, namespace, mem_alloc, itas): the number of the function in the list "Rpcs" as an
 * int, then the arguments, each aligned as in a C struct, capabilities after them; the result is the label of the answer
 * (l4/sys/cxx/ipc_iface, ipc_basics).
 */

#include <errno.h>
#include <string.h>
#include <l4/re/protocols.h>
#include <l4/sys/factory.h>
#include <l4/sys/ipc.h>
#include <l4/sys/task.h>
#include "backend.h"

#define WORDS(bytes) (((bytes) + sizeof(l4_umword_t) - 1) / sizeof(l4_umword_t))

enum { RM_ATTACH, RM_DETACH, RM_FIND, RM_RESERVE_AREA };
enum { DATASPACE_CLEAR = 1, DATASPACE_INFO, DATASPACE_COPY_IN };
enum { NAMESPACE_QUERY, MEMORY_INFO = 0, ITAS_REGISTER_THREAD = 0, RTC_GET_OFFSET = 0 };

#define LOWEST 0x100000ul       /* so that null pointers with an offset stay invalid */
#define SEARCH 0x20000          /* L4Re::Rm::F::Search_addr */
#define RESERVED 0x800          /* L4Re::Rm::F::Reserved */
#define IN_AREA 0x40000         /* L4Re::Rm::F::In_area: there is an area, but no region */
#define EXACT 1                 /* L4Re::Rm::Detach_exact */
#define AGAIN 4                 /* L4Re::Rm::Detach_again */
#define PARTLY_RESOLVED 0x20    /* L4Re::Namespace::Partly_resolved */

/* Where L4's and Linux's errors mean the same, they have the same number (l4/sys/err.h). */
long __l4re_error(l4_msgtag_t tag)
{
	long result = l4_error(tag);
	if (result == -L4_EBADPROTO) return -EOPNOTSUPP; /* the object is of another kind */
	return result >= -L4_ERRNOMAX ? result : -EIO; /* the object is gone, or messages were cut */
}

static void prepare(const void *request, size_t bytes)
{
	memcpy(l4_utcb_mr()->mr, request, bytes);
	l4_utcb_br()->bdr = 0;
	l4_utcb_br()->br[0] = 0;
}

static void add_capability(size_t bytes, int index, l4_cap_idx_t object, unsigned rights)
{
	l4_umword_t *item = l4_utcb_mr()->mr + WORDS(bytes) + 2*index;
	item[0] = l4_map_obj_control(0, L4_MAP_ITEM_MAP);
	item[1] = l4_obj_fpage(object, 0, rights).raw;
}

static long call(l4_cap_idx_t service, long protocol, size_t bytes, int capabilities)
{
	return __l4re_error(l4_ipc_call(service, l4_utcb(), l4_msgtag(protocol, WORDS(bytes), capabilities, 0), L4_IPC_NEVER));
}

/* Capability slots are taken from where L4Re's own library would begin, and given back by those who want them again. */
l4_cap_idx_t __l4re_new_slot(void)
{
	return __atomic_fetch_add(&__l4re_environment->first_free_cap, 1, __ATOMIC_RELAXED) << L4_CAP_SHIFT;
}

void __l4re_release(l4_cap_idx_t slot)
{
	l4_task_release_cap(L4RE_THIS_TASK_CAP, slot);
}

/* With null in *address at any address, which is returned there, or else exactly there. */
long __l4re_attach(void **address, size_t size, unsigned flags, l4_cap_idx_t dataspace, uint64_t offset)
{
	struct {
		int function;
		l4_addr_t start;
		unsigned long size;
		uint32_t flags;
		uint64_t offset;
		unsigned char align;
		l4_cap_idx_t client_capability;
		unsigned long name_length;
		char name[sizeof(long)];
		uint64_t backing_offset;
	} request = {
		RM_ATTACH, *address ? (l4_addr_t)*address : LOWEST, size, flags | (*address ? 0 : SEARCH), offset, L4_PAGESHIFT,
		dataspace, 1, "", offset
	};
	prepare(&request, sizeof request);
	add_capability(sizeof request, 0, dataspace, flags & L4_FPAGE_W ? L4_CAP_FPAGE_RW : L4_CAP_FPAGE_RO);
	long result = call(__l4re_environment->rm, L4RE_PROTO_RM, sizeof request, 1);
	if (result >= 0) *address = (void *)l4_utcb_mr()->mr[0];
	return result == -L4_EADDRNOTAVAIL ? -ENOMEM : result;
}

/* Takes the range out of whatever regions there are in it, and unmaps it. */
long __l4re_detach(void *address, size_t size)
{
	const struct { int function; l4_addr_t start; unsigned long size; unsigned flags; } request
		= { RM_DETACH, (l4_addr_t)address, size, EXACT };
	long result;
	do {
		prepare(&request, sizeof request);
		result = call(__l4re_environment->rm, L4RE_PROTO_RM, sizeof request, 0);
	} while (result >= 0 && result & AGAIN);
	return result;
}

/* The flags of the region in which the address is, and where that ends; an error if it is in none. */
long __l4re_region(const void *address, uintptr_t *end)
{
	struct { int function; l4_addr_t start; unsigned long size; } request = { RM_FIND, (l4_addr_t)address, 1 };
	struct { l4_addr_t start; unsigned long size; uint32_t flags; } answer;
	prepare(&request, sizeof request);
	long result = call(__l4re_environment->rm, L4RE_PROTO_RM, sizeof request, 0);
	if (result < 0) return result;
	memcpy(&answer, l4_utcb_mr()->mr, sizeof answer);
	*end = answer.start + answer.size;
	return answer.flags & (RESERVED | IN_AREA) ? -ENOMEM : (long)answer.flags;
}

/* Address space in which nothing can be attached, for what the kernel maps itself. */
long __l4re_reserve(void **address, size_t size)
{
	const struct { int function; l4_addr_t start; unsigned long size; uint32_t flags; unsigned char align; } request
		= { RM_RESERVE_AREA, LOWEST, size, SEARCH | RESERVED, L4_PAGESHIFT };
	prepare(&request, sizeof request);
	long result = call(__l4re_environment->rm, L4RE_PROTO_RM, sizeof request, 0);
	if (result >= 0) *address = (void *)l4_utcb_mr()->mr[0];
	return result;
}

/* Puts the object of that name into the slot. A name space resolves as much as it can, and names the next one. */
long __l4re_query(l4_cap_idx_t names, const char *path, l4_cap_idx_t slot)
{
	struct {
		int function;
		unsigned long length;
		char path[sizeof(l4_msg_regs_t) - 4*sizeof(long)];
	} request = { NAMESPACE_QUERY, 0, "" };
	long result;
	while (path[request.length]) {
		if (request.length == sizeof request.path) return -ENAMETOOLONG;
		request.path[request.length] = path[request.length];
		request.length++;
	}
	do {
		size_t bytes = offsetof(__typeof__(request), path) + request.length;
		prepare(&request, bytes);
		l4_utcb_br()->br[0] = slot | L4_RCV_ITEM_SINGLE_CAP;
		l4_utcb_br()->br[1] = 0;
		result = call(names, L4RE_PROTO_NAMESPACE, bytes, 0);
		names = slot;
		/* The answer has the rest in the place where the request had the whole. */
		if (result >= 0 && result & PARTLY_RESOLVED) memcpy(&request, l4_utcb_mr()->mr, sizeof request);
		request.function = NAMESPACE_QUERY;
	} while (result >= 0 && result & PARTLY_RESOLVED && request.length && request.length <= sizeof request.path);
	return result < 0 ? result : 0;
}

/* Fails if the object is no dataspace. */
long __l4re_size(l4_cap_idx_t dataspace, uint64_t *size)
{
	const int request = DATASPACE_INFO;
	prepare(&request, sizeof request);
	long result = call(dataspace, L4RE_PROTO_DATASPACE, sizeof request, 0);
	if (result >= 0) memcpy(size, l4_utcb_mr()->mr, sizeof *size);
	return result;
}

/* The memory goes back; the range reads as zeros. */
long __l4re_clear(l4_cap_idx_t dataspace, uint64_t offset, size_t size)
{
	const struct { int function; uint64_t offset, size; } request = { DATASPACE_CLEAR, offset, size };
	prepare(&request, sizeof request);
	return call(dataspace, L4RE_PROTO_DATASPACE, sizeof request, 0);
}

/* From one dataspace to the other, at the same offset. */
long __l4re_copy(l4_cap_idx_t to, l4_cap_idx_t from, uint64_t offset, size_t size)
{
	const struct { int function; uint64_t to_offset, from_offset, size; } request = { DATASPACE_COPY_IN, offset, offset, size };
	prepare(&request, sizeof request);
	add_capability(sizeof request, 0, from, L4_CAP_FPAGE_RO);
	return call(to, L4RE_PROTO_DATASPACE, sizeof request, 1);
}

long __l4re_new_dataspace(l4_cap_idx_t slot, size_t size)
{
	l4_utcb_t *utcb = l4_utcb();
	l4_msgtag_t tag = l4_factory_create_start_u(L4RE_PROTO_DATASPACE, slot, utcb);
	l4_factory_create_add_int_u(size, &tag, utcb);
	l4_factory_create_add_uint_u(0, &tag, utcb); /* flags */
	l4_factory_create_add_uint_u(0, &tag, utcb); /* alignment */
	return __l4re_error(l4_factory_create_commit_u(__l4re_environment->mem_alloc, tag, utcb));
}

long __l4re_memory(struct memory_information *information)
{
	const int request = MEMORY_INFO;
	prepare(&request, sizeof request);
	long result = call(__l4re_environment->mem_alloc, L4RE_PROTO_MEM_ALLOC, sizeof request, 0);
	if (result >= 0) memcpy(information, l4_utcb_mr()->mr, sizeof *information);
	return result;
}

/*
 * Binds a new thread to its UTCB and lets ITAS, L4Re's service in every task, serve its page faults and exceptions, as
 * L4Re's libpthread does: so a crash in any thread ends the program with a report.
 */
long __l4re_watch_thread(l4_cap_idx_t thread, l4_utcb_t *utcb)
{
	const struct { int function; l4_addr_t utcb; } request = { ITAS_REGISTER_THREAD, (l4_addr_t)utcb };
	l4_cap_idx_t itas = __l4re_environment->itas;
	if (!itas || !l4_is_valid_cap(itas)) return -ENOSYS;
	prepare(&request, sizeof request);
	add_capability(sizeof request, 0, __l4re_environment->main_thread, L4_CAP_FPAGE_RO); /* gives its signal mask */
	add_capability(sizeof request, 1, thread, L4_CAP_FPAGE_RO);
	return call(itas, L4RE_PROTO_ITAS, sizeof request, 2);
}

/* L4rtc::Rtc::get_timer_offset (l4/rtc/rtc): nanoseconds from the kernel's clock to the time of day. The server answers 1 if it
 * doesn't know: its hardware couldn't be read. */
long __l4re_day_offset(l4_cap_idx_t server, int64_t *offset)
{
	const int request = RTC_GET_OFFSET;
	prepare(&request, sizeof request);
	long result = call(server, 0, sizeof request, 0);
	if (!result) memcpy(offset, l4_utcb_mr()->mr, sizeof *offset);
	return result > 0 ? -ENODATA : result;
}
