/* Memory, sorting, text, names. */
#include "self-test.h"

#include <arpa/inet.h>
#include <iconv.h>
#include <inttypes.h>
#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <netdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <wchar.h>

int memory(void)
{
	char *blocks[64];
	for (int i = 0; i < 64; i++) {
		size_t size = (size_t)1 << i % 20;
		REQUIRE(blocks[i] = malloc(size));
		memset(blocks[i], i, size);
	}
	for (int i = 0; i < 64; i++) {
		REQUIRE(blocks[i][0] == i);
		REQUIRE(blocks[i] = realloc(blocks[i], 100000));
		REQUIRE(blocks[i][0] == i);
		free(blocks[i]);
	}
	void *aligned;
	REQUIRE(posix_memalign(&aligned, 4096, 100) == 0 && (uintptr_t)aligned % 4096 == 0);
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
	static int numbers[5000];
	unsigned state = 1;
	for (int i = 0; i < 5000; i++)
		numbers[i] = (int)((state = state * 1103515245 + 12345) >> 1);
	qsort(numbers, 5000, sizeof *numbers, ascending);
	for (int i = 1; i < 5000; i++)
		REQUIRE(numbers[i - 1] <= numbers[i]);
	REQUIRE(bsearch(&numbers[4321], numbers, 5000, sizeof *numbers, ascending));
	return 1;
}

int formatting(void)
{
	char text[64];
	double parsed;
	snprintf(text, sizeof text, "%.3f %a %" PRId64 "", sqrt(2.0), 0.5, INT64_MIN / 2);
	REQUIRE(!strncmp(text, "1.414 0x1p-1 -4611686018427387904", 34));
	REQUIRE(sscanf("6.02214076e23", "%lf", &parsed) == 1 && parsed == 6.02214076e23);
	return 1;
}

int conversion(void)
{
	char in[] = "\xe2\x82\xac", out[8], *from = in, *to = out;
	size_t in_left = 3, out_left = sizeof out;
	iconv_t converter = iconv_open("UTF-16LE", "UTF-8");
	REQUIRE(converter != (iconv_t)-1);
	REQUIRE(iconv(converter, &from, &in_left, &to, &out_left) == 0);
	REQUIRE(to - out == 2 && !memcmp(out, "\xac\x20", 2)); /* U+20AC */
	iconv_close(converter);
	return 1;
}

int locale(void)
{
	wchar_t wide[4];
	REQUIRE(setlocale(LC_ALL, "C.UTF-8"));
	REQUIRE(!strcmp(nl_langinfo(CODESET), "UTF-8"));
	REQUIRE(mbstowcs(wide, "\xe2\x82\xac", 4) == 1 && wide[0] == 0x20ac);
	return 1;
}

/* From numbers, and from the files of the root file system; none of them asks a server. */
int names_without_dns(void)
{
	struct addrinfo *found, hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST };
	struct sockaddr_in *address;
	REQUIRE(getaddrinfo("192.0.2.1", "443", &hints, &found) == 0);
	address = (void *)found->ai_addr;
	REQUIRE(address->sin_port == htons(443) && address->sin_addr.s_addr == htonl(0xc0000201));
	freeaddrinfo(found);
	hints.ai_flags = 0;
	REQUIRE(getaddrinfo("localhost", "http", &hints, &found) == 0);
	address = (void *)found->ai_addr;
	REQUIRE(address->sin_port == htons(80) && address->sin_addr.s_addr == htonl(INADDR_LOOPBACK));
	freeaddrinfo(found);
	return 1;
}
