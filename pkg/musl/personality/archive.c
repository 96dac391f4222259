/*
 * A root file system: a cpio archive in the format "newc" (Linux, Documentation/driver-api/early-userspace/buffer-format.rst),
 * not compressed, which is unpacked into the tree of files in memory. The file is not trusted: its names are, like those of
 * the program, only names in that tree.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include "personality.h"

long SYS_symlinkat_function(const char *target, int folder, const char *path);
long SYS_fchownat_function(int folder, const char *path, uid_t user, gid_t group, int flags);
long SYS_fchmodat_function(int folder, const char *path, mode_t mode);

#define DIGITS 8
enum { N_INODE, N_MODE, N_USER, N_GROUP, N_LINKS, N_TIME, N_SIZE, N_MAJOR, N_MINOR, N_SPECIAL_MAJOR, N_SPECIAL_MINOR,
	N_NAME_SIZE, N_CHECKSUM, FIELDS };
#define HEADER (6 + FIELDS*DIGITS)
#define BUFFER (64ul << 10)

struct archive { long fd; uint64_t position, size; char *buffer; };
struct entry { uint32_t fields[FIELDS]; char name[PATH_MAX]; };

static long read_all(struct archive *archive, void *to, size_t size)
{
	long n = size <= archive->size - archive->position ? SYS_pread64_function(archive->fd, to, size, archive->position) : 0;
	if (n != (long)size) return n < 0 ? n : -EBADMSG;
	archive->position += size;
	return 0;
}

static int number_in(const char *digits, uint32_t *number)
{
	*number = 0;
	for (int i = 0; i < DIGITS; i++) {
		char c = digits[i], lower = c | 0x20;
		if (c >= '0' && c <= '9') c -= '0';
		else if (lower >= 'a' && lower <= 'f') c = lower - 'a' + 10;
		else return 0;
		*number = *number << 4 | c;
	}
	return 1;
}

/* Headers with names, and contents, begin at multiples of 4. */
static void align(struct archive *archive)
{
	archive->position = (archive->position + 3) & -4ull;
	if (archive->position > archive->size) archive->position = archive->size;
}

static long read_entry(struct archive *archive, struct entry *entry)
{
	char header[HEADER];
	long error = read_all(archive, header, sizeof header);
	if (error) return error;
	if (memcmp(header, "070701", 6)) return -EBADMSG;
	for (int i = 0; i < FIELDS; i++) if (!number_in(header + 6 + i*DIGITS, entry->fields + i)) return -EBADMSG;
	uint32_t size = entry->fields[N_NAME_SIZE];
	if (!size || size > sizeof entry->name) return -EBADMSG;
	error = read_all(archive, entry->name, size);
	if (error || entry->name[size - 1]) return error ? error : -EBADMSG;
	align(archive);
	return 0;
}

static long write_file(struct archive *archive, const char *name, uint32_t size)
{
	long fd = SYS_openat_function(AT_FDCWD, name, O_WRONLY | O_CREAT | O_TRUNC, 0600), error = fd < 0 ? fd : 0;
	for (uint32_t done = 0; !error && done < size;) {
		size_t part = size - done < BUFFER ? size - done : BUFFER;
		error = read_all(archive, archive->buffer, part);
		long n = error ? 0 : SYS_write_function(fd, archive->buffer, part);
		if (!error && n != (long)part) error = n < 0 ? n : -ENOSPC;
		done += part;
	}
	if (fd >= 0) SYS_close_function(fd);
	return error;
}

static long make_link(struct archive *archive, const char *name, uint32_t size)
{
	char target[PATH_MAX];
	if (!size || size >= sizeof target) return -EBADMSG;
	long error = read_all(archive, target, size);
	target[size] = 0;
	return error ? error : SYS_symlinkat_function(target, AT_FDCWD, name);
}

/* /dev and /proc are there already, and so are device files. */
static long unpack_entry(struct archive *archive, const struct entry *entry)
{
	const char *name = entry->name[0] == '/' ? entry->name + 1 : entry->name;
	uint32_t mode = entry->fields[N_MODE], size = entry->fields[N_SIZE];
	uint64_t end = archive->position + size;
	long error = 0;
	if (size > archive->size - archive->position) return -EBADMSG;
	if (S_ISREG(mode)) error = write_file(archive, name, size);
	else if (S_ISLNK(mode)) error = make_link(archive, name, size);
	else if (S_ISDIR(mode)) error = SYS_mkdirat_function(AT_FDCWD, name, 0700);
	else name = 0;
	if (S_ISDIR(mode) && error == -EEXIST) name = 0, error = 0;
	if (!error && name) SYS_fchownat_function(AT_FDCWD, name, entry->fields[N_USER], entry->fields[N_GROUP], AT_SYMLINK_NOFOLLOW);
	if (!error && name && !S_ISLNK(mode)) SYS_fchmodat_function(AT_FDCWD, name, mode & 07777);
	archive->position = end;
	align(archive);
	return error;
}

static long unpack(struct archive *archive, struct entry *entry)
{
	for (;;) {
		long error = read_entry(archive, entry);
		if (error || !strcmp(entry->name, "TRAILER!!!")) return error;
		error = unpack_entry(archive, entry);
		if (error) linux_say("linux-run: '%s' of the root file system can't be unpacked (error %d)\n", entry->name, error);
		if (error) return error;
	}
}

long linux_unpack(const char *path)
{
	struct archive archive = { .fd = SYS_openat_function(AT_FDCWD, path, O_RDONLY, 0) };
	struct kernel_stat status;
	if (archive.fd < 0) return archive.fd;
	long error = SYS_fstat_function(archive.fd, &status);
	long memory = error ? error : __common_own_memory(BUFFER + sizeof(struct entry));
	if (memory > 0) {
		archive.size = status.st_size;
		archive.buffer = (char *)memory;
		error = unpack(&archive, (struct entry *)(archive.buffer + BUFFER));
		__common_free_own_memory(archive.buffer, BUFFER + sizeof(struct entry));
	}
	SYS_close_function(archive.fd);
	return memory < 0 ? memory : error;
}
