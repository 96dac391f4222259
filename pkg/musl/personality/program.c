/* What execve does: maps a program and its interpreter into the address space, which is empty, and makes the first stack. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include "user.h"
#include "image.h"

#define STACK_SIZE (8ul << 20) /* RLIMIT_STACK */
#define TEXT_ROOM (128ul << 10) /* for arguments, environment and vector */

_Static_assert(PAGE_SIZE == PAGE, "image.h");

/* An open file, with what was found in it. Its content is null if its pages can't be mapped. */
struct file_image { long fd; uint64_t size; struct content *content; user_t bias; struct image image; };

static long read_at(const struct file_image *file, void *buffer, size_t size, uint64_t offset)
{
	return SYS_pread64_function(file->fd, buffer, size, offset) == (long)size ? 0 : -ENOEXEC;
}

static long examine(struct file_image *file)
{
	ElfHeader header;
	size_t size;
	uint64_t offset;
	long error = file->size < sizeof header ? -ENOEXEC : read_at(file, &header, sizeof header, 0);
	if (!error) error = image_check_header(&header, MACHINE, file->size, &size, &offset);
	if (!error) error = read_at(file, file->image.segments, size, offset);
	return error ? error : image_check(&file->image, &header, file->size);
}

static void close_file(struct file_image *file)
{
	if (file->content) __common_put_content(file->content);
	SYS_close_function(file->fd);
}

static struct content *content_of(int fd)
{
	struct file *file = __common_file(fd);
	struct content *content = file && file->kind->content ? file->kind->content(file) : 0;
	if (file) __common_put(file);
	return content;
}

static long open_file(const char *path, struct file_image *file)
{
	struct kernel_stat status;
	file->fd = SYS_openat_function(AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
	if (file->fd < 0) return file->fd;
	long error = SYS_fstat_function(file->fd, &status);
	file->size = status.st_size;
	if (!error && S_ISDIR(status.st_mode)) error = -EISDIR;
	if (!error && (!S_ISREG(status.st_mode) || !(status.st_mode & 0111))) error = -EACCES;
	if (error) SYS_close_function(file->fd);
	else file->content = content_of(file->fd);
	return error;
}

static long open_program(const char *path, struct file_image *file)
{
	long error = open_file(path, file);
	if (error) return error;
	error = examine(file);
	if (error) close_file(file);
	return error;
}

static int protection_of(const ElfSegment *segment)
{
	int flags = segment->p_flags;
	return (flags & PF_R ? PROT_READ : 0) | (flags & PF_W ? PROT_WRITE : 0) | (flags & PF_X ? PROT_EXEC : 0);
}

/* The pages of the file themselves, if nothing is to be written there. */
static int maps_content(const struct file_image *file, const ElfSegment *segment)
{
	if (!file->content || segment->p_flags & PF_W || segment->p_filesz < segment->p_memsz) return 0;
	return segment->p_offset % PAGE == segment->p_vaddr % PAGE;
}

/* Otherwise all of a segment is made accessible, filled, and then protected. Segments may share a page; then the later one's
 * rights count there, as on Linux, where it is mapped over the other. */
static long map_segment(const struct file_image *file, const ElfSegment *segment)
{
	user_t start = file->bias + segment->p_vaddr, first = start & -PAGE;
	size_t size = (start + segment->p_memsz - first + PAGE - 1) & -PAGE;
	if ((segment->p_flags & (PF_W | PF_X)) == (PF_W | PF_X)) machine_expects_code();
	int is_shared = !!__common_rights_at(linux_here(first));
	long error = is_shared ? linux_own(linux_here(first), PAGE) : 0;
	if (!is_shared && maps_content(file, segment))
		return linux_map_content(file->content, linux_here(first), segment->p_offset & -PAGE, size, protection_of(segment));
	if (!error) error = SYS_mprotect_function(linux_here(first), size, PROT_READ | PROT_WRITE);
	for (size_t done = 0; !error && done < segment->p_filesz;) {
		long n = SYS_pread64_function(file->fd, (char *)linux_here(start) + done, segment->p_filesz - done, segment->p_offset + done);
		if (n <= 0) error = n ? n : -ENOEXEC;
		done += n;
	}
	return error ? error : SYS_mprotect_function(linux_here(first), size, protection_of(segment));
}

/* Where the image is to go, or anywhere. */
static long map_image(struct file_image *file)
{
	const struct image *image = &file->image;
	int moves = image->moves;
	long place = linux_find_place(moves ? 0 : image->first, image->end - image->first, moves ? 0 : MAP_FIXED_NOREPLACE);
	if (place < 0 && place > -4096) return place == -EPERM || place == -EEXIST ? -ENOMEM : place;
	file->bias = place - image->first;
	for (unsigned i = 0; i < image->count; i++) {
		const ElfSegment *segment = image->segments + i;
		long error = segment->p_type == PT_LOAD && segment->p_memsz ? map_segment(file, segment) : 0;
		if (error) return error;
	}
	return 0;
}

/* The interpreter is looked for where the program says, and then among the modules of the boot image. */
static long open_interpreter(const struct file_image *program, struct file_image *interpreter, char path[LONGEST_INTERPRETER])
{
	char name[sizeof "rom/" + LONGEST_INTERPRETER] = "rom/";
	const struct image *image = &program->image;
	if (read_at(program, path, image->interpreter_size, image->interpreter)) return -ENOEXEC;
	if (path[image->interpreter_size - 1]) return -ENOEXEC;
	long error = open_program(path, interpreter);
	if (!error) return 0;
	const char *last = strrchr(path, '/');
	strcpy(name + 4, last ? last + 1 : path);
	return open_program(name, interpreter) ? -ELIBBAD : 0;
}

static long make_stack(const struct stack_contents *contents)
{
	long stack = linux_map(0, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (stack < 0 && stack > -4096) return stack;
	user_t top = stack + STACK_SIZE;
	return stack_fill(linux_here(top - TEXT_ROOM), TEXT_ROOM, top, contents);
}

/* For /proc. */
static void remember(int which, const struct file_image *file, const char *path)
{
	struct image_name *image = linux_space()->images + which;
	size_t length = strlen(path), room = sizeof image->name - 1;
	*image = (struct image_name){ file->bias + file->image.first, file->bias + file->image.end, "" };
	memcpy(image->name, path, length < room ? length : room);
}

static long start(struct file_image *program, const struct script *script, char *const *arguments, char *const *variables,
	struct linux_thread *thread)
{
	struct file_image interpreter;
	const struct image *image = &program->image;
	char interpreter_path[LONGEST_INTERPRETER];
	unsigned char random[16];
	linux_space()->images[INTERPRETER].end = 0;
	long error = map_image(program);
	struct file_image *first = program;
	if (!error && image->interpreter_size) {
		first = &interpreter;
		error = open_interpreter(program, first, interpreter_path);
		if (!error) {
			error = map_image(first);
			close_file(first);
			remember(INTERPRETER, first, interpreter_path);
		}
	}
	if (!error) error = linux_map_vdso();
	if (error) return error;
	linux_space()->break_start = linux_space()->break_end = (program->bias + image->break_start + PAGE - 1) & -PAGE;
	__l4re_random(random, sizeof random);
	const struct stack_contents contents = {
		.arguments = arguments, .variables = variables, .path = script->name, .platform = PLATFORM, .random = random,
		.headers = image->headers ? program->bias + image->headers : 0, .header_count = image->count,
		.base = first == program ? 0 : interpreter.bias, .entry = program->bias + image->entry, .hardware = HARDWARE,
		.vdso = linux_space()->images[VDSO].start,
	};
	long sp = make_stack(&contents);
	if (sp < 0 && sp > -4096) return sp;
	remember(PROGRAM, program, script->program);
	thread->vcpu->user_task = linux_space()->task;
	thread->vcpu->r = first_registers(first->bias + first->image.entry, sp);
	memset(thread->floats, 0, sizeof *thread->floats);
	set_thread_pointer(&thread->vcpu->r, 0);
	return 0;
}

/* With what a script's interpreter gets first, in the place of the name. */
static char **all_arguments(const struct script *script, char *const *arguments)
{
	size_t count = 0, first = script->count ? 1 : 0;
	while (arguments[count]) count++;
	if (first > count) first = count;
	char **all = __common_allocate((script->count + count - first + 1) * sizeof *all);
	if (!all) return 0;
	memcpy(all, script->words, script->count * sizeof *all);
	memcpy(all + script->count, arguments + first, (count - first + 1) * sizeof *all);
	return all;
}

/* The address space must be empty, and is not after an error. */
long linux_load(const struct script *script, char *const *arguments, char *const *variables, struct linux_thread *thread)
{
	struct file_image program;
	long error = open_program(script->program, &program);
	if (error) return error;
	char **all = all_arguments(script, arguments);
	error = all ? start(&program, script, all, variables, thread) : -ENOMEM;
	if (!error) linux_set_command(script->name, all);
	close_file(&program);
	__common_free(all);
	return error;
}

long linux_check_program(const char *path)
{
	struct file_image program;
	long error = open_program(path, &program);
	if (!error) close_file(&program);
	return error;
}

long linux_check_file(const char *path)
{
	struct file_image file;
	long error = open_file(path, &file);
	if (!error) close_file(&file);
	return error;
}
