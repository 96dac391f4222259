/* Threads' life: clone, exit, unmapself, and their numbers. */

#include <errno.h>
#include <sched.h>
#include <l4/sys/thread.h>
#include "backend.h"

#define NEEDED (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD)
#define IGNORED (CLONE_SYSVSEM | CLONE_DETACHED) /* true by themselves, or without a meaning */
#define SERVED (CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID)
