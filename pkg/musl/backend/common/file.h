/*
 * Files of all kinds. A descriptor is a number for an open file description, a struct file, whose kind says what can be done
 * with it. Names are found in file systems, which are mounted in one tree; a file system opens what it holds.
 */
#ifndef COMMON_FILE_H
#define COMMON_FILE_H

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include "syscall_functions.h"

struct file;

/* What stat tells. Times are nanoseconds of the time of day. */
struct status {
	unsigned mode, links, user, group;
	uint64_t device, inode, size, blocks; /* blocks of 512 bytes */
	uint64_t special; /* the number of a device file */
	int64_t accessed, modified, changed;
};

/* What to change of a file: those whose bits are set. */
struct change {
	enum { MODE = 1, OWNER = 2, GROUP = 4, ACCESSED = 8, MODIFIED = 16, SIZE = 32 } what;
	unsigned mode, user, group;
	int64_t accessed, modified;
	uint64_t size;
};

/* Collects the entries of a folder in the layout of getdents64. */
struct listing { char *buffer; size_t size, filled; int full; };
/* Adds one; next is the position after it. Returns 0 if there is no room: the entry is to be offered again next time. */
int __common_list(struct listing *listing, const char *name, uint64_t inode, unsigned mode, uint64_t next);

#define FCNTL_REQUEST 0xfc000000u

#define AT_END UINT64_MAX /* a position: where the file ends when it is written, as O_APPEND wants it */

/* What is in a file, as memory that does not change: for mappings of its pages in linux-run. */
struct content {
	int references;
	const char *data;      /* in whole pages; behind the size is zero */
	size_t size;
	void (*release)(struct content *content); /* of the last reference */
	unsigned char is_executable[]; /* each page: its instructions can be mapped on */
};

/* What can be done with a kind of file. Functions that are null are errors: EINVAL, or what the call's manual page says.
 * Results are 0 or more, or negated error numbers. Of the locks in common/, only that of the file's position may be held: in
 * read, write and list. */
struct file_kind {
	/* Reads or writes as much as there is (room for) now, waiting for the first byte unless the file has O_NONBLOCK.
	 * A kind that seeks starts at the position, which may be AT_END when it writes, and moves it; the others ignore it. */
	long (*read)(struct file *file, const struct iovec *parts, int count, uint64_t *position);
	long (*write)(struct file *file, const struct iovec *parts, int count, uint64_t *position);
	int seeks;
	/* Which of POLLIN, POLLOUT, POLLRDHUP, POLLPRI, POLLHUP and POLLERR hold. Null: always POLLIN and POLLOUT. Whenever it
	 * changes, the kind calls __common_changed. */
	unsigned (*ready)(struct file *file);
	/* For epoll's edges: a number that is another one after each event of POLLIN, POLLOUT or POLLHUP, whichever is asked for;
	 * the last stands for all that is neither of the others. Null: any event of any file may be one of this file's. */
	unsigned (*events)(struct file *file, unsigned which);
	/* ioctl, and the commands of fcntl that not every file has, as FCNTL_REQUEST | command. The argument may be a pointer.
	 * -ENOTTY for what it doesn't know. */
	long (*control)(struct file *file, unsigned request, unsigned long argument);
	/* Null: from the file system, by the file's path. */
	long (*status)(struct file *file, struct status *status);
	long (*change)(struct file *file, const struct change *change);
	/* Folders: entries from that position on. Ends when there are no more, or no room. */
	long (*list)(struct file *file, uint64_t *position, struct listing *listing);
	/* fsync. Null: nothing to do. */
	long (*sync)(struct file *file);
	/* The file's own memory, for MAP_SHARED: it stays where it is until unmap is called once for it. Null: only copies can
	 * be mapped, or what can't be written. */
	long (*map)(struct file *file, uint64_t offset, size_t size, int protection, void **address);
	void (*unmap)(struct file *file);
	/* What was written to such memory counts as a change of the file from now on: at msync, and before unmap. */
	void (*written)(struct file *file);
	/* The content as it is now, with a reference for the caller: who changes the file afterwards changes a copy. Null, also as
	 * a result: it can't be had so. */
	struct content *(*content)(struct file *file);
	/* F_SETFL has changed these flags of file->flags; null: nothing to do. */
	long (*flags_changed)(struct file *file);
	/* The last descriptor is closed. */
	void (*release)(struct file *file);
};

/* An open file description. What a kind needs besides is in object and number. */
struct file {
	const struct file_kind *kind;
	int references;         /* descriptors and calls in progress */
	int flags;              /* O_ACCMODE, O_APPEND, O_NONBLOCK ...: what F_GETFL tells */
	struct common_lock lock; /* of the position */
	uint64_t position;
	const struct file_system *system; /* null: it has no name */
	char *path, *rest;      /* its absolute path, from __common_allocate, and the system's part of it */
	void *object;           /* the kind's own: a pipe, a socket ... */
	uint64_t number;        /* the kind's own, too */
	int has_locks;          /* it had some; "__common_unlock_released" comes before "release" then */
	void *watchers;         /* those in epoll.c that look at it; if there are any, __common_unwatch comes before "release" */
};

/* A file system. Paths have no leading slash, no doubled ones, no "." and ".."; "" is the root. A null function is
 * EROFS (or EINVAL for read_link, EPERM for link). */
struct file_system {
	uint64_t device;
	/* Fills in kind, object, number. Links at the path's end are not followed: the caller has done that. What is there
	 * already is asked __common_may_open for, before anything is changed. Every file system has this function. */
	long (*open)(const struct file_system *system, const char *path, int flags, mode_t mode, struct file *file);
	long (*status)(const struct file_system *system, const char *path, struct status *status);
	long (*change)(const struct file_system *system, const char *path, const struct change *change);
	/* Null if there are no symbolic links in it. Returns the length, without a final 0. */
	long (*read_link)(const struct file_system *system, const char *path, char *target, size_t size);
	/* A folder, a FIFO, a socket, an empty file; or a symbolic link (target not null). -EEXIST if it is there. */
	long (*make)(const struct file_system *system, const char *path, mode_t mode, uint64_t special, const char *target);
	long (*link)(const struct file_system *system, const char *old, const char *new);
	long (*remove)(const struct file_system *system, const char *path, int folder);
	long (*rename)(const struct file_system *system, const char *old, const char *new, unsigned flags);
};

#pragma GCC visibility push(hidden)

/* -- What the backend provides -- */

/* What descriptors 0, 1 and 2 are at the start, and /dev/console; file->number is the descriptor. */
extern const struct file_kind __backend_console;
/* The file system that has the absolute, simple path, and the path in it; null: none of the backend's own, but the tree of
 * files in memory. */
const struct file_system *__backend_system_of(const char *path, const char **rest);
/* The names of the backend's own file systems in the root folder, from that index on; null: no more. */
const char *__backend_root_entry(size_t index, char name[256]);
const char *const *__backend_arguments(void); /* of main */
/* The current folder at the start, "" for the root. */
extern const char __backend_first_folder[];

/* The console's input is linked into programs that read: its file defines this, and whatever reads refers to it. */
extern const char __backend_input;

/* -- descriptors.c -- */

/* The file of the descriptor, which __common_put gives back at the end of the call; null: EBADF. */
struct file *__common_file(int fd);
void __common_put(struct file *file);
/* A new description, with one reference, to be filled in; null: ENFILE or ENOMEM. */
struct file *__common_new_file(const struct file_kind *kind, int flags);
/* Gives it the lowest free descriptor, which takes over the caller's reference, also on error. flags: O_CLOEXEC. */
long __common_new_descriptor(struct file *file, int flags);
/* Of what poll asks, what holds now. */
unsigned __common_ready(struct file *file);

/* epoll.c. To be called by way of a weak reference: file->watchers can only be set if it is linked. */
void __common_unwatch(struct file *file);

/* -- locks.c -- */

/* fcntl, with one of the six commands for that. */
struct flock;
long __common_lock_range(struct file *file, int fd, int command, struct flock *range);
/* Weak references: only what locks files has them. One of the process's descriptors of the file is closed; the last of all is. */
__attribute__((weak)) void __common_unlock_closed(struct file *file);
__attribute__((weak)) void __common_unlock_released(struct file *file);

/* -- events.c: one moment for everything that polls. A kind calls __common_changed whenever its readiness changes. -- */

void __common_changed(void);
/* The number that the next wait compares: read it, look at the files, then wait until it has changed. */
int __common_event_count(void);
long __common_wait_for_event(int count, uint64_t deadline);
/* timerfd.c: when a timer will be the next event. */
uint64_t __common_next_expiry(void);
/* From now on, who waits looks again after a short time, as there are files of which nobody tells when they change. */
void __common_look_often(void);

/* -- heap.c: memory for the backend's own structures; zeroed -- */

void *__common_allocate(size_t size);
void __common_free(void *memory);
/* In pages, as by mmap, mremap and munmap. */
long __common_own_memory(size_t size);
long __common_resize_own_memory(void *memory, size_t size, size_t new_size, int may_move);
void __common_free_own_memory(void *memory, size_t size);

/* -- paths.c -- */

/* Where a name leads: its absolute path, from __common_allocate and the caller's; the file system, and its part of the path. */
struct place { const struct file_system *system; char *path, *rest; };
enum { FOLLOW = 1 }; /* follow a link at the end */
long __common_find(int folder, const char *name, int how, struct place *place);

/* -- mounts.c and the file systems that all backends have -- */

const struct file_system *__common_system_of(const char *path, const char **rest);
void __common_list_mounted(struct listing *listing, uint64_t *position);
extern const struct file_system __common_memory, __common_devices, __common_processes;
/* The descriptor that "self/fd/3" in /proc names, or -1. */
int __common_descriptor_named(const char *path);

/* -- transfer.c -- */

enum access { READS, WRITES, WRITES_THERE /* at the offset, even if the file has O_APPEND */ };

/* Reads or writes; with an offset, at that place, and the position stays as it is. */
long __common_transfer(int fd, enum access how, const struct iovec *parts, int count, const int64_t *offset);

/* As pread, for those who don't read otherwise. */
static inline long __common_read_at(int fd, void *buffer, size_t size, int64_t offset)
{
	const struct iovec part = { buffer, size };
	return __common_transfer(fd, READS, &part, 1, &offset);
}

/* -- seeking.c, file_mappings.c: for what is opened. Whatever opens refers to these two, so other programs do without. -- */

extern const char __common_seeking, __common_file_mappings;

__attribute__((weak)) long long __common_seek(struct file *file, long long offset, int whence);
__attribute__((weak)) long __common_map_file(void *wanted, size_t size, int protection, int flags, int fd, uint64_t offset);

/* -- mappings.c: as the calls, but files' memory is not looked for -- */

long __common_map_pages(void *wanted, size_t size, int protection, int flags);
long __common_remap_pages(void *address, size_t size, size_t new_size, int flags, void *wanted);
void __common_unmap_pages(void *address, size_t size);

/* -- terminal.c -- */

struct kernel_termios { unsigned input, output, control, local; unsigned char line, characters[19]; };
struct terminal_settings {
	int known;
	struct kernel_termios termios;
	struct { unsigned short rows, columns, width, height; } window;
	int session, group; /* that has it, and the group of processes in the foreground; 0: the first one */
};
struct kernel_termios *__common_terminal_settings(struct terminal_settings *terminal);
static inline int __common_foreground(const struct terminal_settings *terminal)
{
	return terminal->group ? terminal->group : 1;
}
static inline int __common_session_of(const struct terminal_settings *terminal)
{
	return terminal->session ? terminal->session : 1;
}
long __common_terminal_control(struct terminal_settings *terminal, unsigned request, unsigned long argument);
long __common_terminal_status(struct file *file, struct status *status);

/* -- memory_files.c: a file without a name; null: ENOMEM -- */

struct file *__common_new_memory_file(void);

static inline void __common_put_content(struct content *content)
{
	if (!__atomic_sub_fetch(&content->references, 1, __ATOMIC_ACQ_REL)) content->release(content);
}

/* -- shared_mappings.c, in programs that have files to map so -- */

long __common_share(struct file *file, void *address, uint64_t offset, size_t size, int protection);
__attribute__((weak)) int __common_is_shared(const void *address, size_t size);
__attribute__((weak)) int __common_unshare(void *address, size_t *size);
__attribute__((weak)) void __common_note_writes(const void *address);

/* -- stat.c, opening.c -- */

long __common_status(struct file *file, struct status *status);
mode_t __common_without_umask(mode_t mode);

/* changes.c: a name for something new, as file_system.make. */
long __common_make(int folder, const char *name, mode_t mode, uint64_t special, const char *target);

/*
 * pipe.c, which is linked if anything makes pipes or FIFOs. Opening a FIFO fills in kind and object, and waits for the other
 * end as "open" does. Its pipe, null at first, is kept in *fifo, and freed when the FIFO is no more and nobody has it open.
 */
__attribute__((weak)) long __common_open_fifo(struct file *file, int flags, void **fifo);
__attribute__((weak)) void __common_free_fifo(void *fifo);

#pragma GCC visibility pop

/* Memory by mmap, zeroed. */
static inline long __common_map_memory(size_t size)
{
#ifdef __arm__
	return SYS_mmap2_function(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
#else
	return SYS_mmap_function(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
#endif
}

/* What a call is to do after __common_wait for a reason to look again: that (0), or to end with the error. If a handler ran at
 * just that moment, it ends, too: there may be nothing to see, and the next wait would know nothing of the signal. */
static inline long __common_end_of_wait(long result, enum after_signal how)
{
	if (result && result != -EAGAIN) return result;
	return __backend_self()->signals.ran >= (int)how ? -EINTR : 0;
}

/* Sleeps until the deadline (0), unless a signal ends that (-EINTR). */
static inline long __common_pause(uint64_t deadline, enum after_signal how)
{
	long result = __common_wait(&__backend_self()->id, 0, ~0u, deadline, how);
	return result == -EINTR ? result : 0;
}

/* Whether something of that mode can be opened with these flags. */
static inline long __common_may_open(unsigned mode, int flags)
{
	if (flags & O_CREAT && flags & O_EXCL) return -EEXIST;
	if (S_ISLNK(mode)) return -ELOOP;
	if (S_ISDIR(mode) && ((flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT)) return -EISDIR;
	if (!S_ISDIR(mode) && flags & O_DIRECTORY) return -ENOTDIR;
	return S_ISSOCK(mode) ? -ENXIO : 0;
}

static inline int64_t __common_time_of_day(void)
{
	return __backend_now() + __common_day_offset();
}

/* What of the path is below the folder, "" for itself; null if it isn't there. */
static inline const char *__common_below(const char *path, const char *folder)
{
	while (*folder && *path == *folder) path++, folder++;
	if (*folder || (*path && *path != '/')) return 0;
	return path + (*path == '/');
}

static inline struct iovec __common_part(const void *buffer, size_t size)
{
	return (struct iovec){ (void *)buffer, size > PTRDIFF_MAX ? PTRDIFF_MAX : size };
}

/* An offset that comes in two longs, on arm64 whole in the first. */
static inline int64_t __common_offset(unsigned long low, unsigned long high)
{
	return sizeof(long) == 8 ? low : (uint64_t)high << 32 | low;
}

/* How many bytes the parts have together, at most LONG_MAX. */
static inline size_t __common_length_of(const struct iovec *parts, int count)
{
	size_t length = 0;
	for (; count-- > 0; parts++) {
		if (parts->iov_len > (size_t)PTRDIFF_MAX - length) return PTRDIFF_MAX;
		length += parts->iov_len;
	}
	return length;
}

#endif
