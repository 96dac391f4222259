/*
 * What a program for Linux expects of locks between processes: those of files, and robust mutexes, which are given up when their
 * owner ends. It runs in linux-run, and on Linux as well.
 */
#define _GNU_SOURCE
#define HARNESS_MAIN
#include "../test-harness/harness.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NAME "/tmp/locks"

static struct {
	atomic_int ready, other;
	pthread_mutex_t mutex;
	atomic_uint word, second;
	struct { void *next; long offset; void *pending; } head;
	void *list[8];
} *shared;

static void pause_for(long milliseconds)
{
	nanosleep(&(struct timespec){ milliseconds / 1000, milliseconds % 1000 * 1000000 }, 0);
}

static int await(const atomic_int *word, int value)
{
	for (int i = 0; i < 5000 && *word < value; i++) pause_for(1);
	return *word >= value;
}

static int exit_of(pid_t child)
{
	int status = -1;
	return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int ends_with(pid_t child, int signal)
{
	int status;
	return !kill(child, signal) && waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == signal;
}

static int set(int fd, int command, int type, long start, long length)
{
	struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length };
	return fcntl(fd, command, &range);
}

static int locks(int fd, int type, long start, long length)
{
	return !set(fd, F_SETLK, type, start, length);
}

static int is_refused(int fd, int type, long start, long length)
{
	return set(fd, F_SETLK, type, start, length) == -1 && (errno == EAGAIN || errno == EACCES);
}

/* What would be in the way there. */
static struct flock found(int fd, int type, long start, long length)
{
	struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length };
	if (fcntl(fd, F_GETLK, &range)) range.l_type = -1;
	return range;
}

static int is(struct flock range, int type, long start, long length, pid_t process)
{
	return range.l_type == type && range.l_start == start && range.l_len == length && range.l_pid == process;
}

/* A child that does that, says that it is ready, and waits to be ended. */
static pid_t holder(void (*act)(int fd), int fd)
{
	shared->ready = 0;
	pid_t child = fork();
	if (!child) {
		act(fd);
		shared->ready = 1;
		for (;;) pause();
	}
	await(&shared->ready, 1);
	return child;
}

static int make_file(void)
{
	int fd = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);
	return fd >= 0 && write(fd, "0123456789", 10) == 10 ? fd : -1;
}

static void lock_ten(int fd) { locks(fd, F_WRLCK, 10, 10) || (_exit(1), 0); }
static void share_ten(int fd) { locks(fd, F_RDLCK, 10, 10) || (_exit(1), 0); }
static void lock_rest(int fd) { locks(fd, F_WRLCK, 100, 0) || (_exit(1), 0); }

static int ranges_are_locked_against_others(void)
{
	int fd = make_file();
	pid_t child = holder(lock_ten, fd);
	REQUIRE(is_refused(fd, F_WRLCK, 0, 0) && is_refused(fd, F_RDLCK, 19, 1) && is_refused(fd, F_WRLCK, 5, 6));
	REQUIRE(is(found(fd, F_RDLCK, 0, 0), F_WRLCK, 10, 10, child));
	REQUIRE(locks(fd, F_WRLCK, 0, 10) && locks(fd, F_WRLCK, 20, 0) && found(fd, F_RDLCK, 0, 10).l_type == F_UNLCK);
	REQUIRE(ends_with(child, SIGKILL) && locks(fd, F_WRLCK, 0, 0) && locks(fd, F_UNLCK, 0, 0));
	child = holder(share_ten, fd);
	REQUIRE(locks(fd, F_RDLCK, 0, 0) && is_refused(fd, F_WRLCK, 15, 1) && is(found(fd, F_WRLCK, 0, 0), F_RDLCK, 10, 10, child));
	REQUIRE(ends_with(child, SIGKILL) && locks(fd, F_UNLCK, 0, 0));
	child = holder(lock_rest, fd);
	REQUIRE(is(found(fd, F_WRLCK, 1000, 5), F_WRLCK, 100, 0, child) && ends_with(child, SIGKILL));
	return !close(fd);
}

/* In a child: what of the range [0, 40) the parent has locked, a digit for each ten bytes. */
static int pattern(int fd)
{
	pid_t child = fork();
	int result = 0;
	if (child) return exit_of(child);
	for (int i = 0; i < 4; i++) {
		int type = found(fd, F_WRLCK, i*10, 10).l_type;
		result = result*4 + (type == F_UNLCK ? 0 : type == F_RDLCK ? 1 : 2);
	}
	_exit(result);
}

#define PATTERN(a, b, c, d) (((a*4 + b)*4 + c)*4 + d)

static int ranges_are_divided_and_joined(void)
{
	int fd = make_file(), other = open(NAME, O_RDWR);
	REQUIRE(locks(fd, F_WRLCK, 0, 40) && pattern(fd) == PATTERN(2, 2, 2, 2));
	REQUIRE(locks(other, F_UNLCK, 10, 10) && pattern(fd) == PATTERN(2, 0, 2, 2));
	REQUIRE(locks(fd, F_RDLCK, 20, 10) && pattern(fd) == PATTERN(2, 0, 1, 2));
	REQUIRE(locks(fd, F_RDLCK, 5, 20) && pattern(fd) == PATTERN(2, 1, 1, 2));
	REQUIRE(locks(fd, F_UNLCK, 0, 0) && !pattern(fd));
	REQUIRE(locks(fd, F_WRLCK, 0, 10) && locks(fd, F_WRLCK, 20, 10) && locks(fd, F_WRLCK, 10, 10));
	pid_t child = fork();
	if (!child) _exit(is(found(fd, F_RDLCK, 12, 1), F_WRLCK, 0, 30, getppid()) ? 4 : 5);
	REQUIRE(exit_of(child) == 4);
	/* Any descriptor of the file that is closed ends all of them. */
	close(other);
	REQUIRE(!pattern(fd));
	return !close(fd);
}

static int places_are_where_they_are_said_to_be(void)
{
	int fd = make_file(), reader = open(NAME, O_RDONLY), writer = open(NAME, O_WRONLY);
	struct flock range = { .l_type = F_WRLCK, .l_whence = SEEK_END, .l_start = -5, .l_len = 5 };
	REQUIRE(!fcntl(fd, F_SETLK, &range) && lseek(fd, 30, SEEK_SET) == 30);
	range = (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_CUR, .l_start = 5, .l_len = -5 };
	REQUIRE(!fcntl(fd, F_SETLK, &range) && pattern(fd) == PATTERN(2, 0, 0, 2));
	range = (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = -1, .l_len = 5 };
	REQUIRE(fcntl(fd, F_SETLK, &range) == -1 && errno == EINVAL);
	range = (struct flock){ .l_type = F_WRLCK, .l_whence = 7 };
	REQUIRE(fcntl(fd, F_SETLK, &range) == -1 && errno == EINVAL && set(fd, F_SETLK, 9, 0, 0) == -1 && errno == EINVAL);
	REQUIRE(set(reader, F_SETLK, F_WRLCK, 0, 1) == -1 && errno == EBADF);
	REQUIRE(set(writer, F_SETLK, F_RDLCK, 0, 1) == -1 && errno == EBADF);
	REQUIRE(set(99, F_SETLK, F_WRLCK, 0, 1) == -1 && errno == EBADF);
	return !close(fd) && !close(reader) && !close(writer);
}

/* -- Waiting -- */

static pid_t waiting_child(int fd, int command, int type)
{
	shared->ready = 0;
	pid_t child = fork();
	if (!child) {
		shared->ready = 1;
		_exit(set(fd, command, type, 0, 0) ? errno : 0);
	}
	await(&shared->ready, 1);
	pause_for(20);
	return child;
}

static int waits_end_with_what_they_wait_for(void)
{
	int fd = make_file(), other = open(NAME, O_RDWR);
	REQUIRE(locks(fd, F_WRLCK, 3, 4));
	pid_t child = waiting_child(fd, F_SETLKW, F_WRLCK);
	REQUIRE(waitpid(child, 0, WNOHANG) == 0 && locks(fd, F_UNLCK, 0, 5));
	pause_for(10);
	REQUIRE(waitpid(child, 0, WNOHANG) == 0 && locks(fd, F_RDLCK, 0, 7));
	pause_for(10);
	REQUIRE(waitpid(child, 0, WNOHANG) == 0 && !close(other) && !exit_of(child));
	pid_t holds = holder(lock_ten, fd);
	child = waiting_child(fd, F_SETLKW, F_RDLCK);
	REQUIRE(waitpid(child, 0, WNOHANG) == 0 && ends_with(holds, SIGKILL) && !exit_of(child));
	holds = holder(lock_ten, fd);
	child = waiting_child(fd, F_OFD_SETLKW, F_RDLCK);
	REQUIRE(waitpid(child, 0, WNOHANG) == 0 && ends_with(holds, SIGKILL) && !exit_of(child));
	return !close(fd);
}

static void do_nothing(int signal)
{
	(void)signal;
}

static int signals_end_waits(void)
{
	int fd = make_file();
	pid_t holds = holder(lock_ten, fd);
	sigaction(SIGALRM, &(struct sigaction){ .sa_handler = do_nothing }, 0);
	pid_t child = waiting_child(fd, F_SETLKW, F_WRLCK);
	REQUIRE(!kill(child, SIGALRM) && exit_of(child) == EINTR);
	sigaction(SIGALRM, &(struct sigaction){ .sa_handler = do_nothing, .sa_flags = SA_RESTART }, 0);
	child = waiting_child(fd, F_SETLKW, F_WRLCK);
	REQUIRE(!kill(child, SIGALRM));
	pause_for(10);
	REQUIRE(waitpid(child, 0, WNOHANG) == 0 && ends_with(holds, SIGKILL) && !exit_of(child));
	holds = holder(lock_ten, fd);
	child = waiting_child(fd, F_SETLKW, F_WRLCK);
	REQUIRE(ends_with(child, SIGKILL) && ends_with(holds, SIGKILL));
	signal(SIGALRM, SIG_DFL);
	return locks(fd, F_WRLCK, 0, 0) && !close(fd);
}

static int cycles_are_found(void)
{
	int fd = make_file();
	pid_t children[3];
	REQUIRE(locks(fd, F_WRLCK, 0, 1));
	shared->ready = 0;
	for (int i = 0; i < 3; i++) {
		if ((children[i] = fork())) continue;
		if (!locks(fd, F_WRLCK, i + 1, 1)) _exit(50);
		shared->ready++;
		while (shared->ready < 3) pause_for(1);
		_exit(set(fd, F_SETLKW, F_WRLCK, i, 1) ? 51 : 0);
	}
	REQUIRE(await(&shared->ready, 3));
	pause_for(30);
	REQUIRE(set(fd, F_SETLKW, F_WRLCK, 3, 1) == -1 && errno == EDEADLK);
	REQUIRE(locks(fd, F_UNLCK, 0, 0));
	for (int i = 0; i < 3; i++) REQUIRE(!exit_of(children[i]));
	return !close(fd);
}

/* -- Whose they are -- */

static int locks_of_processes_are_not_inherited(void)
{
	int fd = make_file();
	REQUIRE(locks(fd, F_WRLCK, 0, 0));
	pid_t child = fork();
	if (!child) _exit(is_refused(fd, F_RDLCK, 0, 1) && locks(fd, F_UNLCK, 0, 0) ? 0 : 1);
	REQUIRE(!exit_of(child) && pattern(fd) == PATTERN(2, 2, 2, 2));
	shared->ready = 0;
	if (!(child = fork())) {
		close(fd);
		int own = open(NAME, O_RDWR);
		shared->ready = 1;
		set(own, F_SETLKW, F_WRLCK, 0, 0);
		execl("/proc/self/exe", "locks", "wait", (char *)0);
		_exit(1);
	}
	REQUIRE(await(&shared->ready, 1) && locks(fd, F_UNLCK, 0, 0));
	for (int i = 0; i < 5000 && !is_refused(fd, F_WRLCK, 0, 1); i++) set(fd, F_SETLK, F_UNLCK, 0, 0), pause_for(1);
	pause_for(100); /* that program keeps it */
	REQUIRE(is(found(fd, F_RDLCK, 0, 0), F_WRLCK, 0, 0, child) && ends_with(child, SIGKILL));
	return !close(fd);
}

static int locks_of_descriptions_are_shared_with_them(void)
{
	int fd = make_file(), other = open(NAME, O_RDWR), copy = dup(fd);
	REQUIRE(!set(fd, F_OFD_SETLK, F_WRLCK, 0, 10) && !set(copy, F_OFD_SETLK, F_WRLCK, 5, 10));
	REQUIRE(set(other, F_OFD_SETLK, F_RDLCK, 0, 1) == -1 && errno == EAGAIN && is_refused(fd, F_WRLCK, 0, 1));
	struct flock range = { .l_type = F_RDLCK };
	REQUIRE(!fcntl(other, F_OFD_GETLK, &range) && is(range, F_WRLCK, 0, 15, -1) && is(found(fd, F_RDLCK, 1, 1), F_WRLCK, 0, 15, -1));
	pid_t child = fork();
	if (!child) _exit(set(fd, F_OFD_SETLK, F_UNLCK, 0, 5) ? 1 : 0);
	REQUIRE(!exit_of(child) && !set(other, F_OFD_SETLK, F_RDLCK, 0, 5) && !close(copy));
	REQUIRE(set(other, F_OFD_SETLK, F_RDLCK, 0, 6) == -1 && !close(fd) && !set(other, F_OFD_SETLK, F_WRLCK, 0, 0));
	range = (struct flock){ .l_type = F_RDLCK, .l_pid = 1 };
	REQUIRE(fcntl(other, F_OFD_SETLK, &range) == -1 && errno == EINVAL);
	return !close(other);
}

static int whole_files_are_locked_by_descriptions(void)
{
	int fd = make_file(), other = open(NAME, O_RDONLY), copy = dup(fd);
	REQUIRE(!flock(fd, LOCK_EX) && !flock(copy, LOCK_EX | LOCK_NB) && flock(other, LOCK_SH | LOCK_NB) == -1 && errno == EWOULDBLOCK);
	REQUIRE(locks(other, F_RDLCK, 0, 0)); /* these two kinds don't know each other */
	REQUIRE(!flock(copy, LOCK_SH) && !flock(other, LOCK_SH | LOCK_NB) && flock(fd, LOCK_EX | LOCK_NB) == -1);
	REQUIRE(!flock(other, LOCK_EX | LOCK_NB)); /* the first one lost its lock by that attempt */
	shared->ready = 0;
	pid_t child = fork();
	if (!child) {
		shared->ready = 1;
		close(other);
		_exit(flock(fd, LOCK_EX) ? 1 : 0);
	}
	REQUIRE(await(&shared->ready, 1));
	pause_for(20);
	REQUIRE(waitpid(child, 0, WNOHANG) == 0 && !close(other) && !exit_of(child));
	REQUIRE(flock(fd, 64) == -1 && errno == EINVAL && flock(99, LOCK_SH) == -1 && errno == EBADF);
	other = open(NAME, O_RDONLY);
	REQUIRE(flock(other, LOCK_SH | LOCK_NB) == -1 && !flock(fd, LOCK_UN) && !flock(other, LOCK_SH | LOCK_NB));
	return !close(fd) && !close(copy) && !close(other);
}

static int many_locks_are_no_harm(void)
{
	int fd = make_file(), error = 0;
	for (long i = 0; i < 30000 && !error; i++) if (set(fd, F_SETLK, F_WRLCK, 2*i, 1)) error = errno;
	REQUIRE((!error || error == ENOLCK) && locks(fd, F_UNLCK, 0, 0) && locks(fd, F_WRLCK, 0, 1));
	return !close(fd);
}

/* -- Robust mutexes -- */

#define WAITED_FOR 0x80000000u
#define OWNER_DIED 0x40000000u

static void make_mutex(void)
{
	pthread_mutexattr_t attributes;
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&shared->mutex, &attributes);
}

static void take_mutex(int unused)
{
	(void)unused;
	pthread_mutex_lock(&shared->mutex);
}

static int mutexes_of_ended_processes_are_given_up(void)
{
	make_mutex();
	pid_t child = holder(take_mutex, 0);
	REQUIRE(pthread_mutex_trylock(&shared->mutex) == EBUSY && ends_with(child, SIGKILL));
	REQUIRE(pthread_mutex_lock(&shared->mutex) == EOWNERDEAD && !pthread_mutex_consistent(&shared->mutex));
	REQUIRE(!pthread_mutex_unlock(&shared->mutex));
	/* One that waits for it is woken. */
	child = holder(take_mutex, 0);
	pid_t waits = fork();
	if (!waits) _exit(pthread_mutex_lock(&shared->mutex) == EOWNERDEAD ? 0 : 1);
	pause_for(20);
	REQUIRE(waitpid(waits, 0, WNOHANG) == 0 && ends_with(child, SIGKILL) && !exit_of(waits));
	REQUIRE(pthread_mutex_lock(&shared->mutex) == EOWNERDEAD && !pthread_mutex_consistent(&shared->mutex));
	REQUIRE(!pthread_mutex_unlock(&shared->mutex));
	child = fork();
	if (!child) {
		pthread_mutex_lock(&shared->mutex);
		execl("/proc/self/exe", "locks", "exit", (char *)0);
		_exit(1);
	}
	REQUIRE(exit_of(child) == 7 && pthread_mutex_lock(&shared->mutex) == EOWNERDEAD);
	return !pthread_mutex_consistent(&shared->mutex) && !pthread_mutex_unlock(&shared->mutex);
}

static void *end_with_mutex(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&shared->mutex);
	shared->ready = 1;
	syscall(SYS_exit, 0); /* without libc, which would give it up itself */
	return 0;
}

static int mutexes_of_ended_threads_are_given_up(void)
{
	pthread_t thread;
	make_mutex();
	shared->ready = 0;
	pid_t child = fork();
	if (!child) {
		pthread_create(&thread, 0, end_with_mutex, 0);
		while (!shared->ready) pause_for(1);
		_exit(pthread_mutex_lock(&shared->mutex) == EOWNERDEAD ? 0 : 1);
	}
	return !exit_of(child);
}

static void set_list(void *first, long offset, void *pending)
{
	shared->head.next = first;
	shared->head.offset = offset;
	shared->head.pending = pending;
	syscall(SYS_set_robust_list, &shared->head, sizeof shared->head);
}

/* Ends with the list that "make" makes. */
static int ends_with_list(void (*make)(void))
{
	shared->word = shared->second = 0;
	pid_t child = fork();
	if (!child) {
		make();
		syscall(SYS_exit_group, 3);
	}
	return exit_of(child) == 3;
}

static void list_pending(void)
{
	shared->word = getpid() | WAITED_FOR;
	set_list(&shared->head, 0, (void *)&shared->word);
}

/* Entries are where their words are, less the offset. */
static void list_two(void)
{
	shared->word = getpid();
	shared->second = getpid() + 1;
	shared->list[0] = &shared->list[1];
	shared->list[1] = &shared->head;
	set_list(shared->list, (char *)&shared->word - (char *)shared->list, 0);
}

static void list_circle(void)
{
	shared->list[0] = &shared->list[1];
	shared->list[1] = &shared->list[0];
	set_list(shared->list, 8, 0);
}

static void list_nowhere(void) { set_list((void *)(uintptr_t)0x10, 4, (void *)(uintptr_t)-8); }
static void list_unaligned(void) { shared->list[0] = &shared->head; set_list(shared->list, 3, (char *)&shared->word + 1); }
static void head_nowhere(void) { syscall(SYS_set_robust_list, (void *)(uintptr_t)-4096, 3*sizeof(long)); }

static void list_constant(void)
{
	unsigned *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	*page = getpid();
	mprotect(page, 4096, PROT_READ);
	set_list(&shared->head, 0, page);
}

static int lists_are_walked_with_care(void)
{
	long size = 0;
	void *head = 0;
	REQUIRE(ends_with_list(list_pending) && shared->word == (OWNER_DIED | WAITED_FOR));
	REQUIRE(ends_with_list(list_two) && shared->word == OWNER_DIED && shared->second && !(shared->second & OWNER_DIED));
	REQUIRE(ends_with_list(list_circle) && ends_with_list(list_nowhere) && ends_with_list(list_unaligned));
	REQUIRE(ends_with_list(head_nowhere) && ends_with_list(list_constant) && !(shared->word & OWNER_DIED));
	REQUIRE(syscall(SYS_set_robust_list, &shared->head, 5) == -1 && errno == EINVAL);
	REQUIRE(!syscall(SYS_get_robust_list, 0, &head, &size) && size == 3*sizeof(long));
	return syscall(SYS_get_robust_list, 99999, &head, &size) == -1 && errno == ESRCH;
}

#define CHECKS(X) \
	X(ranges_are_locked_against_others) X(ranges_are_divided_and_joined) X(places_are_where_they_are_said_to_be) \
	X(waits_end_with_what_they_wait_for) X(signals_end_waits) X(cycles_are_found) X(locks_of_processes_are_not_inherited) \
	X(locks_of_descriptions_are_shared_with_them) X(whole_files_are_locked_by_descriptions) X(many_locks_are_no_harm) \
	X(mutexes_of_ended_processes_are_given_up) X(mutexes_of_ended_threads_are_given_up) X(lists_are_walked_with_care)

static const struct check checks[] = { CHECKS(ENTRY) };

int main(int count, char **arguments)
{
	if (count > 1 && !strcmp(arguments[1], "exit")) return 7;
	if (count > 1 && !strcmp(arguments[1], "wait")) for (;;) pause();
	shared = mmap(0, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) return 2;
	setvbuf(stdout, 0, _IOLBF, 0);
	run(checks, sizeof checks / sizeof *checks);
	unlink(NAME);
	sum_up();
	return failed != 0;
}
