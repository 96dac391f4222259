/* Files, folders and links in /tmp, and devices. */
#define _GNU_SOURCE
#include "flavour-test.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static char folder[] = "/tmp/flavour-test.XXXXXX";

/* Each check works in a folder of its own, which must be empty in the end. */
static int enter(void)
{
	strcpy(folder + sizeof folder - 7, "XXXXXX");
	REQUIRE(mkdtemp(folder) && chdir(folder) == 0);
	return 1;
}

static int leave(void)
{
	REQUIRE(chdir("/") == 0 && rmdir(folder) == 0);
	return 1;
}

static int is(const char *path, mode_t type, off_t size)
{
	struct stat status;
	return lstat(path, &status) == 0 && (status.st_mode & S_IFMT) == type && (type != S_IFREG || status.st_size == size);
}

static int fails_with(int error, int result)
{
	return result == -1 && errno == error;
}

static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	ssize_t size = strlen(text);
	return fd >= 0 && write(fd, text, size) == size && close(fd) == 0;
}

static int holds(const char *path, const char *text)
{
	char buffer[100];
	int fd = open(path, O_RDONLY);
	ssize_t size = fd < 0 ? -1 : read(fd, buffer, sizeof buffer);
	return fd >= 0 && close(fd) == 0 && size == (ssize_t)strlen(text) && !memcmp(buffer, text, size);
}

int folders_and_names(void)
{
	char path[PATH_MAX];
	REQUIRE(enter() && getcwd(path, sizeof path) && !strcmp(path, folder));
	REQUIRE(mkdir("a", 0700) == 0 && is("a", S_IFDIR, 0) && fails_with(EEXIST, mkdir("a", 0700)));
	REQUIRE(put("a/x", "content") && is("a/x", S_IFREG, 7));
	REQUIRE(fails_with(ENOTDIR, open("a/x/y", O_RDONLY)) && fails_with(EISDIR, open("a", O_WRONLY)));
	REQUIRE(fails_with(ENOENT, open("b/x", O_RDONLY)) && fails_with(ENOENT, open("", O_RDONLY)));
	REQUIRE(fails_with(EEXIST, open("a/x", O_WRONLY | O_CREAT | O_EXCL, 0600)));
	REQUIRE(fails_with(ENOTEMPTY, rmdir("a")) && fails_with(EISDIR, unlink("a")) && fails_with(ENOTDIR, rmdir("a/x")));
	REQUIRE(rename("a/x", "y") == 0 && holds("y", "content") && !is("a/x", S_IFREG, 7));
	REQUIRE(put("z", "other") && rename("z", "y") == 0 && holds("y", "other"));
	REQUIRE(rename("a", "b") == 0 && is("b", S_IFDIR, 0) && fails_with(EINVAL, rename("b", "b/c")));
	REQUIRE(fails_with(ENAMETOOLONG, open(memset(path, 'x', sizeof path - 1), O_RDONLY)));
	REQUIRE(chdir("b") == 0 && holds("../y", "other") && realpath("..//./b/../y", path) && chdir("..") == 0);
	REQUIRE(!strncmp(path, folder, strlen(folder)) && !strcmp(path + strlen(folder), "/y"));
	int at = open(".", O_RDONLY | O_DIRECTORY), fd = openat(at, "b/w", O_CREAT | O_RDWR, 0600);
	REQUIRE(at >= 0 && fd >= 0 && close(fd) == 0 && is("b/w", S_IFREG, 0) && unlinkat(at, "b/w", 0) == 0);
	REQUIRE(fchdir(at) == 0 && close(at) == 0 && access("y", W_OK) == 0);
	REQUIRE(unlink("y") == 0 && rmdir("b") == 0);
	return leave();
}

int symbolic_links(void)
{
	char target[PATH_MAX];
	REQUIRE(enter() && put("x", "content") && symlink("x", "link") == 0 && is("link", S_IFLNK, 0));
	REQUIRE(holds("link", "content") && readlink("link", target, sizeof target) == 1 && *target == 'x');
	REQUIRE(fails_with(ELOOP, open("link", O_RDONLY | O_NOFOLLOW)) && fails_with(EINVAL, readlink("x", target, 1)));
	REQUIRE(symlink("./././x", "far") == 0 && holds("far", "content") && fails_with(ENOTDIR, open("far/", O_RDONLY)));
	REQUIRE(symlink("loop", "loop") == 0 && fails_with(ELOOP, open("loop", O_RDONLY)));
	REQUIRE(symlink(folder, "here") == 0 && holds("here/here/link", "content"));
	REQUIRE(symlink("nowhere", "broken") == 0 && put("broken", "new") && holds("nowhere", "new"));
	REQUIRE(link("x", "hard") == 0 && put("hard", "changed") && holds("x", "changed") && unlink("x") == 0);
	REQUIRE(holds("hard", "changed"));
	for (const char *names[] = { "link", "far", "loop", "here", "broken", "nowhere", "hard", 0 }, **name = names; *name; name++)
		REQUIRE(unlink(*name) == 0);
	return leave();
}

int listing_of_a_folder(void)
{
	char name[8];
	int found[500] = { 0 }, dots = 0;
	REQUIRE(enter());
	for (int i = 0; i < 500; i++) {
		snprintf(name, sizeof name, "f%d", i);
		REQUIRE(put(name, ""));
	}
	DIR *stream = opendir(".");
	REQUIRE(stream);
	/* What is removed meanwhile must not hide others. */
	for (struct dirent *entry; (entry = readdir(stream));) {
		int number = -1;
		if (sscanf(entry->d_name, "f%d", &number) == 1 && number >= 0 && number < 500)
			found[number]++;
		else
			dots++;
		if (number >= 0)
			REQUIRE(unlink(entry->d_name) == 0);
	}
	REQUIRE(closedir(stream) == 0 && dots == 2);
	for (int i = 0; i < 500; i++)
		REQUIRE(found[i] == 1);
	return leave();
}

int positions_and_sizes(void)
{
	char text[8] = "";
	REQUIRE(enter());
	int fd = open("x", O_RDWR | O_CREAT | O_APPEND, 0600), other = open("x", O_RDWR);
	REQUIRE(fd >= 0 && write(fd, "abc", 3) == 3 && pwrite(other, "X", 1, 1) == 1 && write(fd, "d", 1) == 1);
	REQUIRE(pread(fd, text, 8, 0) == 4 && !memcmp(text, "aXcd", 4) && lseek(fd, 0, SEEK_CUR) == 4);
	REQUIRE(ftruncate(fd, 2) == 0 && ftruncate(fd, 6) == 0 && pread(fd, text, 8, 0) == 6 && !memcmp(text, "aX\0\0\0\0", 6));
	REQUIRE(lseek(other, 10000, SEEK_SET) == 10000 && write(other, "e", 1) == 1 && is("x", S_IFREG, 10001));
	REQUIRE(pread(fd, text, 1, 5000) == 1 && !*text && read(other, text, 1) == 0);
	REQUIRE(truncate("x", 3) == 0 && is("x", S_IFREG, 3) && fails_with(EINVAL, lseek(fd, -1, SEEK_SET)));
	/* A file without a name lives on while it is open. */
	REQUIRE(unlink("x") == 0 && pread(fd, text, 8, 0) == 3 && fsync(fd) == 0 && close(fd) == 0 && close(other) == 0);
	return leave();
}

int appending(void)
{
	char text[8];
	struct iovec part = { "d", 1 };
	REQUIRE(enter());
	int fd = open("x", O_RDWR | O_CREAT | O_APPEND, 0600);
	REQUIRE(fd >= 0 && write(fd, "abc", 3) == 3);
	/* The system's own call appends, whatever the offset. */
	REQUIRE(syscall(SYS_pwritev, fd, &part, 1, 0L, 0L) == 1 && holds("x", "abcd") && lseek(fd, 0, SEEK_CUR) == 3);
	/* musl's writes at the offset, if it can: Linux has that since 6.9, and emulators have it not. */
	if (pwrite(fd, "A", 1, 0) == 1)
		REQUIRE(holds("x", "Abcd"));
	else
		REQUIRE(checks_of_linux && errno == EOPNOTSUPP);
	REQUIRE(lseek(fd, 1, SEEK_SET) == 1 && read(fd, text, 1) == 1 && write(fd, text, 1) == 1 && lseek(fd, 0, SEEK_CUR) == 5);
	REQUIRE(fcntl(fd, F_SETFL, 0) == 0 && pwrite(fd, "E", 1, 4) == 1 && pread(fd, text, 8, 1) == 4 && !memcmp(text, "bcdE", 4));
	REQUIRE(close(fd) == 0 && unlink("x") == 0);
	return leave();
}

int descriptors_of_files(void)
{
	REQUIRE(enter());
	int fd = open("x", O_RDWR | O_CREAT | O_CLOEXEC, 0600), same = dup(fd);
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	REQUIRE(fd >= 0 && same > fd && write(fd, "abc", 3) == 3 && lseek(same, 0, SEEK_CUR) == 3);
	REQUIRE(fcntl(fd, F_GETFD) == FD_CLOEXEC && fcntl(same, F_GETFD) == 0);
	REQUIRE(fcntl(same, F_DUPFD, 100) == 100 && dup2(fd, 100) == 100 && close(100) == 0 && fails_with(EBADF, close(100)));
	REQUIRE(fcntl(fd, F_SETFL, O_APPEND) == 0 && fcntl(same, F_GETFL) & O_APPEND);
	REQUIRE(fcntl(fd, F_SETLK, &lock) == 0 && fails_with(EBADF, dup(-1)) && fails_with(EBADF, read(999, 0, 0)));
	REQUIRE(close(fd) == 0 && close(same) == 0 && unlink("x") == 0);
	/* The lowest free one is taken. */
	int first = open("/dev/null", O_RDWR), second = open("/dev/null", O_RDWR);
	REQUIRE(close(first) == 0 && open("/dev/null", O_RDWR) == first && close(first) == 0 && close(second) == 0);
	return leave();
}

/* Linux takes the time of its last tick. */
static int is_now(const struct timespec *time, const struct timespec *before)
{
	struct timespec after;
	clock_gettime(CLOCK_REALTIME, &after);
	long long from = before->tv_sec * 1000000000LL + before->tv_nsec, at = time->tv_sec * 1000000000LL + time->tv_nsec;
	return at >= from - 20000000 && at <= after.tv_sec * 1000000000LL + after.tv_nsec;
}

int modes_and_times(void)
{
	struct timespec now, a_while = { 0, 100000000 };
	struct stat status;
	struct timespec times[2] = { { 1000000000, 5 }, { 1234567890, 987654321 } };
	REQUIRE(enter());
	mode_t before = umask(027);
	REQUIRE(put("x", "content") && stat("x", &status) == 0 && (status.st_mode & 07777) == 0640 && umask(before) == 027);
	REQUIRE(chmod("x", 0751) == 0 && stat("x", &status) == 0 && (status.st_mode & 07777) == 0751 && status.st_nlink == 1);
	REQUIRE(utimensat(AT_FDCWD, "x", times, 0) == 0 && stat("x", &status) == 0);
	REQUIRE(status.st_mtim.tv_sec == 1234567890 && status.st_mtim.tv_nsec == 987654321 && status.st_atim.tv_nsec == 5);
	REQUIRE(clock_gettime(CLOCK_REALTIME, &now) == 0 && nanosleep(&a_while, 0) == 0 && clock_gettime(CLOCK_REALTIME, &now) == 0);
	REQUIRE(put("x", "content") && stat("x", &status) == 0 && is_now(&status.st_mtim, &now));
	REQUIRE(access("x", X_OK) == 0 && chmod("x", 0600) == 0 && fails_with(EACCES, access("x", X_OK)));
	REQUIRE(fails_with(ENOENT, access("y", F_OK)) && unlink("x") == 0);
	return leave();
}

int mapped_files(void)
{
	char text[4] = "";
	REQUIRE(enter());
	int fd = open("x", O_RDWR | O_CREAT, 0600);
	REQUIRE(fd >= 0 && ftruncate(fd, 10000) == 0);
	char *shared = mmap(0, 10000, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	char *private = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 4096);
	REQUIRE(shared != MAP_FAILED && private != MAP_FAILED);
	memcpy(shared + 5000, "abc", 3);
	private[2000] = 'x';
	REQUIRE(pread(fd, text, 3, 5000) == 3 && !memcmp(text, "abc", 3) && pread(fd, text, 1, 6096) == 1 && !*text);
	REQUIRE(pwrite(fd, "new", 3, 9000) == 3 && !memcmp(shared + 9000, "new", 3) && msync(shared, 10000, MS_SYNC) == 0);
	struct timespec long_ago[2] = { { 1000000000, 0 }, { 1000000000, 0 } };
	struct stat status;
	REQUIRE(futimens(fd, long_ago) == 0);
	shared[100] = 'y';
	REQUIRE(msync(shared, 10000, MS_SYNC) == 0 && fstat(fd, &status) == 0);
	REQUIRE(status.st_mtime > 1000000000 || status.st_ctime < 1000000000); /* or there is no time of day */
	REQUIRE(close(fd) == 0 && munmap(private, 4096) == 0 && munmap(shared, 10000) == 0);
	fd = open("x", O_RDONLY);
	REQUIRE(pread(fd, text, 3, 5000) == 3 && !memcmp(text, "abc", 3));
	REQUIRE(mmap(0, 4096, PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED && errno == EACCES && close(fd) == 0);
	REQUIRE(unlink("x") == 0);
	return leave();
}

#define SHARED_PAGES 6ul

static char *map_shared(int fd, size_t pages)
{
	return mmap(0, pages*4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

/* Whether the file still has the numbers of its pages, and a mapping shows what is written to them. */
static int shows(int fd, const char *shared, size_t first, size_t end)
{
	for (size_t page = first; page < end; page++) {
		const char number = (char)('a' + page);
		REQUIRE(shared[page*4096] == number);
		REQUIRE(pwrite(fd, "!", 1, page*4096 + 1) == 1 && shared[page*4096 + 1] == '!');
		REQUIRE(pwrite(fd, "", 1, page*4096 + 1) == 1 && shared[page*4096 + 1] == 0);
	}
	return 1;
}

/* What is unmapped goes from its middle, its ends, across a page that was unmapped before, and beyond its end; other memory
 * that is asked for meanwhile is never the file's. */
int mapped_files_end_in_parts(void)
{
	char number = 'a', *others[40];
	REQUIRE(enter());
	int fd = open("x", O_RDWR | O_CREAT, 0600);
	REQUIRE(fd >= 0 && ftruncate(fd, SHARED_PAGES*4096) == 0);
	for (size_t page = 0; page < SHARED_PAGES; page++, number++) REQUIRE(pwrite(fd, &number, 1, page*4096) == 1);
	char *shared = map_shared(fd, SHARED_PAGES), *again = map_shared(fd, SHARED_PAGES);
	REQUIRE(shared != MAP_FAILED && again != MAP_FAILED);
	REQUIRE(munmap(shared + 2*4096, 4096) == 0 && shows(fd, shared, 0, 2) && shows(fd, shared, 3, SHARED_PAGES));
	REQUIRE(munmap(shared + 2*4096, 4096 + 1) == 0 && shows(fd, shared, 4, SHARED_PAGES) && shows(fd, shared, 0, 2));
	for (int i = 0; i < 40; i++) {
		others[i] = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		REQUIRE(others[i] != MAP_FAILED && !others[i][0]);
		memset(others[i], 'o', 4096);
	}
	REQUIRE(shows(fd, shared, 0, 2) && shows(fd, again, 0, 2) && shows(fd, again, 4, SHARED_PAGES));
	REQUIRE(munmap(shared, 4096) == 0 && shows(fd, shared, 1, 2) && shows(fd, shared, 4, SHARED_PAGES));
	REQUIRE(munmap(shared + 5*4096, 4096) == 0 && shows(fd, shared, 4, 5) && shows(fd, again, 4, 5));
	REQUIRE(munmap(shared + 4096, 4*4096) == 0);
	if (shared != again) REQUIRE(shows(fd, again, 0, SHARED_PAGES));
	REQUIRE(munmap(again, SHARED_PAGES*4096) == 0);
	for (int i = 0; i < 40; i++) REQUIRE(munmap(others[i], 4096) == 0);
	for (size_t page = 0; page < SHARED_PAGES; page++)
		REQUIRE(pread(fd, &number, 1, page*4096) == 1 && number == (char)('a' + page));
	/* Nothing keeps the file where it is any more: it can grow. */
	REQUIRE(ftruncate(fd, 3000000) == 0 && pwrite(fd, "z", 1, 2999999) == 1 && close(fd) == 0 && unlink("x") == 0);
	return leave();
}

/* Calls that are meant for other memory don't harm what is in the file. */
int mapped_files_stay_where_they_are(void)
{
	char first = 'a';
	REQUIRE(enter());
	int fd = open("x", O_RDWR | O_CREAT, 0600);
	REQUIRE(fd >= 0 && ftruncate(fd, 2*4096) == 0 && pwrite(fd, &first, 1, 0) == 1);
	char *shared = map_shared(fd, 2);
	REQUIRE(shared != MAP_FAILED && shared[0] == 'a');
	REQUIRE(madvise(shared, 2*4096, MADV_DONTNEED) == 0 && shared[0] == 'a');
	char *moved = mremap(shared, 2*4096, 2000*4096, MREMAP_MAYMOVE);
	if (moved == MAP_FAILED) REQUIRE(errno == ENOMEM);
	else shared = moved;
	char *replaced = mmap(shared, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	if (replaced == MAP_FAILED) REQUIRE(errno == ENOMEM);
	else memset(replaced, 'r', 4096);
	REQUIRE(pread(fd, &first, 1, 0) == 1 && first == 'a');
	REQUIRE(munmap(shared, moved == MAP_FAILED ? 2*4096 : 2000*4096) == 0);
	REQUIRE(pread(fd, &first, 1, 0) == 1 && first == 'a' && close(fd) == 0 && unlink("x") == 0);
	return leave();
}

int temporary_files(void)
{
	char text[16];
	FILE *file = tmpfile();
	struct statvfs storage;
	REQUIRE(file && fputs("some text\n", file) >= 0 && fseek(file, 0, SEEK_SET) == 0);
	REQUIRE(fgets(text, sizeof text, file) && !strcmp(text, "some text\n") && fclose(file) == 0);
	REQUIRE(statvfs("/tmp", &storage) == 0 && storage.f_blocks > 0 && storage.f_bavail > 0 && storage.f_namemax == 255);
	return 1;
}

int device_files(void)
{
	char text[16] = "x", zeros[16] = "", random[2][16];
	int null = open("/dev/null", O_RDWR), zero = open("/dev/zero", O_RDWR), full = open("/dev/full", O_WRONLY);
	int source = open("/dev/urandom", O_RDONLY), numbered = open("/dev/fd/1", O_WRONLY);
	struct stat status;
	REQUIRE(write(null, text, 16) == 16 && read(null, text, 16) == 0 && read(zero, text, 16) == 16 && !memcmp(text, zeros, 16));
	REQUIRE(fails_with(ENOSPC, write(full, text, 1)) && numbered >= 0);
	REQUIRE(read(source, random[0], 16) == 16 && read(source, random[1], 16) == 16 && memcmp(random[0], random[1], 16));
	REQUIRE(fstat(null, &status) == 0 && S_ISCHR(status.st_mode) && stat("/dev/null", &status) == 0 && S_ISCHR(status.st_mode));
	REQUIRE(close(null) == 0 && close(zero) == 0 && close(full) == 0 && close(source) == 0 && close(numbered) == 0);
	char *memory = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, zero = open("/dev/zero", O_RDWR), 0);
	REQUIRE(memory != MAP_FAILED && !memory[4095] && (memory[0] = 1) && munmap(memory, 4096) == 0 && close(zero) == 0);
	return 1;
}

int what_a_program_learns_of_itself(void)
{
	char line[200], path[PATH_MAX];
	int name = 0;
	FILE *file = fopen("/proc/self/status", "r");
	REQUIRE(file);
	while (fgets(line, sizeof line, file))
		name += !strncmp(line, "Name:\t", 6);
	REQUIRE(fclose(file) == 0 && name == 1);
	REQUIRE(readlink("/proc/self/exe", path, sizeof path) > 0 && *path == '/');
	file = fopen("/proc/self/cmdline", "r");
	REQUIRE(file && fgetc(file) > 0 && fclose(file) == 0);
	file = fopen("/proc/meminfo", "r");
	REQUIRE(file && fgets(line, sizeof line, file) && !strncmp(line, "MemTotal:", 9) && fclose(file) == 0);
	return 1;
}
