/*
 * What the files of linux-run share. A Linux program runs in vCPU user mode, in a task of its own: each of its threads is a
 * thread of the backend, and what it causes (a system call, a fault, an interrupt) continues that thread here.
 *
 * Addresses of the program are of type user_t. They are never dereferenced: user.h is the only way to its memory.
 */
#ifndef PERSONALITY_H
#define PERSONALITY_H

#include <limits.h>
#include <l4/sys/vcpu.h>
#include "common/signals.h"
#include "common/file.h"
#include "backend.h"
#include "machine.h"

typedef unsigned long user_t;

struct beginning;

/* What an upcall is about. */
struct cause {
	enum { CALL, INTERRUPT, FAULT, OTHER } kind;
	int protection;    /* of a fault: which one the access needs */
	int signal, code;  /* of the others, and of a fault that can't be resolved */
	user_t address;
};

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

#pragma GCC visibility push(hidden)

extern int linux_is_verbose;

/* entry.S */
extern char linux_entry[];
/* Continues the program with the registers in the vCPU's state, and these. They are at the top of the kernel stack. */
_Noreturn void linux_leave(l4_vcpu_state_t *vcpu, struct floats *floats);

/* arch/<architecture>/machine.c: the frame of a handler */
struct handler { user_t function, restorer, stack; int signal, wants_information; uint64_t mask; };
long machine_push_frame(struct linux_thread *thread, const struct handler *handler, const void *information);
/* Takes the frame off the stack, and the mask that is in it. */
long machine_pop_frame(struct linux_thread *thread, uint64_t *mask);

/* cause.c */
struct cause linux_cause(const l4_vcpu_state_t *vcpu);

/* upcall.c */
_Noreturn void linux_resume(l4_vcpu_state_t *vcpu);
_Noreturn void linux_enter(struct linux_thread *thread);
void linux_upcall(l4_vcpu_state_t *vcpu);

/* threads.c */
struct linux_thread *linux_equip(struct thread *self, char *stack);
char *linux_take_stack(void);
/* What a new thread is to begin with; null if there is no memory. The thread is made with this function, stack and argument. */
struct beginning *linux_new_beginning(const struct linux_thread *parent, const unsigned long *arguments);
void linux_free_beginning(struct beginning *beginning);
int linux_begin_thread(void *beginning);
char *linux_stack_of(struct beginning *beginning);
/* How many threads there can be, of all processes together. */
int linux_may_have_thread(void);
/* Where the program may write a word, or null. */
int *linux_writable_word(user_t address);
/* By what is told apart for what threads wait: words that processes share are at several addresses. */
int *linux_futex_at(int *here);
static inline struct linux_thread *linux_self(void)
{
	return __backend_self()->personality;
}

/* robust.c: locks of the thread, which ends, or its program does */
void linux_give_up_locks(struct thread *thread);

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
int linux_have_memory(user_t address, size_t size);
void linux_revoke(user_t address, size_t size);
void linux_unmap_from(l4_cap_idx_t task, l4_addr_t address, size_t size);
/* Of addresses here: makes sure that this task has the page, with that right; and maps memory, of a power of 2, on to the
 * program. */
int linux_have_page(l4_addr_t address, int protection);
int linux_map_on(user_t address, const void *here, size_t size, int rights);
long linux_map(user_t address, size_t size, int protection, int flags, int fd, uint64_t offset);
/* Pages without rights, at that address or anywhere. */
long linux_find_place(user_t wanted, size_t size, int flags);
void linux_unmap_all(void);

/* shortage.c */
enum shortage { NOTHING_LACKS, MEMORY_LACKS, TABLES_LACK };
/* A process has to end for others, this one or the one that has most. Comes back if it isn't this one. */
void linux_end_for_memory(enum shortage shortage);
/* Whether the process may have so much more (RLIMIT_AS). */
int linux_may_map(size_t size);

/* shared_files.c; addresses are those here */
long linux_share_file(void *here, void *file, size_t size);
void linux_unshare(void *address, size_t size);
void *linux_shared_at(const void *address);
long linux_inherit_shared_files(ptrdiff_t to);

/* contents.c; addresses are those here */
/* The pages, which are used and have no rights, become those of the content from the offset on. */
long linux_map_content(struct content *content, void *address, uint64_t offset, size_t size, int protection);
void linux_show(const void *address, size_t size);
int linux_page_in_of_file(user_t address, int rights);
/* Makes ordinary pages of those in the range, without rights; or copies, with those that they have. */
long linux_end_file_pages(void *address, size_t size);
long linux_own(void *address, size_t size);
/* Pieces for a copy of the space: made before the lock of memory is taken, and freed afterwards if they are left. */
struct piece;
struct piece *linux_new_pieces(void);
void linux_free_pieces(struct piece *list);
long linux_inherit_file_pages(ptrdiff_t to, struct piece **unused);

/* vdso.c */
long linux_make_vdso(void);
long linux_map_vdso(void);

/* program.c */
/* The program that execve runs for a name: that of the file, or the interpreter of a script, with what it is given before the
 * other arguments. */
#define SCRIPTS 5 /* scripts can be interpreted by scripts */
struct script {
	const char *name;
	char program[PATH_MAX];
	char lines[SCRIPTS][256];
	char *words[2*SCRIPTS + 1];
	int count;
};
/* The name is still used afterwards. */
long linux_find_program(const char *name, struct script *script);
long linux_load(const struct script *script, char *const *arguments, char *const *variables, struct linux_thread *thread);
/* Whether it is a program for this architecture; and whether it is a file that can be executed at all. */
long linux_check_program(const char *path);
long linux_check_file(const char *path);

/* events.c */
void linux_wait_for_timekeeper(void);

/* archive.c */
long linux_unpack(const char *path);

/* main.c */
/* %s, %d, %x (long) */
void linux_say(const char *format, ...);
_Noreturn void linux_give_up(const char *what, long error);

#pragma GCC visibility pop

#endif
