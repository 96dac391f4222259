/* Is it really our dynamic loader, and does it find what it must? */
#include "self-test.h"

#include <crypt.h>
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>

static int ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);
	return length >= tail && !strcmp(text + length - tail, end);
}

/* Only the end of a path is compared: in user-mode emulation the root is a folder of the host. */
int loader_is_mapped(void)
{
	char line[4096];
	int found = 0;
	FILE *maps = fopen("/proc/self/maps", "r");
	REQUIRE(maps);
	while (fgets(line, sizeof line, maps)) {
		line[strcspn(line, "\n")] = 0;
		found |= ends_with(line, LOADER);
	}
	fclose(maps);
	return found ? 1 : fail("/proc/self/maps has no " LOADER);
}

int libc_is_the_loader(void)
{
	Dl_info info;
	REQUIRE(dladdr((void *)(uintptr_t)printf, &info));
	if (!ends_with(info.dli_fname, LOADER))
		return fail("printf is in %s, not in " LOADER, info.dli_fname);
	REQUIRE((uintptr_t)info.dli_fbase == getauxval(AT_BASE));
	return 1;
}

int dlopen_libc(void)
{
	void *library = dlopen("libc.so", RTLD_NOW);
	if (!library)
		return fail("%s", dlerror());
	REQUIRE(dlsym(library, "printf") == (void *)(uintptr_t)printf);
	REQUIRE(!dlsym(library, "no_such_symbol") && dlerror());
	return 1;
}

/* Unlike libm or libpthread, the loader does not take this name for its own: it needs the link in the file system. */
int dlopen_libcrypt(void)
{
	void *library = dlopen("libcrypt.so", RTLD_NOW);
	if (!library)
		return fail("%s", dlerror());
	REQUIRE(dlsym(library, "crypt") == (void *)(uintptr_t)crypt);
	return 1;
}

int dlopen_of_a_missing_library(void)
{
	REQUIRE(!dlopen("libno-such-library.so", RTLD_NOW));
	REQUIRE(dlerror());
	return 1;
}
