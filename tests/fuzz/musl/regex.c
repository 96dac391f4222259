/* Fuzzes regcomp, regexec and regfree: random patterns of both grammars, matched against random subjects.
 *
 *   regex SEED COUNT [counters]
 *
 * The patterns follow from SEED alone. "counters" makes only patterns whose number of transitions is a little above a
 * multiple of 2^32, so that a counter that wraps around ends up small; otherwise they are one in 4096.
 *
 * The allocator below stands in for libc's. Every block ends right before a page that can't be touched, so that a
 * write or read past its end is a signal, and has a margin in front of it and what alignment leaves behind it that are
 * checked when it is freed. Freed blocks are checked for later writes when they are used again. Memory is limited, and
 * for one pattern in eight an allocation fails, so that the ways out of an error are taken, too.
 *
 * Prints "ok" and what was done, or the finding with the pattern that leads to it, and exits with 1. A pattern that takes
 * longer than its time is given up and counted: matching back references takes exponential time by nature. */
#define _GNU_SOURCE
#include <errno.h>
#include <locale.h>
#include <regex.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

/* ---- What is being done, for the report of a finding ---- */

#define PATTERN_MAX (1 << 18)

static char pattern[PATTERN_MAX], subject_text[256];
static size_t pattern_length;
static int cflags;
static unsigned long seed, number;
static const char *doing = "nothing";

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Writes without malloc, and from a signal handler. */
static void say(const char *format, ...)
{
	char line[512];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	if (length > (int)sizeof line - 1) length = sizeof line - 1;
	if (write(1, line, length) < 0) _exit(2);
}

static void say_text(const char *name, const char *text, size_t length)
{
	say("%s (%zu bytes): \"", name, length);
	for (size_t i = 0; i < length && i < 200; i++) {
		unsigned char c = text[i];
		if (c < 32 || c > 126 || c == '"' || c == '\\') say("\\%03o", c);
		else say("%c", c);
	}
	say(length > 200 ? "...\"\n" : "\"\n");
}

static _Noreturn void finding(const char *what)
{
	say("FINDING in %s, seed %lu, pattern number %lu, flags %d: %s\n", doing, seed, number, cflags, what);
	say_text("pattern", pattern, pattern_length);
	say_text("subject", subject_text, strlen(subject_text));
	_exit(1);
}

/* ---- The allocator ---- */

#define MARGIN 64
#define FRESH 0xa5
#define FREED 0x5a
#define EDGE 0xc3

struct pool {
	size_t size;  /* of a block at most */
	int count;    /* of slots */
	char *memory; /* each slot: a margin within its first page, the block at its end, and a guard page behind it */
	int *next;    /* free slots, first in first out, so that a freed block rests as long as it can */
	int first, last;
	size_t *used; /* size of the block in each slot, SIZE_MAX if free */
	size_t *before; /* size of the block that was in it before, SIZE_MAX if none */
};

static struct pool pools[] = {
	{ .size = 1 << 11, .count = 8192 }, { .size = 1 << 13, .count = 1024 }, { .size = 1 << 16, .count = 256 },
	{ .size = 1 << 19, .count = 256 }, { .size = 1 << 23, .count = 8 }, { .size = 1 << 26, .count = 1 },
};
#define POOLS (sizeof pools / sizeof *pools)

static size_t page;
static int live, fail_after = -1;

static void *map(size_t size, int protection)
{
	void *memory = mmap(0, size, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (memory == MAP_FAILED) {
		say("no memory for the fuzz test itself\n");
		_exit(2);
	}
	return memory;
}

static size_t slot_size(const struct pool *pool) { return (pool->size + MARGIN + page - 1) / page * page + page; }

static void start_pools(void)
{
	page = sysconf(_SC_PAGESIZE);
	for (size_t i = 0; i < POOLS; i++) {
		struct pool *pool = &pools[i];
		size_t slot = slot_size(pool);
		pool->memory = map(slot * pool->count, PROT_NONE);
		pool->next = map(pool->count * sizeof *pool->next, PROT_READ | PROT_WRITE);
		pool->used = map(pool->count * sizeof *pool->used, PROT_READ | PROT_WRITE);
		pool->before = map(pool->count * sizeof *pool->before, PROT_READ | PROT_WRITE);
		for (int n = 0; n < pool->count; n++) {
			if (mprotect(pool->memory + n * slot, slot - page, PROT_READ | PROT_WRITE)) _exit(2);
			pool->next[n] = n + 1;
			pool->used[n] = pool->before[n] = SIZE_MAX;
		}
		pool->last = pool->count - 1;
		pool->next[pool->last] = -1;
	}
}

/* Where a block of a size lies in a slot: as far back as malloc's alignment allows. */
static char *place(const struct pool *pool, int n, size_t size)
{
	return pool->memory + (n + 1) * slot_size(pool) - page - (size + 15) / 16 * 16;
}

static void expect(const char *bytes, size_t count, unsigned char value, const char *what)
{
	uint64_t word, all = 0x0101010101010101 * (uint64_t)value;
	for (; count >= sizeof word; bytes += sizeof word, count -= sizeof word)
		if (memcpy(&word, bytes, sizeof word), word != all) finding(what);
	for (; count > 0; count--)
		if ((unsigned char)*bytes++ != value) finding(what);
}

/* Only the ends of a large freed block are watched: the whole of it would take most of the time. */
static size_t watched(size_t size) { return size < 2048 ? size : 2048; }

static struct pool *owner(const void *block, int *n)
{
	for (size_t i = 0; i < POOLS; i++) {
		size_t offset = (const char *)block - pools[i].memory;
		if (offset < slot_size(&pools[i]) * pools[i].count) {
			*n = offset / slot_size(&pools[i]);
			return &pools[i];
		}
	}
	finding("a pointer that malloc never returned was passed to free or realloc");
}

static void *take(size_t size)
{
	if (!page) start_pools();
	if (fail_after == 0) goto none;
	if (fail_after > 0) fail_after--;
	for (size_t i = 0; i < POOLS; i++) {
		struct pool *pool = &pools[i];
		if (size > pool->size || pool->first < 0) continue;
		int n = pool->first;
		size_t before = pool->before[n];
		if (before != SIZE_MAX)
			expect(place(pool, n, before), watched(before), FREED, "a freed block was written to");
		pool->first = pool->next[n];
		char *block = place(pool, n, size);
		memset(block - MARGIN, EDGE, MARGIN);
		memset(block, FRESH, watched(size));
		memset(block + size, EDGE, (16 - size % 16) % 16);
		pool->used[n] = size;
		live++;
		return block;
	}
none:
	errno = ENOMEM;
	return 0;
}

void *malloc(size_t size) { return take(size); }

void free(void *block)
{
	if (!block) return;
	int n;
	struct pool *pool = owner(block, &n);
	size_t size = pool->used[n];
	if (size == SIZE_MAX) finding("a block was freed twice");
	if (block != place(pool, n, size)) finding("a pointer into a block was freed");
	expect((char *)block - MARGIN, MARGIN, EDGE, "something was written before a block");
	expect((char *)block + size, (16 - size % 16) % 16, EDGE, "something was written behind a block");
	memset(block, FREED, watched(size));
	pool->used[n] = SIZE_MAX;
	pool->before[n] = size;
	pool->next[n] = -1;
	if (pool->first < 0) pool->first = n;
	else pool->next[pool->last] = n;
	pool->last = n;
	live--;
}

void *calloc(size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size) {
		errno = ENOMEM;
		return 0;
	}
	void *block = take(count * size);
	if (block) memset(block, 0, count * size);
	return block;
}

void *realloc(void *block, size_t size)
{
	void *moved = take(size);
	if (moved && block) {
		int n;
		size_t before = owner(block, &n)->used[n];
		if (before == SIZE_MAX) finding("a freed block was passed to realloc");
		memcpy(moved, block, before < size ? before : size);
		free(block);
	}
	return moved;
}

/* Forgets what a pattern that was given up has left. */
static void abandon(void)
{
	for (size_t i = 0; i < POOLS; i++)
		for (int n = 0; n < pools[i].count; n++)
			if (pools[i].used[n] != SIZE_MAX) free(place(&pools[i], n, pools[i].used[n]));
}

/* ---- Random patterns ---- */

static uint64_t random_state;

static unsigned random_below(unsigned limit)
{
	/* xorshift64*, by Sebastiano Vigna */
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (random_state * 0x2545f4914f6cdd1dULL >> 32) * limit >> 32;
}

static int chance(unsigned in) { return random_below(in) == 0; }

static void add(const char *text)
{
	size_t length = strlen(text);
	if (pattern_length + length >= PATTERN_MAX) return;
	memcpy(pattern + pattern_length, text, length + 1);
	pattern_length += length;
}

static void add_byte(char c) { add((char[]){ c, 0 }); }

#define ONE_OF(array) (array[random_below(sizeof array / sizeof *array)])

static const char *const letters[] = {
	"a", "b", "c", "A", "1", "_", " ", "\n", "-", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"
};

/* In a basic expression, the operators have a backslash. */
static void add_operator(int extended, const char *text)
{
	if (!extended) add("\\");
	add(text);
}

static void add_bracket(void)
{
	static const char *const classes[] = {
		"[:alpha:]", "[:digit:]", "[:space:]", "[:upper:]", "[:punct:]", "[:none:]", "[=a=]", "[.-.]"
	};
	static const char *const ranges[] = {
		"a-z", "A-Z", "0-9", "a-a", "z-a", "!-~", "\x01-\xf4\x8f\xbf\xbf", "a-\xc3\xa9", "--@", "a-"
	};
	add(chance(3) ? "[^" : "[");
	if (chance(8)) add("]");
	for (unsigned i = random_below(5) + !chance(20); i > 0; i--)
		switch (random_below(4)) {
		case 0: add(ONE_OF(classes)); break;
		case 1: add(ONE_OF(ranges)); break;
		default: add(ONE_OF(letters)); break;
		}
	if (chance(200))
		for (unsigned i = random_below(400); i > 0; i--) add(ONE_OF(letters));
	if (!chance(20)) add("]");
}

static unsigned repeat_count(void)
{
	switch (random_below(12)) {
	case 0: return random_below(300);
	case 1: return 255;
	case 2: return random_below(40);
	default: return random_below(5);
	}
}

static void add_repetition(int extended)
{
	char count[32];
	switch (random_below(6)) {
	case 0: add("*"); return;
	case 1: add_operator(extended, "+"); return;
	case 2: add_operator(extended, "?"); return;
	case 3: snprintf(count, sizeof count, "{%u", repeat_count()); break;
	case 4: snprintf(count, sizeof count, "{%u,", repeat_count()); break;
	default: {
		unsigned least = repeat_count();
		snprintf(count, sizeof count, "{%u,%u", least, least + repeat_count());
	}
	}
	add_operator(extended, count);
	if (!chance(50)) add_operator(extended, "}");
}

static void add_expression(int extended, int depth);

static void add_atom(int extended, int depth)
{
	static const char *const escapes[] = {
		"\\w", "\\W", "\\s", "\\S", "\\d", "\\D", "\\b", "\\B", "\\<", "\\>", "\\n", "\\t", "\\x41",
		"\\x{20ac}", "\\x{10ffff}", "\\x", "\\\\", "\\.", "\\*", "\\q"
	};
	static const char *const stray[] = {
		"{", "}", "*", "+", "?", "|", ")", "\\)", "\\(", "(", "[", "\\", "\xff", "\xc3", "\\{1", "{,3}"
	};
	switch (random_below(12)) {
	case 0: case 1: case 2:
		if (depth > 0) {
			add_operator(extended, "(");
			add_expression(extended, depth - 1);
			if (!chance(60)) add_operator(extended, ")");
			break;
		}
		/* fallthrough */
	case 3: case 4: case 5: add(ONE_OF(letters)); break;
	case 6: add("."); break;
	case 7: add_bracket(); break;
	case 8: add(chance(2) ? "^" : "$"); break;
	case 9: add(ONE_OF(escapes)); break;
	case 10:
		add_byte('\\');
		add_byte('1' + random_below(chance(4) ? 9 : 3));
		break;
	default:
		if (chance(6)) add(ONE_OF(stray));
		else if (chance(30)) add_byte(1 + random_below(255));
		else add(ONE_OF(letters));
	}
}

static void add_expression(int extended, int depth)
{
	for (unsigned branch = chance(3) ? 1 + random_below(4) : 1; branch > 0; branch--) {
		for (unsigned atom = random_below(5); atom > 0; atom--) {
			add_atom(extended, depth);
			while (chance(3)) add_repetition(extended);
		}
		if (branch > 1) add_operator(extended, "|");
	}
}

/* n alternatives, repeated k times over by stars that are one inside the other, have n*n*k transitions. */
static void add_counters(int extended)
{
	unsigned n = 380 + random_below(140);
	unsigned k = (1ULL << 32) / (n * n) + 1;
	add_operator(extended, "(");
	for (unsigned i = 0; i < n; i++) {
		if (i) add_operator(extended, "|");
		add_byte("abc"[random_below(3)]);
	}
	add_operator(extended, ")");
	while (k-- > 0) add("*");
}

static void add_subject(char *end)
{
	size_t length = 0;
	*subject_text = 0;
	for (unsigned i = random_below(chance(10) ? 60 : 12); i > 0; i--) {
		const char *letter = ONE_OF(letters);
		if (chance(3)) letter = "a";
		if (chance(60)) letter = "\xff";
		strcpy(subject_text + length, letter);
		length += strlen(letter);
	}
	memcpy(end - length - 1, subject_text, length + 1);
}

/* ---- One pattern ---- */

static sigjmp_buf given_up;

static void on_time_up(int signal) { siglongjmp(given_up, signal); }

static void on_fault(int signal, siginfo_t *info, void *context)
{
	(void)context;
	say("signal %d at %p\n", signal, info->si_addr);
	finding(signal == SIGSEGV || signal == SIGBUS ? "memory outside of all blocks was touched" : "the program was stopped");
}

/* Limits the processor time, so that a busy machine makes no difference. */
static void limit(long milliseconds)
{
	setitimer(ITIMER_PROF, &(struct itimerval){ .it_value = { milliseconds / 1000, milliseconds % 1000 * 1000 } }, 0);
}

static void check_matches(const regmatch_t *matches, size_t count, size_t room, size_t subs, size_t length, int matched)
{
	for (size_t i = 0; i < count; i++) {
		regoff_t start = matches[i].rm_so, end = matches[i].rm_eo;
		if (!matched || ((start == -1) & (end == -1))) continue;
		if (i > subs) finding("a subexpression that isn't there was matched");
		if (start < 0 || end < 0 || (size_t)start > length || (size_t)end > length) finding("a match is outside of the subject");
	}
	for (size_t i = count; i < room; i++)
		if (matches[i].rm_so != -77 || matches[i].rm_eo != -77) finding("a match behind the last one that was asked for was written");
}

static struct { unsigned long compiled, refused, matched, given_up; } done;

static void compile_and_match(char *subject_end, int may_fail)
{
	regex_t expression;
	doing = "regcomp";
	fail_after = may_fail && chance(8) ? (int)random_below(60) : -1;
	int error = regcomp(&expression, pattern, cflags);
	fail_after = -1;
	if (error) {
		char message[8];
		doing = "regerror";
		if (!regerror(error, 0, message, random_below(sizeof message + 1))) finding("an error has no message");
		done.refused++;
	} else {
		done.compiled++;
		for (unsigned i = 1 + random_below(3); i > 0; i--) {
			enum { room = 12 };
			regmatch_t matches[room];
			for (int n = 0; n < room; n++) matches[n] = (regmatch_t){ -77, -77 };
			add_subject(subject_end);
			size_t length = strlen(subject_text), count = random_below(room + 1);
			doing = "regexec";
			fail_after = chance(8) ? (int)random_below(12) : -1;
			error = regexec(&expression, subject_end - length - 1, count, matches, random_below(4));
			fail_after = -1;
			if (error != 0 && error != REG_NOMATCH && error != REG_ESPACE) finding("regexec returned an unexpected error");
			if (!(cflags & REG_NOSUB)) check_matches(matches, count, room, expression.re_nsub, length, error == 0);
			done.matched += error == 0;
		}
		doing = "regfree";
		regfree(&expression);
	}
	doing = "the check for lost blocks";
	if (live) finding("blocks were not freed");
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		say("usage: regex SEED COUNT [counters]\n");
		return 2;
	}
	seed = strtoul(argv[1], 0, 10);
	unsigned long count = strtoul(argv[2], 0, 10);
	int counters = argc > 3 && !strcmp(argv[3], "counters");
	if (!page) start_pools();
	page = sysconf(_SC_PAGESIZE);
	if (!setlocale(LC_CTYPE, "C.UTF-8")) return 2;
	live = 0;
	char *subject_end = (char *)map(2 * page, PROT_READ | PROT_WRITE) + page;
	if (mprotect(subject_end, page, PROT_NONE)) return 2;
	static char stack[1 << 16];
	sigaltstack(&(stack_t){ .ss_sp = stack, .ss_size = sizeof stack }, 0);
	static const int faults[] = { SIGSEGV, SIGBUS, SIGILL, SIGABRT };
	for (size_t i = 0; i < 4; i++)
		sigaction(faults[i], &(struct sigaction){ .sa_sigaction = on_fault, .sa_flags = SA_ONSTACK | SA_SIGINFO }, 0);
	sigaction(SIGPROF, &(struct sigaction){ .sa_handler = on_time_up }, 0);

	for (number = 0; number < count; number++) {
		random_state = ((uint64_t)seed << 32 | number) * 0x9e3779b97f4a7c15ULL + 1;
		for (int i = 0; i < 4; i++) random_below(2);
		cflags = random_below(16);
		setlocale(LC_CTYPE, chance(4) ? "C" : "C.UTF-8");
		pattern_length = 0;
		*pattern = *subject_text = 0;
		int wide = counters || chance(4096);
		if (wide) add_counters(cflags & REG_EXTENDED);
		else add_expression(cflags & REG_EXTENDED, 3 + chance(10) * 5);
		if (sigsetjmp(given_up, 1)) {
			done.given_up++;
			fail_after = -1;
			abandon();
			continue;
		}
		limit(wide ? 600000 : 300);
		compile_and_match(subject_end, !wide);
		limit(0);
	}
	say("ok: %lu patterns, %lu compiled, %lu refused, %lu matches, %lu given up\n",
		count, done.compiled, done.refused, done.matched, done.given_up);
	return 0;
}
