/* Whose the process is: root's at first. The rules are Linux's (credentials(7)); only signals to others depend on the numbers. */

#include <errno.h>
#include <string.h>
#include "common.h"

#define GROUPS 32

#ifdef __arm__
#define FUNCTION(name) SYS_##name##32_function
#else
#define FUNCTION(name) SYS_##name##_function
#endif

struct ids { unsigned real, effective, saved; };

static PROCESS_VARIABLE struct { struct ids user, group; unsigned groups[GROUPS]; int count; } owners;

#define owner of_process(owners)

#define KEEP (~0u)

static int is_root(void)
{
	return !owner.user.effective;
}

static int has(const struct ids *ids, unsigned id)
{
	return id == KEEP || id == ids->real || id == ids->effective || id == ids->saved;
}

static long set_all(struct ids *ids, unsigned real, unsigned effective, unsigned saved)
{
	if (!is_root() && !(has(ids, real) && has(ids, effective) && has(ids, saved))) return -EPERM;
	if (real != KEEP) ids->real = real;
	if (effective != KEEP) ids->effective = effective;
	if (saved != KEEP) ids->saved = saved;
	return 0;
}

static long set_one(struct ids *ids, unsigned id)
{
	if (id == KEEP) return -EINVAL;
	if (is_root()) return set_all(ids, id, id, id);
	return id == ids->real || id == ids->saved ? set_all(ids, KEEP, id, KEEP) : -EPERM;
}

static long set_two(struct ids *ids, unsigned real, unsigned effective)
{
	unsigned old = ids->real;
	if (!is_root() && real != KEEP && real != ids->real && real != ids->effective) return -EPERM;
	long error = set_all(ids, real, effective, KEEP);
	if (!error && (real != KEEP || (effective != KEEP && effective != old))) ids->saved = ids->effective;
	return error;
}

static long get_all(const struct ids *ids, unsigned *real, unsigned *effective, unsigned *saved)
{
	*real = ids->real;
	*effective = ids->effective;
	*saved = ids->saved;
	return 0;
}

long SYS_getuid_function(void) { return owner.user.real; }
long SYS_geteuid_function(void) { return owner.user.effective; }
long SYS_getgid_function(void) { return owner.group.real; }
long SYS_getegid_function(void) { return owner.group.effective; }
long FUNCTION(setuid)(unsigned id) { return set_one(&owner.user, id); }
long FUNCTION(setgid)(unsigned id) { return set_one(&owner.group, id); }
long FUNCTION(setreuid)(unsigned real, unsigned effective) { return set_two(&owner.user, real, effective); }
long FUNCTION(setregid)(unsigned real, unsigned effective) { return set_two(&owner.group, real, effective); }

long FUNCTION(setresuid)(unsigned real, unsigned effective, unsigned saved)
{
	return set_all(&owner.user, real, effective, saved);
}

long FUNCTION(setresgid)(unsigned real, unsigned effective, unsigned saved)
{
	return set_all(&owner.group, real, effective, saved);
}

long FUNCTION(getresuid)(unsigned *real, unsigned *effective, unsigned *saved)
{
	return get_all(&owner.user, real, effective, saved);
}

long FUNCTION(getresgid)(unsigned *real, unsigned *effective, unsigned *saved)
{
	return get_all(&owner.group, real, effective, saved);
}

long FUNCTION(getgroups)(int size, unsigned *groups)
{
	if (size < 0 || (size && size < owner.count)) return -EINVAL;
	if (size) memcpy(groups, owner.groups, owner.count * sizeof *groups);
	return owner.count;
}

long FUNCTION(setgroups)(size_t count, const unsigned *groups)
{
	if (!is_root()) return -EPERM;
	if (count > GROUPS) return -EINVAL;
	memcpy(owner.groups, groups, count * sizeof *groups);
	owner.count = count;
	return 0;
}

#ifdef PROCESSES
int __common_may_signal(ptrdiff_t process)
{
	const struct ids *mine = &owner.user, *other = &at_distance(process, owners).user;
	return is_root() || mine->effective == other->saved || mine->effective == other->real || mine->real == other->saved
		|| mine->real == other->real;
}

unsigned __common_user_of(ptrdiff_t process)
{
	return at_distance(process, owners).user.real;
}

void __common_inherit_owner(ptrdiff_t to)
{
	at_distance(to, owners) = owner;
}
#endif
