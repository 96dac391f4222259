/* Calls that are not just copied in and out, because they are about addresses, or about what is not the backend's. */
#ifndef OWN_CALLS_H
#define OWN_CALLS_H

#include "personality.h"

#define OWN(name) long linux_##name(struct linux_thread *thread, const unsigned long *arguments);

#pragma GCC visibility push(hidden)
OWN(clone) OWN(set_tid_address) OWN(exit) OWN(exit_group) OWN(futex)
OWN(execve) OWN(wait4) OWN(waitid)
OWN(sigaltstack)
OWN(mmap) OWN(munmap) OWN(mprotect) OWN(mremap) OWN(madvise) OWN(msync) OWN(mincore) OWN(mlock) OWN(mlock2) OWN(munlock) OWN(brk)
OWN(ioctl) OWN(fcntl) OWN(prctl) OWN(getrlimit) OWN(setrlimit)
OWN(pselect6) OWN(sendmsg) OWN(recvmsg) OWN(sendmmsg) OWN(recvmmsg)

/* calls.c: an iovec for the backend; returns how many parts it has, or an error. There must be room for IOV_MAX. */
struct iovec;
long linux_bring_parts(struct iovec *parts, user_t from, unsigned long count, int protection);
int linux_futex_has_time(const unsigned long *arguments);
#pragma GCC visibility pop

#undef OWN

#endif
