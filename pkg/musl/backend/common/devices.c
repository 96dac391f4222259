/* /dev */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include "common.h"
#include "common/file.h"

#define DEVICE 3

static long read_nothing(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	(void)file, (void)parts, (void)count, (void)position;
	return 0;
}

static long read_zeros(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	(void)file, (void)position;
	long done = 0;
	for (; count--; parts++) memset(parts->iov_base, 0, parts->iov_len), done += parts->iov_len;
	return done;
}

static long read_random(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	(void)file, (void)position;
	long done = 0;
	for (; count--; parts++) {
		for (size_t at = 0; at < parts->iov_len;) {
			long n = SYS_getrandom_function((char *)parts->iov_base + at, parts->iov_len - at, 0);
			if (n < 0) return done ? done : n;
			at += n, done += n;
		}
	}
	return done;
}

static long write_anything(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	(void)file, (void)position;
	return __common_length_of(parts, count);
}

static long no_room(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	(void)file, (void)position;
	return __common_length_of(parts, count) ? -ENOSPC : 0;
}

/* Private memory in either case, since no other process could share it. */
static long map_zeros(struct file *file, uint64_t offset, size_t size, int protection, void **address)
{
	(void)file, (void)offset, (void)protection;
	long memory = __common_map_memory(size);
	*address = (void *)memory;
	return memory < 0 && memory > -4096 ? memory : 0;
}

static const struct file_kind null_device = { .read = read_nothing, .write = write_anything, .seeks = 1 };
static const struct file_kind zero_device = { .read = read_zeros, .write = write_anything, .seeks = 1, .map = map_zeros };
static const struct file_kind full_device = { .read = read_zeros, .write = no_room, .seeks = 1 };
static const struct file_kind random_device = { .read = read_random, .write = write_anything, .seeks = 1 };

static long list(struct file *file, uint64_t *position, struct listing *listing);
static const struct file_kind folder = { .list = list };

/* The numbers are Linux's: Documentation/admin-guide/devices.txt. */
static const struct device {
	const char *name, *target;
	const struct file_kind *kind;
	unsigned char major, minor;
} devices[] = {
	{ "", 0, &folder, 0, 0 },
	{ "console", 0, &__backend_console, 5, 1 },
	{ "fd", "/proc/self/fd", 0, 0, 0 },
	{ "full", 0, &full_device, 1, 7 },
	{ "null", 0, &null_device, 1, 3 },
	{ "random", 0, &random_device, 1, 8 },
	{ "stderr", "/proc/self/fd/2", 0, 0, 0 },
	{ "stdin", "/proc/self/fd/0", 0, 0, 0 },
	{ "stdout", "/proc/self/fd/1", 0, 0, 0 },
	{ "tty", 0, &__backend_console, 5, 0 },
	{ "urandom", 0, &random_device, 1, 9 },
	{ "zero", 0, &zero_device, 1, 5 },
};
#define DEVICES (sizeof devices / sizeof *devices)

static const struct device *find(const char *path)
{
	for (size_t i = 0; i < DEVICES; i++) if (__common_equal(devices[i].name, path)) return devices + i;
	return 0;
}

static unsigned mode_of(const struct device *device)
{
	return device->kind == &folder ? S_IFDIR | 0755 : device->target ? S_IFLNK | 0777 : S_IFCHR | 0666;
}

static long list(struct file *file, uint64_t *position, struct listing *listing)
{
	(void)file;
	if (*position < 1) *position += __common_list(listing, ".", DEVICE, S_IFDIR, 1);
	if (*position == 1) *position += __common_list(listing, "..", 1, S_IFDIR, 2);
	if (*position == 2) *position += __common_list(listing, "shm", __common_hash("shm"), S_IFDIR, 3);
	while (*position >= 3 && *position - 2 < DEVICES) {
		const struct device *device = devices + *position - 2;
		if (!__common_list(listing, device->name, __common_hash(device->name), mode_of(device), *position + 1)) break;
		++*position;
	}
	return 0;
}

static long open_device(const struct file_system *system, const char *path, int flags, mode_t mode, struct file *file)
{
	(void)system, (void)mode;
	const struct device *device = find(path);
	if (!device) return flags & O_CREAT ? -EACCES : -ENOENT;
	file->kind = device->kind;
	return __common_may_open(mode_of(device), flags);
}

static long status(const struct file_system *system, const char *path, struct status *status)
{
	(void)system;
	const struct device *device = find(path);
	if (!device) return -ENOENT;
	*status = (struct status){
		.mode = mode_of(device), .links = 1, .device = DEVICE, .inode = *path ? __common_hash(path) : DEVICE,
		.special = makedev(device->major, device->minor), .size = device->target ? __common_length(device->target) : 0,
	};
	return 0;
}

static long read_link(const struct file_system *system, const char *path, char *target, size_t size)
{
	(void)system;
	const struct device *device = find(path);
	if (!device) return -ENOENT;
	if (!device->target) return -EINVAL;
	size_t length = __common_length(device->target);
	if (length > size) length = size;
	memcpy(target, device->target, length);
	return length;
}

/* Owners and times of devices are accepted, and forgotten. */
static long change(const struct file_system *system, const char *path, const struct change *change)
{
	(void)system, (void)change;
	return find(path) ? 0 : -ENOENT;
}

const struct file_system __common_devices = {
	.device = DEVICE, .open = open_device, .status = status, .read_link = read_link, .change = change,
};
