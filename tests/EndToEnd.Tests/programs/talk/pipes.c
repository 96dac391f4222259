/* Pipes and FIFOs. */
#define _GNU_SOURCE
#include "talk.h"

#include <limits.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/uio.h>

static int ends[2];
static char large[1 << 17];

static int close_both(void)
{
	return close(ends[0]) == 0 && close(ends[1]) == 0;
}

static int bytes_come_in_order(void)
{
	char text[16];
	struct iovec parts[] = { { "ab", 2 }, { "", 0 }, { "cde", 3 } }, into[] = { { text, 1 }, { text + 1, 15 } };
	REQUIRE(pipe(ends) == 0);
	REQUIRE(write(ends[1], "12", 2) == 2 && writev(ends[1], parts, 3) == 5);
	REQUIRE(read(ends[0], text, 3) == 3 && !memcmp(text, "12a", 3));
	REQUIRE(readv(ends[0], into, 2) == 4 && !memcmp(text, "bcde", 4));
	return close_both();
}

static int ends_have_one_direction(void)
{
	char byte;
	struct stat status;
	REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
	REQUIRE(FAILS(write(ends[0], "x", 1), EBADF) && FAILS(read(ends[1], &byte, 1), EBADF));
	REQUIRE(fcntl(ends[0], F_GETFL) % 4 == O_RDONLY && fcntl(ends[1], F_GETFL) % 4 == O_WRONLY);
	REQUIRE(fcntl(ends[0], F_GETFD) == FD_CLOEXEC && fcntl(ends[1], F_GETFD) == FD_CLOEXEC);
	REQUIRE(fstat(ends[0], &status) == 0 && S_ISFIFO(status.st_mode));
	REQUIRE(FAILS(lseek(ends[0], 0, SEEK_CUR), ESPIPE) && FAILS(pread(ends[0], &byte, 1, 0), ESPIPE));
	return close_both();
}

static int the_ring_goes_round(void)
{
	static char out[5000], in[5000];
	unsigned written = 0, seen = 0;
	REQUIRE(pipe(ends) == 0);
	for (int i = 0; i < 60; i++) {
		for (size_t k = 0; k < sizeof out; k++) out[k] = written++ * 7;
		REQUIRE(write(ends[1], out, sizeof out) == (ssize_t)sizeof out);
		size_t size = i % 3 ? 5000 : 4000;
		REQUIRE(read(ends[0], in, size) == (ssize_t)size);
		for (size_t k = 0; k < size; k++) REQUIRE(in[k] == (char)(seen++ * 7));
	}
	return close_both();
}

static int reading_waits(void)
{
	char text[8];
	REQUIRE(pipe(ends) == 0);
	struct action action = { .fd = ends[1], .data = "late", .size = 4 };
	pthread_t thread = begin(write_later, &action);
	REQUIRE(read(ends[0], text, sizeof text) == 4 && !memcmp(text, "late", 4));
	end(thread);
	REQUIRE(action.result == 4);
	return close_both();
}

static int writing_waits_for_room(void)
{
	REQUIRE(pipe(ends) == 0);
	REQUIRE(write(ends[1], large, 65536) == 65536);
	struct action action = { .fd = ends[0], .size = 65536 };
	long long before = now();
	pthread_t thread = begin(read_later, &action);
	REQUIRE(write(ends[1], large, 100) == 100);
	REQUIRE(now() - before >= SHORT / 2);
	end(thread);
	REQUIRE(action.result == 65536);
	return close_both();
}

static void *read_all(void *sum)
{
	static char buffer[9999];
	long n;
	while ((n = read(ends[0], buffer, sizeof buffer)) > 0) *(long *)sum += n;
	return 0;
}

static int long_writes_are_complete(void)
{
	long sum = 0;
	REQUIRE(pipe(ends) == 0);
	pthread_t thread = begin(read_all, &sum);
	for (int i = 0; i < 4; i++) REQUIRE(write(ends[1], large, sizeof large) == (ssize_t)sizeof large);
	REQUIRE(close(ends[1]) == 0);
	end(thread);
	REQUIRE(sum == 4 * sizeof large);
	return close(ends[0]) == 0;
}

static int the_end_is_seen(void)
{
	char byte;
	REQUIRE(pipe(ends) == 0);
	int another = dup(ends[1]);
	REQUIRE(another >= 0 && write(ends[1], "x", 1) == 1 && close(ends[1]) == 0);
	struct action action = { .fd = another };
	REQUIRE(read(ends[0], &byte, 1) == 1);
	pthread_t thread = begin(close_later, &action);
	REQUIRE(read(ends[0], &byte, 1) == 0);
	end(thread);
	REQUIRE(read(ends[0], &byte, 1) == 0);
	return close(ends[0]) == 0;
}

static int nobody_reads(void)
{
	REQUIRE(pipe(ends) == 0 && close(ends[0]) == 0);
	REQUIRE(handle(SIGPIPE, 0) == 0);
	REQUIRE(FAILS(write(ends[1], "x", 1), EPIPE) && received == SIGPIPE);
	REQUIRE(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
	REQUIRE(FAILS(write(ends[1], "x", 1), EPIPE));
	return close(ends[1]) == 0;
}

static int the_reader_leaves(void)
{
	REQUIRE(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
	REQUIRE(pipe(ends) == 0 && write(ends[1], large, 65536) == 65536);
	struct action action = { .fd = ends[0] };
	pthread_t thread = begin(close_later, &action);
	REQUIRE(FAILS(write(ends[1], "x", 1), EPIPE));
	end(thread);
	return close(ends[1]) == 0;
}

static int without_waiting(void)
{
	char text[8];
	REQUIRE(pipe2(ends, O_NONBLOCK) == 0 && fcntl(ends[0], F_GETFL) & O_NONBLOCK);
	REQUIRE(FAILS(read(ends[0], text, 1), EAGAIN));
	REQUIRE(write(ends[1], large, 70000) == 65536);
	REQUIRE(FAILS(write(ends[1], large, 1), EAGAIN) && FAILS(write(ends[1], large, 70000), EAGAIN));
	REQUIRE(fcntl(ends[0], F_SETFL, 0) == 0 && !(fcntl(ends[0], F_GETFL) & O_NONBLOCK));
	return close_both();
}

/* What fits into PIPE_BUF goes in as a whole, or not at all. */
static int short_writes_are_atomic(void)
{
	REQUIRE(pipe2(ends, O_NONBLOCK) == 0);
	REQUIRE(write(ends[1], large, 65536 - 100) == 65536 - 100);
	REQUIRE(FAILS(write(ends[1], large, PIPE_BUF), EAGAIN));
	REQUIRE(read(ends[0], large, 65536) == 65536 - 100);
	REQUIRE(write(ends[1], large, PIPE_BUF) == PIPE_BUF);
	return close_both();
}

static int how_much_there_is(void)
{
	int n = -1;
	REQUIRE(pipe(ends) == 0 && ioctl(ends[0], FIONREAD, &n) == 0 && n == 0);
	REQUIRE(write(ends[1], large, 321) == 321 && ioctl(ends[0], FIONREAD, &n) == 0 && n == 321);
	return close_both();
}

static int the_size_can_change(void)
{
	char text[4];
	REQUIRE(pipe2(ends, O_NONBLOCK) == 0 && fcntl(ends[0], F_GETPIPE_SZ) == 65536);
	REQUIRE(write(ends[1], "abc", 3) == 3);
	REQUIRE(fcntl(ends[1], F_SETPIPE_SZ, 5000) == 8192 && fcntl(ends[0], F_GETPIPE_SZ) == 8192);
	REQUIRE(fcntl(ends[1], F_SETPIPE_SZ, 1) == 4096);
	REQUIRE(read(ends[0], text, 4) == 3 && !memcmp(text, "abc", 3));
	REQUIRE(write(ends[1], large, 9000) == 4096);
	REQUIRE(fcntl(ends[1], F_SETPIPE_SZ, 131072) == 131072 && write(ends[1], large, sizeof large) == 131072 - 4096);
	REQUIRE(FAILS(fcntl(ends[1], F_SETPIPE_SZ, 65536), EBUSY));
	REQUIRE(fcntl(1, F_GETPIPE_SZ) == -1 || fcntl(1, F_GETPIPE_SZ) > 0); /* stdout may be a pipe */
	return close_both();
}

static int events_of(int fd, int events)
{
	struct pollfd poll_fd = { .fd = fd, .events = events };
	return poll(&poll_fd, 1, 0) < 0 ? -1 : poll_fd.revents;
}

static int what_poll_says(void)
{
	char text[PIPE_BUF + 1];
	REQUIRE(pipe2(ends, O_NONBLOCK) == 0);
	REQUIRE(events_of(ends[0], POLLIN) == 0 && events_of(ends[1], POLLOUT) == POLLOUT);
	REQUIRE(write(ends[1], large, 70000) == 65536);
	REQUIRE(events_of(ends[0], POLLIN | POLLRDNORM) == (POLLIN | POLLRDNORM) && events_of(ends[1], POLLOUT) == 0);
	REQUIRE(read(ends[0], text, PIPE_BUF) == PIPE_BUF && events_of(ends[1], POLLOUT) == POLLOUT);
	REQUIRE(close(ends[1]) == 0 && events_of(ends[0], POLLIN) == (POLLIN | POLLHUP));
	REQUIRE(read(ends[0], large, sizeof large) == 65536 - PIPE_BUF && events_of(ends[0], POLLIN) == POLLHUP);
	REQUIRE(close(ends[0]) == 0 && pipe(ends) == 0 && close(ends[0]) == 0);
	REQUIRE(events_of(ends[1], POLLOUT) == (POLLOUT | POLLERR));
	REQUIRE(close(ends[1]) == 0);
	return FAILS(pipe2(ends, O_CREAT), EINVAL);
}

static int a_signal_interrupts(void)
{
	char byte;
	pthread_t self = pthread_self();
	REQUIRE(pipe(ends) == 0 && handle(SIGUSR1, 0) == 0);
	pthread_t thread = begin(signal_later, &self);
	REQUIRE(FAILS(read(ends[0], &byte, 1), EINTR) && received == SIGUSR1);
	end(thread);
	return close_both();
}

static void *signal_and_write_later(void *thread)
{
	signal_later(thread);
	struct action action = { .fd = ends[1], .data = "r", .size = 1 };
	return write_later(&action);
}

static int a_call_is_restarted(void)
{
	char byte;
	pthread_t self = pthread_self();
	REQUIRE(pipe(ends) == 0 && handle(SIGUSR1, SA_RESTART) == 0);
	pthread_t thread = begin(signal_and_write_later, &self);
	REQUIRE(read(ends[0], &byte, 1) == 1 && byte == 'r' && received == SIGUSR1);
	end(thread);
	return close_both();
}

static void *read_for_ever(void *result)
{
	char byte;
	*(long *)result = read(ends[0], &byte, 1);
	return 0;
}

static int a_thread_is_cancelled(void)
{
	long result = 5;
	void *value;
	REQUIRE(pipe(ends) == 0);
	pthread_t thread = begin(read_for_ever, &result);
	pause_for(SHORT);
	REQUIRE(pthread_cancel(thread) == 0 && pthread_join(thread, &value) == 0 && value == PTHREAD_CANCELED && result == 5);
	REQUIRE(close(ends[0]) == 0 && FAILS(write(ends[1], "x", 1), EPIPE)); /* nobody else has it open */
	return close(ends[1]) == 0;
}

static char name[64];

static const char *name_of(const char *what)
{
	snprintf(name, sizeof name, "/tmp/talk-%d-%s", (int)getpid(), what);
	unlink(name);
	return name;
}

static int a_fifo_has_a_name(void)
{
	struct stat status;
	char text[4];
	REQUIRE(mkfifo(name_of("fifo"), 0600) == 0);
	REQUIRE(FAILS(mkfifo(name, 0600), EEXIST));
	REQUIRE(stat(name, &status) == 0 && S_ISFIFO(status.st_mode) && status.st_size == 0);
	REQUIRE(FAILS(open(name, O_WRONLY | O_NONBLOCK), ENXIO));
	REQUIRE((ends[0] = open(name, O_RDONLY | O_NONBLOCK)) >= 0);
	REQUIRE(read(ends[0], text, 4) == 0 && events_of(ends[0], POLLIN) == 0);
	REQUIRE((ends[1] = open(name, O_WRONLY)) >= 0);
	REQUIRE(FAILS(read(ends[0], text, 4), EAGAIN));
	REQUIRE(write(ends[1], "fifo", 4) == 4 && read(ends[0], text, 4) == 4 && !memcmp(text, "fifo", 4));
	REQUIRE(close(ends[1]) == 0 && events_of(ends[0], POLLIN) == POLLHUP && read(ends[0], text, 4) == 0);
	return unlink(name) == 0 && close(ends[0]) == 0;
}

static void *open_writer(void *result)
{
	pause_for(SHORT);
	*(int *)result = open(name, O_WRONLY);
	return 0;
}

static int opening_a_fifo_waits(void)
{
	char text[4];
	REQUIRE(mkfifo(name_of("both"), 0600) == 0);
	long long before = now();
	pthread_t thread = begin(open_writer, ends + 1);
	REQUIRE((ends[0] = open(name, O_RDONLY)) >= 0);
	REQUIRE(now() - before >= SHORT / 2);
	end(thread);
	REQUIRE(ends[1] >= 0 && write(ends[1], "x", 1) == 1 && read(ends[0], text, 4) == 1);
	REQUIRE(close_both());
	REQUIRE((ends[0] = open(name, O_RDWR)) >= 0 && write(ends[0], "yz", 2) == 2 && read(ends[0], text, 4) == 2);
	return unlink(name) == 0 && close(ends[0]) == 0;
}

#define CHECKS(X) \
	X(bytes_come_in_order) \
	X(ends_have_one_direction) \
	X(the_ring_goes_round) \
	X(reading_waits) \
	X(writing_waits_for_room) \
	X(long_writes_are_complete) \
	X(the_end_is_seen) \
	X(nobody_reads) \
	X(the_reader_leaves) \
	X(without_waiting) \
	X(short_writes_are_atomic) \
	X(how_much_there_is) \
	X(the_size_can_change) \
	X(what_poll_says) \
	X(a_signal_interrupts) \
	X(a_call_is_restarted) \
	X(a_thread_is_cancelled) \
	X(a_fifo_has_a_name) \
	X(opening_a_fifo_waits)

int main(void)
{
	static const struct check checks[] = { CHECKS(ENTRY) };
	return main_with(checks, sizeof checks / sizeof *checks);
}
