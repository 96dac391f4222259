/* What bench/native.sh compares: the same program is linked with this project's musl and with L4Re's own libc. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "../bench.h"

#define MANY 200000
#define PAGE 4096

static const char *data_file;
static void *blocks[MANY];

static void touch(char *block, size_t from, size_t to)
{
	for (size_t i = from; i < to; i += PAGE) ((volatile char *)block)[i] = 1;
}

static size_t small(unsigned i)
{
	return 16 + i*2654435761u % 113;
}

static void first_touch(void)
{
	const size_t size = 4096*PAGE;
	char *memory = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED) fail("mmap");
	uint64_t begin = now();
	touch(memory, 0, size);
	report("first touch of a page", begin, 4096);
}

static void grow(void)
{
	char *block = 0;
	for (int i = 1; i <= 64; i++) {
		block = realloc(block, i*65536);
		if (!block) fail("realloc");
		touch(block, (i - 1)*65536, i*65536);
	}
	free(block);
}

static void large(int times)
{
	for (int i = 0; i < times; i++) {
		char *block = malloc(256 << 10);
		if (!block) fail("malloc");
		touch(block, 0, 256 << 10);
		free(block);
	}
}

static void fill(int times)
{
	for (int i = 0; i < times; i++) {
		char *block = malloc(256 << 10);
		if (!block) fail("malloc");
		memset(block, i, 256 << 10);
		__asm__ volatile ("" : : "r"(block) : "memory");
		free(block);
	}
}

static void take_many(void)
{
	for (unsigned i = 0; i < MANY; i++) {
		char *block = malloc(small(i));
		if (!block) fail("malloc");
		*block = 1;
		blocks[i] = block;
	}
}

static void free_many(void)
{
	for (unsigned i = 0; i < MANY; i++) free(blocks[i]);
}

static void pairs(void)
{
	for (unsigned i = 0; i < 1000000; i++) {
		char *volatile block = malloc(small(i));
		free(block);
	}
}

static void allocation(void)
{
	uint64_t begin = now();
	take_many();
	report("malloc 200,000, first time", begin, 1);
	begin = now();
	free_many();
	report("free 200,000", begin, 1);
	begin = now();
	take_many();
	report("malloc 200,000, again", begin, 1);
	free_many();
	begin = now();
	pairs();
	report("1,000,000 pairs of malloc and free", begin, 1);
	for (unsigned i = 0; i < 1000; i++) blocks[i] = malloc(small(i));
	begin = now();
	pairs();
	report("the same beside 1,000 other blocks", begin, 1);
	for (unsigned i = 0; i < 1000; i++) free(blocks[i]);
	grow();
	begin = now();
	for (int i = 0; i < 8; i++) grow();
	report("realloc in 64 steps up to 4 MiB", begin, 8);
	large(2);
	begin = now();
	large(100);
	report("malloc of 256 KiB, touch, free", begin, 100);
	begin = now();
	fill(100);
	report("malloc of 256 KiB, fill, free", begin, 100);
}

static void files(void)
{
	static char buffer[4 << 20];
	uint64_t begin = now();
	for (int i = 0; i < 500; i++) {
		int fd = open(data_file, O_RDONLY);
		if (fd < 0) fail("open");
		close(fd);
	}
	report("open and close", begin, 500);
	FILE *file = fopen(data_file, "r");
	if (!file) fail("fopen");
	memset(buffer, 1, sizeof buffer);
	for (int round = 0; round < 2; round++) { /* the first one has the file's pages mapped */
		rewind(file);
		begin = now();
		if (fread(buffer, 1, sizeof buffer, file) != sizeof buffer) fail("fread");
	}
	report("fread of 4 MiB", begin, 1);
	rewind(file);
	begin = now();
	for (size_t n = 0; n < sizeof buffer; n++) if (fgetc(file) == EOF) fail("fgetc");
	report("fgetc of 4 MiB", begin, 1);
	fclose(file);
}

static void *nothing(void *argument)
{
	return argument;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static volatile long count;

static void *contend(void *argument)
{
	for (int i = 0; i < 10000; i++) {
		pthread_mutex_lock(&mutex);
		count++;
		if (i % 4 == 0) sched_yield();
		pthread_mutex_unlock(&mutex);
	}
	return argument;
}

static void threads(void)
{
	pthread_t thread[4];
	uint64_t begin = now();
	for (int i = 0; i < 200; i++) {
		if (i == 5) begin = now();
		if (pthread_create(thread, 0, nothing, 0) || pthread_join(*thread, 0)) fail("pthread_create");
	}
	report("pthread_create and pthread_join", begin, 195);
	begin = now();
	for (int i = 0; i < 4; i++) if (pthread_create(thread + i, 0, contend, 0)) fail("pthread_create");
	for (int i = 0; i < 4; i++) pthread_join(thread[i], 0);
	report("contended mutex, 40,000 times", begin, 1);
	if (count != 40000) fail("mutex");
}

static void formatting(void)
{
	char text[100];
	uint64_t begin = now();
	for (int i = 0; i < 2000; i++) snprintf(text, sizeof text, "%d %s %08x %.2f %lld", i, "text", i, i / 3.0, 1ll << 40);
	report("snprintf", begin, 2000);
}

/* L4Re's own mprotect has no PROT_WRITE. */
static void protection(void)
{
	char *memory = mmap(0, 16*PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED) fail("mmap");
	touch(memory, 0, 16*PAGE);
	uint64_t begin = now();
	for (int i = 0; i < 100; i++) {
		if (mprotect(memory + 4*PAGE, PAGE, PROT_READ)) return;
		if (mprotect(memory + 4*PAGE, PAGE, PROT_READ | PROT_WRITE)) return;
	}
	report("mprotect", begin, 200);
}

int main(int argc, char **argv)
{
	if (argc < 3) return 2;
	variant = argv[1];
	data_file = argv[2];
	first_touch();
	allocation();
	files();
	formatting();
	threads();
	protection();
	return 0;
}
