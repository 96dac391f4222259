/* prctl: what can be known of the process, and the name of a thread. */

#include <errno.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include "common.h"

long SYS_prctl_function(int option, unsigned long argument, unsigned long second, unsigned long third, unsigned long fourth)
{
	struct thread *self = __backend_self();
	(void)second, (void)third, (void)fourth;
	switch (option) {
	case PR_SET_NAME:
		for (size_t i = 0; i < sizeof self->name - 1 && (self->name[i] = ((const char *)argument)[i]); i++);
		return 0;
	case PR_GET_NAME:
		memcpy((void *)argument, self->name, sizeof self->name);
		return 0;
	case PR_GET_DUMPABLE:
	case PR_GET_KEEPCAPS:
	case PR_GET_SECCOMP:
	case PR_GET_NO_NEW_PRIVS:
		return 0;
	case PR_SET_DUMPABLE: /* there are no dumps */
		return argument > 1 ? -EINVAL : 0;
	case PR_GET_PDEATHSIG:
		*(int *)argument = 0;
		return 0;
	case PR_GET_TIMERSLACK:
		return 1;
	}
	return -EINVAL;
}

/* That of Linux, and no other. */
long SYS_personality_function(unsigned long wanted)
{
	return wanted == PER_LINUX || wanted == 0xffffffff ? PER_LINUX : -EINVAL;
}
