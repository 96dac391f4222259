#ifndef SELF_TEST_H
#define SELF_TEST_H

#include "../test-harness/harness.h"

/* A system call that the kernel does not have says nothing about musl, and is no failure. */
#define REQUIRE_CALL(result) \
	do { if ((result) < 0 && errno == ENOSYS) return note("not in this kernel"); REQUIRE((result) >= 0); } while (0)

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

/* Only in a booted system: elsewhere the root file system is a folder that belongs to the user who built it. */
#define CHECKS_OF_BOOTED(X) \
	X(owners_and_modes) \
	X(kernel_started_our_init)

CHECKS(DECLARE)
CHECKS_OF_BOOTED(DECLARE)

#endif
