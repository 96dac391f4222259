/*
 * The functions that a backend provides, with their contracts. A backend's C files include this header, so that the
 * compiler compares their definitions with it.
 *
 * Every function takes what Linux's call of that name takes, and returns what Linux returns: 0 or more, or the
 * negated number of an error. None of them touches errno. Below stands what musl relies on; for the rest, and for
 * each call of syscalls.def that is not here, Linux's manual page (section 2) of the call's name is the contract.
 * A call that is left out is no error: the linker reports programs that need it, and enosys/ fills the gaps.
 *
 * What has two names has one here: where arm's call differs from arm64's in its name only (fstat64, futex_time64),
 * the macros below give it arm64's name. A 64-bit argument is an ordinary one: the procedure call standard puts it
 * where Linux's ABI for arm has it. Times have 64 bits on both; musl never uses the others.
 */
#ifndef SYSCALL_FUNCTIONS_H
#define SYSCALL_FUNCTIONS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __arm__
#define SYS_clock_getres_function SYS_clock_getres_time64_function
#define SYS_clock_gettime_function SYS_clock_gettime64_function
#define SYS_clock_nanosleep_function SYS_clock_nanosleep_time64_function
#define SYS_clock_settime_function SYS_clock_settime64_function
#define SYS_fchown_function SYS_fchown32_function
#define SYS_fcntl_function SYS_fcntl64_function
#define SYS_fstat_function SYS_fstat64_function
#define SYS_ftruncate_function SYS_ftruncate64_function
#define SYS_futex_function SYS_futex_time64_function
#define SYS_getegid_function SYS_getegid32_function
#define SYS_geteuid_function SYS_geteuid32_function
#define SYS_getgid_function SYS_getgid32_function
#define SYS_getuid_function SYS_getuid32_function
#define SYS_newfstatat_function SYS_fstatat64_function
#define SYS_ppoll_function SYS_ppoll_time64_function
#define SYS_pselect6_function SYS_pselect6_time64_function
#define SYS_recvmmsg_function SYS_recvmmsg_time64_function
#define SYS_sendfile_function SYS_sendfile64_function
#define SYS_timerfd_gettime_function SYS_timerfd_gettime64_function
#define SYS_timerfd_settime_function SYS_timerfd_settime64_function
#define SYS_truncate_function SYS_truncate64_function
#define SYS_utimensat_function SYS_utimensat_time64_function
#endif

#ifdef __cplusplus
extern "C" {
#define _Noreturn [[noreturn]]
#endif

struct epoll_event;
struct iovec;
struct mmsghdr;
struct msghdr;
struct pollfd;
struct rlimit;
struct statx;
struct utsname;

struct kernel_timespec { int64_t tv_sec, tv_nsec; };
struct kernel_itimerspec { struct kernel_timespec interval, value; };

/* What fstat and newfstatat fill in; on arm, struct stat is another one. */
struct kernel_stat {
#ifdef __arm__
	uint64_t st_dev;
	uint32_t st_dev_padding, st_ino_low, st_mode, st_nlink, st_uid, st_gid;
	uint64_t st_rdev;
	uint32_t st_rdev_padding;
	int64_t st_size;
	int32_t st_blksize;
	int64_t st_blocks;
	int32_t st_atime_sec, st_atime_nsec, st_mtime_sec, st_mtime_nsec, st_ctime_sec, st_ctime_nsec;
	uint64_t st_ino;
#else
	uint64_t st_dev, st_ino;
	uint32_t st_mode, st_nlink, st_uid, st_gid;
	uint64_t st_rdev, st_rdev_padding;
	int64_t st_size;
	int32_t st_blksize, st_blksize_padding;
	int64_t st_blocks, st_atime_sec, st_atime_nsec, st_mtime_sec, st_mtime_nsec, st_ctime_sec, st_ctime_nsec;
	uint32_t st_unused[2];
#endif
};

/* Shorter than musl's struct sysinfo, whose program may have made room for no more. */
struct kernel_sysinfo {
	long uptime;
	unsigned long loads[3], totalram, freeram, sharedram, bufferram, totalswap, freeswap;
	uint16_t procs, padding;
	unsigned long totalhigh, freehigh;
	uint32_t mem_unit;
	char unused[20 - 2*sizeof(long) - sizeof(int)];
};

struct kernel_sigaction {
	void (*handler)(int);
	unsigned long flags; /* SA_RESTORER (0x04000000) is always set. */
	void (*restorer)(void); /* Where the handler returns to: it jumps to rt_sigreturn; arm without SA_SIGINFO: sigreturn. */
	uint32_t mask[2];
};

/* -- Memory. Addresses and lengths count in pages of the auxiliary vector's AT_PAGESZ (arm: 4096). -- */

/* Anonymous memory comes zeroed. malloc needs MAP_PRIVATE|MAP_ANONYMOUS at any address, and MAP_FIXED within what it
 * got before; a thread's stack is mapped with PROT_NONE first, and made writable by mprotect, the guard excepted. */
#ifdef __arm__
long SYS_mmap2_function(void *address, size_t length, int protection, int flags, int fd, unsigned long offset_in_4096);
#else
long SYS_mmap_function(void *address, size_t length, int protection, int flags, int fd, off_t offset);
#endif
/* Also of a part of a mapping. Memory that is not given back is only wasted; memory in use must stay. */
long SYS_munmap_function(void *address, size_t length);
/* -ENOSYS is as good as success: musl goes on without guards. */
long SYS_mprotect_function(void *address, size_t length, int protection);
/* realloc of large blocks; -ENOMEM or -ENOSYS makes it copy. new_address only counts with MREMAP_FIXED. */
long SYS_mremap_function(void *address, size_t old_length, size_t new_length, int flags, void *new_address);
/* Advice: a failure does no harm. */
long SYS_madvise_function(void *address, size_t length, int advice);
/* Returns the end of the heap, moved to the given place if possible. 0, or never moving it, makes malloc use mmap. */
long SYS_brk_function(void *end);

/* -- Files. Relative paths start at directory; AT_FDCWD is the current one. -- */

/* O_LARGEFILE is set on top of what the program asks for. The lowest free descriptor is returned. */
long SYS_openat_function(int directory, const char *path, int flags, mode_t mode);
long SYS_close_function(int fd);
/* May transfer less than asked for; 0 is the end of the file. stdio uses readv with two parts, and writev. */
long SYS_read_function(int fd, void *buffer, size_t size);
long SYS_write_function(int fd, const void *buffer, size_t size);
long SYS_readv_function(int fd, const struct iovec *parts, int count);
long SYS_writev_function(int fd, const struct iovec *parts, int count);
long SYS_pread64_function(int fd, void *buffer, size_t size, off_t offset);
long SYS_pwrite64_function(int fd, const void *buffer, size_t size, off_t offset);
/* pwrite asks for this one first, with RWF_NOAPPEND. After -ENOSYS it uses pwrite64, unless the file has O_APPEND. */
long SYS_pwritev2_function(int fd, const struct iovec *parts, int count, long offset_low, long offset_high, int flags);
/* -ESPIPE for what has no position. stdio goes back over what it has read too much when it flushes or closes. */
#ifdef __arm__
long SYS__llseek_function(int fd, unsigned long offset_high, unsigned long offset_low, off_t *result, int whence);
#else
long SYS_lseek_function(int fd, off_t offset, int whence);
#endif
/* fstat of musl: on arm64 fstat, on arm statx with AT_EMPTY_PATH, and only after -ENOSYS fstat. */
long SYS_fstat_function(int fd, struct kernel_stat *status);
long SYS_newfstatat_function(int directory, const char *path, struct kernel_stat *status, int flags);
long SYS_statx_function(int directory, const char *path, int flags, unsigned mask, struct statx *status);
/* TIOCGWINSZ decides whether stdout is a terminal, so line-buffered: anything but 0 is a "no". */
long SYS_ioctl_function(int fd, unsigned request, unsigned long argument);
/* fopen with "e" sets FD_CLOEXEC, and doesn't look at the result; fdopen with "a" uses F_GETFL and F_SETFL. */
long SYS_fcntl_function(int fd, int command, unsigned long argument);
long SYS_dup_function(int fd);
long SYS_dup3_function(int fd, int wanted, int flags);
long SYS_ftruncate_function(int fd, off_t length);
long SYS_truncate_function(const char *path, off_t length);
long SYS_fsync_function(int fd);
long SYS_fdatasync_function(int fd);
/* Whole entries in the layout of struct dirent; 0 at the end. */
long SYS_getdents64_function(int fd, void *entries, size_t size);
/* Returns the length with the final 0. */
long SYS_getcwd_function(char *path, size_t size);
long SYS_chdir_function(const char *path);
long SYS_mkdirat_function(int directory, const char *path, mode_t mode);
/* remove first takes away a file, and on -EISDIR a directory (AT_REMOVEDIR). */
long SYS_unlinkat_function(int directory, const char *path, int flags);
long SYS_renameat_function(int old_directory, const char *old_path, int new_directory, const char *new_path);
long SYS_renameat2_function(int old_directory, const char *old_path, int new_directory, const char *new_path,
	unsigned flags);
long SYS_readlinkat_function(int directory, const char *path, char *target, size_t size);
long SYS_faccessat_function(int directory, const char *path, int mode);
long SYS_faccessat2_function(int directory, const char *path, int mode, int flags);
long SYS_utimensat_function(int directory, const char *path, const struct kernel_timespec times[2], int flags);

/* musl prefers the older forms, relative to the current directory, where there are any. */
#ifdef __arm__
long SYS_open_function(const char *path, int flags, mode_t mode);
long SYS_access_function(const char *path, int mode);
long SYS_dup2_function(int fd, int wanted);
long SYS_mkdir_function(const char *path, mode_t mode);
long SYS_readlink_function(const char *path, char *target, size_t size);
long SYS_rename_function(const char *old_path, const char *new_path);
long SYS_rmdir_function(const char *path);
long SYS_unlink_function(const char *path);
long SYS_stat64_function(const char *path, struct kernel_stat *status);
long SYS_lstat64_function(const char *path, struct kernel_stat *status);
#endif

/* -- Pipes, events and sockets. fd_set is an array of longs; a signal mask may be 0, and its size is 8. -- */

long SYS_pipe2_function(int ends[2], int flags);
long SYS_mknodat_function(int directory, const char *path, mode_t mode, unsigned device);
/* Called at the start (arm: poll) for the descriptors 0 to 2 if the auxiliary vector has AT_SECURE: are they open? Changes
 * the timeout to what is left of it. */
long SYS_ppoll_function(struct pollfd *fds, unsigned long count, struct kernel_timespec *timeout,
	const uint32_t *signal_mask, size_t mask_size);
/* select, too. */
struct mask_and_size { const uint32_t *mask; size_t size; };
long SYS_pselect6_function(int fds, unsigned long *readable, unsigned long *writable, unsigned long *exceptional,
	struct kernel_timespec *timeout, const struct mask_and_size *signal_mask);
long SYS_eventfd2_function(unsigned value, int flags);
long SYS_epoll_create1_function(int flags);
long SYS_epoll_ctl_function(int epoll, int operation, int fd, struct epoll_event *event);
long SYS_epoll_pwait_function(int epoll, struct epoll_event *events, int room, int milliseconds,
	const uint32_t *signal_mask, size_t mask_size);
/* musl has no name for it. */
long SYS_epoll_pwait2_function(int epoll, struct epoll_event *events, int room, const struct kernel_timespec *timeout,
	const uint32_t *signal_mask, size_t mask_size);
long SYS_timerfd_create_function(clockid_t clock, int flags);
long SYS_timerfd_settime_function(int fd, int flags, const struct kernel_itimerspec *time, struct kernel_itimerspec *old);
long SYS_timerfd_gettime_function(int fd, struct kernel_itimerspec *time);
long SYS_signalfd4_function(int fd, const uint32_t *mask, size_t mask_size, int flags);

long SYS_socket_function(int family, int type, int protocol);
long SYS_socketpair_function(int family, int type, int protocol, int ends[2]);
long SYS_bind_function(int fd, const void *address, unsigned size);
long SYS_listen_function(int fd, int backlog);
long SYS_accept_function(int fd, void *address, unsigned *size);
long SYS_accept4_function(int fd, void *address, unsigned *size, int flags);
long SYS_connect_function(int fd, const void *address, unsigned size);
long SYS_getsockname_function(int fd, void *address, unsigned *size);
long SYS_getpeername_function(int fd, void *address, unsigned *size);
/* send and recv are these two, without an address. */
long SYS_sendto_function(int fd, const void *data, size_t length, int flags, const void *address, unsigned size);
long SYS_recvfrom_function(int fd, void *data, size_t length, int flags, void *address, unsigned *size);
/* The structures are musl's, in which what the kernel has as a long is an int with padding. */
long SYS_sendmsg_function(int fd, const struct msghdr *message, int flags);
long SYS_recvmsg_function(int fd, struct msghdr *message, int flags);
long SYS_recvmmsg_function(int fd, struct mmsghdr *messages, unsigned count, int flags, const struct kernel_timespec *timeout);
/* arm64: musl calls sendmsg for each. */
long SYS_sendmmsg_function(int fd, struct mmsghdr *messages, unsigned count, int flags);
long SYS_shutdown_function(int fd, int how);
/* On arm, SO_RCVTIMEO and SO_SNDTIMEO are the numbers with 64-bit times. */
long SYS_setsockopt_function(int fd, int level, int option, const void *value, unsigned size);
long SYS_getsockopt_function(int fd, int level, int option, void *value, unsigned *size);

/* The offsets may be 0: then the file's position counts, and moves. */
long SYS_sendfile_function(int to, int from, int64_t *offset, size_t count);
long SYS_copy_file_range_function(int from, int64_t *from_offset, int to, int64_t *to_offset, size_t count, unsigned flags);

#ifdef __arm__
/* Not for musl, which has the forms with an address. */
long SYS_send_function(int fd, const void *data, size_t length, int flags);
long SYS_recv_function(int fd, void *data, size_t length, int flags);
long SYS_pipe_function(int ends[2]);
long SYS_mknod_function(const char *path, mode_t mode, unsigned device);
long SYS_poll_function(struct pollfd *fds, unsigned long count, int milliseconds);
long SYS_eventfd_function(unsigned value);
long SYS_epoll_create_function(int size);
long SYS_epoll_wait_function(int epoll, struct epoll_event *events, int room, int milliseconds);
long SYS_signalfd_function(int fd, const uint32_t *mask, size_t mask_size);
#endif

/* -- Time -- */

/* CLOCK_REALTIME and CLOCK_MONOTONIC are what musl itself uses. -EINVAL for clocks that do not exist. */
long SYS_clock_gettime_function(clockid_t clock, struct kernel_timespec *now);
long SYS_clock_settime_function(clockid_t clock, const struct kernel_timespec *now);
long SYS_clock_getres_function(clockid_t clock, struct kernel_timespec *resolution); /* resolution may be 0. */
/* Lets other threads run. With TIMER_ABSTIME in flags the time is a moment; remaining may be 0. */
long SYS_clock_nanosleep_function(clockid_t clock, int flags, const struct kernel_timespec *time,
	struct kernel_timespec *remaining);
#ifndef __arm__
long SYS_nanosleep_function(const struct kernel_timespec *time, struct kernel_timespec *remaining);
/* Only after -ENOSYS of clock_gettime. */
long SYS_gettimeofday_function(struct kernel_timespec *seconds_and_microseconds, void *zone);
#endif

/* -- Threads -- */

/*
 * __clone of musl. Runs fn(arg) on the stack that ends at the given place (to be aligned to 16), then exit with what
 * it returns. pthread_create sets CLONE_SETTLS: tls is the new thread's pointer (tpidr_el0, tpidruro); and
 * CLONE_PARENT_SETTID: *ptid is its number before the function returns; and CLONE_CHILD_CLEARTID: see
 * set_tid_address. Returns the number, 1 or more. A backend need not know more than these; posix_spawn sets
 * CLONE_VM|CLONE_VFORK|SIGCHLD instead.
 */
long SYS_clone_thread_function(int (*fn)(void *), void *stack, int flags, void *arg, int *ptid, void *tls, int *ctid);
/* __unmapself of musl: munmap of the stack on which the caller, a detached thread, stands; then exit. A backend that
 * can't do the first must keep the memory until the second is through. */
_Noreturn void SYS_unmapself_function(void *base, size_t size);
/* The end of the calling thread: 0 is written to its clear-on-exit address (CLONE_CHILD_CLEARTID, set_tid_address),
 * and one waiter at it woken as by FUTEX_WAKE, when nothing of the thread runs any more: musl's list of threads is
 * locked until then. Of the last thread, the end of the process. */
_Noreturn long SYS_exit_function(int status);
/* Sets the calling thread's clear-on-exit address; returns the thread's number. The first call of every program. */
long SYS_set_tid_address_function(int *address);
/*
 * FUTEX_WAIT: sleeps if *address is expected, at most for the timeout (relative; 0 is for ever): 0, -EAGAIN,
 * -ETIMEDOUT or -EINTR. FUTEX_WAKE: wakes at most count; returns how many. FUTEX_REQUEUE (condition variables): wakes
 * count, and moves as many as the fourth argument says to other. All with or without FUTEX_PRIVATE; -ENOSYS with it
 * makes musl try without. Other operations are for mutexes with priority inheritance: -ENOSYS.
 */
long SYS_futex_function(volatile int *address, int operation, int expected_or_count,
	const struct kernel_timespec *timeout_or_count, volatile int *other, int value);
long SYS_gettid_function(void);
/* musl spins a little before it sleeps; where threads don't preempt each other, this is the place to switch. */
long SYS_sched_yield_function(void);
/* Bits of the CPUs; returns the number of bytes written, at most size. sysconf counts them. */
long SYS_sched_getaffinity_function(pid_t thread, size_t size, unsigned long *mask);
/* For robust mutexes only. If the second fails, so does pthread_mutexattr_setrobust; nothing needs the first. */
long SYS_set_robust_list_function(void *list, size_t size);
long SYS_get_robust_list_function(pid_t thread, void **list, size_t *size);
/* The scheduling that pthread_attr_setinheritsched and pthread_setschedparam ask for; *priority as of sched_param. */
long SYS_sched_setscheduler_function(pid_t thread, int policy, const int *priority);
/* -ENOSYS is fine. Called once, when the first thread is made. */
long SYS_membarrier_function(int command, unsigned flags, int cpu);
#ifdef __arm__
/* Sets tpidruro, which __aeabi_read_tp and musl read. Called before anything else; a failure aborts the program. */
long SYS_arm_set_tls_function(void *pointer);
#endif

/* -- Signals. Without any, a backend returns 0 from the first two, and -ENOSYS from tkill and kill. -- */

/* Around pthread_create, the end of a thread and abort. old may be 0; size is 8. */
long SYS_rt_sigprocmask_function(int how, const uint32_t *mask, uint32_t *old, size_t size);
long SYS_rt_sigaction_function(int signal, const struct kernel_sigaction *action, struct kernel_sigaction *old,
	size_t size);
/* abort: if this returns, musl traps. */
long SYS_tkill_function(pid_t thread, int signal);
long SYS_tgkill_function(pid_t process, pid_t thread, int signal);
long SYS_kill_function(pid_t process, int signal);
/* Jumped to, not called: the stack pointer is at the frame that the backend, or its kernel, made. */
long SYS_rt_sigreturn_function(void);
#ifdef __arm__
long SYS_sigreturn_function(void);
long SYS_pause_function(void);
#endif
/*
 * Optional, and not of Linux. musl's handler of its cancellation signal found the thread at pc, in a call's function
 * that has kept the return address in the link register, and all that a function must preserve but arm's r4 to r7 and
 * the stack pointer. Non-zero says: the call has not been made, or will be made again, so the thread may leave from
 * here. arm: such functions are in Arm state.
 */
int SYS_may_cancel_function(uintptr_t pc);

/* -- Process, system, identity -- */

_Noreturn long SYS_exit_group_function(int status);
long SYS_getpid_function(void);
long SYS_getppid_function(void);
long SYS_getuid_function(void);
long SYS_geteuid_function(void);
long SYS_getgid_function(void);
long SYS_getegid_function(void);
long SYS_umask_function(mode_t mask);
/* Six texts of 65 bytes. */
long SYS_uname_function(struct utsname *names);
/* getrlimit and setrlimit; either pointer may be 0. sysconf asks for RLIMIT_NOFILE and RLIMIT_NPROC. */
long SYS_prlimit64_function(pid_t process, int resource, const struct rlimit *wanted, struct rlimit *old);
/* Returns the number of bytes; -EINTR only before the first. */
long SYS_getrandom_function(void *buffer, size_t size, unsigned flags);
long SYS_sysinfo_function(struct kernel_sysinfo *information);

#ifdef __cplusplus
}
#undef _Noreturn
#endif

#endif
