/* Calls that are not just copied in and out, because they are about addresses, or about what is not the backend's. */
#ifndef OWN_CALLS_H
#define OWN_CALLS_H

#include "user.h"

#define OWN(name) long linux_##name(struct linux_thread *thread, const unsigned long *arguments);
#define OWN_RETURNS OWN
#define OWN_FUTEX OWN
#define CALL(...)
#define CALL_AS(...)
#define RETURNS(...)
#define RETURNS_AS(...)

#pragma GCC visibility push(hidden)
#include "calls.def"

/* For calls that architectures have in several forms, with other times: */
long linux_futex_with(const unsigned long *arguments, bring_time *bring);
long linux_select_with(const unsigned long *arguments, user_t mask, bring_time *bring, take_time *take);
long linux_receive_with(const unsigned long *arguments, bring_time *bring);
long linux_control(int fd, unsigned command, user_t argument); /* fcntl */

/* calls.c: an iovec for the backend; returns how many parts it has, or an error. There must be room for IOV_MAX. */
struct iovec;
long linux_bring_parts(struct iovec *parts, user_t from, unsigned long count, int protection);
int linux_futex_has_time(const unsigned long *arguments);
#pragma GCC visibility pop

#undef OWN
#undef OWN_RETURNS
#undef OWN_FUTEX
#undef CALL
#undef CALL_AS
#undef RETURNS
#undef RETURNS_AS

#endif
