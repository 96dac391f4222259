/* What /proc tells of the programs that processes run. */

#include <string.h>
#include "processes.h"
#include "user.h"

void linux_put_command(struct command *command)
{
	if (command && !__atomic_sub_fetch(&command->references, 1, __ATOMIC_ACQ_REL)) __common_free(command);
}

void linux_set_command(const char *path, char *const *arguments)
{
	struct process *process = __common_process();
	struct command *before = process->command;
	size_t count = 0, size = 0;
	for (; arguments[count]; count++) size += strlen(arguments[count]) + 1;
	struct command *command = __common_allocate(sizeof *command + (count + 1) * sizeof(char *) + size);
	char *text = command ? (char *)(command->list + count + 1) : 0;
	for (size_t i = 0; command && i < count; i++) {
		size_t length = strlen(arguments[i]) + 1;
		command->list[i] = memcpy(text, arguments[i], length);
		text += length;
	}
	if (command) command->references = 1;
	__common_lock(&linux_processes_lock);
	const char *last = strrchr(path, '/');
	memset(process->name, 0, sizeof process->name);
	strncpy(process->name, last ? last + 1 : path, sizeof process->name - 1);
	memcpy(__backend_self()->name, process->name, sizeof process->name);
	process->command = command;
	__common_unlock(&linux_processes_lock);
	linux_put_command(before);
}

const char *const *__backend_arguments(void)
{
	const struct command *command = __common_process()->command;
	return command ? command->list : 0;
}

const char *__common_program(void)
{
	const struct process *process = __common_process();
	return process->space ? linux_space()->images[PROGRAM].name : "";
}

int __common_begin_view(int number, struct process **before)
{
	__common_lock(&linux_processes_lock);
	struct process *process = linux_find_process(number);
	if (process) *before = __common_act_for(process);
	else __common_unlock(&linux_processes_lock);
	return !!process;
}

void __common_end_view(struct process *before)
{
	__common_act_for(before);
	__common_unlock(&linux_processes_lock);
}

int __common_next_number(int number)
{
	struct process *process = 0;
	int next = 0;
	__common_lock(&linux_processes_lock);
	while ((process = linux_next_process(process)))
		if (process->id > number && (!next || process->id < next)) next = process->id;
	__common_unlock(&linux_processes_lock);
	return next;
}

/* A process is taken to sleep if it isn't the one that asks. */
struct process_description __common_describe_process(void)
{
	const struct process *process = __common_process();
	char state = process->state == HAS_ENDED ? 'Z' : process_signals()->stopped ? 'T'
		: process == __backend_self()->process ? 'R' : 'S';
	int64_t time = process->state == HAS_ENDED ? process->time : __common_clock(CLOCK_PROCESS_CPUTIME_ID);
	return (struct process_description){ process->name, process->id, process->parent ? process->parent->id : 0, process->group,
		process->session, state, time };
}
