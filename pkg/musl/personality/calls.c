/*
 * System calls: one table of what their arguments are. Structures and texts are copied to the kernel stack, and results back;
 * long runs of bytes are not copied, as nothing depends on what is in them: the backend gets their address, when the program
 * may access them. So no function of the backend sees an address of the program, or anything that the program can still change
 * after it was checked.
 */

#include <errno.h>
#include <limits.h>
#include <string.h>
#include "user.h"
#include "own_calls.h"

/* An argument, as 16 bits: kind, whether it may be null, and either the size of the structure or which argument has it. */
enum { KIND_VALUE, KIND_TEXT, KIND_IN, KIND_OUT, KIND_INOUT, KIND_BYTES_IN, KIND_BYTES_OUT, KIND_WHOLE_IN, KIND_COUNTED,
	KIND_SIZED, KIND_NAME, KIND_PARTS_IN, KIND_PARTS_OUT, KIND_TIMES_IN, KIND_TIMES_OUT, KIND_TIMES_INOUT };
#define NULLABLE 0x800
#define MAKE(kind, rest) (KIND_##kind << 12 | (rest))

#define VALUE 0
#define TEXT MAKE(TEXT, 0)
#define TEXT_OR_NULL MAKE(TEXT, NULLABLE)
#define IN(size) MAKE(IN, size)
#define IN_OR_NULL(size) MAKE(IN, NULLABLE | size)
#define OUT(size) MAKE(OUT, size)
#define OUT_OR_NULL(size) MAKE(OUT, NULLABLE | size)
#define INOUT(size) MAKE(INOUT, size)
#define INOUT_OR_NULL(size) MAKE(INOUT, NULLABLE | size)
/* As many bytes as the other argument says. Where not all can be accessed, that becomes the number of those that can. */
#define BYTES_IN(other) MAKE(BYTES_IN, other)
#define BYTES_OUT(other) MAKE(BYTES_OUT, other)
/* The same, but all or none. */
#define WHOLE_IN(other) MAKE(WHOLE_IN, other)
/* Elements that are read and written, as many as the other argument says. */
#define COUNTED(other, size) MAKE(COUNTED, (size) << 3 | (other))
/* A structure of as many bytes as the other argument says, such as the address of a socket. */
#define SIZED(other) MAKE(SIZED, other)
#define SIZED_OR_NULL(other) MAKE(SIZED, NULLABLE | other)
/* A structure that is returned; the next argument points to its size. */
#define NAME MAKE(NAME, 0)
#define NAME_OR_NULL MAKE(NAME, NULLABLE)
/* An iovec, with as many elements as the other argument says. */
#define PARTS_IN(other) MAKE(PARTS_IN, other)
#define PARTS_OUT(other) MAKE(PARTS_OUT, other)
/* As many times, for which the program has 32 bits, and the backend a structure kernel_timespec. */
#define TIMES_IN(count) MAKE(TIMES_IN, count)
#define TIMES_IN_OR_NULL(count) MAKE(TIMES_IN, NULLABLE | count)
#define TIMES_OUT(count) MAKE(TIMES_OUT, count)
#define TIMES_OUT_OR_NULL(count) MAKE(TIMES_OUT, NULLABLE | count)
#define TIMES_INOUT_OR_NULL(count) MAKE(TIMES_INOUT, NULLABLE | count)

#define LONG sizeof(long)
#define ARGUMENTS 6
#define STRUCTURE 512 /* bytes for each; more than any has, also in musl's form, which the backend may use */
_Static_assert(STRUCTURE >= 390 && STRUCTURE >= 272, "struct utsname, and musl's struct rusage");

#define ENDS_ALWAYS 1
#define IS_OWN 2
#define IS_FUTEX 4

typedef long function(unsigned long, unsigned long, unsigned long, unsigned long, unsigned long, unsigned long);
typedef long own(struct linux_thread *, const unsigned long *);

struct call {
	union { function *function; own *own; };
	uint16_t arguments[ARGUMENTS];
	unsigned char count, flags; /* so many of them are not just values, or stand before such */
};

#define SYSCALL(name, number) NUMBER_##name = CALL_INDEX(number),
enum {
#include <syscalls.def>
	NUMBERS
};
#undef SYSCALL

/* Their types differ, and don't matter here. */
#define HIDDEN __attribute__((visibility("hidden")))
#define CALL(name, ...) extern HIDDEN const char address_of_##name[] __asm__ ("SYS_" #name "_function");
#define CALL_AS(name, function, ...) CALL(function)
#define RETURNS CALL
#define RETURNS_AS CALL_AS
#define OWN(name)
#define OWN_RETURNS(name)
#define OWN_FUTEX(name)
#include "calls.def"
#undef CALL
#undef CALL_AS
#undef RETURNS
#undef RETURNS_AS
#undef OWN
#undef OWN_RETURNS
#undef OWN_FUTEX

#define DESCRIBE(name, target, flags, ...) \
	[NUMBER_##name] = { { (function *)address_of_##target }, { __VA_ARGS__ }, sizeof (uint16_t[]){ __VA_ARGS__ } / 2, flags },
#define CALL(name, ...) DESCRIBE(name, name, 0, __VA_ARGS__)
#define CALL_AS(name, target, ...) DESCRIBE(name, target, 0, __VA_ARGS__)
#define RETURNS(name, ...) DESCRIBE(name, name, ENDS_ALWAYS, __VA_ARGS__)
#define RETURNS_AS(name, target, ...) DESCRIBE(name, target, ENDS_ALWAYS, __VA_ARGS__)
#define DESCRIBE_OWN(name, flags) [NUMBER_##name] = { { .own = linux_##name }, { 0 }, 0, IS_OWN | flags },
#define OWN(name) DESCRIBE_OWN(name, 0)
#define OWN_RETURNS(name) DESCRIBE_OWN(name, ENDS_ALWAYS)
#define OWN_FUTEX(name) DESCRIBE_OWN(name, IS_FUTEX)
static const struct call calls[NUMBERS] = {
#include "calls.def"
};
#undef CALL
#undef CALL_AS
#undef RETURNS
#undef RETURNS_AS
#undef OWN
#undef OWN_RETURNS
#undef OWN_FUTEX

/* Some calls of arm have two names. */
#pragma GCC diagnostic ignored "-Woverride-init"
#define SYSCALL(name, number) [CALL_INDEX(number)] = #name,
static const char *const names[NUMBERS] = {
#include <syscalls.def>
};
#undef SYSCALL

/* The arguments of a call in progress, and where their copies are. */
struct state {
	unsigned long *arguments;    /* those that the function gets */
	const unsigned long *wanted; /* those of the program */
	unsigned name_size;          /* of NAME: how much room the program has */
	char structures[ARGUMENTS][STRUCTURE] __attribute__((aligned(16)));
};

static size_t size_of(unsigned kind)
{
	return kind & (NULLABLE - 1);
}

/* -- What goes in -- */

static long bring_structure(struct state *state, int i, unsigned argument, size_t size, int is_read)
{
	char *copy = state->structures[i];
	if (!state->wanted[i] && argument & NULLABLE) return 0;
	if (size > STRUCTURE) return -EINVAL;
	state->arguments[i] = (unsigned long)copy;
	if (is_read) return copy_from_user(copy, state->wanted[i], size);
	memset(copy, 0, size); /* nothing of this stack is to be told */
	return linux_accessible(state->wanted[i], size, PROT_WRITE) < size ? -EFAULT : 0;
}

static long bring_times(struct state *state, int i, unsigned argument, int is_read)
{
	size_t count = size_of(argument), size = count * sizeof(struct old_time);
	struct kernel_timespec *times = (struct kernel_timespec *)state->structures[i];
	if (!state->wanted[i] && argument & NULLABLE) return 0;
	state->arguments[i] = (unsigned long)times;
	if (!is_read) return linux_accessible(state->wanted[i], size, PROT_WRITE) < size ? -EFAULT : 0;
	long error = 0;
	for (size_t n = 0; n < count && !error; n++)
		error = linux_bring_old_time(times + n, state->wanted[i] + n*sizeof(struct old_time));
	return error;
}

static long bring_bytes(struct state *state, int i, unsigned argument, int protection, int may_be_less)
{
	int other = argument & 7;
	size_t wanted = state->arguments[other], size = wanted ? linux_accessible(state->wanted[i], wanted, protection) : 0;
	if (size < wanted && !(may_be_less && size)) return -EFAULT;
	state->arguments[other] = size;
	state->arguments[i] = size ? (unsigned long)linux_here(state->wanted[i]) : (unsigned long)state->structures[i];
	return 0;
}

static long bring_counted(struct state *state, int i, unsigned argument)
{
	int count = state->wanted[argument & 7];
	size_t element = argument >> 3 & 0xff, size = (size_t)count * element;
	if (count < 0) return -EINVAL;
	if ((size_t)count > SIZE_MAX / element) return -EFAULT;
	if (linux_accessible(state->wanted[i], size, PROT_READ | PROT_WRITE) < size) return -EFAULT;
	state->arguments[i] = size ? (unsigned long)linux_here(state->wanted[i]) : (unsigned long)state->structures[i];
	return 0;
}

static long bring_name(struct state *state, int i, unsigned argument)
{
	unsigned *size = (unsigned *)state->structures[i + 1];
	if (!state->wanted[i] && argument & NULLABLE) {
		state->arguments[i + 1] = 0;
		return 0;
	}
	if (copy_from_user(size, state->wanted[i + 1], sizeof *size)) return -EFAULT;
	if (*size > INT_MAX) return -EINVAL;
	if (*size > STRUCTURE) *size = STRUCTURE;
	state->name_size = *size;
	memset(state->structures[i], 0, *size);
	state->arguments[i] = (unsigned long)state->structures[i];
	state->arguments[i + 1] = (unsigned long)size;
	return linux_accessible(state->wanted[i], *size, PROT_WRITE) < *size ? -EFAULT : 0;
}

long linux_bring_parts(struct iovec *parts, user_t from, unsigned long count, int protection)
{
	size_t total = 0;
	if (count > IOV_MAX) return -EINVAL;
	if (copy_from_user(parts, from, count*sizeof *parts)) return -EFAULT;
	for (unsigned long i = 0; i < count; i++) {
		if (parts[i].iov_len > SSIZE_MAX - total) return -EINVAL;
		total += parts[i].iov_len;
	}
	total = 0;
	for (unsigned long i = 0; i < count; i++) {
		size_t wanted = parts[i].iov_len;
		size_t size = wanted ? linux_accessible((user_t)parts[i].iov_base, wanted, protection) : 0;
		parts[i] = (struct iovec){ size ? linux_here((user_t)parts[i].iov_base) : parts, size };
		total += size;
		if (size < wanted) return total ? (long)i + 1 : -EFAULT;
	}
	return count;
}

/* Texts and iovecs have their own room, only if there are any. */
static long bring(struct state *state, const struct call *call, int first);

static __attribute__((noinline)) long bring_text(struct state *state, const struct call *call, int i)
{
	char text[PATH_MAX];
	if (!state->wanted[i] && call->arguments[i] & NULLABLE) return bring(state, call, i + 1);
	long error = copy_text_from_user(text, state->wanted[i], sizeof text, -ENAMETOOLONG);
	if (error < 0) return error;
	state->arguments[i] = (unsigned long)text;
	return bring(state, call, i + 1);
}

static __attribute__((noinline)) long bring_parts(struct state *state, const struct call *call, int i, int protection)
{
	struct iovec parts[IOV_MAX];
	int other = call->arguments[i] & 7;
	long count = linux_bring_parts(parts, state->wanted[i], (unsigned long)state->wanted[other], protection);
	if (count < 0) return count;
	state->arguments[i] = (unsigned long)parts;
	state->arguments[other] = count;
	return bring(state, call, i + 1);
}

/* -- What comes out -- */

/* What was found to be accessible before the call still leads to the program's memory, whatever has become of it. */
static void take_checked(const struct state *state, int i, size_t size)
{
	if (state->arguments[i]) memcpy(linux_here(state->wanted[i]), state->structures[i], size);
}

static long take(const struct state *state, int i, size_t size)
{
	return state->arguments[i] ? copy_to_user(state->wanted[i], state->structures[i], size) : 0;
}

static long take_times(const struct state *state, int i, size_t count)
{
	const struct kernel_timespec *times = (const struct kernel_timespec *)state->structures[i];
	long error = 0;
	for (size_t n = 0; state->arguments[i] && n < count && !error; n++)
		error = linux_take_old_time(state->wanted[i] + n*sizeof(struct old_time), times + n);
	return error;
}

static long take_name(const struct state *state, int i)
{
	unsigned size;
	if (!state->arguments[i]) return 0;
	memcpy(&size, state->structures[i + 1], sizeof size);
	unsigned known = size < state->name_size ? size : state->name_size;
	long error = copy_to_user(state->wanted[i], state->structures[i], known);
	return error ? error : copy_to_user(state->wanted[i + 1], &size, sizeof size);
}

/* Linux writes what is changed (what is left of a time) after a signal, too. */
static long take_all(const struct state *state, const struct call *call, long result)
{
	long error = 0;
	for (int i = 0; i < call->count && !error; i++) {
		unsigned argument = call->arguments[i];
		switch (argument >> 12) {
		case KIND_OUT:
			if (result >= 0) take_checked(state, i, size_of(argument));
			break;
		case KIND_INOUT:
			if (result >= 0 || result == -EINTR) error = take(state, i, size_of(argument));
			break;
		case KIND_NAME:
			if (result >= 0) error = take_name(state, i);
			break;
		case KIND_TIMES_OUT:
			if (result >= 0) error = take_times(state, i, size_of(argument));
			break;
		case KIND_TIMES_INOUT:
			if (result >= 0 || result == -EINTR) error = take_times(state, i, size_of(argument));
			break;
		}
	}
	return error ? error : result;
}

static long bring(struct state *state, const struct call *call, int first)
{
	unsigned long *a = state->arguments;
	long error = 0;
	for (int i = first; i < call->count && !error; i++) {
		unsigned argument = call->arguments[i];
		switch (argument >> 12) {
		case KIND_TEXT: return bring_text(state, call, i);
		case KIND_PARTS_IN: return bring_parts(state, call, i, PROT_READ);
		case KIND_PARTS_OUT: return bring_parts(state, call, i, PROT_WRITE);
		case KIND_IN: case KIND_INOUT: error = bring_structure(state, i, argument, size_of(argument), 1); break;
		case KIND_OUT: error = bring_structure(state, i, argument, size_of(argument), 0); break;
		case KIND_BYTES_IN: error = bring_bytes(state, i, argument, PROT_READ, 1); break;
		case KIND_BYTES_OUT: error = bring_bytes(state, i, argument, PROT_WRITE, 1); break;
		case KIND_WHOLE_IN: error = bring_bytes(state, i, argument, PROT_READ, 0); break;
		case KIND_COUNTED: error = bring_counted(state, i, argument); break;
		case KIND_SIZED: error = bring_structure(state, i, argument, (unsigned)state->wanted[argument & 7], 1); break;
		case KIND_NAME: error = bring_name(state, i++, argument); break;
		case KIND_TIMES_IN: case KIND_TIMES_INOUT: error = bring_times(state, i, argument, 1); break;
		case KIND_TIMES_OUT: error = bring_times(state, i, argument, 0); break;
		}
	}
	if (error) return error;
	return take_all(state, call, call->function(a[0], a[1], a[2], a[3], a[4], a[5]));
}

/* -- All calls -- */

static __attribute__((noinline)) long call_with_copies(const struct call *call, const unsigned long *wanted)
{
	unsigned long arguments[ARGUMENTS];
	struct state state; /* the rest is filled in as far as it is used */
	state.arguments = arguments;
	state.wanted = wanted;
	/* Those that lead to the program are null until they have been brought. */
	for (int i = 0; i < ARGUMENTS; i++) arguments[i] = call->arguments[i] ? 0 : wanted[i];
	return bring(&state, call, 0);
}

long linux_call(struct linux_thread *thread, unsigned long number, const unsigned long *a)
{
	unsigned long index = CALL_INDEX((long)number);
	const struct call *call = calls + index;
	if (index >= NUMBERS || !call->function) {
		if (linux_is_verbose)
			linux_say("linux-run: call %d (%s) is not served\n", number, index < NUMBERS && names[index] ? names[index] : "unknown");
		return -ENOSYS;
	}
	if (call->flags & IS_OWN) return call->own(thread, a);
	return call->count ? call_with_copies(call, a) : call->function(a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* Whether a signal whose handler has SA_RESTART lets the call be made again. */
int linux_is_restartable(unsigned long number, const unsigned long *arguments)
{
	unsigned long index = CALL_INDEX((long)number);
	if (index >= NUMBERS || calls[index].flags & ENDS_ALWAYS) return 0;
	return !(calls[index].flags & IS_FUTEX && linux_futex_has_time(arguments));
}
