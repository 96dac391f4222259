/* Time, files, and what the backend says of itself. */
#include "flavour-test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static long long nanoseconds(clockid_t clock)
{
	struct timespec now;
	return clock_gettime(clock, &now) ? -1 : now.tv_sec * 1000000000LL + now.tv_nsec;
}

int monotonic_clock(void)
{
	struct timespec pause = { .tv_nsec = 20000000 };
	long long before = nanoseconds(CLOCK_MONOTONIC);
	REQUIRE(before >= 0);
	REQUIRE(nanosleep(&pause, 0) == 0);
	long long after = nanoseconds(CLOCK_MONOTONIC);
	REQUIRE(after - before >= 20000000);
	return after - before < 5000000000 ? note("slept %lld us", (after - before) / 1000)
		: fail("20 ms took %lld us", (after - before) / 1000);
}

/* Not every backend knows the time of day. */
int real_clock(void)
{
	struct tm date;
	time_t now = time(0);
	if (now == -1)
		return note("none (errno %d)", errno);
	REQUIRE(gmtime_r(&now, &date));
	return note("%04d-%02d-%02dT%02d:%02d:%02dZ%s", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday, date.tm_hour,
		date.tm_min, date.tm_sec, date.tm_year < 120 ? ", so not set" : "");
}

static int check_written(FILE *file)
{
	char line[64];
	struct stat status;
	REQUIRE(fseek(file, 0, SEEK_SET) == 0);
	for (int i = 0; i < 1000; i++) {
		char expected[64];
		snprintf(expected, sizeof expected, "line %d\n", i);
		REQUIRE(fgets(line, sizeof line, file) && !strcmp(line, expected));
	}
	REQUIRE(!fgets(line, sizeof line, file) && feof(file));
	REQUIRE(fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 8890);
	REQUIRE(fseek(file, -9, SEEK_END) == 0 && ftell(file) == 8881);
	REQUIRE(fgets(line, sizeof line, file) && !strcmp(line, "line 999\n"));
	REQUIRE(fseek(file, 5, SEEK_SET) == 0 && fputc('X', file) == 'X' && fflush(file) == 0);
	REQUIRE(fseek(file, 0, SEEK_SET) == 0 && fgets(line, sizeof line, file) && !strcmp(line, "line X\n"));
	return 1;
}

static int written_file(void)
{
	char text[8];
	struct stat status;
	FILE *file = fopen(file_path, "w+");
	REQUIRE(file);
	for (int i = 0; i < 1000; i++)
		REQUIRE(fprintf(file, "line %d\n", i) > 0);
	int ok = check_written(file);
	REQUIRE(fclose(file) == 0);
	if (!ok)
		return 0; /* With the detail of the check. */
	REQUIRE(stat(file_path, &status) == 0 && status.st_size == 8890);
	int fd = open(file_path, O_RDONLY);
	REQUIRE(fd >= 0);
	REQUIRE(lseek(fd, 7, SEEK_SET) == 7 && read(fd, text, 6) == 6 && !memcmp(text, "line 1", 6));
	REQUIRE(lseek(fd, 0, SEEK_CUR) == 13 && lseek(fd, 0, SEEK_END) == 8890 && read(fd, text, 1) == 0);
	REQUIRE(close(fd) == 0);
	REQUIRE(close(fd) == -1 && errno == EBADF);
	REQUIRE(remove(file_path) == 0);
	REQUIRE(!fopen(file_path, "r") && errno == ENOENT);
	return 1;
}

static int given_file(void)
{
	char text[1024];
	struct stat status;
	FILE *file = fopen(file_path, "r");
	REQUIRE(file);
	size_t length = fread(text, 1, sizeof text - 1, file);
	REQUIRE(feof(file) && !ferror(file));
	REQUIRE(fstat(fileno(file), &status) == 0 && status.st_size == (off_t)length);
	REQUIRE(fseek(file, 1, SEEK_SET) == 0 && fgetc(file) == text[1] && ftell(file) == 2);
	REQUIRE(fclose(file) == 0);
	text[length] = 0;
	text[strcspn(text, "\r\n")] = 0;
	return strcmp(text, expected_text) ? fail("the file begins with \"%s\"", text) : 1;
}

int file_contents(void)
{
	return expected_text ? given_file() : written_file();
}

int file_that_is_missing(void)
{
	struct stat status;
	char path[256];
	snprintf(path, sizeof path, "%s.missing", file_path);
	errno = 0;
	REQUIRE(open(path, O_RDONLY) == -1 && errno == ENOENT);
	REQUIRE(stat(path, &status) == -1 && errno == ENOENT);
	return 1;
}

int random_numbers(void)
{
	unsigned char first[32] = { 0 }, second[32] = { 0 };
	REQUIRE(getrandom(first, sizeof first, 0) == sizeof first);
	REQUIRE(getrandom(second, sizeof second, 0) == sizeof second);
	REQUIRE(memcmp(first, second, sizeof first));
	return 1;
}

int names_of_the_system(void)
{
	struct utsname names;
	REQUIRE(uname(&names) == 0);
	REQUIRE(*names.sysname && *names.machine);
	return note("%s %s %s", names.sysname, names.release, names.machine);
}

int limits_of_the_system(void)
{
	REQUIRE(sysconf(_SC_PAGESIZE) >= 4096);
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	return note("processors: %ld", processors);
}
