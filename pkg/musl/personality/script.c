/* Scripts: files that begin with "#!" and name the program that is to read them; see execve(2), "Interpreter scripts". */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include "user.h"

static int is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The path of the file, without links, as it is found in /proc. */
static long resolve(const char *name, char program[PATH_MAX])
{
	struct place place;
	long error = __common_find(AT_FDCWD, name, FOLLOW, &place);
	if (error) return error;
	size_t size = strlen(place.path) + 1;
	memcpy(program, size > 1 ? place.path : "/", size > 1 ? size : 2);
	__common_free(place.path);
	return 0;
}

/* The beginning of the file, as a text; its length. */
static long read_line(const char *path, char line[256])
{
	long fd = SYS_openat_function(AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
	if (fd < 0) return fd;
	long length = SYS_pread64_function(fd, line, 255, 0);
	SYS_close_function(fd);
	line[length < 0 ? 0 : length] = 0;
	return length;
}

/* The interpreter, and all that comes behind it in one argument, or null. Returns null if there is none. */
static char *interpreter_in(char *line, char **argument)
{
	char *end = line + strcspn(line, "\n"), *start = line + 2;
	while (end > start && is_blank(end[-1])) end--;
	*end = 0;
	while (is_blank(*start)) start++;
	char *p = start;
	while (*p && !is_blank(*p)) p++;
	*argument = 0;
	if (*p) {
		*p++ = 0;
		while (is_blank(*p)) p++;
		*argument = p;
	}
	return *start ? start : 0;
}

/* Puts words in front, and the script's name in the place of what was the first one. */
static void put_in_front(struct script *script, char *interpreter, char *argument, char *name)
{
	int before = script->count ? script->count - 1 : 0, added = argument ? 3 : 2;
	memmove(script->words + added, script->words + 1, before * sizeof *script->words);
	script->words[0] = interpreter;
	if (argument) script->words[1] = argument;
	script->words[added - 1] = name;
	script->count = added + before;
}

long linux_find_program(const char *name, struct script *script)
{
	script->name = name;
	script->count = 0;
	for (int level = 0;; level++) {
		char rest[256], *line = level < SCRIPTS ? script->lines[level] : rest, *argument;
		long error = resolve(name, script->program);
		if (error) return error;
		long length = read_line(script->program, line);
		if (length < 2 || line[0] != '#' || line[1] != '!') return linux_check_program(script->program);
		if (level == SCRIPTS) return -ELOOP;
		error = linux_check_file(script->program);
		char *interpreter = error ? 0 : interpreter_in(line, &argument);
		if (!interpreter) return error ? error : -ENOEXEC;
		put_in_front(script, interpreter, argument, (char *)name);
		name = interpreter;
	}
}
