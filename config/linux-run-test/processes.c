/*
 * What a program for Linux expects of processes, and what one could try against another: each check says what Linux does. They
 * run in linux-run, and on Linux as well. The program runs itself as another, by /proc/self/exe with a word for what to do.
 */
#define _GNU_SOURCE
#define HARNESS_MAIN
#include "../test-harness/harness.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* The status of a child that has ended. */
static int status_of(pid_t child)
{
	int status = -1;
	return waitpid(child, &status, 0) == child ? status : -1;
}

static int exit_of(pid_t child)
{
	int status = status_of(child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* This program again. */
static void execute_self(const char *word, const char *argument)
{
	execl("/proc/self/exe", "processes", word, argument, (char *)0);
	_exit(126);
}

static void pause_for(long milliseconds)
{
	nanosleep(&(struct timespec){ milliseconds / 1000, milliseconds % 1000 * 1000000 }, 0);
}

/* -- Life -- */

static int children_end_with_what_they_say(void)
{
	pid_t child = fork();
	if (!child) _exit(getppid() == 1 || getppid() == getpid() ? 1 : 42);
	REQUIRE(child > 0 && child != getpid());
	int status = status_of(child);
	REQUIRE(WIFEXITED(status) && (WEXITSTATUS(status) == 42 || getpid() == 1));
	REQUIRE(waitpid(child, &status, 0) == -1 && errno == ECHILD);
	REQUIRE(wait(&status) == -1 && errno == ECHILD);
	if (!(child = fork())) {
		signal(SIGTERM, SIG_DFL);
		for (;;) pause();
	}
	REQUIRE(waitpid(child, &status, WNOHANG) == 0);
	REQUIRE(!kill(child, SIGTERM));
	status = status_of(child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM;
}

/* Each has three children of its own, as deep as that. */
static void make_children(int depth)
{
	pid_t children[3];
	for (int i = 0; depth && i < 3; i++)
		if (!(children[i] = fork())) make_children(depth - 1), _exit(i + depth);
	for (int i = 0; depth && i < 3; i++) if (children[i] < 0 || exit_of(children[i]) != i + depth) _exit(100);
}

static int children_have_children(void)
{
	pid_t child = fork();
	if (!child) make_children(sizeof(long) == 4 ? 2 : 3), _exit(7); /* addresses are for so many at once */
	return exit_of(child) == 7;
}

static int orphans_are_the_first_process_s(void)
{
	int pipes[2];
	REQUIRE(!pipe(pipes));
	pid_t child = fork();
	if (!child) {
		pid_t parent = getpid();
		if (fork()) _exit(0);
		while (getppid() == parent) pause_for(1);
		pid_t now = getppid();
		write(pipes[1], &now, sizeof now);
		_exit(0);
	}
	pid_t now = 0;
	REQUIRE(!exit_of(child) && read(pipes[0], &now, sizeof now) == sizeof now);
	close(pipes[0]), close(pipes[1]);
	if (getpid() == 1) wait(0);
	return now == 1 || note("%d", now);
}

/* If this is the first process, it doesn't wait for them. */
static int orphans_leave_room_for_others(void)
{
	for (int i = 0; i < 300; i++) {
		pid_t child = fork();
		REQUIRE(child >= 0);
		if (!child) _exit(fork() ? 0 : 1);
		REQUIRE(waitpid(child, 0, 0) == child);
	}
	pause_for(50);
	while (getpid() == 1 && waitpid(-1, 0, WNOHANG) > 0);
	return 1;
}

/* -- What is lent by vfork -- */

static int borrowers[2];

static void lend(int signal)
{
	sigaction(signal, &(struct sigaction){ .sa_handler = SIG_DFL }, 0);
	pid_t child = vfork();
	if (!child) {
		pid_t self = getpid();
		write(borrowers[1], &self, sizeof self);
		for (;;) pause();
	}
	_exit(1);
}

static int lenders_can_be_ended(void)
{
	pid_t borrower;
	REQUIRE(!pipe(borrowers));
	for (const int *signal = (const int[]){ SIGKILL, SIGTERM, 0 }; *signal; signal++) {
		pid_t child = fork();
		if (!child) lend(*signal);
		REQUIRE(read(borrowers[0], &borrower, sizeof borrower) == sizeof borrower && !kill(child, *signal));
		int status = status_of(child);
		REQUIRE(WIFSIGNALED(status) && WTERMSIG(status) == *signal && !kill(borrower, 0) && !kill(borrower, SIGKILL));
		if (getpid() == 1) REQUIRE(wait(0) == borrower);
	}
	return !close(borrowers[0]) && !close(borrowers[1]);
}

static int waits_choose(void)
{
	siginfo_t information = { 0 };
	pid_t slow = fork();
	if (!slow) pause_for(20000), _exit(1);
	pid_t fast = fork();
	if (!fast) _exit(3);
	REQUIRE(!waitid(P_PID, fast, &information, WEXITED | WNOWAIT));
	REQUIRE(information.si_pid == fast && information.si_code == CLD_EXITED && information.si_status == 3);
	information.si_pid = 1;
	REQUIRE(!waitid(P_PID, slow, &information, WEXITED | WNOHANG) && information.si_pid == 0);
	REQUIRE(waitpid(-1, 0, 0) == fast);
	REQUIRE(!kill(slow, SIGKILL) && !waitid(P_ALL, 0, &information, WEXITED));
	return information.si_pid == slow && information.si_code == CLD_KILLED && information.si_status == SIGKILL;
}

static int ignored_children_leave_nothing(void)
{
	signal(SIGCHLD, SIG_IGN);
	pid_t child = fork();
	if (!child) _exit(0);
	int result = waitpid(child, 0, 0), error = errno;
	signal(SIGCHLD, SIG_DFL);
	return result == -1 && error == ECHILD;
}

/* -- Memory -- */

static int value = 1;
static int table[3000];

static int memory_is_a_copy(void)
{
	int *heap = calloc(1, 1 << 20);
	int pipes[2], seen = 0, on_stack = 3;
	REQUIRE(heap && !pipe(pipes));
	heap[1000] = 5;
	pid_t child = fork();
	if (!child) {
		int was = value == 1 && heap[1000] == 5 && on_stack == 3;
		value = 2, heap[1000] = 6, on_stack = 4, table[2500] = 1;
		read(pipes[0], &seen, sizeof seen); /* until the parent has written */
		_exit(was && value == 2 && heap[1000] == 6 && on_stack == 4 && heap[2000] == 0 && table[1] == 0 ? 0 : 1);
	}
	heap[2000] = 7, table[1] = 9;
	pause_for(20);
	write(pipes[1], &seen, sizeof seen);
	int result = exit_of(child);
	close(pipes[0]), close(pipes[1]);
	REQUIRE(!result && value == 1 && heap[1000] == 5 && on_stack == 3 && table[2500] == 0);
	table[1] = 0;
	free(heap);
	return 1;
}

static int addresses_of_others_lead_nowhere(void)
{
	int *secret = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), pipes[2], answers[2];
	REQUIRE(secret != MAP_FAILED && !pipe(pipes) && !pipe(answers));
	pid_t child = fork();
	if (!child) {
		munmap(secret, 4096);
		long n = write(answers[1], secret, 4);
		int refused = n == -1 && errno == EFAULT;
		refused &= read(pipes[0], secret, 4) == -1 && errno == EFAULT;
		signal(SIGSEGV, SIG_DFL);
		if (refused) *(volatile int *)secret = 1;
		_exit(1);
	}
	*secret = 12345;
	write(pipes[1], "text", 4);
	int status = status_of(child);
	close(pipes[0]), close(pipes[1]), close(answers[0]), close(answers[1]);
	REQUIRE(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV && *secret == 12345);
	return !munmap(secret, 4096);
}

static int shared_memory_is_shared(void)
{
	int *shared = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	REQUIRE(shared != MAP_FAILED);
	pid_t child = fork();
	if (!child) {
		while (!__atomic_load_n(shared, __ATOMIC_SEQ_CST)) syscall(SYS_futex, shared, 0 /* FUTEX_WAIT */, 0, 0, 0, 0);
		shared[1500] = 77;
		__atomic_store_n(shared + 1, 1, __ATOMIC_SEQ_CST);
		syscall(SYS_futex, shared + 1, 1 /* FUTEX_WAKE */, 1, 0, 0, 0);
		_exit(0);
	}
	pause_for(20);
	__atomic_store_n(shared, 1, __ATOMIC_SEQ_CST);
	syscall(SYS_futex, shared, 1, 1, 0, 0, 0);
	while (!__atomic_load_n(shared + 1, __ATOMIC_SEQ_CST)) syscall(SYS_futex, shared + 1, 0, 0, 0, 0, 0);
	REQUIRE(!exit_of(child) && shared[1500] == 77);
	return !munmap(shared, 8192);
}

static int locks_work_between_processes(void)
{
	struct { pthread_mutex_t mutex; int count; } *shared = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutexattr_t attributes;
	pid_t children[4];
	REQUIRE(shared != MAP_FAILED && !pthread_mutexattr_init(&attributes));
	pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(&shared->mutex, &attributes);
	for (int i = 0; i < 4; i++) {
		if ((children[i] = fork())) continue;
		for (int n = 0; n < 1000; n++) {
			pthread_mutex_lock(&shared->mutex);
			int before = shared->count;
			if (n % 50 == 0) sched_yield();
			shared->count = before + 1;
			pthread_mutex_unlock(&shared->mutex);
		}
		_exit(0);
	}
	for (int i = 0; i < 4; i++) REQUIRE(!exit_of(children[i]));
	int count = shared->count;
	munmap(shared, 4096);
	return count == 4000 || fail("%d", count);
}

/* -- Descriptors -- */

static int positions_are_shared_and_tables_are_not(void)
{
	int fd = open("/tmp/processes", O_RDWR | O_CREAT | O_TRUNC, 0600);
	REQUIRE(fd >= 0 && write(fd, "0123456789", 10) == 10 && !lseek(fd, 0, SEEK_SET));
	pid_t child = fork();
	if (!child) {
		char text[4];
		int ok = read(fd, text, 4) == 4 && !memcmp(text, "0123", 4);
		close(fd);
		_exit(!ok);
	}
	char c = 0;
	REQUIRE(!exit_of(child) && read(fd, &c, 1) == 1);
	close(fd), unlink("/tmp/processes");
	return c == '4';
}

static int pipes_end_with_their_last_writer(void)
{
	int pipes[2], total = 0, n;
	char text[100];
	REQUIRE(!pipe(pipes));
	for (int i = 0; i < 3; i++) {
		if (fork()) continue;
		for (int k = 0; k < 10; k++) write(pipes[1], "0123456789", 10);
		_exit(0);
	}
	close(pipes[1]);
	while ((n = read(pipes[0], text, sizeof text)) > 0) total += n;
	close(pipes[0]);
	for (int i = 0; i < 3; i++) REQUIRE(wait(0) > 0);
	return total == 300 || fail("%d", total);
}

static int folders_and_masks_are_inherited(void)
{
	mode_t mask = umask(027);
	REQUIRE(!chdir("/tmp"));
	pid_t child = fork();
	if (!child) {
		char path[100] = "";
		getcwd(path, sizeof path);
		int ok = umask(0) == 027 && !strcmp(path, "/tmp");
		chdir("/");
		_exit(!ok);
	}
	char path[100] = "";
	REQUIRE(!exit_of(child) && getcwd(path, sizeof path) && !strcmp(path, "/tmp"));
	REQUIRE(umask(mask) == 027);
	return !chdir("/");
}

/* -- Other programs -- */

static int programs_take_the_place_of_others(void)
{
	int marked = open("/dev/null", O_RDONLY | O_CLOEXEC), kept = dup(marked);
	char text[20];
	snprintf(text, sizeof text, "%d", marked*100 + kept);
	pid_t child = fork();
	if (!child) execute_self("descriptors", text);
	int result = exit_of(child);
	close(marked), close(kept);
	return result == 5 || fail("%d", result);
}

/* In the program that is executed: the first one is closed, and the other isn't. */
static int has_descriptors(int both)
{
	return fcntl(both / 100, F_GETFD) == -1 && fcntl(both % 100, F_GETFD) == 0 ? 5 : 6;
}

static int vfork_lends_memory(void)
{
	volatile int changed = 0;
	pid_t child = vfork();
	if (!child) {
		changed = 1;
		_exit(9);
	}
	REQUIRE(exit_of(child) == 9 && changed == 1);
	if (!(child = vfork())) {
		execl("/nothing", "nothing", (char *)0);
		changed = errno;
		_exit(8);
	}
	REQUIRE(exit_of(child) == 8 && changed == ENOENT);
	if (!(child = vfork())) {
		execl("/proc/self/exe", "processes", "exit", "11", (char *)0);
		_exit(7);
	}
	return exit_of(child) == 11;
}

static int posix_spawn_starts_programs(void)
{
	pid_t child;
	char *arguments[] = { "processes", "exit", "12", 0 };
	REQUIRE(!posix_spawn(&child, "/proc/self/exe", 0, 0, arguments, environ));
	REQUIRE(exit_of(child) == 12);
	return posix_spawn(&child, "/nothing", 0, 0, arguments, environ) == ENOENT;
}

static int make_file(const char *path, const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode), n = write(fd, text, strlen(text));
	return !close(fd) && n == (int)strlen(text);
}

static int scripts_name_their_interpreter(void)
{
	char line[PATH_MAX + 100], self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	REQUIRE(n > 0);
	self[n] = 0;
	snprintf(line, sizeof line, "#! %s script \n", self);
	REQUIRE(make_file("/tmp/script", line, 0700) && make_file("/tmp/script2", "#!/tmp/script one two\n", 0700));
	REQUIRE(make_file("/tmp/script3", "#!/tmp/script3\n", 0700) && make_file("/tmp/script4", "#!\n", 0700));
	pid_t child = fork();
	if (!child) execl("/tmp/script", "other name", "argument", (char *)0), _exit(1);
	REQUIRE(exit_of(child) == 21);
	if (!(child = fork())) execl("/tmp/script2", "other name", "argument", (char *)0), _exit(1);
	REQUIRE(exit_of(child) == 22);
	REQUIRE(execl("/tmp/script3", "x", (char *)0) == -1 && errno == ELOOP);
	REQUIRE(execl("/tmp/script4", "x", (char *)0) == -1 && errno == ENOEXEC);
	return !unlink("/tmp/script") && !unlink("/tmp/script2") && !unlink("/tmp/script3") && !unlink("/tmp/script4");
}

/* In the interpreter: what it was given by the first, or the second script. */
static int check_script(int count, char **arguments)
{
	if (count == 4 && !strcmp(arguments[2], "/tmp/script") && !strcmp(arguments[3], "argument")) return 21;
	return count == 6 && !strcmp(arguments[2], "/tmp/script") && !strcmp(arguments[3], "one two")
		&& !strcmp(arguments[4], "/tmp/script2") && !strcmp(arguments[5], "argument") ? 22 : 23;
}

static void *execute_in_thread(void *word)
{
	execute_self(word, "31");
	return 0;
}

static void *spin(void *unused)
{
	for (;;) getppid();
	return unused;
}

static void *sleep_long(void *unused)
{
	for (;;) pause();
	return unused;
}

static int other_threads_end_with_execve(void)
{
	pid_t child = fork();
	if (!child) {
		pthread_t threads[4];
		pthread_create(threads, 0, spin, 0);
		pthread_create(threads + 1, 0, sleep_long, 0);
		pause_for(5);
		pthread_create(threads + 2, 0, execute_in_thread, "exit");
		for (;;) pause();
	}
	return exit_of(child) == 31;
}

static int all_threads_end_with_the_process(void)
{
	pid_t child = fork();
	if (!child) {
		pthread_t thread;
		pthread_create(&thread, 0, spin, 0);
		pthread_create(&thread, 0, sleep_long, 0);
		pause_for(5);
		_exit(33);
	}
	REQUIRE(exit_of(child) == 33);
	if (!(child = fork())) {
		pthread_t thread;
		pthread_create(&thread, 0, spin, 0);
		for (;;) pause();
	}
	pause_for(5);
	REQUIRE(!kill(child, SIGKILL));
	return WTERMSIG(status_of(child)) == SIGKILL;
}

static void *do_nothing(void *unused)
{
	return unused;
}

static void *fork_in_thread(void *result)
{
	pid_t child = fork();
	if (!child) {
		pthread_t thread;
		void *ended;
		_exit(pthread_create(&thread, 0, do_nothing, 0) || pthread_join(thread, &ended) ? 1 : 44);
	}
	*(int *)result = exit_of(child);
	return 0;
}

static int threads_fork(void)
{
	pthread_t threads[4];
	int results[4] = { 0 };
	for (int i = 0; i < 4; i++) REQUIRE(!pthread_create(threads + i, 0, fork_in_thread, results + i));
	for (int i = 0; i < 4; i++) pthread_join(threads[i], 0);
	for (int i = 0; i < 4; i++) REQUIRE(results[i] == 44);
	return 1;
}

/* -- Signals, groups, sessions -- */

static volatile sig_atomic_t came;
static siginfo_t last;

static void note_signal(int signal, siginfo_t *information, void *context)
{
	(void)signal, (void)context;
	last = *information;
	came++;
}

static void handle(int signal, int flags)
{
	const struct sigaction action = { .sa_sigaction = note_signal, .sa_flags = SA_SIGINFO | flags };
	sigaction(signal, &action, 0);
	came = 0;
}

static int the_end_of_a_child_is_a_signal(void)
{
	sigset_t blocked, before;
	sigemptyset(&blocked), sigaddset(&blocked, SIGCHLD);
	sigprocmask(SIG_BLOCK, &blocked, &before);
	handle(SIGCHLD, SA_RESTART);
	pid_t child = fork();
	if (!child) _exit(6);
	while (!came) sigsuspend(&before);
	sigprocmask(SIG_SETMASK, &before, 0);
	signal(SIGCHLD, SIG_DFL);
	REQUIRE(last.si_pid == child && last.si_code == CLD_EXITED && last.si_status == 6);
	return exit_of(child) == 6;
}

static int signals_have_senders(void)
{
	sigset_t blocked;
	handle(SIGUSR1, 0);
	sigemptyset(&blocked), sigaddset(&blocked, SIGUSR1);
	sigprocmask(SIG_BLOCK, &blocked, 0);
	pid_t self = getpid(), child = fork();
	if (!child) _exit(kill(self, SIGUSR1));
	REQUIRE(!exit_of(child) && !came);
	sigprocmask(SIG_UNBLOCK, &blocked, 0);
	REQUIRE(came == 1 && last.si_pid == child && last.si_code == SI_USER);
	signal(SIGUSR1, SIG_DFL);
	return kill(child, 0) == -1 && errno == ESRCH;
}

/* From a process of that user to this one, and another of that user. */
static int permission(uid_t user, pid_t other)
{
	pid_t child = fork();
	if (!child) {
		if (setuid(user)) _exit(100);
		int result = kill(getppid(), 0) ? errno == EPERM ? 0 : 50 : 1;
		result += kill(other, 0) ? errno == EPERM ? 0 : 50 : 2;
		result += sigqueue(getppid(), 0, (union sigval){ 0 }) ? errno == EPERM ? 0 : 50 : 4;
		result += kill(getppid(), SIGCONT) ? 0 : 8;
		result += kill(-getpgrp(), 0) ? 0 : 16; /* one may be sent to: itself */
		_exit(result);
	}
	return exit_of(child);
}

static int signals_need_permission(void)
{
	if (getuid()) return note("%s", "only root can try");
	int pipes[2];
	char c;
	REQUIRE(!pipe(pipes));
	pid_t other = fork();
	if (!other) {
		c = setuid(1000) ? 'x' : 'y';
		write(pipes[1], &c, 1);
		for (;;) pause();
	}
	REQUIRE(read(pipes[0], &c, 1) == 1 && c == 'y');
	REQUIRE(permission(0, other) == 31 && permission(1000, other) == 2 + 8 + 16 && permission(1001, other) == 8 + 16);
	REQUIRE(!kill(other, SIGKILL) && status_of(other) >= 0);
	return !close(pipes[0]) && !close(pipes[1]);
}

static int pending_signals_and_timers_are_not_inherited(void)
{
	sigset_t blocked, pending;
	sigemptyset(&blocked), sigaddset(&blocked, SIGUSR2);
	sigprocmask(SIG_BLOCK, &blocked, 0);
	raise(SIGUSR2);
	alarm(1000);
	pid_t child = fork();
	if (!child) {
		sigpending(&pending);
		_exit(sigismember(&pending, SIGUSR2) || alarm(0));
	}
	REQUIRE(!exit_of(child) && alarm(0));
	signal(SIGUSR2, SIG_IGN);
	signal(SIGUSR2, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &blocked, 0);
	return 1;
}

static int timers_are_a_process_s_own(void)
{
	pid_t child = fork();
	if (!child) {
		signal(SIGALRM, SIG_DFL);
		setitimer(ITIMER_REAL, &(struct itimerval){ .it_value.tv_usec = 5000 }, 0);
		for (;;) pause();
	}
	int status = status_of(child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM;
}

static int groups_get_signals_together(void)
{
	pid_t children[3];
	for (int i = 0; i < 3; i++) {
		children[i] = fork();
		if (!children[i]) {
			setpgid(0, i ? children[0] : 0);
			for (;;) pause();
		}
		REQUIRE(!setpgid(children[i], children[0]) || errno == EACCES);
	}
	REQUIRE(getpgid(children[2]) == children[0] && getpgrp() != children[0]);
	REQUIRE(setpgid(children[1], 99999) == -1 && errno == EPERM);
	REQUIRE(!killpg(children[0], SIGKILL));
	for (int i = 0; i < 3; i++) REQUIRE(waitpid(-children[0], 0, 0) > 0);
	REQUIRE(waitpid(-children[0], 0, 0) == -1 && errno == ECHILD);
	return killpg(children[0], SIGKILL) == -1 && errno == ESRCH;
}

static int sessions_begin(void)
{
	pid_t child = fork();
	if (!child) {
		pid_t self = getpid();
		int ok = setsid() == self && getsid(0) == self && getpgrp() == self && setsid() == -1 && setpgid(0, 0) == -1;
		_exit(!ok);
	}
	return !exit_of(child);
}

/* -- What is known of others -- */

static int processes_are_listed(void)
{
	char path[50], text[200] = "";
	int found = 0, pipes[2];
	REQUIRE(!pipe(pipes));
	pid_t child = fork();
	if (!child) {
		char c;
		close(pipes[1]);
		read(pipes[0], &c, 1);
		_exit(0);
	}
	DIR *folder = opendir("/proc");
	REQUIRE(folder);
	for (struct dirent *entry; (entry = readdir(folder));) found |= atoi(entry->d_name) == child;
	closedir(folder);
	snprintf(path, sizeof path, "/proc/%d/stat", child);
	int fd = open(path, O_RDONLY), parent = 0, id = 0;
	REQUIRE(found && fd >= 0 && read(fd, text, sizeof text - 1) > 0);
	close(fd);
	REQUIRE(sscanf(text, "%d (%*[^)]) %*c %d", &id, &parent) == 2 && id == child && parent == getpid());
	close(pipes[1]), close(pipes[0]);
	REQUIRE(!exit_of(child));
	return open(path, O_RDONLY) == -1 && errno == ENOENT;
}

/* -- Many -- */

/* Each makes more, until there can't be any; then all end. */
static int processes_run_out_in_good_order(void)
{
	static pid_t children[5000];
	int count = 0, error = 0, pipes[2];
	REQUIRE(!pipe(pipes));
	while (count < 5000) {
		children[count] = fork();
		if (!children[count]) {
			char c;
			close(pipes[1]);
			read(pipes[0], &c, 1);
			_exit(0);
		}
		if (children[count] < 0) {
			error = errno;
			break;
		}
		count++;
	}
	close(pipes[1]), close(pipes[0]);
	for (int i = 0; i < count; i++) REQUIRE(!exit_of(children[i]));
	REQUIRE(count == 5000 || error == EAGAIN || error == ENOMEM);
	pid_t child = fork();
	if (!child) _exit(0);
	REQUIRE(!exit_of(child));
	return note("%d", count);
}

static int many_come_and_go(void)
{
	for (int i = 0; i < 300; i++) {
		pid_t child = fork();
		REQUIRE(child >= 0);
		if (!child) _exit(i % 100);
		REQUIRE(exit_of(child) == i % 100);
	}
	return 1;
}

#define CHECKS(X) \
	X(children_end_with_what_they_say) X(children_have_children) X(orphans_are_the_first_process_s) \
	X(orphans_leave_room_for_others) X(lenders_can_be_ended) X(waits_choose) \
	X(ignored_children_leave_nothing) \
	X(memory_is_a_copy) X(addresses_of_others_lead_nowhere) X(shared_memory_is_shared) X(locks_work_between_processes) \
	X(positions_are_shared_and_tables_are_not) X(pipes_end_with_their_last_writer) X(folders_and_masks_are_inherited) \
	X(programs_take_the_place_of_others) X(vfork_lends_memory) X(posix_spawn_starts_programs) X(scripts_name_their_interpreter) \
	X(other_threads_end_with_execve) X(all_threads_end_with_the_process) X(threads_fork) \
	X(the_end_of_a_child_is_a_signal) X(signals_have_senders) X(signals_need_permission) \
	X(pending_signals_and_timers_are_not_inherited) \
	X(timers_are_a_process_s_own) X(groups_get_signals_together) X(sessions_begin) X(processes_are_listed) \
	X(processes_run_out_in_good_order) X(many_come_and_go)

static const struct check checks[] = { CHECKS(ENTRY) };

int main(int count, char **arguments)
{
	if (count > 2 && !strcmp(arguments[1], "exit")) return atoi(arguments[2]);
	if (count > 2 && !strcmp(arguments[1], "descriptors")) return has_descriptors(atoi(arguments[2]));
	if (count > 1 && !strcmp(arguments[1], "script")) return check_script(count, arguments);
	setvbuf(stdout, 0, _IOLBF, 0);
	run(checks, sizeof checks / sizeof *checks);
	sum_up();
	return failed != 0;
}
