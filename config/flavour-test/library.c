/* What needs little of a backend: text, memory, numbers. */
#include "flavour-test.h"

#include <fenv.h>
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int formatting(void)
{
	char text[128];
	volatile size_t limit = 4; /* volatile: or the compiler warns of what is wanted here. */
	int number = 0;
	int length = snprintf(text, sizeof text, "%.3f|%g|%a|%+5d|%-6s|%08x|%" PRId64 "|%c", 2.0 / 3, 1e-7, 0.5, 42, "ab",
		0xbeefu, INT64_MIN / 2, 'z');
	REQUIRE(!strcmp(text, "0.667|1e-07|0x1p-1|  +42|ab    |0000beef|-4611686018427387904|z"));
	REQUIRE(length == (int)strlen(text));
	REQUIRE(snprintf(text, limit, "%s", "longer") == 6 && !strcmp(text, "lon"));
	REQUIRE(sscanf("key=17", "key=%d", &number) == 1 && number == 17);
	REQUIRE(printf("%s", "") == 0);
	return 1;
}

int memory_small(void)
{
	unsigned char *blocks[200];
	for (int i = 0; i < 200; i++) {
		REQUIRE(blocks[i] = malloc(i * 7 + 1));
		memset(blocks[i], i, i * 7 + 1);
	}
	for (int i = 0; i < 200; i += 2)
		free(blocks[i]);
	for (int i = 0; i < 200; i += 2) {
		REQUIRE(blocks[i] = calloc(i + 1, 3));
		for (int j = 0; j < (i + 1) * 3; j++)
			REQUIRE(!blocks[i][j]);
	}
	for (int i = 1; i < 200; i += 2)
		REQUIRE(blocks[i][0] == i && blocks[i][i * 7] == i);
	for (int i = 0; i < 200; i++)
		free(blocks[i]);
	return 1;
}

int memory_large(void)
{
	size_t size = 300000;
	for (int round = 0; round < 20; round++) { /* More in total than a backend that never reuses memory is likely to have. */
		char *block = malloc(size);
		REQUIRE(block);
		for (size_t i = 0; i < size; i += 4096)
			block[i] = (char)(i / 4096);
		REQUIRE(block = realloc(block, 3 * size));
		block[3 * size - 1] = 1;
		for (size_t i = 0; i < size; i += 4096)
			REQUIRE(block[i] == (char)(i / 4096));
		REQUIRE(block = realloc(block, 100));
		REQUIRE(block[0] == 0);
		free(block);
	}
	void *aligned;
	REQUIRE(posix_memalign(&aligned, 65536, 100) == 0 && (uintptr_t)aligned % 65536 == 0);
	free(aligned);
	REQUIRE(!malloc(SIZE_MAX / 2) && errno == ENOMEM);
	return 1;
}

static int ascending(const void *a, const void *b)
{
	int left = *(const int *)a, right = *(const int *)b;
	return (left > right) - (left < right);
}

int sorting(void)
{
	static int numbers[3000];
	unsigned state = 1;
	for (int i = 0; i < 3000; i++)
		numbers[i] = (int)((state = state * 1103515245 + 12345) >> 1);
	qsort(numbers, 3000, sizeof *numbers, ascending);
	for (int i = 1; i < 3000; i++)
		REQUIRE(numbers[i - 1] <= numbers[i]);
	REQUIRE(bsearch(&numbers[2345], numbers, 3000, sizeof *numbers, ascending));
	return 1;
}

/* volatile: the library calculates, not the compiler. */
int mathematics(void)
{
	volatile double third = 1.0 / 3, two = 2, big = 0x1p27 + 1;
	REQUIRE(fabs(sin(third) - 0.32719469679615224) < 1e-16);
	REQUIRE(pow(two, 0.5) == sqrt(two) && pow(two, -1074) == 0x1p-1074);
	REQUIRE(fma(big, big, -(big * big)) == 1); /* The product has 55 bits: its last one is lost without fma. */
	REQUIRE(isnan(sqrt(-two)) && isinf(exp(two * 1000)));
	REQUIRE(fesetround(FE_UPWARD) == 0 && rint(third) == 1);
	REQUIRE(fesetround(FE_TONEAREST) == 0 && rint(third) == 0);
	return 1;
}

int numbers_as_text(void)
{
	static const double values[] = { 0.1, 1.0 / 3, 6.02214076e23, 5e-324, 1.7976931348623157e308, -123456.789 };
	char text[64], *end;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		snprintf(text, sizeof text, "%.17g", values[i]);
		REQUIRE(strtod(text, &end) == values[i] && !*end);
	}
	REQUIRE(strtod("0x1.8p1", 0) == 3);
	errno = 0;
	REQUIRE(isinf(strtod("1e999", 0)) && errno == ERANGE);
	REQUIRE(strtoll("-9223372036854775808", 0, 10) == INT64_MIN && strtoul("ff", 0, 16) == 255);
	return 1;
}

/* d8 is preserved across calls. On arm, setjmp saves it only if AT_HWCAP in the auxiliary vector reports VFP. */
#ifdef __aarch64__
#define SET_D8(value) __asm__ volatile("fmov d8, %d0" : : "w"(value) : "v8")
#define GET_D8(value) __asm__ volatile("fmov %d0, d8" : "=w"(value))
#else
#define SET_D8(value) __asm__ volatile("vmov.f64 d8, %P0" : : "w"(value) : "d8")
#define GET_D8(value) __asm__ volatile("vmov.f64 %P0, d8" : "=w"(value))
#endif

static jmp_buf target;

static int jump(const void *a, const void *b)
{
	(void)a, (void)b;
	SET_D8(-1.0);
	longjmp(target, 7);
}

int long_jumps(void)
{
	int numbers[] = { 3, 1, 2 };
	volatile double kept = 2.5;
	volatile int arrivals = 0;
	double d8;
	SET_D8(1.25);
	int value = setjmp(target);
	GET_D8(d8);
	if (++arrivals == 1)
		qsort(numbers, 3, sizeof *numbers, jump); /* Out of the middle of it. */
	REQUIRE(value == 7 && arrivals == 2 && kept == 2.5);
	REQUIRE(d8 == 1.25);
	return 1;
}
