/* The system's name. */

#include <string.h>
#include <sys/utsname.h>
#include <l4/sys/kip.h>
#include "backend.h"

/* The kernel's name for itself is a text like "Fiasco", its further features follow. L4Re has no version. */
long SYS_uname_function(struct utsname *names)
{
	memset(names, 0, sizeof *names);
	memcpy(names->sysname, "L4Re", 5);
	memcpy(names->nodename, "l4re", 5);
	memcpy(names->release, "0", 2);
	const char *version = l4_kip_version_string(__l4re_kernel_information);
	for (size_t i = 0; version[i] && i < sizeof names->version - 1; i++) names->version[i] = version[i];
#ifdef __aarch64__
	memcpy(names->machine, "aarch64", 8);
#else
	memcpy(names->machine, "armv7l", 7);
#endif
	return 0;
}
