/* What holds once the root file system is booted: whose it is, and who runs it. */
#include "self-test.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static int has(const char *path, mode_t mode)
{
	struct stat status;
	if (lstat(path, &status))
		return fail("%s is not there (errno %d)", path, errno);
	if (status.st_uid || status.st_gid)
		return fail("%s belongs to %u:%u, not to 0:0", path, (unsigned)status.st_uid, (unsigned)status.st_gid);
	if (status.st_mode != mode)
		return fail("%s has the mode %o, not %o", path, (unsigned)status.st_mode, (unsigned)mode);
	return 1;
}

int owners_and_modes(void)
{
	return has("/", S_IFDIR | 0755) && has("/etc/passwd", S_IFREG | 0644) && has("/etc/shadow", S_IFREG | 0640)
		&& has("/root", S_IFDIR | 0700) && has("/tmp", S_IFDIR | S_ISVTX | 0777) && has("/run", S_IFDIR | 0755)
		&& has(LOADER, S_IFREG | 0755);
}

int kernel_started_our_init(void)
{
	char line[4096];
	int found = 0;
	FILE *maps = fopen("/proc/1/maps", "r");
	REQUIRE(maps);
	while (fgets(line, sizeof line, maps))
		found |= strstr(line, LOADER) != 0;
	fclose(maps);
	return found ? 1 : fail("process 1 does not run on " LOADER);
}
