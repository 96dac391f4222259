/*
 * Who the process is: root, until it says otherwise. Its ids are remembered and follow the rules of Linux, but nobody checks
 * them: there are no other users. It leads the only group of processes, and the only session.
 */

#include <errno.h>
#include <string.h>
#include "common.h"

#define PROCESS 1
#define KEEP (-1u)
#define MOST_GROUPS 32

struct ids { unsigned real, effective, saved; };

static struct ids user, group;
static unsigned groups[MOST_GROUPS];
static int group_count;

#ifdef __arm__
#define NAMED(call) SYS_##call##32_function
#else
#define NAMED(call) SYS_##call##_function
#endif

static int is_one_of(unsigned id, const struct ids *ids)
{
	return id == KEEP || id == ids->real || id == ids->effective || id == ids->saved;
}

static long set_all(struct ids *ids, unsigned real, unsigned effective, unsigned saved)
{
	if (user.effective && !(is_one_of(real, ids) && is_one_of(effective, ids) && is_one_of(saved, ids))) return -EPERM;
	if (real != KEEP) ids->real = real;
	if (effective != KEEP) ids->effective = effective;
	if (saved != KEEP) ids->saved = saved;
	return 0;
}

/* The saved one follows the effective one if the real one is set, or the effective one to another value than that. */
static long set_two(struct ids *ids, unsigned real, unsigned effective)
{
	const struct ids before = *ids;
	long error = set_all(ids, real, effective, KEEP);
	if (!error && (real != KEEP || (effective != KEEP && effective != before.real))) ids->saved = ids->effective;
	return error;
}

static long set_one(struct ids *ids, unsigned id)
{
	if (id == KEEP) return -EINVAL;
	return user.effective ? set_all(ids, KEEP, id, KEEP) : set_all(ids, id, id, id);
}

static long get_all(const struct ids *ids, unsigned *real, unsigned *effective, unsigned *saved)
{
	*real = ids->real;
	*effective = ids->effective;
	*saved = ids->saved;
	return 0;
}

long NAMED(getuid)(void) { return user.real; }
long NAMED(geteuid)(void) { return user.effective; }
long NAMED(getgid)(void) { return group.real; }
long NAMED(getegid)(void) { return group.effective; }
long NAMED(setuid)(unsigned id) { return set_one(&user, id); }
long NAMED(setgid)(unsigned id) { return set_one(&group, id); }
long NAMED(setreuid)(unsigned real, unsigned effective) { return set_two(&user, real, effective); }
long NAMED(setregid)(unsigned real, unsigned effective) { return set_two(&group, real, effective); }
long NAMED(setresuid)(unsigned real, unsigned effective, unsigned saved) { return set_all(&user, real, effective, saved); }
long NAMED(setresgid)(unsigned real, unsigned effective, unsigned saved) { return set_all(&group, real, effective, saved); }
long NAMED(getresuid)(unsigned *real, unsigned *effective, unsigned *saved) { return get_all(&user, real, effective, saved); }
long NAMED(getresgid)(unsigned *real, unsigned *effective, unsigned *saved) { return get_all(&group, real, effective, saved); }

/* These two return the one before, also if they fail. */
long NAMED(setfsuid)(unsigned id) { (void)id; return user.effective; }
long NAMED(setfsgid)(unsigned id) { (void)id; return group.effective; }

long NAMED(getgroups)(int room, unsigned *list)
{
	if (room < 0 || (room && room < group_count)) return -EINVAL;
	if (room) memcpy(list, groups, group_count * sizeof *groups);
	return group_count;
}

long NAMED(setgroups)(int count, const unsigned *list)
{
	if (user.effective) return -EPERM;
	if (count < 0 || count > MOST_GROUPS) return -EINVAL;
	memcpy(groups, list, count * sizeof *groups);
	group_count = count;
	return 0;
}

static int is_own(pid_t process)
{
	return !process || process == PROCESS;
}

long SYS_getpgid_function(pid_t process) { return is_own(process) ? PROCESS : -ESRCH; }
long SYS_getsid_function(pid_t process) { return is_own(process) ? PROCESS : -ESRCH; }
long SYS_setsid_function(void) { return -EPERM; } /* it leads a group already */

/* Nor can the leader of a session leave its group. */
long SYS_setpgid_function(pid_t process, pid_t group_id)
{
	if (group_id < 0) return -EINVAL;
	return is_own(process) ? -EPERM : -ESRCH;
}

#ifdef __arm__
long SYS_getpgrp_function(void) { return PROCESS; }
#endif
