/*
 * Every call that a backend may lack, as a function that returns -ENOSYS. Linked behind a backend: its own functions
 * take precedence over these weak ones.
 */
#include <errno.h>

/*
 * Gets the name of each call that is not served. A program may define its own; it must do without anything that
 * makes such calls itself, or it is called for ever. This one does nothing.
 */
void __enosys_report(const char *name);

__attribute__((weak)) void __enosys_report(const char *name)
{
	(void)name;
}

#define SYSCALL(name, number) \
	long SYS_##name##_function(void); \
	__attribute__((weak)) long SYS_##name##_function(void) \
	{ \
		__enosys_report(#name); \
		return -ENOSYS; \
	}

#include <syscalls.def>

/* The two that Linux doesn't have. There is no way back from the second, and no thread without the first. */
SYSCALL(clone_thread, 0)

_Noreturn void SYS_unmapself_function(void);

__attribute__((weak)) _Noreturn void SYS_unmapself_function(void)
{
	__enosys_report("unmapself");
	for (;;)
		__builtin_trap();
}
