/*
 * What the files of linux-run share. A Linux program runs in vCPU user mode, in a task of its own: each of its threads is a
 * thread of the backend, and what it causes (a system call, a fault, an interrupt) continues that thread here.
 *
 * Addresses of the program are of type user_t. They are never dereferenced: user.h is the only way to its memory.
 */
#ifndef PERSONALITY_H
#define PERSONALITY_H

#include <l4/sys/vcpu.h>
#include "common/signals.h"
#include "common/file.h"
#include "backend.h"
#include "machine.h"

typedef unsigned long user_t;

/* What the kernel runs the program's calls on, for each of its threads. Copies of arguments lie on it. */
#define KERNEL_STACK (64ul << 10)

/* What belongs to a thread of the kernel, and is kept for the next Linux thread on it. */
struct linux_thread {
	l4_vcpu_state_t *vcpu;
	struct floats *floats;    /* of the program, while it isn't running; at the top of the kernel stack */
	char *stack;              /* the kernel stack */
	l4_cap_idx_t kick;        /* an interrupt object that brings it here */
	int signalled;            /* a wait of the current call was ended by a signal */
	int ended, may_restart;   /* a signal has ended the call, which may be made again */
	int restores;             /* the mask to return to, when handlers have run, is in "restored" */
	uint64_t restored;
	uint64_t fault_address;   /* for the next frame */
};

/* A file that execve has mapped. */
struct linux_image { user_t start, end; char name[256]; };
enum { LINUX_PROGRAM, LINUX_INTERPRETER, LINUX_IMAGES };

/* The program. */
struct linux_process {
	struct linux_image images[LINUX_IMAGES];
	l4_cap_idx_t task;
	user_t trampoline;        /* where handlers without a restorer return to */
	user_t break_start, break_end;
	int verbose;
};

#pragma GCC visibility push(hidden)

extern struct linux_process linux_process;

/* entry.S */
extern char linux_entry[];
/* Continues the program with the registers in the vCPU's state, and these. They are at the top of the kernel stack. */
_Noreturn void linux_leave(l4_vcpu_state_t *vcpu, struct floats *floats);

/* upcall.c */
_Noreturn void linux_resume(l4_vcpu_state_t *vcpu);
_Noreturn void linux_enter(struct linux_thread *thread);
void linux_upcall(l4_vcpu_state_t *vcpu);

/* threads.c */
struct linux_thread *linux_equip(struct thread *self, char *stack);
char *linux_take_stack(void);
static inline struct linux_thread *linux_self(void)
{
	return __backend_self()->personality;
}

/* calls.c */
long linux_call(struct linux_thread *thread, unsigned long number, const unsigned long *arguments);
int linux_is_restartable(unsigned long number, const unsigned long *arguments);

/* signals.c */
void linux_deliver(struct linux_thread *thread, long number, unsigned long first);
void linux_fault(struct linux_thread *thread, int signal, int code, user_t address);
void linux_return_from_handler(struct linux_thread *thread);
void linux_reset_signals(void);

/* memory.c */
int linux_page_in(user_t address, int protection);
void linux_revoke(user_t address, size_t size);
long linux_map(user_t address, size_t size, int protection, int flags, int fd, uint64_t offset);
void linux_unmap_all(void);

/* shared_files.c; addresses are those here */
long linux_share_file(void *here, void *file, size_t size);
void linux_unshare(void *address, size_t size);
void *linux_shared_at(const void *address);

/* program.c */
long linux_load(const char *path, char *const *arguments, char *const *variables, struct linux_thread *thread);
long linux_check_program(const char *path);

/* archive.c */
long linux_unpack(const char *path);

/* main.c */
/* %s, %d, %x (long) */
void linux_say(const char *format, ...);
_Noreturn void linux_give_up(const char *what, long error);

#pragma GCC visibility pop

#endif
