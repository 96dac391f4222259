/* Processes, and the address spaces in which their programs run. */
#ifndef PROCESSES_H
#define PROCESSES_H

#include <limits.h>
#include "personality.h"

/* Each has its variables at a distance from those of the first one (common/process.h), and its record is one of them. */

enum process_state { IS_RUNNING, IS_ENDING, HAS_ENDED };

struct process {
	struct process *next;      /* in the list of all, or of unused ones */
	struct process *parent;    /* null: it is the first one */
	ptrdiff_t distance;
	struct space *space;       /* null: it has ended */
	int id, group, session;
	int threads;               /* that have not ended; a futex */
	enum process_state state;
	int status;                /* of its end, as wait tells it */
	int end_signal;            /* which its parent gets then; 0: none */
	int changes_of_children;   /* how many there were of their states; a futex */
	int halted;                /* so many of its threads are, because it is stopped; see jobs.c */
	int stopping;              /* the signal, until all of them are */
	int stopped_by;            /* the same, from then on, until wait has told it */
	int was_continued;         /* until wait has told it */
	int tells_continued;       /* its parent is to be told */
	int is_orphan;             /* its parent has ended */
	int has_executed;
	int *lent;                 /* to be cleared when it no longer uses the space of its parent, which waits for that; or null */
	struct thread *executes;   /* in execve, the thread that stays; the others end without the process */
	int64_t time, time_of_children;
	struct command *command;
	char name[16];
};

/* The arguments of a program, for /proc; shared by those who fork. */
struct command { int references; const char *list[]; };

/* What execve has mapped: files, and the vDSO. */
struct image_name { user_t start, end; char name[256]; };
enum { PROGRAM, INTERPRETER, VDSO_VARIABLES, VDSO, IMAGES };

struct space {
	struct space *older;       /* in the list of all */
	struct space *next;        /* in the list of unused ones */
	ptrdiff_t distance;
	int references;
	l4_cap_idx_t task;
	user_t trampoline;         /* where handlers without a restorer return to */
	user_t break_start, break_end;
	struct image_name images[IMAGES];
};

#pragma GCC visibility push(hidden)

extern PROCESS_VARIABLE struct process linux_first_process;
extern SPACE_VARIABLE struct space linux_first_space;

/* -- processes.c -- */

/* The lock of the list, and of what leads from one process to another. */
extern struct common_lock linux_processes_lock;
/* With the lock held: one after the other, from null to null, and the one with the number, or null. */
struct process *linux_next_process(struct process *process);
struct process *linux_find_process(int id);
void linux_begin_first_process(void);
/* One that nobody knows yet; null if there are too many. */
struct process *linux_new_process(void);
/* Of one that nobody knows, or knows any more. With the lock held. */
void linux_free_process(struct process *process);
/* Makes it known. */
void linux_add_process(struct process *process);
/* Ends the other threads of the caller's process, soon. With the lock held. */
void linux_end_other_threads(struct process *process);
/* The end of the calling thread, and with it of its process if it is the last one. */
_Noreturn void linux_end_thread(void);
/* The end of the process. The status is as wait tells it. */
_Noreturn void linux_end_process(int status);
/* What a parent is told by that signal of a child, whose status is as wait tells it. */
siginfo_t linux_describe(int signal, int id, unsigned user, int status);
/* With the lock held: the parent gets that signal, 0: none, and waits no longer. */
void linux_tell_parent(struct process *process, int signal, int status);
/* It no longer uses its parent's space. */
void linux_give_back_lent(struct process *process);

/* -- spaces.c -- */

/* An empty one, with one reference; null if there is no memory, or there are no addresses. */
struct space *linux_new_space(void);
/* A copy of the caller's. */
struct space *linux_copy_space(void);
void linux_put_space(struct space *space);
/* The caller's process uses that one from now on. */
void linux_use_space(struct space *space);

/* -- jobs.c -- */

/* While the caller's process is stopped, waits. The caller is busy. */
void linux_halt(struct process *process);
/* With the lock of processes held: a thread that might have had to be waited for has ended. */
void linux_note_halted(struct process *process);
/* With the lock of processes held: whether no process in the group has a parent in another one of its session, which could
 * control it. One process may be taken to have ended. */
int linux_is_orphaned(int group, const struct process *ended);
/* With the lock of processes held: that was the parent of a member of a group, which may be orphaned now. */
void linux_abandon(const struct process *member, const struct process *parent, const struct process *ended);

/* -- fork.c -- */
/* With the arguments of clone. */
long linux_clone_process(struct linux_thread *thread, const unsigned long *arguments);

/* -- command.c -- */

/* For /proc: what the process runs. */
void linux_set_command(const char *path, char *const *arguments);
/* One process less has it; it may be null. */
void linux_put_command(struct command *command);

#pragma GCC visibility pop

static inline struct space *linux_space(void)
{
	return &of_space(linux_first_space);
}

#endif
