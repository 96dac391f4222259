/*
 * The vDSO in the memory of each program: a page of variables, and one of code (vdso.S). Time is read there as the kernel's own
 * code in the kernel information page reads it, which is what the backend uses. That has to be such that it can be done in the
 * program's task: by the virtual counter, with a factor. What is there besides is found out by trying.
 */

#include <errno.h>
#include <string.h>
#include <time.h>
#include "user.h"
#include "vdso.h"

extern __attribute__((visibility("hidden"))) const char linux_vdso[], linux_vdso_clock_gettime[];

/* In the kernel information page (Fiasco, kip_offsets.h): behind the code. */
#define SCALER 0x9f0
#define SHIFT 0x9f8

static struct content *content;

static struct vdso_variables *variables(void)
{
	return (struct vdso_variables *)content->data;
}

/* By the code itself, as programs call it. */
static uint64_t time_there(void)
{
	struct kernel_timespec time;
	const char *function = content->data + VDSO_PAGE + (linux_vdso_clock_gettime - linux_vdso);
	((int (*)(clockid_t, struct kernel_timespec *))function)(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * SECOND + time.tv_nsec;
}

static int agrees(void)
{
	for (int i = 0; i < 100; i++) {
		uint64_t before = __backend_now(), there = time_there();
		if (there < before || there > __backend_now()) return 0;
	}
	return 1;
}

/* It is there for as long as linux-run is. */
long linux_make_vdso(void)
{
	const char *kernel = (const char *)__l4re_kernel_information;
	long memory = __common_own_memory(2*VDSO_PAGE);
	content = memory < 0 ? 0 : __common_allocate(sizeof *content + 2);
	if (!content) return -ENOMEM;
	content->references = 1;
	content->data = (char *)memory;
	content->size = 2*VDSO_PAGE;
	memcpy((char *)memory + VDSO_PAGE, linux_vdso, VDSO_PAGE);
	__backend_synchronize_code((char *)memory + VDSO_PAGE, VDSO_PAGE);
	if (!machine_reads_counter((const uint32_t *)(kernel + L4_KIP_OFFS_READ_NS), (const uint32_t *)(kernel + SCALER))) return 0;
	*variables() = (struct vdso_variables){
		.usable = 1, .scaler = *(const unsigned long *)(kernel + SCALER), .shift = *(const unsigned long *)(kernel + SHIFT),
		.day_offset = __common_day_offset(),
	};
	variables()->usable = agrees();
	return 0;
}

void __common_day_offset_is(int64_t offset)
{
	struct vdso_variables *shared = variables();
	__atomic_store_n(&shared->sequence, shared->sequence + 1, __ATOMIC_RELAXED);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	*(volatile int64_t *)&shared->day_offset = offset;
	__atomic_store_n(&shared->sequence, shared->sequence + 1, __ATOMIC_RELEASE);
}

/* Into the caller's space. Handlers without a restorer return by code in it. */
long linux_map_vdso(void)
{
	struct space *space = linux_space();
	long place = linux_find_place(0, 2*VDSO_PAGE, 0);
	if (place < 0 && place > -4096) return place;
	long error = linux_map_content(content, linux_here(place), 0, VDSO_PAGE, PROT_READ);
	if (!error) error = linux_map_content(content, linux_here(place + VDSO_PAGE), VDSO_PAGE, VDSO_PAGE, PROT_READ | PROT_EXEC);
	space->images[VDSO_VARIABLES] = (struct image_name){ place, place + VDSO_PAGE, "[vvar]" };
	space->images[VDSO] = (struct image_name){ place + VDSO_PAGE, place + 2*VDSO_PAGE, "[vdso]" };
	space->trampoline = place + VDSO_PAGE + ((const char *)machine_trampoline - linux_vdso);
	return error;
}
