/* Time, descriptors, signals and limits: where musl meets the kernel. */
#include "self-test.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

int time_has_64_bits(void)
{
	time_t late = (time_t)0x100000000LL; /* 2106-02-07 06:28:16 UTC: beyond 32 bits, signed or not */
	struct timespec now;
	struct tm *date = gmtime(&late);
	REQUIRE(sizeof(time_t) == 8);
	REQUIRE(date && date->tm_year == 206 && date->tm_mon == 1 && date->tm_mday == 7 && date->tm_sec == 16);
	REQUIRE(timegm(date) == late);
	REQUIRE(clock_gettime(CLOCK_MONOTONIC, &now) == 0 && now.tv_nsec >= 0 && now.tv_nsec < 1000000000);
	return 1;
}

int eventfd_and_epoll(void)
{
	eventfd_t value;
	struct epoll_event event = { .events = EPOLLIN, .data.u64 = 0x123456789abcdefULL };
	int counter = eventfd(0, EFD_CLOEXEC), poller = epoll_create1(EPOLL_CLOEXEC);
	REQUIRE_CALL(counter);
	REQUIRE_CALL(poller);
	REQUIRE(epoll_ctl(poller, EPOLL_CTL_ADD, counter, &event) == 0);
	REQUIRE(epoll_wait(poller, &event, 1, 0) == 0);
	REQUIRE(eventfd_write(counter, 42) == 0);
	REQUIRE(epoll_wait(poller, &event, 1, 1000) == 1 && event.data.u64 == 0x123456789abcdefULL);
	REQUIRE(eventfd_read(counter, &value) == 0 && value == 42);
	close(poller);
	close(counter);
	return 1;
}

int timerfd(void)
{
	uint64_t expirations = 0;
	struct itimerspec soon = { .it_value.tv_nsec = 1000000 };
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	REQUIRE_CALL(timer);
	REQUIRE(timerfd_settime(timer, 0, &soon, 0) == 0);
	REQUIRE(read(timer, &expirations, sizeof expirations) == sizeof expirations && expirations == 1);
	close(timer);
	return 1;
}

int signals(void)
{
	sigset_t set, old;
	struct signalfd_siginfo received;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	REQUIRE(pthread_sigmask(SIG_BLOCK, &set, &old) == 0);
	int queue = signalfd(-1, &set, SFD_CLOEXEC);
	REQUIRE_CALL(queue);
	REQUIRE(kill(getpid(), SIGUSR1) == 0);
	REQUIRE(read(queue, &received, sizeof received) == sizeof received && received.ssi_signo == SIGUSR1);
	REQUIRE(pthread_sigmask(SIG_SETMASK, &old, 0) == 0);
	close(queue);
	return 1;
}

int system_limits(void)
{
	REQUIRE(sysconf(_SC_NPROCESSORS_ONLN) >= 1);
	REQUIRE(sysconf(_SC_PAGESIZE) == (long)getauxval(AT_PAGESZ));
	REQUIRE(sysconf(_SC_OPEN_MAX) > 0);
	errno = 0;
	REQUIRE(sysconf(-1) == -1 && errno == EINVAL);
	return 1;
}
