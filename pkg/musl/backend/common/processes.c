/* /proc: what programs ask about themselves and the machine. A file's text is made when it is opened. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include "common.h"
#include "common/file.h"
#include "common/parts.h"

#define DEVICE 4
#define ROOM (2*PAGE)
#define HERTZ 100 /* sysconf(_SC_CLK_TCK) */
#define NUMBERS 1000000 /* position in a listing: behind it, processes by their numbers */

/* -- Text -- */

struct text { char *start; size_t length; };

static void add(struct text *text, const char *more)
{
	for (; *more && text->length < ROOM; more++) text->start[text->length++] = *more;
}

static void add_number(struct text *text, uint64_t number)
{
	char digits[24], *p = digits + sizeof digits;
	*--p = 0;
	do *--p = '0' + number % 10; while (number /= 10);
	add(text, p);
}

static void add_line(struct text *text, const char *name, uint64_t number, const char *unit)
{
	add(text, name);
	add_number(text, number);
	add(text, unit);
}

/* Up to the second's hundredth. */
static void add_seconds(struct text *text, uint64_t time)
{
	add_number(text, time / SECOND);
	add(text, time % SECOND < SECOND / 10 ? ".0" : ".");
	add_number(text, time % SECOND / (SECOND / 100));
}

static void memory_text(struct text *text)
{
	size_t total = 0, unused = 0;
	__backend_memory(&total, &unused);
	add_line(text, "MemTotal:       ", total / 1024, " kB\n");
	add_line(text, "MemFree:        ", unused / 1024, " kB\n");
	add_line(text, "MemAvailable:   ", unused / 1024, " kB\n");
	add(text, "Buffers:        0 kB\nCached:         0 kB\nSwapTotal:      0 kB\nSwapFree:       0 kB\n");
}

static void uptime_text(struct text *text)
{
	add_seconds(text, __backend_now());
	add(text, " 0.00\n");
}

static void processors_text(struct text *text)
{
	unsigned long processors = __backend_processors();
	for (unsigned i = 0; i < sizeof processors * CHAR_BIT; i++)
		if (processors >> i & 1) add_line(text, "processor\t: ", i, "\n\n");
}

static void load_text(struct text *text)
{
	add_line(text, "0.00 0.00 0.00 1/", __backend_thread_count(), " 1\n");
}

static void version_text(struct text *text)
{
	struct { char system[65], node[65], release[65], version[65], machine[65], domain[65]; } names;
	if (SYS_uname_function((struct utsname *)&names)) return;
	add(text, names.system);
	add(text, " version ");
	add(text, names.release);
	add(text, "\n");
}

static void mounts_text(struct text *text)
{
	add(text, "memory / tmpfs rw 0 0\ndevices /dev devtmpfs rw 0 0\nproc /proc proc rw 0 0\n");
}

static const char *full_name(void)
{
	const char *const *arguments = __backend_arguments(), *program = __common_program();
	return program ? program : arguments && *arguments ? *arguments : "program";
}

static const char *program_name(void)
{
	const char *name = __common_describe_process().name, *last;
	if (name) return name;
	for (name = last = full_name(); *name; name++) if (*name == '/') last = name + 1;
	return last;
}

static void command_name_text(struct text *text)
{
	add(text, program_name());
	add(text, "\n");
}

static void command_text(struct text *text)
{
	const char *const *argument = __backend_arguments();
	for (; argument && *argument; argument++) {
		add(text, *argument);
		if (text->length < ROOM) text->start[text->length++] = 0;
	}
}

/* proc(5), /proc/[pid]/stat: what is not known is 0. */
static void stat_text(struct text *text)
{
	const struct process_description process = __common_describe_process();
	const char state[] = { process.state, 0 };
	add_number(text, process.id);
	add(text, " (");
	add(text, program_name());
	add(text, ") ");
	add(text, state);
	add_line(text, " ", process.parent, " ");
	add_number(text, process.group);
	add_line(text, " ", process.session, " 0 -1 0 0 0 0 0 ");
	add_number(text, process.time / (SECOND / HERTZ));
	add(text, " 0 0 0 20 0 ");
	add_number(text, __backend_thread_count());
	add(text, " 0 0 ");
	size_t total = 0, unused = 0;
	__backend_memory(&total, &unused);
	add_number(text, total - unused);
	add_line(text, " ", (total - unused) / PAGE, " 18446744073709551615");
	for (int i = 0; i < 27; i++) add(text, " 0");
	add(text, "\n");
}

static const char *state_name(char state)
{
	switch (state) {
	case 'Z': return "Z (zombie)";
	case 'T': return "T (stopped)";
	case 'S': return "S (sleeping)";
	}
	return "R (running)";
}

static void status_text(struct text *text)
{
	const struct process_description process = __common_describe_process();
	size_t total = 0, unused = 0;
	__backend_memory(&total, &unused);
	add(text, "Name:\t");
	add(text, program_name());
	add(text, "\nUmask:\t0022\nState:\t");
	add(text, state_name(process.state));
	add_line(text, "\nTgid:\t", process.id, "");
	add_line(text, "\nPid:\t", process.id, "");
	add_line(text, "\nPPid:\t", process.parent, "\nTracerPid:\t0\n");
	add(text, "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n");
	add_line(text, "VmSize:\t", total / 1024, " kB\n");
	add_line(text, "VmRSS:\t", (total - unused) / 1024, " kB\n");
	add_line(text, "Threads:\t", __backend_thread_count(), "\n");
}

static void statm_text(struct text *text)
{
	size_t total = 0, unused = 0;
	__backend_memory(&total, &unused);
	add_line(text, "", total / PAGE, " ");
	add_line(text, "", (total - unused) / PAGE, " 0 0 0 0 0\n");
}

static void random_id_text(struct text *text)
{
	unsigned char bytes[16];
	SYS_getrandom_function(bytes, sizeof bytes, 0);
	bytes[6] = (bytes[6] & 15) | 0x40, bytes[8] = (bytes[8] & 0x3f) | 0x80; /* RFC 9562, version 4 */
	for (int i = 0; i < 16; i++) {
		const char digits[] = { "0123456789abcdef"[bytes[i] >> 4], "0123456789abcdef"[bytes[i] & 15], 0 };
		if (i == 4 || i == 6 || i == 8 || i == 10) add(text, "-");
		add(text, digits);
	}
	add(text, "\n");
}

/* Only linux-run has it; see find. */
__attribute__((weak, visibility("hidden"))) size_t __linux_maps(char *buffer, size_t size);

static void maps_text(struct text *text)
{
	text->length = __linux_maps(text->start, ROOM);
}

static void overcommit_text(struct text *text) { add(text, "1\n"); }
static void most_connections_text(struct text *text) { add(text, "128\n"); }

/* -- The tree: a folder is an entry without text -- */

static const struct entry { const char *path; void (*make)(struct text *text); } entries[] = {
	{ "", 0 },
	{ "cpuinfo", processors_text },
	{ "loadavg", load_text },
	{ "meminfo", memory_text },
	{ "mounts", mounts_text },
	{ "self", 0 },
	{ "self/cmdline", command_text },
	{ "self/comm", command_name_text },
	{ "self/fd", 0 },
	{ "self/maps", maps_text },
	{ "self/mounts", mounts_text },
	{ "self/stat", stat_text },
	{ "self/statm", statm_text },
	{ "self/status", status_text },
	{ "sys", 0 },
	{ "sys/kernel", 0 },
	{ "sys/kernel/random", 0 },
	{ "sys/kernel/random/uuid", random_id_text },
	{ "sys/net", 0 },
	{ "sys/net/core", 0 },
	{ "sys/net/core/somaxconn", most_connections_text },
	{ "sys/vm", 0 },
	{ "sys/vm/overcommit_memory", overcommit_text },
	{ "uptime", uptime_text },
	{ "version", version_text },
};
#define ENTRIES (sizeof entries / sizeof *entries)

/* A process is looked at by its number as by itself: "12/stat" becomes "self/stat", from the view of process 12. */
struct view { struct process *before; int is_another; char buffer[64]; };

/* The number at the beginning of the path, and what comes behind it; 0 if there is none. */
static int number_in(const char **path)
{
	const char *p = *path;
	int number = 0;
	for (; *p >= '0' && *p <= '9' && number < 100000000; p++) number = number*10 + *p - '0';
	if (*p && *p != '/') return 0;
	*path = p;
	return number;
}

static const char *begin_view(struct view *view, const char *path)
{
	const char *rest = path;
	int number = number_in(&rest);
	size_t length = __common_length(rest);
	view->is_another = 0;
	if (!number || length + 5 > sizeof view->buffer || !__common_begin_view(number, &view->before)) return path;
	view->is_another = 1;
	memcpy(view->buffer, "self", 4);
	memcpy(view->buffer + 4, rest, length + 1);
	return view->buffer;
}

static void end_view(const struct view *view)
{
	if (view->is_another) __common_end_view(view->before);
}

static const struct entry *find(const char *path)
{
	for (size_t i = 0; i < ENTRIES; i++)
		if (__common_equal(entries[i].path, path)) return entries[i].make == maps_text && !__linux_maps ? 0 : entries + i;
	return 0;
}

/* The number after "self/fd/", or -1. */
static int descriptor_in(const char *path)
{
	static const char folder[] = "self/fd/";
	int fd = 0;
	for (size_t i = 0; i < sizeof folder - 1; i++) if (path[i] != folder[i]) return -1;
	path += sizeof folder - 1;
	if (!*path) return -1;
	for (; *path; path++) {
		if (*path < '0' || *path > '9' || fd > 99999) return -1;
		fd = fd*10 + *path - '0';
	}
	return fd;
}

int __common_descriptor_named(const char *path)
{
	char own[64] = "self";
	const char *rest = path;
	size_t length;
	if (number_in(&rest) != SYS_getpid_function()) return descriptor_in(path);
	if ((length = __common_length(rest)) + 5 > sizeof own) return -1;
	memcpy(own + 4, rest, length + 1);
	return descriptor_in(own);
}

static long read_text(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	return __common_read_bytes(parts, count, file->object, file->number, position);
}

static void free_text(struct file *file)
{
	__common_free(file->object);
}

static const struct file_kind text_kind = { .read = read_text, .seeks = 1, .release = free_text };

static int is_directly_below(const char *path, const char *folder, const char **name)
{
	while (*folder && *path == *folder) path++, folder++;
	if (*folder) return 0;
	if (*path == '/') path++;
	*name = path;
	if (!*path) return 0;
	while (*path && *path != '/') path++;
	return !*path;
}

static const char *decimal(unsigned number, char *end)
{
	*--end = 0;
	do *--end = '0' + number % 10; while (number /= 10);
	return end;
}

static int list_descriptors(struct listing *listing, uint64_t *position)
{
	for (int fd = *position < 100 ? 0 : *position - 100; fd < DESCRIPTORS; fd++) {
		char digits[12];
		struct file *file = __common_file(fd);
		if (!file) continue;
		__common_put(file);
		if (!__common_list(listing, decimal(fd, digits + sizeof digits), 1000 + fd, S_IFLNK, 100 + fd + 1)) return 0;
		*position = 100 + fd + 1;
	}
	return 1;
}

static void list_processes(struct listing *listing, uint64_t *position)
{
	int number = *position - NUMBERS;
	while ((number = __common_next_number(number))) {
		char digits[12];
		if (!__common_list(listing, decimal(number, digits + sizeof digits), NUMBERS + number, S_IFDIR, NUMBERS + number)) return;
		*position = NUMBERS + number;
	}
}

static void list_entries(const char *path, uint64_t *position, struct listing *listing)
{
	const char *name;
	if (*position < 1) *position += __common_list(listing, ".", __common_hash(path), S_IFDIR, 1);
	if (*position == 1) *position += __common_list(listing, "..", 1, S_IFDIR, 2);
	if (*position < 2) return;
	if (__common_equal(path, "self/fd")) {
		list_descriptors(listing, position);
		return;
	}
	for (size_t i = *position - 2; i < ENTRIES; i++) {
		if (is_directly_below(entries[i].path, path, &name)
			&& !__common_list(listing, name, __common_hash(entries[i].path), entries[i].make ? S_IFREG : S_IFDIR, i + 3))
			return;
		*position = i + 3;
	}
	if (*path) return;
	if (*position < NUMBERS) *position = NUMBERS;
	list_processes(listing, position);
}

static long list(struct file *file, uint64_t *position, struct listing *listing)
{
	struct view view;
	list_entries(begin_view(&view, file->rest), position, listing);
	end_view(&view);
	return 0;
}

static const struct file_kind folder = { .list = list };

/* Where a link leads; 0 if it is none. */
static long target_of(const char *path, char *target)
{
	const char *name = 0;
	struct file *file = 0;
	long length;
	int fd = descriptor_in(path);
	if (__common_equal(path, "self/exe")) name = full_name();
	else if (__common_equal(path, "self/root")) name = "/";
	else if (__common_equal(path, "self/cwd")) {
		length = SYS_getcwd_function(target, PATH_MAX);
		return length > 0 ? length - 1 : length;
	} else if (fd >= 0) {
		file = __common_file(fd);
		if (!file) return -ENOENT;
		name = file->path ? *file->path ? file->path : "/" : file->kind == &__backend_console ? "/dev/console" : "anon_inode:[file]";
	} else {
		return 0;
	}
	length = __common_length(name);
	if (length && *name != '/' && !file) *target++ = '/'; /* a program's name is absolute: glibc relies on that */
	memcpy(target, name, length);
	if (file) __common_put(file);
	return length + (*name != '/' && !file);
}

static long read_link(const struct file_system *system, const char *path, char *target, size_t size)
{
	(void)system;
	struct view view;
	char *whole = __common_allocate(PATH_MAX + 1);
	if (!whole) return -ENOMEM;
	path = begin_view(&view, path);
	long length = target_of(path, whole);
	if (!length) length = find(path) ? -EINVAL : -ENOENT;
	end_view(&view);
	if (length > 0) {
		if ((size_t)length > size) length = size;
		memcpy(target, whole, length);
	}
	__common_free(whole);
	return length;
}

static long status(const struct file_system *system, const char *path, struct status *status)
{
	(void)system;
	struct view view;
	char *target = __common_allocate(PATH_MAX + 1);
	if (!target) return -ENOMEM;
	const char *mine = begin_view(&view, path);
	const struct entry *entry = find(mine);
	long length = entry ? 0 : target_of(mine, target);
	end_view(&view);
	__common_free(target);
	if (!entry && length <= 0) return -ENOENT;
	*status = (struct status){
		.mode = !entry ? S_IFLNK | 0777 : entry->make ? S_IFREG | 0444 : S_IFDIR | 0555, .links = 1, .device = DEVICE,
		.inode = __common_hash(path), .size = length,
	};
	return 0;
}

static long open_entry(const struct file_system *system, const char *path, int flags, mode_t mode, struct file *file)
{
	(void)mode;
	struct view view;
	struct status found;
	long error = status(system, path, &found);
	if (!error) error = __common_may_open(found.mode, flags);
	if (error) return error;
	if (S_ISDIR(found.mode)) {
		file->kind = &folder;
		return 0;
	}
	if ((flags & O_ACCMODE) != O_RDONLY) return -EACCES;
	struct text text = { __common_allocate(ROOM), 0 };
	if (!text.start) return -ENOMEM;
	const struct entry *entry = find(begin_view(&view, path));
	if (entry && entry->make) entry->make(&text); /* else the process has ended just now */
	end_view(&view);
	file->kind = &text_kind;
	file->object = text.start;
	file->number = text.length;
	return 0;
}

const struct file_system __common_processes = { .device = DEVICE, .open = open_entry, .status = status, .read_link = read_link };
