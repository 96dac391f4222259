/*
 * What the files of this backend share. Its names begin with __l4re_ and are hidden. Of L4Re it needs headers only, the
 * kernel's and the C ones, which are inline functions; what L4Re offers in C++ only is spelt out in services.c.
 */
#ifndef BACKEND_H
#define BACKEND_H

#include <stddef.h>
#include <stdint.h>
#include <l4/re/env.h>
#include <l4/sys/kip.h>
#include <l4/sys/utcb.h>
#include "common/interface.h"
#include "syscall_functions.h"

#define PAGE 4096ul

/* See semaphores.c. */
struct lock {
	int users;
	l4_cap_idx_t semaphore;
};

/* A kernel thread and what musl's thread on it needs. Threads are used again, and their records never freed. */
struct thread {
	struct thread *next;           /* in the list of unused ones */
	struct thread *older;          /* in the list of all */
	l4_cap_idx_t waker;            /* what it waits for, whatever it waits for; see semaphores.c */
	char *home;                    /* end of the stack on which it is between two threads of musl; null: the main thread */
	int id;                        /* 0: unused */
	int *clear_at_exit;            /* set_tid_address, CLONE_CHILD_CLEARTID */
	void *robust_list;
	struct thread_signals signals;

	int (*function)(void *);       /* what to run, and with what */
	void *argument, *stack, *pointer;
	size_t unmap;                  /* size of the stack to unmap at the end, if it is to be */

	struct thread *behind;         /* in the queue in which it waits */
	const volatile int *waits_for; /* null: in no queue */
	unsigned bits;                 /* of FUTEX_WAIT_BITSET */
	int interrupted;               /* a wait is to end, or not to begin, with EINTR */
	long result;                   /* of the wait */

	l4_cap_idx_t kernel;           /* 0: the main thread */
	int policy, priority, lent, nice, processor;
	unsigned long affinity;        /* 0: any */
	char name[16];
	int64_t used_before;           /* time of the kernel's thread when musl's thread began */

	l4_cap_idx_t gate;             /* to the watcher, which gets its exceptions by it; 0: it doesn't */
	l4_cap_idx_t exception_handler; /* that of ITAS */
	int watches;                   /* it is the watcher */
	void *personality;             /* what linux-run keeps of it */
#ifdef PROCESSES
	struct process *process;       /* whose it is; null: nobody's */
	ptrdiff_t process_distance, space_distance; /* common/process.h */
#endif
	int to_stop, again;            /* it is to be stopped for signals; another time, when it runs code of the program */
};

struct memory_information { l4_size_t quota, quota_used, limit, used, unused; };

#define DESCRIPTORS 1024

/* Addresses, of which few have memory: all that there may be, or for each of many processes, for which arm has 4 GiB at most. */
#ifdef __aarch64__
#define LARGEST_SPACE (SEVERAL_PROCESSES ? 4ul << 30 : 1ul << 40)
#else
#define LARGEST_SPACE (SEVERAL_PROCESSES ? 128ul << 20 : 1ul << 30)
#endif

#pragma GCC visibility push(hidden)

/* environment.c */
extern l4re_env_t *__l4re_environment;
extern l4_kernel_info_t *__l4re_kernel_information;

/* services.c: results are 0 or more, or negated error numbers */
long __l4re_error(l4_msgtag_t tag);
l4_cap_idx_t __l4re_new_slot(void);
void __l4re_release(l4_cap_idx_t slot);
long __l4re_attach(void **address, size_t size, unsigned flags, l4_cap_idx_t dataspace, uint64_t offset);
long __l4re_detach(void *address, size_t size);
long __l4re_region(const void *address, uintptr_t *end);
long __l4re_reserve(void **address, size_t size);
long __l4re_query(l4_cap_idx_t names, const char *path, l4_cap_idx_t slot);
long __l4re_size(l4_cap_idx_t dataspace, uint64_t *size);
long __l4re_clear(l4_cap_idx_t dataspace, uint64_t offset, size_t size);
long __l4re_copy(l4_cap_idx_t to, l4_cap_idx_t from, uint64_t offset, size_t size);
long __l4re_new_dataspace(l4_cap_idx_t slot, size_t size);
long __l4re_memory(struct memory_information *information);
long __l4re_day_offset(l4_cap_idx_t server, int64_t *offset);
long __l4re_watch_thread(l4_cap_idx_t thread, l4_utcb_t *utcb);

/* semaphores.c */
long __l4re_new_semaphore(l4_cap_idx_t *slot);
long __l4re_new_waker(l4_cap_idx_t *slot, l4_cap_idx_t thread);
void __l4re_wake(const struct thread *thread);
int __l4re_await_waker(uint64_t deadline);
void __l4re_lock(struct lock *lock);
void __l4re_unlock(struct lock *lock);
int __l4re_make_locks(void);
extern struct lock __l4re_memory_lock, __l4re_threads_lock;

extern struct thread __l4re_main_thread;

#ifdef PROCESSES
/* In each call, and each use of a variable of a process. */
static inline struct thread *__l4re_self(void)
{
	struct thread *thread = (struct thread *)l4_utcb_tcr()->user[0];
	return thread ? thread : &__l4re_main_thread;
}
#define __backend_self() __l4re_self()
#endif

/* clock.c */
void __l4re_end_time(struct thread *thread);

/* queues.c */
int __l4re_make_queue_locks(void);

/* threads.c */
struct thread *__l4re_take_thread(void);
void __l4re_give_thread_back(struct thread *thread);
int __l4re_leave_thread(void);
void __l4re_avoid_trampoline(l4_cap_idx_t thread);
void __l4re_send_page_faults(l4_cap_idx_t thread);

l4_cap_idx_t __l4re_kernel_thread(const struct thread *thread);
void __l4re_inherit_scheduling(struct thread *thread);
struct thread *__l4re_take_watcher(int (*function)(void *));

/* watcher.c: only weak references to these */
void __l4re_watch(struct thread *thread);
struct thread *__l4re_watcher(void);

/* clone.c: a thread that runs when it is woken; what is shared is that of the caller, or of the process for which it acts */
struct thread *__l4re_make_thread(int (*function)(void *), void *argument, void *stack);

/* home.c, switch.S */
_Noreturn void __l4re_thread_home(struct thread *thread);
_Noreturn void __l4re_on_stack(void *stack, void (*function)(struct thread *), struct thread *thread);

/* memory.c */
extern unsigned __l4re_heap_rights; /* L4RE_RM_F_*: with which it is attached */

/* console_input.c */
struct file;
extern struct terminal_settings __l4re_terminal;
long __l4re_console_read(struct file *file, const struct iovec *parts, int count);
int __l4re_console_ready(void);
int __l4re_console_count(void);

/* random.c */
void __l4re_random(void *buffer, size_t size);

#pragma GCC visibility pop

#endif
