/* poll, select and epoll, and the descriptors that are made to be waited for. */
#define _GNU_SOURCE
#include "talk.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/timerfd.h>

static int ends[2];

static int close_both(void)
{
	return close(ends[0]) == 0 && close(ends[1]) == 0;
}

/* -- poll -- */

static int poll_for_several(void)
{
	int other[2];
	REQUIRE(pipe(ends) == 0 && pipe(other) == 0);
	struct pollfd fds[] = { { ends[0], POLLIN, -1 }, { -1, POLLIN, -1 }, { other[1], POLLOUT | POLLWRNORM, 0 }, { 900, POLLIN, 0 } };
	REQUIRE(poll(fds, 3, 0) == 1 && !fds[0].revents && !fds[1].revents && fds[2].revents == (POLLOUT | POLLWRNORM));
	REQUIRE(poll(fds, 4, -1) == 2 && fds[3].revents == POLLNVAL);
	REQUIRE(write(ends[1], "x", 1) == 1 && poll(fds, 4, -1) == 3 && fds[0].revents == POLLIN);
	REQUIRE(close(other[0]) == 0 && close(other[1]) == 0);
	return close_both();
}

static int poll_waits(void)
{
	REQUIRE(pipe(ends) == 0);
	struct pollfd fds = { .fd = ends[0], .events = POLLIN };
	struct action action = { .fd = ends[1], .data = "x", .size = 1 };
	long long before = now();
	pthread_t thread = begin(write_later, &action);
	REQUIRE(poll(&fds, 1, 10000) == 1 && fds.revents == POLLIN);
	REQUIRE(now() - before >= SHORT / 2 && now() - before < 5000000000);
	end(thread);
	return close_both();
}

static int poll_times_out(void)
{
	REQUIRE(pipe(ends) == 0);
	struct pollfd fds = { .fd = ends[0], .events = POLLIN, .revents = -1 };
	long long before = now();
	REQUIRE(poll(&fds, 1, 30) == 0 && fds.revents == 0 && now() - before >= SHORT);
	REQUIRE(poll(0, 0, 1) == 0);
	REQUIRE(ppoll(&fds, 1, &(struct timespec){ .tv_nsec = 1000 }, 0) == 0);
	REQUIRE(FAILS(ppoll(&fds, 1, &(struct timespec){ .tv_nsec = -1 }, 0), EINVAL));
	return close_both();
}

/* The signal is blocked but while ppoll waits. */
static int ppoll_lets_signals_through(void)
{
	sigset_t blocked, before, after;
	pthread_t self = pthread_self();
	REQUIRE(pipe(ends) == 0 && handle(SIGUSR1, SA_RESTART) == 0);
	struct pollfd fds = { .fd = ends[0], .events = POLLIN };
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	REQUIRE(pthread_sigmask(SIG_BLOCK, &blocked, &before) == 0);
	REQUIRE(raise(SIGUSR1) == 0 && !received);
	REQUIRE(FAILS(ppoll(&fds, 1, 0, &before), EINTR) && received == SIGUSR1);
	received = 0;
	pthread_t thread = begin(signal_later, &self);
	REQUIRE(FAILS(ppoll(&fds, 1, 0, &before), EINTR) && received == SIGUSR1);
	end(thread);
	REQUIRE(pthread_sigmask(SIG_SETMASK, &before, &after) == 0 && sigismember(&after, SIGUSR1));
	return close_both();
}

static int poll_is_interrupted(void)
{
	pthread_t self = pthread_self();
	REQUIRE(handle(SIGUSR1, SA_RESTART) == 0);
	pthread_t thread = begin(signal_later, &self);
	REQUIRE(FAILS(poll(0, 0, 5000), EINTR) && received == SIGUSR1);
	end(thread);
	return 1;
}

/* -- select -- */

static int select_for_several(void)
{
	fd_set readable, writable, exceptional;
	REQUIRE(pipe(ends) == 0 && write(ends[1], "x", 1) == 1);
	FD_ZERO(&readable);
	FD_ZERO(&writable);
	FD_ZERO(&exceptional);
	FD_SET(ends[0], &readable);
	FD_SET(ends[1], &readable);
	FD_SET(ends[1], &writable);
	FD_SET(ends[0], &exceptional);
	REQUIRE(select(ends[1] + 1, &readable, &writable, &exceptional, 0) == 2);
	REQUIRE(FD_ISSET(ends[0], &readable) && !FD_ISSET(ends[1], &readable) && FD_ISSET(ends[1], &writable));
	REQUIRE(!FD_ISSET(ends[0], &exceptional));
	return close_both();
}

static int select_times_out(void)
{
	fd_set readable;
	struct timeval time = { .tv_usec = 20000 };
	REQUIRE(pipe(ends) == 0);
	FD_ZERO(&readable);
	FD_SET(ends[0], &readable);
	REQUIRE(select(ends[0] + 1, &readable, 0, 0, &time) == 0 && !FD_ISSET(ends[0], &readable));
	FD_SET(ends[0], &readable);
	REQUIRE(close_both() && FAILS(select(ends[0] + 1, &readable, 0, 0, &time), EBADF));
	return FAILS(select(-1, 0, 0, 0, &time), EINVAL);
}

static int pselect_waits(void)
{
	fd_set readable;
	sigset_t none;
	sigemptyset(&none);
	REQUIRE(pipe(ends) == 0);
	FD_ZERO(&readable);
	FD_SET(ends[0], &readable);
	struct action action = { .fd = ends[1] };
	pthread_t thread = begin(close_later, &action);
	REQUIRE(pselect(ends[0] + 1, &readable, 0, 0, 0, &none) == 1 && FD_ISSET(ends[0], &readable));
	end(thread);
	return close(ends[0]) == 0;
}

/* -- eventfd -- */

static int counters(void)
{
	eventfd_t value = 0;
	char small[7];
	int fd = eventfd(3, EFD_NONBLOCK | EFD_CLOEXEC);
	struct pollfd fds = { .fd = fd, .events = POLLIN | POLLOUT };
	REQUIRE(fd >= 0 && fcntl(fd, F_GETFD) == FD_CLOEXEC);
	REQUIRE(eventfd_write(fd, 4) == 0 && eventfd_read(fd, &value) == 0 && value == 7);
	REQUIRE(FAILS(eventfd_read(fd, &value), EAGAIN) && poll(&fds, 1, 0) == 1 && fds.revents == POLLOUT);
	REQUIRE(eventfd_write(fd, UINT64_MAX - 1) == 0 && poll(&fds, 1, 0) == 1 && fds.revents == POLLIN);
	REQUIRE(FAILS(eventfd_write(fd, 1), EAGAIN) && FAILS(eventfd_write(fd, UINT64_MAX), EINVAL));
	REQUIRE(FAILS(read(fd, small, sizeof small), EINVAL) && FAILS(write(fd, small, sizeof small), EINVAL));
	return close(fd) == 0;
}

static int counters_as_semaphores(void)
{
	eventfd_t value = 0;
	int fd = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK);
	REQUIRE(eventfd_read(fd, &value) == 0 && value == 1 && eventfd_read(fd, &value) == 0 && value == 1);
	REQUIRE(FAILS(eventfd_read(fd, &value), EAGAIN));
	return close(fd) == 0;
}

static int counters_wait(void)
{
	eventfd_t value = 5, got = 0;
	int fd = eventfd(0, 0);
	struct action action = { .fd = fd, .data = &value, .size = sizeof value };
	pthread_t thread = begin(write_later, &action);
	REQUIRE(eventfd_read(fd, &got) == 0 && got == 5);
	end(thread);
	REQUIRE(eventfd_write(fd, UINT64_MAX - 1) == 0);
	action.size = 8;
	thread = begin(read_later, &action);
	REQUIRE(eventfd_write(fd, 2) == 0 && eventfd_read(fd, &got) == 0 && got == 2);
	end(thread);
	return close(fd) == 0;
}

/* -- timerfd -- */

static int timers_expire(void)
{
	uint64_t count = 0;
	struct itimerspec time = { .it_value.tv_nsec = 200000000 }, rest;
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	REQUIRE(fd >= 0);
	long long before = now();
	REQUIRE(timerfd_settime(fd, 0, &time, 0) == 0);
	REQUIRE(timerfd_gettime(fd, &rest) == 0 && rest.it_value.tv_nsec > 0 && rest.it_value.tv_nsec <= 200000000);
	REQUIRE(read(fd, &count, sizeof count) == 8 && count == 1 && now() - before >= 200000000);
	REQUIRE(timerfd_gettime(fd, &rest) == 0 && !rest.it_value.tv_sec && !rest.it_value.tv_nsec);
	REQUIRE(FAILS(read(fd, &count, 7), EINVAL));
	return close(fd) == 0;
}

static int timers_repeat(void)
{
	uint64_t count = 0;
	struct itimerspec time = { .it_value.tv_nsec = 100000000, .it_interval.tv_nsec = 10000000 }, old, none = { 0 };
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	REQUIRE(timerfd_settime(fd, 0, &time, 0) == 0 && FAILS(read(fd, &count, sizeof count), EAGAIN));
	pause_for(145000000);
	REQUIRE(read(fd, &count, sizeof count) == 8 && count >= 5);
	struct pollfd fds = { .fd = fd, .events = POLLIN };
	REQUIRE(poll(&fds, 1, 1000) == 1 && fds.revents == POLLIN && read(fd, &count, sizeof count) == 8 && count >= 1);
	REQUIRE(timerfd_settime(fd, 0, &none, &old) == 0 && old.it_interval.tv_nsec == 10000000);
	REQUIRE(poll(&fds, 1, 30) == 0);
	return close(fd) == 0;
}

static int timers_at_a_moment(void)
{
	uint64_t count = 0;
	struct itimerspec time = { 0 };
	int fd = timerfd_create(CLOCK_REALTIME, 0);
	long long before = now();
	clock_gettime(CLOCK_REALTIME, &time.it_value);
	time.it_value.tv_nsec += 20000000;
	if (time.it_value.tv_nsec >= 1000000000) time.it_value.tv_nsec -= 1000000000, time.it_value.tv_sec++;
	REQUIRE(timerfd_settime(fd, TFD_TIMER_ABSTIME, &time, 0) == 0);
	REQUIRE(read(fd, &count, sizeof count) == 8 && count == 1 && now() - before >= 19000000);
	time = (struct itimerspec){ .it_value.tv_nsec = 1 }; /* long ago */
	REQUIRE(timerfd_settime(fd, TFD_TIMER_ABSTIME, &time, 0) == 0 && read(fd, &count, sizeof count) == 8 && count == 1);
	time.it_value.tv_nsec = 1000000000;
	REQUIRE(FAILS(timerfd_settime(fd, 0, &time, 0), EINVAL) && FAILS(timerfd_create(99, 0), EINVAL));
	time.it_value.tv_nsec = 0;
	REQUIRE(FAILS(timerfd_settime(1, 0, &time, 0), EINVAL) && FAILS(timerfd_settime(900, 0, &time, 0), EBADF));
	return close(fd) == 0;
}

static int timers_wake_pollers(void)
{
	struct itimerspec time = { .it_value.tv_nsec = 20000000 };
	struct epoll_event event = { .events = EPOLLIN, .data.u32 = 77 }, got;
	int fd = timerfd_create(CLOCK_MONOTONIC, 0), epoll = epoll_create1(0);
	REQUIRE(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0 && epoll_wait(epoll, &got, 1, 0) == 0);
	REQUIRE(timerfd_settime(fd, 0, &time, 0) == 0);
	REQUIRE(epoll_wait(epoll, &got, 1, 2000) == 1 && got.data.u32 == 77 && got.events == EPOLLIN);
	return close(fd) == 0 && close(epoll) == 0;
}

/* -- signalfd -- */

static int signals_are_read(void)
{
	sigset_t set, before;
	struct signalfd_siginfo information[3];
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	REQUIRE(pthread_sigmask(SIG_BLOCK, &set, &before) == 0);
	int fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	struct pollfd fds = { .fd = fd, .events = POLLIN };
	REQUIRE(fd >= 0 && FAILS(read(fd, information, sizeof information), EAGAIN) && poll(&fds, 1, 0) == 0);
	REQUIRE(raise(SIGUSR1) == 0 && poll(&fds, 1, 0) == 1 && fds.revents == POLLIN);
	REQUIRE(read(fd, information, sizeof information) == sizeof *information);
	REQUIRE(information->ssi_signo == SIGUSR1 && information->ssi_pid == (uint32_t)getpid());
	REQUIRE(FAILS(read(fd, information, sizeof information), EAGAIN));
	sigaddset(&set, SIGUSR2);
	REQUIRE(pthread_sigmask(SIG_BLOCK, &set, 0) == 0 && signalfd(fd, &set, 0) == fd);
	REQUIRE(raise(SIGUSR2) == 0 && raise(SIGUSR1) == 0);
	REQUIRE(read(fd, information, sizeof information) == 2 * sizeof *information);
	REQUIRE(information[0].ssi_signo == SIGUSR1 && information[1].ssi_signo == SIGUSR2);
	REQUIRE(FAILS(read(fd, information, 10), EINVAL) && FAILS(signalfd(1, &set, 0), EINVAL));
	REQUIRE(pthread_sigmask(SIG_SETMASK, &before, 0) == 0);
	return close(fd) == 0;
}

static int signals_are_waited_for(void)
{
	sigset_t set, before;
	struct signalfd_siginfo information;
	pthread_t self = pthread_self();
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	REQUIRE(pthread_sigmask(SIG_BLOCK, &set, &before) == 0);
	int fd = signalfd(-1, &set, 0);
	struct pollfd fds = { .fd = fd, .events = POLLIN };
	pthread_t thread = begin(signal_later, &self);
	REQUIRE(poll(&fds, 1, 5000) == 1 && read(fd, &information, sizeof information) == sizeof information);
	end(thread);
	thread = begin(signal_later, &self);
	REQUIRE(read(fd, &information, sizeof information) == sizeof information && information.ssi_signo == SIGUSR1);
	end(thread);
	REQUIRE(pthread_sigmask(SIG_SETMASK, &before, 0) == 0);
	return close(fd) == 0;
}

/* -- epoll -- */

static int wait_for(int epoll, unsigned *events)
{
	struct epoll_event event = { 0 };
	int count = epoll_wait(epoll, &event, 1, 0);
	*events = event.events;
	return count;
}

static int watch(int epoll, int fd, unsigned events)
{
	struct epoll_event event = { .events = events, .data.fd = fd };
	return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static int levels(void)
{
	unsigned events;
	char byte;
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	REQUIRE(epoll >= 0 && fcntl(epoll, F_GETFD) == FD_CLOEXEC && pipe(ends) == 0);
	REQUIRE(watch(epoll, ends[0], EPOLLIN) == 0 && wait_for(epoll, &events) == 0);
	REQUIRE(write(ends[1], "x", 1) == 1);
	REQUIRE(wait_for(epoll, &events) == 1 && events == EPOLLIN && wait_for(epoll, &events) == 1);
	REQUIRE(read(ends[0], &byte, 1) == 1 && wait_for(epoll, &events) == 0);
	REQUIRE(close(ends[1]) == 0 && wait_for(epoll, &events) == 1 && events == EPOLLHUP);
	return close(ends[0]) == 0 && close(epoll) == 0;
}

static int edges(void)
{
	unsigned events;
	char bytes[4];
	int epoll = epoll_create1(0);
	REQUIRE(pipe(ends) == 0 && write(ends[1], "x", 1) == 1 && watch(epoll, ends[0], EPOLLIN | EPOLLET) == 0);
	REQUIRE(wait_for(epoll, &events) == 1 && events == EPOLLIN && wait_for(epoll, &events) == 0);
	REQUIRE(write(ends[1], "y", 1) == 1 && wait_for(epoll, &events) == 1 && wait_for(epoll, &events) == 0);
	/* Emptied and filled again, unseen. */
	REQUIRE(read(ends[0], bytes, 4) == 2 && write(ends[1], "z", 1) == 1);
	REQUIRE(wait_for(epoll, &events) == 1 && wait_for(epoll, &events) == 0);
	REQUIRE(close(ends[1]) == 0 && wait_for(epoll, &events) == 1 && events == (EPOLLIN | EPOLLHUP));
	return close(ends[0]) == 0 && close(epoll) == 0;
}

/* A pipe that was not full is no news for those who write, nor what is read for those who read. */
static int edges_of_pipes(void)
{
	unsigned events;
	static char bytes[65536];
	int epoll = epoll_create1(0);
	REQUIRE(pipe2(ends, O_NONBLOCK) == 0 && watch(epoll, ends[1], EPOLLOUT | EPOLLET) == 0);
	REQUIRE(wait_for(epoll, &events) == 1 && events == EPOLLOUT && write(ends[1], bytes, 100) == 100);
	REQUIRE(read(ends[0], bytes, 50) == 50 && wait_for(epoll, &events) == 0);
	while (write(ends[1], bytes, sizeof bytes) > 0);
	REQUIRE(wait_for(epoll, &events) == 0 && read(ends[0], bytes, sizeof bytes) > 0);
	REQUIRE(wait_for(epoll, &events) == 1 && events == EPOLLOUT && wait_for(epoll, &events) == 0);
	return close_both() && close(epoll) == 0;
}

static int edges_of_counters(void)
{
	unsigned events;
	eventfd_t value;
	int epoll = epoll_create1(0), fd = eventfd(0, EFD_NONBLOCK);
	REQUIRE(watch(epoll, fd, EPOLLIN | EPOLLOUT | EPOLLET) == 0);
	REQUIRE(wait_for(epoll, &events) == 1 && events == EPOLLOUT && wait_for(epoll, &events) == 0);
	REQUIRE(eventfd_write(fd, 1) == 0 && wait_for(epoll, &events) == 1 && events == (EPOLLIN | EPOLLOUT));
	REQUIRE(wait_for(epoll, &events) == 0);
	REQUIRE(eventfd_read(fd, &value) == 0 && eventfd_write(fd, 1) == 0 && wait_for(epoll, &events) == 1);
	return close(fd) == 0 && close(epoll) == 0;
}

static int once_only(void)
{
	unsigned events;
	int epoll = epoll_create1(0);
	REQUIRE(pipe(ends) == 0 && write(ends[1], "x", 1) == 1 && watch(epoll, ends[0], EPOLLIN | EPOLLONESHOT) == 0);
	REQUIRE(wait_for(epoll, &events) == 1 && wait_for(epoll, &events) == 0);
	REQUIRE(write(ends[1], "y", 1) == 1 && wait_for(epoll, &events) == 0);
	struct epoll_event event = { .events = EPOLLIN | EPOLLONESHOT };
	REQUIRE(epoll_ctl(epoll, EPOLL_CTL_MOD, ends[0], &event) == 0);
	REQUIRE(wait_for(epoll, &events) == 1 && events == EPOLLIN && wait_for(epoll, &events) == 0);
	return close_both() && close(epoll) == 0;
}

static int lists_change(void)
{
	unsigned events;
	struct epoll_event event = { .events = EPOLLOUT, .data.u64 = 0x123456789abcdefull }, got;
	int epoll = epoll_create1(0);
	REQUIRE(pipe(ends) == 0 && watch(epoll, ends[1], 0) == 0 && wait_for(epoll, &events) == 0);
	REQUIRE(FAILS(watch(epoll, ends[1], EPOLLOUT), EEXIST));
	REQUIRE(epoll_ctl(epoll, EPOLL_CTL_MOD, ends[1], &event) == 0);
	REQUIRE(epoll_wait(epoll, &got, 1, 0) == 1 && got.data.u64 == event.data.u64 && got.events == EPOLLOUT);
	REQUIRE(epoll_ctl(epoll, EPOLL_CTL_DEL, ends[1], 0) == 0 && wait_for(epoll, &events) == 0);
	REQUIRE(FAILS(epoll_ctl(epoll, EPOLL_CTL_DEL, ends[1], 0), ENOENT));
	REQUIRE(FAILS(epoll_ctl(epoll, EPOLL_CTL_MOD, ends[1], &event), ENOENT));
	REQUIRE(FAILS(watch(epoll, 900, EPOLLIN), EBADF) && FAILS(watch(900, ends[0], EPOLLIN), EBADF));
	REQUIRE(FAILS(watch(ends[0], ends[1], EPOLLIN), EINVAL) && FAILS(watch(epoll, epoll, EPOLLIN), EINVAL));
	REQUIRE(FAILS(epoll_wait(epoll, &got, 0, 0), EINVAL) && FAILS(epoll_wait(ends[0], &got, 1, 0), EINVAL));
	return close_both() && close(epoll) == 0;
}

static int closed_files_disappear(void)
{
	unsigned events;
	int epoll = epoll_create1(0);
	REQUIRE(pipe(ends) == 0 && write(ends[1], "x", 1) == 1 && watch(epoll, ends[0], EPOLLIN) == 0);
	int copy = dup(ends[0]);
	REQUIRE(close(ends[0]) == 0 && wait_for(epoll, &events) == 1); /* the description is still open */
	REQUIRE(close(copy) == 0 && wait_for(epoll, &events) == 0);
	REQUIRE(close(ends[1]) == 0 && close(epoll) == 0);
	REQUIRE(pipe(ends) == 0 && (epoll = epoll_create1(0)) >= 0 && watch(epoll, ends[0], EPOLLIN) == 0);
	REQUIRE(close(epoll) == 0);
	return close_both();
}

static int regular_files_are_refused(void)
{
	char name[64];
	int epoll = epoll_create1(0);
	snprintf(name, sizeof name, "/tmp/talk-%d-regular", (int)getpid());
	int fd = open(name, O_RDWR | O_CREAT, 0600);
	REQUIRE(fd >= 0 && FAILS(watch(epoll, fd, EPOLLIN), EPERM));
	struct pollfd fds = { .fd = fd, .events = POLLIN | POLLOUT };
	REQUIRE(poll(&fds, 1, 0) == 1 && fds.revents == (POLLIN | POLLOUT));
	return close(fd) == 0 && unlink(name) == 0 && close(epoll) == 0;
}

static int many_are_told_in_turn(void)
{
	enum { COUNT = 8 };
	int fds[COUNT], epoll = epoll_create1(0), seen = 0;
	struct epoll_event got[3];
	for (int i = 0; i < COUNT; i++) {
		struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };
		REQUIRE((fds[i] = eventfd(1, 0)) >= 0 && epoll_ctl(epoll, EPOLL_CTL_ADD, fds[i], &event) == 0);
	}
	for (int turn = 0; turn < COUNT; turn++) {
		int count = epoll_wait(epoll, got, 3, 0);
		REQUIRE(count == 3);
		for (int i = 0; i < count; i++) seen |= 1 << got[i].data.u32;
	}
	REQUIRE(seen == (1 << COUNT) - 1);
	for (int i = 0; i < COUNT; i++) close(fds[i]);
	return close(epoll) == 0;
}

static int epolls_of_epolls(void)
{
	unsigned events;
	int outer = epoll_create1(0), inner = epoll_create1(0);
	REQUIRE(pipe(ends) == 0 && watch(inner, ends[0], EPOLLIN) == 0 && watch(outer, inner, EPOLLIN) == 0);
	REQUIRE(FAILS(watch(inner, outer, EPOLLIN), ELOOP));
	struct pollfd fds = { .fd = outer, .events = POLLIN };
	REQUIRE(wait_for(outer, &events) == 0 && poll(&fds, 1, 0) == 0);
	struct action action = { .fd = ends[1], .data = "x", .size = 1 };
	pthread_t thread = begin(write_later, &action);
	REQUIRE(poll(&fds, 1, 5000) == 1 && fds.revents == POLLIN && wait_for(outer, &events) == 1 && events == EPOLLIN);
	end(thread);
	return close_both() && close(outer) == 0 && close(inner) == 0;
}

static void *watch_later(void *epoll)
{
	pause_for(SHORT);
	watch(*(int *)epoll, ends[1], EPOLLOUT);
	return 0;
}

static int what_is_added_wakes(void)
{
	struct epoll_event got;
	int epoll = epoll_create1(0);
	REQUIRE(pipe(ends) == 0);
	pthread_t thread = begin(watch_later, &epoll);
	REQUIRE(epoll_wait(epoll, &got, 1, 5000) == 1 && got.data.fd == ends[1] && got.events == EPOLLOUT);
	end(thread);
	long long before = now();
	struct epoll_event none = { 0 };
	REQUIRE(epoll_ctl(epoll, EPOLL_CTL_MOD, ends[1], &none) == 0 && epoll_wait(epoll, &got, 1, 20) == 0);
	REQUIRE(now() - before >= 20000000);
	return close_both() && close(epoll) == 0;
}

static int epoll_lets_signals_through(void)
{
	sigset_t blocked, before;
	struct epoll_event got;
	int epoll = epoll_create1(0);
	REQUIRE(handle(SIGUSR1, 0) == 0);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	REQUIRE(pthread_sigmask(SIG_BLOCK, &blocked, &before) == 0 && raise(SIGUSR1) == 0 && !received);
	REQUIRE(epoll_pwait(epoll, &got, 1, 1, &blocked) == 0 && !received);
	REQUIRE(FAILS(epoll_pwait(epoll, &got, 1, 5000, &before), EINTR) && received == SIGUSR1);
	REQUIRE(pthread_sigmask(SIG_SETMASK, &before, 0) == 0);
	return close(epoll) == 0;
}

#define CHECKS(X) \
	X(poll_for_several) \
	X(poll_waits) \
	X(poll_times_out) \
	X(select_for_several) \
	X(select_times_out) \
	X(pselect_waits) \
	X(counters) \
	X(counters_as_semaphores) \
	X(counters_wait) \
	X(levels) \
	X(edges) \
	X(edges_of_pipes) \
	X(edges_of_counters) \
	X(once_only) \
	X(lists_change) \
	X(closed_files_disappear) \
	X(regular_files_are_refused) \
	X(many_are_told_in_turn) \
	X(epolls_of_epolls) \
	X(what_is_added_wakes) \
	X(timers_expire) \
	X(timers_repeat) \
	X(timers_at_a_moment) \
	X(timers_wake_pollers) \
	X(poll_is_interrupted) \
	X(ppoll_lets_signals_through) \
	X(epoll_lets_signals_through) \
	X(signals_are_read) \
	X(signals_are_waited_for)

int main(void)
{
	static const struct check checks[] = { CHECKS(ENTRY) };
	return main_with(checks, sizeof checks / sizeof *checks);
}
