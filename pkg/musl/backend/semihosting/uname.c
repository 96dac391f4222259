/* The system's name. */

#include <string.h>
#include <sys/utsname.h>
#include "semihosting.h"

long SYS_uname_function(struct utsname *name)
{
	memset(name, 0, sizeof *name);
	memcpy(name->sysname, "semihosting", 12);
	memcpy(name->nodename, "virt", 5);
	memcpy(name->release, "0", 2);
	memcpy(name->version, "0", 2);
#ifdef __aarch64__
	memcpy(name->machine, "aarch64", 8);
#else
	memcpy(name->machine, "armv7l", 7);
#endif
	return 0;
}
