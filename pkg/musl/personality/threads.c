/*
 * Threads of the program: each is a thread of the backend, whose function enters the program. And what hands the backend
 * addresses of words in the program's memory, which it keeps: futexes, and what is cleared at the end of a thread.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <l4/sys/factory.h>
#include <l4/sys/irq.h>
#include <l4/sys/rcv_endpoint.h>
#include <l4/sys/task.h>
#include <l4/sys/thread.h>
#include "user.h"
#include "own_calls.h"

/* At the bottom of a kernel stack, until it is entered for the first time. */
struct beginning {
	struct beginning *next;
	l4_vcpu_regs_t registers;
	void *pointer;
	void *signal_stack;
	size_t signal_stack_size;
	struct floats floats;
};

static struct common_lock lock;
static struct beginning *unused; /* kernel stacks */
static char *room, *room_end;    /* for states of vCPUs */

char *linux_take_stack(void)
{
	__common_lock(&lock);
	struct beginning *stack = unused;
	if (stack) unused = stack->next;
	__common_unlock(&lock);
	if (stack) return (char *)stack;
	long memory = __common_own_memory(KERNEL_STACK);
	return memory < 0 ? 0 : (char *)memory;
}

void linux_free_beginning(struct beginning *beginning)
{
	if (!beginning) return;
	__common_lock(&lock);
	beginning->next = unused;
	unused = beginning;
	__common_unlock(&lock);
}

/* States lie in memory of the kernel, several in a page. */
static l4_vcpu_state_t *new_vcpu(void)
{
	__common_lock(&lock);
	if (room == room_end) {
		void *address = 0;
		long error = __l4re_reserve(&address, PAGE);
		l4_fpage_t place = l4_fpage((l4_addr_t)address, L4_PAGESHIFT, L4_FPAGE_RW);
		if (error >= 0) error = __l4re_error(l4_task_add_ku_mem(L4RE_THIS_TASK_CAP, &place));
		if (error < 0) linux_give_up("there is no memory for the state of a thread", error);
		room = address;
		room_end = room + PAGE;
	}
	l4_vcpu_state_t *vcpu = (l4_vcpu_state_t *)room;
	room += L4_VCPU_STATE_SIZE;
	__common_unlock(&lock);
	return vcpu;
}

/* Makes the calling thread of the kernel one that can run the program. What it has made stays for the next thread. */
struct linux_thread *linux_equip(struct thread *self, char *stack)
{
	struct linux_thread *thread = self->personality;
	if (!thread) {
		thread = __common_allocate(sizeof *thread);
		if (!thread) linux_give_up("there is no memory for a thread", -ENOMEM);
		thread->vcpu = new_vcpu();
		long error = __l4re_error(l4_thread_vcpu_control(L4_INVALID_CAP, (l4_addr_t)thread->vcpu));
		if (error < 0 || !l4_vcpu_check_version(thread->vcpu))
			linux_give_up("the kernel has no vCPUs of the kind that linux-run knows", error);
		thread->kick = __l4re_new_slot();
		error = __l4re_error(l4_factory_create(__l4re_environment->factory, L4_PROTO_IRQ_SENDER, thread->kick));
		if (error >= 0) error = __l4re_error(l4_rcv_ep_bind_thread(thread->kick, __l4re_kernel_thread(self), 0));
		if (error < 0) linux_give_up("there is no interrupt object for a thread", error);
		thread->vcpu->user_data[0] = (l4_umword_t)thread;
		thread->vcpu->user_data[1] = (l4_umword_t)l4_utcb(); /* machine.h of arm */
		thread->vcpu->entry_ip = (l4_umword_t)linux_entry;
		__atomic_store_n(&self->personality, thread, __ATOMIC_RELEASE);
	}
	if (thread->stack != stack) linux_free_beginning((struct beginning *)thread->stack); /* its last user has ended */
	thread->stack = stack;
	thread->floats = (struct floats *)(stack + KERNEL_STACK - FLOATS_ROOM + 8);
	thread->vcpu->entry_sp = (l4_umword_t)stack + KERNEL_STACK;
	thread->vcpu->user_task = linux_space()->task;
	thread->signalled = thread->restores = 0;
	return thread;
}

/* -- clone -- */

/* On its kernel stack, below which is where it begins. */
int linux_begin_thread(void *argument)
{
	struct beginning *beginning = argument;
	struct thread *self = __backend_self();
	struct linux_thread *thread = linux_equip(self, argument);
	self->signals.stack = beginning->signal_stack;
	self->signals.stack_size = beginning->signal_stack_size;
	thread->vcpu->r = beginning->registers;
	set_thread_pointer(&thread->vcpu->r, beginning->pointer);
	*thread->floats = beginning->floats;
	linux_enter(thread);
}

/* The kernel keeps some 10 KiB for each thread, which come out of the same room as page tables: when that is used up, so is this
 * task. Threads are not given back. */
#define MOST_THREADS 1000

int linux_may_have_thread(void)
{
	int threads = 0;
	for (struct thread *thread = 0; (thread = __backend_next_thread(thread));) threads++;
	return threads < MOST_THREADS;
}

int *linux_writable_word(user_t address)
{
	return linux_accessible(address, sizeof(int), PROT_WRITE) == sizeof(int) ? linux_here(address) : 0;
}

struct beginning *linux_new_beginning(const struct linux_thread *parent, const unsigned long *arguments)
{
	unsigned long flags = arguments[0], stack = arguments[1];
	struct beginning *beginning = (struct beginning *)linux_take_stack();
	const struct thread_signals *signals = &__backend_self()->signals;
	if (!beginning) return 0;
	beginning->registers = parent->vcpu->r;
	*call_result(&beginning->registers) = 0;
	if (stack) beginning->registers.sp = stack;
	beginning->pointer = flags & CLONE_SETTLS ? (void *)arguments[3] : get_thread_pointer(&parent->vcpu->r);
	beginning->floats = *parent->floats;
	/* A stack for signals is kept in a copy of the space only (sigaltstack(2)). */
	beginning->signal_stack = signals->stack;
	beginning->signal_stack_size = flags & CLONE_VM ? 0 : signals->stack_size;
	return beginning;
}

/* The frame of the thread's function must not reach the floats at the top, where it puts them. */
char *linux_stack_of(struct beginning *beginning)
{
	return (char *)beginning + KERNEL_STACK - FLOATS_ROOM;
}

/* Words that can't be written are no error for Linux either. */
static long new_thread(struct linux_thread *thread, const unsigned long *arguments)
{
	unsigned long flags = arguments[0];
	struct process *process = __common_process();
	struct beginning *beginning = linux_may_have_thread() ? linux_new_beginning(thread, arguments) : 0;
	if (!beginning) return -EAGAIN;
	int *parent = flags & CLONE_PARENT_SETTID ? linux_writable_word(arguments[2]) : 0;
	int *child = flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID) ? linux_writable_word(arguments[4]) : 0;
	if (!parent) flags &= ~CLONE_PARENT_SETTID;
	if (!child) flags &= ~(CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID);
	/* Whoever ends the threads of the process sees this one, or it isn't made. It counts before it may have ended itself. */
	__common_lock(&linux_processes_lock);
	long id = -EINTR;
	if (process->state == IS_RUNNING && !process->executes) {
		__atomic_fetch_add(&process->threads, 1, __ATOMIC_SEQ_CST);
		id = SYS_clone_thread_function(linux_begin_thread, linux_stack_of(beginning), flags, beginning, parent,
			(void *)arguments[3], child);
		if (id < 0) __atomic_fetch_sub(&process->threads, 1, __ATOMIC_SEQ_CST);
	}
	__common_unlock(&linux_processes_lock);
	if (id < 0) linux_free_beginning(beginning);
	return id;
}

long linux_clone(struct linux_thread *thread, const unsigned long *arguments)
{
	return arguments[0] & CLONE_THREAD ? new_thread(thread, arguments) : linux_clone_process(thread, arguments);
}

long linux_set_tid_address(struct linux_thread *thread, const unsigned long *arguments)
{
	(void)thread;
	return SYS_set_tid_address_function(linux_writable_word(arguments[0]));
}

/* What it cleared may have been unmapped. */
long linux_exit(struct linux_thread *thread, const unsigned long *arguments)
{
	struct thread *self = __backend_self();
	struct process *process = self->process;
	(void)thread;
	if (self->clear_at_exit) self->clear_at_exit = linux_writable_word(linux_there(self->clear_at_exit));
	if (process->state == IS_RUNNING && process->threads == 1) process->status = (arguments[0] & 0xff) << 8;
	linux_end_thread();
}

long linux_exit_group(struct linux_thread *thread, const unsigned long *arguments)
{
	(void)thread;
	linux_end_process((arguments[0] & 0xff) << 8);
}

/* -- futex -- */

/* linux/futex.h */
enum { WAIT = 0, WAKE, REQUEUE = 3, CMP_REQUEUE, LOCK_PI = 6, UNLOCK_PI, TRYLOCK_PI, WAIT_BITSET, WAKE_BITSET };
#define OPTIONS (128 | 256)

/* The fourth argument is a time or a number. */
static int has_time(int command)
{
	return command == WAIT || command == LOCK_PI || command == WAIT_BITSET;
}

int linux_futex_has_time(const unsigned long *arguments)
{
	return has_time(arguments[1] & ~OPTIONS) && arguments[3];
}

long linux_futex_with(const unsigned long *arguments, bring_time *bring)
{
	int command = arguments[1] & ~OPTIONS, *other = 0;
	/* Who wakes need not be able to read it: it may be gone by then. */
	int wakes = command == WAKE || command == WAKE_BITSET;
	int *futex = wakes && linux_is_user(arguments[0], sizeof(int)) ? linux_here(arguments[0]) : linux_word(arguments[0]);
	int requeues = command == REQUEUE || command == CMP_REQUEUE;
	struct kernel_timespec time;
	const struct kernel_timespec *fourth = (void *)arguments[3];
	if (arguments[0] % sizeof(int)) return -EINVAL;
	if (!futex) return -EFAULT;
	if (requeues && !(other = linux_word(arguments[4]))) return arguments[4] % sizeof(int) ? -EINVAL : -EFAULT;
	if (has_time(command) && fourth) {
		if (bring(&time, arguments[3])) return -EFAULT;
		fourth = &time;
	}
	futex = linux_futex_at(futex);
	if (other) other = linux_futex_at(other);
	/* These write: not where the program may not. */
	int writes = command == LOCK_PI || command == UNLOCK_PI || command == TRYLOCK_PI;
	if (writes && linux_accessible(arguments[0], sizeof(int), PROT_WRITE) < sizeof(int)) return -EFAULT;
	return SYS_futex_function(futex, arguments[1], arguments[2], fourth, other, arguments[5]);
}
