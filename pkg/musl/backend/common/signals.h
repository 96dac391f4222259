/* What the sources about signals share. Structures are the kernel's, which musl's siginfo_t, ucontext_t and stack_t match. */
#ifndef COMMON_SIGNALS_H
#define COMMON_SIGNALS_H

#define _GNU_SOURCE
#include <signal.h>
#include <string.h>
#include <ucontext.h>
#include "common.h"

#define SIGNALS (_NSIG - 1)
#define BIT(signal) (1ull << ((signal) - 1))
#define FIRST_QUEUED 32 /* Linux's first signal that is pending as often as it is sent */
#define QUEUE 256       /* how many signals can be pending with what is known about them */

enum { TIMER = 32, CANCEL = 33, CALL_ALL = 34 }; /* musl, src/internal/pthread_impl.h: SIGTIMER, SIGCANCEL, SIGSYNCCALL */

/* These can be neither blocked, nor handled, nor ignored. */
#define UNSTOPPABLE (BIT(SIGKILL) | BIT(SIGSTOP))
/* Without a handler, these stop the process. A single one could be continued by nobody, and its process group is one that nobody
 * controls, in which the latter three have no effect (POSIX, "Signal Generation and Delivery"). */
#define STOPS_FROM_TERMINAL (BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU))
#define STOPS (SEVERAL_PROCESSES ? BIT(SIGSTOP) | STOPS_FROM_TERMINAL : 0)
/* Ignored unless there is a handler. */
#define HARMLESS (BIT(SIGCHLD) | BIT(SIGCONT) | BIT(SIGURG) | BIT(SIGWINCH) | (SEVERAL_PROCESSES ? 0 : STOPS_FROM_TERMINAL))
/* What an instruction causes. */
#define SYNCHRONOUS (BIT(SIGSEGV) | BIT(SIGBUS) | BIT(SIGILL) | BIT(SIGFPE) | BIT(SIGTRAP) | BIT(SIGSYS))

/* A signal that is pending, in the order in which they were sent. */
struct queued {
	struct queued *next;
	struct thread *thread; /* null: anyone's */
	siginfo_t information;
};

/* Of a process. */
struct process_signals {
	struct common_lock lock;
	uint64_t pending;                          /* for whichever thread takes them first */
	struct kernel_sigaction actions[SIGNALS];
	struct queued *first, **end, *unused;
	struct queued records[QUEUE];
	int used;                                  /* of the records, so many have been used */
#ifdef PROCESSES
	int stopped;                               /* a futex: its threads wait until it is continued, or ends */
	int to_stop;                               /* a signal that stops it was taken, and SIGCONT has not come since then */
#endif
};

#pragma GCC visibility push(hidden)

/* signals.c */
extern PROCESS_VARIABLE struct process_signals __common_process_signals;
/* The thread may be null: any. Returns 1 if the signal is ignored. */
long __common_post(struct thread *thread, const siginfo_t *information);
int __common_is_ignored(int signal);
/* The end of the process by a signal. */
_Noreturn void __common_die(int signal);
#ifdef PROCESSES
/* A signal that is to stop the process, if nothing else is to be handled; else 0. */
int __common_take_stop(struct thread *self);
/* Whether the thread is about to end with its process, by a signal. */
int __common_is_dying(struct thread *self);

/* ../personality/jobs.c: what sending a signal does before anything else, with the lock held; and what one does that stops. */
void __common_prepare_signal(int signal);
void __common_stop(int signal);
#endif
/* Takes a signal of the set that is pending; 0 if there is none. The lock is to be held. */
int __common_take_signal(struct thread *self, uint64_t set, siginfo_t *information);
/* Those of the set are no longer pending. The lock is to be held. */
void __common_discard(uint64_t set);
/* As __common_deliver, for a thread that was interrupted with these registers; it goes on with what is in them then. */
void __common_deliver_at(struct thread *self, ucontext_t *context);

/* handlers.c. The context may be null: then the handler is called as of a call. */
void __common_run_handler(struct thread *self, const struct kernel_sigaction *action, siginfo_t *information,
	ucontext_t *context);

/* Of what an instruction of the thread has caused. __common_handles says whether there is a handler to call, and sets
 * *stack, the stack pointer, to where it is to run. __common_fault runs it there. */
int __common_handles(struct thread *self, int signal, uintptr_t *stack);
void __common_fault(struct thread *self, siginfo_t *information, ucontext_t *context);

/* call_handler.S: on the stack that ends there, or with null on this one. */
void __common_call_handler(int signal, siginfo_t *information, ucontext_t *context, void (*handler)(int), void *stack);

/* timers.c: a timer's signal has been taken */
void __common_timer_taken(siginfo_t *information);

#pragma GCC visibility pop

static inline struct process_signals *process_signals(void)
{
	return &of_process(__common_process_signals);
}

/* Those sent to the thread, and those for any of its process. */
static inline uint64_t pending_signals(const struct thread *thread)
{
	return __atomic_load_n(&thread->signals.pending, __ATOMIC_SEQ_CST)
		| __atomic_load_n(&process_signals()->pending, __ATOMIC_SEQ_CST);
}

/* A context ends with an empty record behind the registers, where others could be. */
#ifdef __aarch64__
#define CONTEXT_END (offsetof(ucontext_t, uc_mcontext) + offsetof(mcontext_t, __reserved) + 16)
#else
#define CONTEXT_END (offsetof(ucontext_t, uc_regspace) + 8)
#endif

static inline void set_context_place(ucontext_t *context, uintptr_t pc, uintptr_t sp)
{
#ifdef __aarch64__
	context->uc_mcontext.pc = pc;
	context->uc_mcontext.sp = sp;
#else
	context->uc_mcontext.arm_pc = pc;
	context->uc_mcontext.arm_sp = sp;
#endif
}

static inline uint64_t mask_of(const uint32_t mask[2])
{
	return mask[0] | (uint64_t)mask[1] << 32;
}

static inline uint64_t context_mask(const ucontext_t *context)
{
	uint32_t mask[2];
	memcpy(mask, &context->uc_sigmask, sizeof mask);
	return mask_of(mask);
}

static inline void set_context_mask(ucontext_t *context, uint64_t mask)
{
	const uint32_t words[2] = { mask, mask >> 32 };
	memcpy(&context->uc_sigmask, words, sizeof words);
}

#endif
