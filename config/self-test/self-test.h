#ifndef SELF_TEST_H
#define SELF_TEST_H

#include <errno.h>

/* Keeps the detail to report, and returns 0: a check returns 1 for success. */
__attribute__((format(printf, 1, 2))) int fail(const char *format, ...);

#define REQUIRE(condition) \
	do { if (!(condition)) return fail("line %d: %s (errno %d)", __LINE__, #condition, errno); } while (0)

/* A system call that the kernel does not have says nothing about musl, and is no failure. */
#define REQUIRE_CALL(result) \
	do { if ((result) < 0 && errno == ENOSYS) { fail("not in this kernel"); return 1; } REQUIRE((result) >= 0); } while (0)

#define CHECKS(X) \
	X(loader_is_mapped) \
	X(libc_is_the_loader) \
	X(threads_tls_errno_and_atomics) \
	X(mutex_and_condition) \
	X(dlopen_libc) \
	X(dlopen_libcrypt) \
	X(dlopen_of_a_missing_library) \
	X(memory) \
	X(sorting) \
	X(formatting) \
	X(conversion) \
	X(locale) \
	X(names_without_dns) \
	X(time_has_64_bits) \
	X(eventfd_and_epoll) \
	X(timerfd) \
	X(signals) \
	X(system_limits)

/* Only of a system that was booted: elsewhere the root file system is a folder that belongs to whoever made it. */
#define CHECKS_OF_BOOTED(X) \
	X(owners_and_modes) \
	X(kernel_started_our_init)

#define DECLARE(check) int check(void);
CHECKS(DECLARE)
CHECKS_OF_BOOTED(DECLARE)

#endif
