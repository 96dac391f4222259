/*
 * The call cacheflush, by which programs say that they have written code. In vCPU user mode, the kernel answers it itself, in
 * the program's task, but then continues the program where the call is made, which is for ever (Fiasco, Thread::handle_svc and
 * Thread::check_and_handle_linux_cache_api). Only an interrupt leads out of that. So once there is a program that can write
 * code, threads that run are interrupted often, and such a call is completed here.
 */

#include <errno.h>
#include "own_calls.h"

#define CACHEFLUSH 0xf0002
#define INTERVAL 2000000ull

long linux_arm_cacheflush(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	if (a[1] < a[0] || a[2]) return -EINVAL;
	size_t size = linux_accessible(a[0], a[1] - a[0], PROT_READ);
	if (size) __backend_synchronize_code(linux_here(a[0]), size);
	return size == a[1] - a[0] ? 0 : -EFAULT;
}

static void interrupt_all(struct common_timer *timer)
{
	for (struct thread *thread = 0; (thread = __backend_next_thread(thread));) {
		const struct linux_thread *of_program = __atomic_load_n(&thread->personality, __ATOMIC_ACQUIRE);
		if (of_program && *(volatile uint16_t *)&of_program->vcpu->state & L4_VCPU_F_USER_MODE) __backend_kick(thread);
	}
	__common_set_timer(timer, __backend_now() + INTERVAL);
}

void machine_expects_code(void)
{
	static struct common_timer timer = { .expire = interrupt_all };
	static int is_set;
	if (!__atomic_exchange_n(&is_set, 1, __ATOMIC_SEQ_CST)) interrupt_all(&timer);
}

static int is_at_call(const l4_vcpu_regs_t *registers)
{
	uint32_t instruction = 0;
	if (registers->r[7] != CACHEFLUSH || copy_from_user(&instruction, registers->ip, call_size(registers))) return 0;
	return registers->flags & THUMB ? (instruction & 0xff00) == 0xdf00 : (instruction & 0x0f000000) == 0x0f000000; /* svc */
}

/* The kernel has replaced the first argument by the result, or has not been there yet. */
void machine_was_interrupted(struct linux_thread *thread)
{
	l4_vcpu_regs_t *registers = &thread->vcpu->r;
	if (!is_at_call(registers)) return;
	linux_arm_cacheflush(thread, registers->r);
	registers->r[0] = 0;
	registers->ip += call_size(registers);
}
