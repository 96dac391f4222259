/*
 * Pipes and FIFOs: a ring of bytes between those who write and those who read. The bytes go with the last one who has the
 * pipe open, so a FIFO that nobody has open takes no memory but for its record.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include "common.h"
#include "common/moment.h"
#include "common/parts.h"

enum { DEFAULT_CAPACITY = 65536, LARGEST_CAPACITY = 1 << 20 };

struct pipe {
	struct common_lock lock;
	struct moment moment;
	int uses;                       /* files, and a FIFO's node */
	int readers, writers;           /* who has it open */
	int reader_count, writer_count; /* who ever had: a FIFO's open must not miss one who is gone already */
	unsigned written, emptied, ends; /* for edges */
	char *bytes;                    /* null: nothing was written yet */
	size_t capacity, first, filled;
};

static int reads(const struct file *file)
{
	return (file->flags & O_ACCMODE) != O_WRONLY;
}

static int writes(const struct file *file)
{
	return (file->flags & O_ACCMODE) != O_RDONLY;
}

/* Whoever polls an end for writing expects that PIPE_BUF bytes have room. */
static int is_full(const struct pipe *pipe)
{
	return pipe->capacity - pipe->filled < PIPE_BUF;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t take(struct pipe *pipe, const struct iovec *parts, int count)
{
	size_t size = smaller(__common_length_of(parts, count), pipe->filled);
	size_t straight = smaller(size, pipe->capacity - pipe->first);
	__common_scatter(parts, count, 0, pipe->bytes + pipe->first, straight);
	__common_scatter(parts, count, straight, pipe->bytes, size - straight);
	pipe->filled -= size;
	pipe->first = pipe->filled ? (pipe->first + size) % pipe->capacity : 0;
	return size;
}

static size_t put(struct pipe *pipe, const struct iovec *parts, int count, size_t offset)
{
	size_t end = (pipe->first + pipe->filled) % pipe->capacity, room = pipe->capacity - pipe->filled;
	size_t straight = smaller(room, pipe->capacity - end);
	size_t done = __common_gather(pipe->bytes + end, straight, parts, count, offset);
	if (done == straight) done += __common_gather(pipe->bytes, room - straight, parts, count, offset + done);
	pipe->filled += done;
	return done;
}

static long read_pipe(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	struct pipe *pipe = file->object;
	(void)position;
	if (!__common_length_of(parts, count)) return 0;
	for (;;) {
		__common_lock(&pipe->lock);
		int seen = pipe->moment.number, writers = pipe->writers;
		int was_full = is_full(pipe);
		size_t done = pipe->filled ? take(pipe, parts, count) : 0;
		if (done) {
			pipe->emptied += was_full;
			__common_happens(&pipe->moment, WRITERS);
		}
		__common_unlock(&pipe->lock);
		if (done || !writers) return done;
		if (file->flags & O_NONBLOCK) return -EAGAIN;
		long error = __common_await(&pipe->moment, seen, READERS, FOREVER, RESTARTS);
		if (error) return error;
	}
}

/* One step: writes what there's room for, if that is at least what is needed. */
static long write_some(struct pipe *pipe, const struct iovec *parts, int count, size_t offset, size_t needed)
{
	if (!pipe->readers) return -EPIPE;
	if (!pipe->bytes && !(pipe->bytes = __common_allocate(pipe->capacity))) return -ENOMEM;
	if (pipe->capacity - pipe->filled < needed) return 0;
	size_t done = put(pipe, parts, count, offset);
	pipe->written++;
	__common_happens(&pipe->moment, READERS);
	return done;
}

/* What is no longer than PIPE_BUF goes in at once, and nothing comes between. */
static long write_pipe(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	struct pipe *pipe = file->object;
	size_t length = __common_length_of(parts, count), done = 0, needed = length > PIPE_BUF ? 1 : length;
	(void)position;
	while (done < length) {
		__common_lock(&pipe->lock);
		long result = write_some(pipe, parts, count, done, needed);
		int seen = pipe->moment.number;
		__common_unlock(&pipe->lock);
		if (result > 0) done += result;
		if (done == length) break;
		if (!result && file->flags & O_NONBLOCK) result = -EAGAIN;
		if (!result) result = __common_await(&pipe->moment, seen, WRITERS, FOREVER, done ? ENDS : RESTARTS);
		if (result == -EPIPE) SYS_tkill_function(__backend_self()->id, SIGPIPE);
		if (result < 0) return done ? (long)done : result;
	}
	return done;
}

static unsigned ready(struct file *file)
{
	struct pipe *pipe = file->object;
	unsigned events = 0;
	__common_lock(&pipe->lock);
	if (reads(file)) {
		if (pipe->filled) events |= POLLIN;
		if (!pipe->writers && (int)file->number != pipe->writer_count) events |= POLLHUP;
	}
	if (writes(file)) {
		if (!is_full(pipe)) events |= POLLOUT;
		if (!pipe->readers) events |= POLLERR;
	}
	__common_unlock(&pipe->lock);
	return events;
}

static unsigned events(struct file *file, unsigned which)
{
	struct pipe *pipe = file->object;
	switch (which) {
	case POLLIN: return reads(file) ? pipe->written : 0;
	case POLLOUT: return writes(file) ? pipe->emptied : 0;
	}
	return pipe->ends;
}

static long resize(struct pipe *pipe, size_t wanted)
{
	if (wanted < pipe->filled) return -EBUSY;
	char *bytes = pipe->bytes ? __common_allocate(wanted) : 0;
	if (pipe->bytes && !bytes) return -ENOMEM;
	if (bytes) {
		size_t filled = pipe->filled;
		take(pipe, &(struct iovec){ bytes, filled }, 1);
		__common_free(pipe->bytes);
		pipe->filled = filled;
		pipe->first = 0;
		pipe->bytes = bytes;
	}
	pipe->capacity = wanted;
	pipe->emptied++;
	__common_happens(&pipe->moment, WRITERS);
	return wanted;
}

/* A power of two, and pages. */
static long set_capacity(struct pipe *pipe, unsigned wanted)
{
	size_t size = PAGE;
	if (wanted > INT_MAX) return -EINVAL;
	if (wanted > LARGEST_CAPACITY) return -EPERM;
	while (size < wanted) size *= 2;
	__common_lock(&pipe->lock);
	long result = resize(pipe, size);
	__common_unlock(&pipe->lock);
	return result;
}

static long control(struct file *file, unsigned request, unsigned long argument)
{
	struct pipe *pipe = file->object;
	switch (request) {
	case FIONREAD:
		*(int *)argument = pipe->filled;
		return 0;
	case FCNTL_REQUEST | F_GETPIPE_SZ:
		return pipe->capacity;
	case FCNTL_REQUEST | F_SETPIPE_SZ:
		return set_capacity(pipe, argument);
	}
	return -ENOTTY;
}

static void leave(struct pipe *pipe)
{
	if (!__atomic_sub_fetch(&pipe->uses, 1, __ATOMIC_ACQ_REL)) __common_free(pipe);
}

static void release(struct file *file)
{
	struct pipe *pipe = file->object;
	__common_lock(&pipe->lock);
	if (reads(file)) pipe->readers--;
	if (writes(file)) pipe->writers--;
	if (!pipe->readers && !pipe->writers) {
		__common_free(pipe->bytes);
		pipe->bytes = 0;
		pipe->capacity = DEFAULT_CAPACITY;
		pipe->first = pipe->filled = 0;
	}
	pipe->ends++;
	__common_happens(&pipe->moment, EVERYBODY);
	__common_unlock(&pipe->lock);
	leave(pipe);
}

static long status(struct file *file, struct status *status)
{
	*status = (struct status){ .mode = S_IFIFO | 0600, .links = 1, .inode = (uintptr_t)file->object / sizeof(long) };
	return 0;
}

static const struct file_kind
	pipe_kind = { .read = read_pipe, .write = write_pipe, .ready = ready, .events = events, .control = control,
		.release = release, .status = status },
	fifo_kind = { .read = read_pipe, .write = write_pipe, .ready = ready, .events = events, .control = control,
		.release = release };

static struct pipe *new_pipe(int uses)
{
	struct pipe *pipe = __common_allocate(sizeof *pipe);
	if (!pipe) return 0;
	pipe->capacity = DEFAULT_CAPACITY;
	pipe->uses = uses;
	return pipe;
}

/* To be called under the lock, or by the only one who knows of the pipe. Its end is no hang-up before the first writer. */
static void enter(struct pipe *pipe, struct file *file)
{
	file->object = pipe;
	__atomic_fetch_add(&pipe->uses, 1, __ATOMIC_RELAXED);
	file->number = pipe->writers ? pipe->writer_count - 1 : pipe->writer_count;
	if (reads(file)) pipe->readers++, pipe->reader_count++;
	if (writes(file)) pipe->writers++, pipe->writer_count++;
}

static struct file *new_end(struct pipe *pipe, int flags)
{
	struct file *file = __common_new_file(&pipe_kind, flags);
	if (file) enter(pipe, file);
	return file;
}

static long new_ends(struct file *reader, struct file *writer, int ends[2], int flags)
{
	long first = __common_new_descriptor(reader, flags);
	if (first < 0) {
		__common_put(writer);
		return first;
	}
	long second = __common_new_descriptor(writer, flags);
	if (second < 0) {
		SYS_close_function(first);
		return second;
	}
	ends[0] = first;
	ends[1] = second;
	return 0;
}

long SYS_pipe2_function(int ends[2], int flags)
{
	if (flags & ~(O_CLOEXEC | O_NONBLOCK)) return -EINVAL;
	struct pipe *pipe = new_pipe(0);
	if (!pipe) return -ENOMEM;
	struct file *reader = new_end(pipe, O_RDONLY | (flags & O_NONBLOCK));
	if (!reader) {
		__common_free(pipe);
		return -ENFILE;
	}
	struct file *writer = new_end(pipe, O_WRONLY | (flags & O_NONBLOCK));
	if (!writer) {
		__common_put(reader);
		return -ENFILE;
	}
	return new_ends(reader, writer, ends, flags & O_CLOEXEC);
}

#ifdef __arm__
long SYS_pipe_function(int ends[2])
{
	return SYS_pipe2_function(ends, 0);
}
#endif

static struct pipe *pipe_of(void **slot)
{
	struct pipe *pipe = __atomic_load_n(slot, __ATOMIC_ACQUIRE), *new;
	if (pipe || !(new = new_pipe(1))) return pipe;
	void *before = 0;
	if (__atomic_compare_exchange_n(slot, &before, new, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return new;
	__common_free(new);
	return before;
}

/* Until the other end was opened since the count was read. */
static long wait_for_other(struct pipe *pipe, const int *counter, int count)
{
	for (;;) {
		__common_lock(&pipe->lock);
		int seen = pipe->moment.number, opened = *counter != count;
		__common_unlock(&pipe->lock);
		if (opened) return 0;
		long error = __common_await(&pipe->moment, seen, EVERYBODY, FOREVER, RESTARTS);
		if (error) return error;
	}
}

long __common_open_fifo(struct file *file, int flags, void **fifo)
{
	struct pipe *pipe = pipe_of(fifo);
	if (!pipe) return -ENOMEM;
	__common_lock(&pipe->lock);
	int nobody_reads = !pipe->readers, nobody_writes = !pipe->writers;
	if (nobody_reads && !reads(file) && flags & O_NONBLOCK) {
		__common_unlock(&pipe->lock);
		return -ENXIO;
	}
	enter(pipe, file);
	int *counter = reads(file) ? &pipe->writer_count : &pipe->reader_count, count = *counter;
	int waits = !(flags & O_NONBLOCK) && (reads(file) ? nobody_writes && !writes(file) : nobody_reads);
	__common_happens(&pipe->moment, EVERYBODY);
	__common_unlock(&pipe->lock);
	long error = waits ? wait_for_other(pipe, counter, count) : 0;
	if (error) release(file);
	else file->kind = &fifo_kind;
	return error;
}

void __common_free_fifo(void *fifo)
{
	leave(fifo);
}

/* Here, as FIFOs are what it is for: whoever can make one can open it. */
long SYS_mknodat_function(int folder, const char *name, mode_t mode, unsigned device)
{
	mode_t type = mode & S_IFMT ? mode & S_IFMT : S_IFREG;
	if (type == S_IFDIR || type == S_IFLNK) return -EPERM;
	return __common_make(folder, name, type | __common_without_umask(mode), device, 0);
}

#ifdef __arm__
long SYS_mknod_function(const char *name, mode_t mode, unsigned device)
{
	return SYS_mknodat_function(AT_FDCWD, name, mode, device);
}
#endif
