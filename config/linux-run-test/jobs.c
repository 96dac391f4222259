/*
 * What a program for Linux expects of processes that are stopped and continued, and of a terminal that has a foreground. It runs
 * in linux-run, and on Linux as well.
 */
#define _GNU_SOURCE
#define HARNESS_MAIN
#include "../test-harness/harness.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What processes tell each other, in memory that they share. */
static struct { atomic_int ready, count, came, other; } *shared;

static void pause_for(long milliseconds)
{
	struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };
	while (nanosleep(&time, &time));
}

static int await(const atomic_int *word, int value)
{
	for (int i = 0; i < 5000 && *word < value; i++) pause_for(1);
	return *word >= value;
}

static int ends_with(pid_t child, int signal)
{
	int status;
	return waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == signal;
}

static int exits_with(pid_t child, int code)
{
	int status;
	return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == code;
}

static int is_stopped_by(pid_t child, int signal)
{
	int status = 0;
	return waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status) && WSTOPSIG(status) == signal;
}

static int is_continued(pid_t child)
{
	int status = 0;
	return waitpid(child, &status, WCONTINUED) == child && WIFCONTINUED(status);
}

static char state_of(pid_t process)
{
	char path[50], text[200] = "";
	snprintf(path, sizeof path, "/proc/%d/stat", process);
	int fd = open(path, O_RDONLY);
	if (fd < 0 || read(fd, text, sizeof text - 1) <= 0) return 0;
	close(fd);
	const char *name_end = strrchr(text, ')');
	return name_end ? name_end[2] : 0;
}

static void *count_on(void *unused)
{
	for (;;) shared->count++;
	return unused;
}

/* A child that counts, in two threads. */
static pid_t counting_child(void)
{
	shared->count = 0;
	pid_t child = fork();
	if (child) return child;
	pthread_t thread;
	pthread_create(&thread, 0, count_on, 0);
	for (;;) {
		shared->count++;
		sched_yield();
	}
}

static int stopped_processes_do_nothing(void)
{
	int status;
	pid_t child = counting_child();
	REQUIRE(child > 0 && await(&shared->count, 1) && !kill(child, SIGSTOP) && is_stopped_by(child, SIGSTOP));
	REQUIRE(waitpid(child, &status, WUNTRACED | WNOHANG) == 0 && state_of(child) == 'T');
	int before = shared->count;
	pause_for(30);
	REQUIRE(shared->count == before && !kill(child, SIGCONT) && is_continued(child));
	REQUIRE(waitpid(child, &status, WCONTINUED | WNOHANG) == 0 && await(&shared->count, before + 10) && state_of(child) != 'T');
	return !kill(child, SIGKILL) && ends_with(child, SIGKILL);
}

static int stopped_processes_can_be_ended(void)
{
	pid_t child = counting_child();
	REQUIRE(!kill(child, SIGSTOP) && is_stopped_by(child, SIGSTOP) && !kill(child, SIGTERM));
	pause_for(10);
	REQUIRE(waitpid(child, 0, WNOHANG) == 0 && !kill(child, SIGCONT) && ends_with(child, SIGTERM));
	child = counting_child();
	REQUIRE(!kill(child, SIGSTOP) && is_stopped_by(child, SIGSTOP) && !kill(child, SIGKILL));
	return ends_with(child, SIGKILL);
}

static int waitid_tells_of_stops(void)
{
	siginfo_t information = { 0 };
	pid_t child = counting_child();
	REQUIRE(!kill(child, SIGSTOP) && !waitid(P_PID, child, &information, WSTOPPED | WNOWAIT));
	REQUIRE(information.si_pid == child && information.si_code == CLD_STOPPED && information.si_status == SIGSTOP);
	REQUIRE(!waitid(P_ALL, 0, &information, WSTOPPED | WEXITED) && information.si_code == CLD_STOPPED);
	information.si_pid = 1;
	REQUIRE(!waitid(P_PID, child, &information, WSTOPPED | WNOHANG) && !information.si_pid && !kill(child, SIGCONT));
	REQUIRE(!waitid(P_PID, child, &information, WCONTINUED) && information.si_code == CLD_CONTINUED);
	REQUIRE(information.si_status == SIGCONT && !kill(child, SIGKILL));
	return !waitid(P_PID, child, &information, WSTOPPED | WCONTINUED | WEXITED) && information.si_code == CLD_KILLED;
}

static siginfo_t last;

static void count_signal(int signal, siginfo_t *information, void *context)
{
	(void)signal, (void)context;
	last = *information;
	shared->came++;
}

static void handle(int signal, int flags)
{
	shared->came = 0;
	sigaction(signal, &(struct sigaction){ .sa_sigaction = count_signal, .sa_flags = SA_SIGINFO | flags }, 0);
}

static int parents_get_signals_of_stops(void)
{
	sigset_t blocked, before;
	sigemptyset(&blocked), sigaddset(&blocked, SIGCHLD);
	sigprocmask(SIG_BLOCK, &blocked, &before);
	handle(SIGCHLD, 0);
	pid_t child = counting_child();
	REQUIRE(!kill(child, SIGSTOP));
	while (!shared->came) sigsuspend(&before);
	REQUIRE(last.si_pid == child && last.si_code == CLD_STOPPED && last.si_status == SIGSTOP && !kill(child, SIGCONT));
	while (shared->came < 2) sigsuspend(&before);
	REQUIRE(last.si_code == CLD_CONTINUED && last.si_status == SIGCONT);
	sigprocmask(SIG_SETMASK, &before, 0);
	handle(SIGCHLD, SA_NOCLDSTOP);
	REQUIRE(!kill(child, SIGSTOP) && is_stopped_by(child, SIGSTOP) && !kill(child, SIGCONT) && is_continued(child) && !shared->came);
	REQUIRE(!kill(child, SIGKILL) && ends_with(child, SIGKILL) && shared->came == 1);
	return signal(SIGCHLD, SIG_DFL) != SIG_ERR;
}

/* What a call waits for goes on to count while the process is stopped; and no signal has ended it. */
static int calls_go_on_afterwards(void)
{
	int pipes[2];
	REQUIRE(!pipe(pipes));
	pid_t sleeper = fork();
	if (!sleeper) {
		struct timespec begin, end;
		clock_gettime(CLOCK_MONOTONIC, &begin);
		int result = nanosleep(&(struct timespec){ 0, 300000000 }, 0);
		clock_gettime(CLOCK_MONOTONIC, &end);
		long passed = (end.tv_sec - begin.tv_sec) * 1000 + (end.tv_nsec - begin.tv_nsec) / 1000000;
		_exit(result ? 1 : passed < 300 ? 2 : passed > 550 ? 3 : 0);
	}
	pid_t reader = fork();
	if (!reader) {
		char c;
		_exit(read(pipes[0], &c, 1) == 1 && c == 'x' ? 0 : 1);
	}
	pause_for(20);
	REQUIRE(!kill(sleeper, SIGSTOP) && is_stopped_by(sleeper, SIGSTOP) && !kill(reader, SIGSTOP) && is_stopped_by(reader, SIGSTOP));
	REQUIRE(write(pipes[1], "x", 1) == 1);
	pause_for(200);
	REQUIRE(waitpid(-1, 0, WNOHANG) == 0 && !kill(sleeper, SIGCONT) && !kill(reader, SIGCONT));
	close(pipes[0]), close(pipes[1]);
	return exits_with(sleeper, 0) && exits_with(reader, 0);
}

/* In a group of its own, which its parent controls. */
static pid_t child_in_group(void (*prepare)(void))
{
	shared->ready = 0;
	pid_t child = fork();
	if (!child) {
		setpgid(0, 0);
		if (prepare) prepare();
		shared->ready = 1;
		for (;;) pause_for(1000);
	}
	await(&shared->ready, 1);
	return child;
}

static void ignore_stop(void) { signal(SIGTSTP, SIG_IGN); }
static void handle_stop(void) { handle(SIGTSTP, 0); }
static void handle_continuation(void) { handle(SIGCONT, 0); }

static void block_stop(void)
{
	sigset_t blocked;
	sigemptyset(&blocked), sigaddset(&blocked, SIGTSTP), sigaddset(&blocked, SIGCONT);
	sigprocmask(SIG_BLOCK, &blocked, 0);
}

static int only_one_signal_always_stops(void)
{
	pid_t child = child_in_group(0);
	for (const int *one = (const int[]){ SIGTSTP, SIGTTIN, SIGTTOU, 0 }; *one; one++)
		REQUIRE(!kill(child, *one) && is_stopped_by(child, *one) && !kill(child, SIGCONT) && is_continued(child));
	REQUIRE(!kill(child, SIGKILL) && ends_with(child, SIGKILL));
	child = child_in_group(ignore_stop);
	REQUIRE(!kill(child, SIGTSTP) && !kill(child, SIGSTOP) && is_stopped_by(child, SIGSTOP));
	REQUIRE(!kill(child, SIGKILL) && ends_with(child, SIGKILL));
	child = child_in_group(handle_stop);
	REQUIRE(!kill(child, SIGTSTP) && await(&shared->came, 1) && !waitpid(child, 0, WUNTRACED | WNOHANG));
	return !kill(child, SIGKILL) && ends_with(child, SIGKILL);
}

/* Nobody could continue it. */
static int orphaned_groups_are_not_stopped_from_the_terminal(void)
{
	shared->ready = 0;
	pid_t child = fork();
	if (!child) {
		setsid();
		shared->ready = 1;
		for (;;) pause_for(1000);
	}
	REQUIRE(await(&shared->ready, 1) && !kill(child, SIGTSTP));
	pause_for(20);
	REQUIRE(!waitpid(child, 0, WUNTRACED | WNOHANG) && !kill(child, SIGSTOP) && is_stopped_by(child, SIGSTOP));
	return !kill(child, SIGKILL) && ends_with(child, SIGKILL);
}

/* Both are blocked and pending in turn: each takes the other one back. */
static int stopping_and_continuing_cancel_each_other(void)
{
	sigset_t pending, before;
	shared->other = 0;
	pid_t child = fork();
	if (!child) {
		block_stop();
		raise(SIGTSTP);
		sigpending(&pending);
		int ok = sigismember(&pending, SIGTSTP);
		handle(SIGCONT, 0);
		raise(SIGCONT);
		sigpending(&pending);
		ok = ok && !sigismember(&pending, SIGTSTP) && sigismember(&pending, SIGCONT);
		raise(SIGTSTP);
		sigpending(&pending);
		ok = ok && sigismember(&pending, SIGTSTP) && !sigismember(&pending, SIGCONT);
		raise(SIGCONT);
		sigemptyset(&before);
		sigprocmask(SIG_SETMASK, &before, 0);
		_exit(ok && shared->came == 1 ? 0 : 1);
	}
	REQUIRE(exits_with(child, 0));
	child = child_in_group(handle_continuation);
	REQUIRE(!kill(child, SIGSTOP) && is_stopped_by(child, SIGSTOP) && !shared->came && !kill(child, SIGCONT));
	REQUIRE(is_continued(child) && await(&shared->came, 1));
	return !kill(child, SIGKILL) && ends_with(child, SIGKILL);
}

static int groups_are_stopped_together(void)
{
	pid_t children[3];
	shared->ready = 0;
	for (int i = 0; i < 3; i++) {
		if (!(children[i] = fork())) {
			setpgid(0, i ? children[0] : 0);
			shared->ready++;
			for (;;) pause_for(1000);
		}
		setpgid(children[i], children[0]);
	}
	REQUIRE(await(&shared->ready, 3) && !killpg(children[0], SIGTSTP));
	for (int i = 0; i < 3; i++) REQUIRE(is_stopped_by(children[i], SIGTSTP));
	REQUIRE(!killpg(children[0], SIGCONT));
	for (int i = 0; i < 3; i++) REQUIRE(is_continued(children[i]));
	REQUIRE(!killpg(children[0], SIGKILL));
	for (int i = 0; i < 3; i++) REQUIRE(ends_with(children[i], SIGKILL));
	return 1;
}

/* A session's leader ends, and leaves a group behind that is stopped. */
static int groups_left_behind_are_told(void)
{
	shared->ready = 0;
	pid_t leader = fork();
	if (!leader) {
		setsid();
		handle(SIGHUP, 0);
		handle(SIGCONT, 0);
		pid_t child = fork();
		if (!child) {
			setpgid(0, 0);
			shared->ready = 1;
			while (shared->came < 2) pause_for(1);
			shared->ready = 2;
			_exit(0);
		}
		await(&shared->ready, 1);
		_exit(kill(child, SIGSTOP) || !is_stopped_by(child, SIGSTOP));
	}
	REQUIRE(exits_with(leader, 0) && await(&shared->ready, 2));
	if (getpid() == 1) wait(0);
	return shared->came == 2;
}

/* -- The terminal -- */

static int has_terminal(void)
{
	pid_t session;
	return isatty(0) && !ioctl(0, TIOCGSID, &session) && session == getsid(0) && tcgetpgrp(0) == getpgrp();
}

static void read_terminal(void) { char c; shared->ready = 1; read(0, &c, 1); _exit(1); }
static void change_terminal(void) { shared->ready = 1; _exit(tcsetpgrp(0, getpgrp()) ? 1 : 0); }
static void read_and_ignore(void)
{
	char c;
	signal(SIGTTIN, SIG_IGN);
	shared->ready = 1;
	_exit(read(0, &c, 1) == -1 && errno == EIO ? 5 : 6);
}

static int the_background_leaves_the_terminal_alone(void)
{
	if (!has_terminal()) return note("%s", "there is no terminal");
	pid_t child = child_in_group(read_terminal);
	REQUIRE(is_stopped_by(child, SIGTTIN) && !kill(child, SIGKILL) && ends_with(child, SIGKILL));
	REQUIRE(exits_with(child_in_group(read_and_ignore), 5));
	child = child_in_group(change_terminal);
	REQUIRE(is_stopped_by(child, SIGTTOU) && tcgetpgrp(0) == getpgrp());
	/* In the foreground, it may. */
	REQUIRE(!tcsetpgrp(0, child) && !kill(child, SIGCONT) && exits_with(child, 0) && tcgetpgrp(0) == child);
	signal(SIGTTOU, SIG_IGN);
	REQUIRE(!tcsetpgrp(0, getpgrp()) && tcgetpgrp(0) == getpgrp());
	return signal(SIGTTOU, SIG_DFL) != SIG_ERR;
}

#define CHECKS(X) \
	X(stopped_processes_do_nothing) X(stopped_processes_can_be_ended) X(waitid_tells_of_stops) X(parents_get_signals_of_stops) \
	X(calls_go_on_afterwards) X(only_one_signal_always_stops) X(orphaned_groups_are_not_stopped_from_the_terminal) \
	X(stopping_and_continuing_cancel_each_other) X(groups_are_stopped_together) X(groups_left_behind_are_told) \
	X(the_background_leaves_the_terminal_alone)

static const struct check checks[] = { CHECKS(ENTRY) };

int main(void)
{
	shared = mmap(0, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) return 2;
	setvbuf(stdout, 0, _IOLBF, 0);
	run(checks, sizeof checks / sizeof *checks);
	sum_up();
	return failed != 0;
}
