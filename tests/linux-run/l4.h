/*
 * As much of L4Re's interface as the backend l4re and linux-run use, for the compiler alone: LinuxRunTests compiles them
 * where there is no L4Re tree. Types and functions are as in L4Re's headers; the values of constants differ.
 */
#ifndef LINUX_RUN_TEST_L4_H
#define LINUX_RUN_TEST_L4_H

#include <stddef.h>

typedef unsigned char l4_uint8_t;
typedef unsigned short l4_uint16_t;
typedef unsigned l4_uint32_t;
typedef unsigned long long l4_uint64_t, l4_kernel_clock_t, l4_cpu_time_t;
typedef unsigned long l4_umword_t, l4_addr_t, l4_cap_idx_t;
typedef long l4_mword_t;
typedef size_t l4_size_t;

typedef struct { l4_mword_t raw; } l4_msgtag_t;
typedef union { l4_umword_t fpage, raw; } l4_fpage_t;
typedef union { l4_uint32_t raw; } l4_timeout_t;
typedef struct { l4_umword_t raw; } l4_timeout_s;
typedef struct l4_utcb_t l4_utcb_t;
typedef struct l4_kernel_info_t l4_kernel_info_t;

enum {
	L4_PAGESHIFT = 12,
	L4_CAP_SHIFT = 12,
	L4_INVALID_CAP = 1 << 11,
	L4_UTCB_OFFSET = 512,
	L4_ERRNOMAX = 4096,
	L4_EADDRNOTAVAIL = 99,
	L4_EBADPROTO,
};

/* Rights, and what is sent. */
enum {
	L4_FPAGE_X = 1,
	L4_FPAGE_W = 2,
	L4_FPAGE_RO = 4,
	L4_FPAGE_RW = L4_FPAGE_RO | L4_FPAGE_W,
	L4_FPAGE_RX = L4_FPAGE_RO | L4_FPAGE_X,
	L4_FPAGE_RWX = L4_FPAGE_RW | L4_FPAGE_X,
	L4_CAP_FPAGE_RO = 4,
	L4_CAP_FPAGE_RW = 5,
	L4_CAP_FPAGE_RWS = 7,
	L4_FP_ALL_SPACES = 1 << 30,
	L4_MAP_ITEM_MAP = 0,
	L4_ITEM_MAP = 8,
	L4_RCV_ITEM_SINGLE_CAP = 10,
};

/* Protocols. */
enum {
	L4_PROTO_IRQ_SENDER = -19,
	L4_PROTO_SEMAPHORE = -20,
	L4_PROTO_PAGE_FAULT = -2,
	L4RE_PROTO_RM = 0x4000,
	L4RE_PROTO_DATASPACE,
	L4RE_PROTO_NAMESPACE,
	L4RE_PROTO_PARENT,
	L4RE_PROTO_MEM_ALLOC,
	L4RE_PROTO_ITAS,
};

/* A thread's block of registers for messages. */
typedef union { l4_umword_t mr[63]; l4_uint64_t mr64[31]; } l4_msg_regs_t;
typedef struct { l4_umword_t bdr, br[58]; } l4_buf_regs_t;
typedef struct { l4_umword_t error, free_marker, user[3]; } l4_thread_regs_t;

#ifdef __aarch64__
typedef struct {
	l4_umword_t eret_work, r[31], reserved, err, pfa, sp;
	union { l4_umword_t ip, pc; };
	union { l4_umword_t flags, pstate; };
	l4_umword_t tpidruro, tpidrurw;
} l4_exc_regs_t;
typedef l4_exc_regs_t l4_vcpu_regs_t;
#else
typedef struct {
	l4_umword_t pfa, err, r[13], sp, ulr, reserved, pc, cpsr, tpidruro, tpidrurw;
} l4_exc_regs_t;
typedef struct {
	l4_umword_t pfa, err, r[13], sp, lr, reserved, ip, flags, tpidruro, tpidrurw;
} l4_vcpu_regs_t;
#endif
#define L4_UTCB_EXCEPTION_REGS_SIZE (sizeof(l4_exc_regs_t) / sizeof(l4_umword_t))

l4_utcb_t *l4_utcb(void);
l4_msg_regs_t *l4_utcb_mr(void);
l4_buf_regs_t *l4_utcb_br(void);
l4_thread_regs_t *l4_utcb_tcr(void);
l4_thread_regs_t *l4_utcb_tcr_u(l4_utcb_t *);
l4_exc_regs_t *l4_utcb_exc_u(l4_utcb_t *);
int l4_utcb_exc_is_ex_regs_exception(const l4_exc_regs_t *);

/* Messages. */
enum { L4_IPC_RETIMEOUT = 3 };
#define L4_IPC_NEVER ((l4_timeout_t){ 0 })

int l4_is_valid_cap(l4_cap_idx_t);
l4_fpage_t l4_fpage(l4_addr_t, unsigned, unsigned char);
l4_fpage_t l4_fpage_all(void);
l4_fpage_t l4_fpage_invalid(void);
l4_fpage_t l4_obj_fpage(l4_cap_idx_t, unsigned, unsigned char);
l4_umword_t l4_map_control(l4_umword_t, unsigned char, unsigned);
l4_umword_t l4_map_obj_control(l4_umword_t, unsigned);
l4_msgtag_t l4_msgtag(long, unsigned, unsigned, unsigned);
unsigned l4_msgtag_has_error(l4_msgtag_t);
long l4_error(l4_msgtag_t);
l4_umword_t l4_ipc_error_code(l4_utcb_t *);
l4_timeout_s l4_timeout_abs_u(l4_kernel_clock_t, int, l4_utcb_t *);
void l4_rcv_timeout(l4_timeout_s, l4_timeout_t *);
l4_msgtag_t l4_ipc_call(l4_cap_idx_t, l4_utcb_t *, l4_msgtag_t, l4_timeout_t);
l4_msgtag_t l4_ipc_wait(l4_utcb_t *, l4_umword_t *, l4_timeout_t);
l4_msgtag_t l4_ipc_reply_and_wait(l4_utcb_t *, l4_msgtag_t, l4_umword_t *, l4_timeout_t);
l4_msgtag_t l4_ipc_sleep(l4_timeout_t);
l4_msgtag_t l4_irq_receive_u(l4_cap_idx_t, l4_timeout_t, l4_utcb_t *);
l4_msgtag_t l4_irq_trigger(l4_cap_idx_t);
l4_msgtag_t l4_rcv_ep_bind_thread(l4_cap_idx_t, l4_cap_idx_t, l4_umword_t);
l4_msgtag_t l4_semaphore_down(l4_cap_idx_t, l4_timeout_t);
l4_msgtag_t l4_semaphore_up(l4_cap_idx_t);

/* The factory. */
l4_msgtag_t l4_factory_create(l4_cap_idx_t, long, l4_cap_idx_t);
l4_msgtag_t l4_factory_create_gate(l4_cap_idx_t, l4_cap_idx_t, l4_cap_idx_t, l4_umword_t);
l4_msgtag_t l4_factory_create_task(l4_cap_idx_t, l4_cap_idx_t, l4_fpage_t *);
l4_msgtag_t l4_factory_create_thread(l4_cap_idx_t, l4_cap_idx_t);
l4_msgtag_t l4_factory_create_start_u(long, l4_cap_idx_t, l4_utcb_t *);
int l4_factory_create_add_int_u(l4_mword_t, l4_msgtag_t *, l4_utcb_t *);
int l4_factory_create_add_uint_u(l4_umword_t, l4_msgtag_t *, l4_utcb_t *);
l4_msgtag_t l4_factory_create_commit_u(l4_cap_idx_t, l4_msgtag_t, l4_utcb_t *);

/* Tasks. */
l4_msgtag_t l4_task_map(l4_cap_idx_t, l4_cap_idx_t, l4_fpage_t, l4_umword_t);
long l4_msgtag_label(l4_msgtag_t);
l4_msgtag_t l4_task_cap_equal(l4_cap_idx_t, l4_cap_idx_t, l4_cap_idx_t);
l4_msgtag_t l4_task_unmap(l4_cap_idx_t, l4_fpage_t, l4_umword_t);
l4_msgtag_t l4_task_delete_obj(l4_cap_idx_t, l4_cap_idx_t);
l4_msgtag_t l4_task_release_cap(l4_cap_idx_t, l4_cap_idx_t);
l4_msgtag_t l4_task_add_ku_mem(l4_cap_idx_t, l4_fpage_t *);
int l4_cache_coherent(unsigned long, unsigned long);

/* Threads, and what they run on. */
enum { L4_THREAD_EX_REGS_TRIGGER_EXCEPTION = 2 };
typedef struct { l4_umword_t gran_offset, map; } l4_sched_cpu_set_t;
typedef struct { l4_sched_cpu_set_t affinity; l4_umword_t prio, quantum; } l4_sched_param_t;

void l4_thread_control_start(void);
void l4_thread_control_pager(l4_cap_idx_t);
void l4_thread_control_exc_handler(l4_cap_idx_t);
void l4_thread_control_bind(l4_utcb_t *, l4_cap_idx_t);
l4_msgtag_t l4_thread_control_commit(l4_cap_idx_t);
l4_msgtag_t l4_thread_ex_regs(l4_cap_idx_t, l4_addr_t, l4_addr_t, l4_umword_t);
l4_msgtag_t l4_thread_pf_trampoline_disable(l4_cap_idx_t, int *);
l4_msgtag_t l4_thread_stats_time(l4_cap_idx_t, l4_kernel_clock_t *);
l4_msgtag_t l4_thread_arm_set_tpidruro(l4_cap_idx_t, l4_addr_t);
l4_msgtag_t l4_thread_yield(void);
l4_sched_cpu_set_t l4_sched_cpu_set(l4_umword_t, unsigned char, l4_umword_t);
l4_sched_param_t l4_sched_param(unsigned, l4_umword_t);
l4_msgtag_t l4_scheduler_info(l4_cap_idx_t, l4_umword_t *, l4_sched_cpu_set_t *);
l4_msgtag_t l4_scheduler_run_thread(l4_cap_idx_t, l4_cap_idx_t, const l4_sched_param_t *);

/* vCPUs. */
enum {
	L4_VCPU_F_IRQ = 1,
	L4_VCPU_F_PAGE_FAULTS = 2,
	L4_VCPU_F_EXCEPTIONS = 4,
	L4_VCPU_F_USER_MODE = 32,
	L4_VCPU_F_FPU_ENABLED = 128,
	L4_VCPU_STATE_SIZE = 512,
};
typedef struct {
	l4_umword_t version, user_data[7];
	l4_vcpu_regs_t r;
	l4_uint16_t state, saved_state, sticky_flags;
	l4_cap_idx_t user_task;
	l4_umword_t entry_sp, entry_ip;
} l4_vcpu_state_t;

int l4_vcpu_check_version(const l4_vcpu_state_t *);
l4_msgtag_t l4_thread_vcpu_control(l4_cap_idx_t, l4_addr_t);
l4_msgtag_t l4_thread_vcpu_resume_start_u(l4_utcb_t *);
l4_msgtag_t l4_thread_vcpu_resume_commit_u(l4_cap_idx_t, l4_msgtag_t, l4_utcb_t *);

/* The kernel's information, the console. */
enum { L4_VCON_WRITE_SIZE = 240 };
enum { L4_KIP_OFFS_READ_NS = 0x980 };
l4_uint64_t l4_kip_clock_ns(const l4_kernel_info_t *);
const char *l4_kip_version_string(const l4_kernel_info_t *);
int l4_vcon_read(l4_cap_idx_t, char *, unsigned);
long l4_vcon_write(l4_cap_idx_t, const char *, unsigned);

/* What a task of L4Re begins with. */
enum { L4RE_THIS_TASK_CAP = 1 << L4_CAP_SHIFT, L4RE_MAIN_THREAD_PRIO = 2 };
enum { L4RE_RM_F_R = 1, L4RE_RM_F_W = 2, L4RE_RM_F_X = 4, L4RE_RM_F_RW = 3, L4RE_RM_F_RX = 5, L4RE_RM_F_RWX = 7 };
typedef struct { l4_cap_idx_t cap; l4_umword_t flags; char name[16]; } l4re_env_cap_entry_t;
typedef struct {
	l4_cap_idx_t parent, rm, mem_alloc, log, main_thread, factory, scheduler, dbg_events, itas, first_free_cap;
	l4_fpage_t utcb_area;
	l4_addr_t first_free_utcb;
	l4re_env_cap_entry_t *caps;
} l4re_env_t;

l4_cap_idx_t l4re_env_get_cap_e(const char *, const l4re_env_t *);
const l4re_env_cap_entry_t *l4re_env_get_cap_l(const char *, unsigned, const l4re_env_t *);

#endif
