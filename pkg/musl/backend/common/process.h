/*
 * Variables of which each process, or each address space, has its own. In a program there is one of each, and these are
 * ordinary variables. linux-run serves many processes: it compiles this code with PROCESSES, as Linux has variables for each
 * processor. What is defined then are those of the first process. The others have copies of the whole section, and a thread
 * knows how far away are those for which it acts: its own process's, as a rule. They begin as zeros.
 */
#ifndef COMMON_PROCESS_H
#define COMMON_PROCESS_H

#include <stddef.h>
#include <stdint.h>

struct thread;

/* For /proc. */
struct process_description { const char *name; int id, parent, group, session; char state; int64_t time; };

#ifdef PROCESSES

#define SEVERAL_PROCESSES 1
#define PROCESS_VARIABLE __attribute__((section(".bss.process")))
#define SPACE_VARIABLE __attribute__((section(".bss.space")))

/* The variable that is so far away from the one of the first process or space. */
#define at_distance(distance, variable) (*(__typeof__(variable) *)((char *)&(variable) + (distance)))
#define of_process(variable) at_distance(__backend_self()->process_distance, variable)
#define of_space(variable) at_distance(__backend_self()->space_distance, variable)

struct process;

#pragma GCC visibility push(hidden)

/* ../personality/processes.c */
/* The process for which the caller acts from now on: for signals, timers, descriptors, memory. Returns the one before. */
struct process *__common_act_for(struct process *process);
struct process *__common_process(void);
/* Whether the thread is one of that process. */
int __common_is_mine(const struct thread *thread);
/* ../personality/spaces.c */
/* As __common_act_for, for memory only: the space at that distance. Returns the distance of the one before. */
ptrdiff_t __common_act_in_space(ptrdiff_t distance);
/* Gives back memory that is kept for later, of all spaces. The lock of memory is held. */
void __common_give_back_everywhere(void);

/* wait.c: of the processor, which children had that have ended and were waited for. */
int64_t __common_time_of_children(void);

/* identity.c: whether the caller's session has that group of processes; and a signal to all of one. */
int __common_is_group(int group);
void __common_signal_group(int group, int signal);

/* foreground.c: a process of the terminal's session does something to it. Only the foreground may: the others get that signal,
 * SIGTTIN or SIGTTOU. Returns 0 if it may go on, or an error. */
struct terminal_settings;
long __common_await_foreground(const struct terminal_settings *terminal, int signal);
/* The caller's session has it from now on. */
long __common_take_terminal(struct terminal_settings *terminal);
int __common_has_terminal(const struct terminal_settings *terminal);

/* For /proc: the caller acts for the process with that number, which stays, until the end; fails if there is none. */
int __common_begin_view(int number, struct process **before);
void __common_end_view(struct process *before);
/* The next higher number; 0: there is none. */
int __common_next_number(int number);
struct process_description __common_describe_process(void);
const char *__common_program(void); /* its path, or null */

/* owner.c: whether the caller's user may send that process signals: kill(2). And its real user. */
int __common_may_signal(ptrdiff_t process);
unsigned __common_user_of(ptrdiff_t process);

/* limits.c: of the process; UINT64_MAX: there is none */
uint64_t __common_limit(int resource);

/* What a new process has of the one that the caller acts for. */
long __common_inherit_folder(ptrdiff_t to);
void __common_inherit_descriptors(ptrdiff_t to);
void __common_inherit_umask(ptrdiff_t to);
void __common_inherit_owner(ptrdiff_t to);
void __common_inherit_limits(ptrdiff_t to);
void __common_inherit_actions(ptrdiff_t to);
long __common_inherit_shared_mappings(ptrdiff_t to);

/* The end of the process. */
void __common_close_all(int on_exec_only);
void __common_free_folder(void);
void __common_stop_interval_timers(void);
void __common_delete_timers(void);

#pragma GCC visibility pop

#else

#define SEVERAL_PROCESSES 0
#define PROCESS_VARIABLE
#define SPACE_VARIABLE
#define of_process(variable) (variable)
#define of_space(variable) (variable)

struct process;
static inline struct process *__common_act_for(struct process *process) { return process; }
static inline struct process *__common_process(void) { return 0; }
static inline int __common_is_mine(const struct thread *thread) { return !!thread; }
static inline void __common_give_back_everywhere(void) { }
static inline int __common_is_group(int group) { return group == 1; }
struct terminal_settings;
static inline long __common_await_foreground(const struct terminal_settings *terminal, int signal)
{
	return (void)terminal, (void)signal, 0;
}
static inline long __common_take_terminal(struct terminal_settings *terminal) { return (void)terminal, 0; }
static inline int __common_has_terminal(const struct terminal_settings *terminal) { return !!terminal; }
static inline int64_t __common_time_of_children(void) { return 0; }
static inline int __common_begin_view(int number, struct process **before) { return *before = 0, number == 1; }
static inline void __common_end_view(struct process *before) { (void)before; }
static inline int __common_next_number(int number) { return number < 1; }
static inline struct process_description __common_describe_process(void)
{
	return (struct process_description){ 0, 1, 0, 1, 1, 'R', 0 };
}
static inline const char *__common_program(void) { return 0; }

#endif

#endif
