/*
 * Other processes: there are none, and a task can't become another program or be doubled. Programs that could start some, such
 * as an interpreter with popen, are told so when they try.
 */

#include <errno.h>
#include "common.h"

/* No child of this process exists. */
long SYS_wait4_function(void) { return -ECHILD; }
long SYS_waitid_function(void) { return -ECHILD; }

long SYS_execve_function(void) { return -ENOSYS; }
long SYS_execveat_function(void) { return -ENOSYS; }
long SYS_clone_function(void) { return -ENOSYS; }
#ifdef __arm__
long SYS_fork_function(void) { return -ENOSYS; }
#endif
