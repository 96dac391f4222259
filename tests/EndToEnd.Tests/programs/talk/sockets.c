/* Sockets of the UNIX family: pairs, names, messages with files. */
#define _GNU_SOURCE
#include "talk.h"

#include <poll.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>

/* QEMU 7 in user mode knows no 64-bit times of sockets. */
#if defined IN_USER_EMULATION && defined __arm__
#define LACKS_TIME64 1
#else
#define LACKS_TIME64 0
#endif

static int ends[2];
static char large[1 << 20];

static int close_both(void)
{
	return close(ends[0]) == 0 && close(ends[1]) == 0;
}

static int events_of(int fd, int events)
{
	struct pollfd poll_fd = { .fd = fd, .events = events };
	return poll(&poll_fd, 1, 0) < 0 ? -1 : poll_fd.revents;
}

static struct sockaddr_un name;
static socklen_t name_size;

static struct sockaddr *file_name(const char *what)
{
	memset(&name, 0, sizeof name);
	name.sun_family = AF_UNIX;
	snprintf(name.sun_path, sizeof name.sun_path, "/tmp/talk-%d-%s", (int)getpid(), what);
	name_size = offsetof(struct sockaddr_un, sun_path) + strlen(name.sun_path) + 1;
	return (struct sockaddr *)&name;
}

static struct sockaddr *abstract_name(const char *what)
{
	memset(&name, 0, sizeof name);
	name.sun_family = AF_UNIX;
	int length = snprintf(name.sun_path + 1, sizeof name.sun_path - 1, "talk-%d-%s", (int)getpid(), what);
	name_size = offsetof(struct sockaddr_un, sun_path) + 1 + length;
	return (struct sockaddr *)&name;
}

/* The arguments of a call have no order, and the size is that of the name. */
static int bind_to(int fd, struct sockaddr *address)
{
	return bind(fd, address, name_size);
}

static int connect_to(int fd, struct sockaddr *address)
{
	return connect(fd, address, name_size);
}

/* -- Pairs -- */

static int pairs_of_streams(void)
{
	char text[8];
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	REQUIRE(write(ends[0], "abc", 3) == 3 && send(ends[0], "de", 2, 0) == 2 && write(ends[1], "12", 2) == 2);
	REQUIRE(read(ends[1], text, 4) == 4 && !memcmp(text, "abcd", 4));
	REQUIRE(recv(ends[1], text, 8, 0) == 1 && *text == 'e' && recv(ends[0], text, 8, 0) == 2);
	REQUIRE(FAILS(recv(ends[0], text, 8, MSG_DONTWAIT), EAGAIN));
	REQUIRE(close(ends[0]) == 0 && read(ends[1], text, 8) == 0);
	REQUIRE(FAILS(send(ends[1], "x", 1, MSG_NOSIGNAL), EPIPE));
	REQUIRE(events_of(ends[1], POLLIN | POLLOUT | POLLRDHUP) == (POLLIN | POLLOUT | POLLRDHUP | POLLHUP));
	return close(ends[1]) == 0;
}

static int pairs_keep_records(void)
{
	char text[8];
	struct msghdr message = { .msg_iov = &(struct iovec){ text, 2 }, .msg_iovlen = 1 };
	REQUIRE(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) == 0);
	REQUIRE(write(ends[0], "abc", 3) == 3 && write(ends[0], "de", 2) == 2 && write(ends[0], "fghi", 4) == 4);
	REQUIRE(read(ends[1], text, 8) == 3 && read(ends[1], text, 8) == 2);
	REQUIRE(recvmsg(ends[1], &message, 0) == 2 && message.msg_flags & MSG_TRUNC);
	REQUIRE(close(ends[0]) == 0 && read(ends[1], text, 8) == 0 && close(ends[1]) == 0);
	REQUIRE(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
	REQUIRE(fcntl(ends[0], F_GETFD) == FD_CLOEXEC && fcntl(ends[1], F_GETFL) & O_NONBLOCK);
	REQUIRE(write(ends[0], "abc", 3) == 3 && write(ends[0], "", 0) == 0 && write(ends[0], "fghi", 4) == 4);
	REQUIRE(recv(ends[1], text, 2, MSG_TRUNC) == 3 && read(ends[1], text, 8) == 0 && read(ends[1], text, 8) == 4);
	REQUIRE(FAILS(read(ends[1], text, 8), EAGAIN));
	return close_both();
}

static int peeking(void)
{
	char text[8];
	int n;
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	REQUIRE(write(ends[0], "abc", 3) == 3 && recv(ends[1], text, 2, MSG_PEEK) == 2 && recv(ends[1], text, 8, MSG_PEEK) == 3);
	REQUIRE(ioctl(ends[1], FIONREAD, &n) == 0 && n == 3);
	REQUIRE(recv(ends[1], text, 8, 0) == 3 && !memcmp(text, "abc", 3) && ioctl(ends[1], FIONREAD, &n) == 0 && n == 0);
	return close_both();
}

static int waiting_for_all(void)
{
	char text[8];
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 && write(ends[0], "abc", 3) == 3);
	struct action action = { .fd = ends[0], .data = "defg", .size = 4 };
	pthread_t thread = begin(write_later, &action);
	REQUIRE(recv(ends[1], text, 6, MSG_WAITALL) == 6 && !memcmp(text, "abcdef", 6));
	end(thread);
	action = (struct action){ .fd = ends[0] };
	thread = begin(close_later, &action);
	REQUIRE(recv(ends[1], text, 6, MSG_WAITALL) == 1 && *text == 'g');
	end(thread);
	return close(ends[1]) == 0;
}

static void *receive_all(void *sum)
{
	static char buffer[10001];
	long n;
	unsigned char expected = 0;
	while ((n = read(ends[1], buffer, sizeof buffer)) > 0) {
		for (long i = 0; i < n; i++) if ((unsigned char)buffer[i] != (unsigned char)(expected++ * 5)) return 0;
		*(long *)sum += n;
	}
	return 0;
}

static int long_streams(void)
{
	long sum = 0;
	for (size_t i = 0; i < sizeof large; i++) large[i] = i * 5;
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	pthread_t thread = begin(receive_all, &sum);
	REQUIRE(write(ends[0], large, sizeof large) == (ssize_t)sizeof large && close(ends[0]) == 0);
	end(thread);
	REQUIRE(sum == sizeof large);
	return close(ends[1]) == 0;
}

static int full_streams(void)
{
	long sent = 0, n;
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
	REQUIRE(events_of(ends[0], POLLIN | POLLOUT) == POLLOUT);
	while ((n = write(ends[0], large, 50000)) > 0) sent += n;
	REQUIRE(errno == EAGAIN && sent > 50000 && events_of(ends[0], POLLIN | POLLOUT) == 0);
	while ((n = read(ends[1], large, 50000)) > 0) sent -= n;
	REQUIRE(sent == 0 && events_of(ends[0], POLLIN | POLLOUT) == POLLOUT);
	return close_both();
}

static int half_closed(void)
{
	char text[4];
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 && write(ends[0], "x", 1) == 1);
	REQUIRE(shutdown(ends[0], SHUT_WR) == 0 && FAILS(send(ends[0], "y", 1, MSG_NOSIGNAL), EPIPE));
	REQUIRE(read(ends[1], text, 4) == 1 && read(ends[1], text, 4) == 0);
	REQUIRE(events_of(ends[1], POLLIN | POLLRDHUP) == (POLLIN | POLLRDHUP));
	REQUIRE(write(ends[1], "back", 4) == 4 && read(ends[0], text, 4) == 4);
	REQUIRE(FAILS(shutdown(ends[0], 7), EINVAL) && shutdown(ends[0], SHUT_RD) == 0);
	REQUIRE(FAILS(send(ends[1], "y", 1, MSG_NOSIGNAL), EPIPE) && events_of(ends[1], 0) == POLLHUP);
	return close_both();
}

static int unread_data_is_reported(void)
{
	char text[4];
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 && write(ends[0], "x", 1) == 1 && close(ends[1]) == 0);
	REQUIRE(FAILS(read(ends[0], text, 4), ECONNRESET) && read(ends[0], text, 4) == 0);
	return close(ends[0]) == 0;
}

/* What kernels do in corners that programs run into. */
static int ends_of_records(void)
{
	char text[4];
	int n;
	REQUIRE(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) == 0 && write(ends[0], "abc", 3) == 3 && write(ends[0], "de", 2) == 2);
	REQUIRE(ioctl(ends[1], FIONREAD, &n) == 0 && n == 5 && write(ends[1], "x", 1) == 1 && close(ends[1]) == 0);
	REQUIRE(FAILS(read(ends[0], text, 4), ECONNRESET) && read(ends[0], text, 4) == 1 && read(ends[0], text, 4) == 0);
	REQUIRE(FAILS(write(ends[0], "x", 1), EPIPE) && close(ends[0]) == 0);
	REQUIRE(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends) == 0 && write(ends[0], "abc", 3) == 3);
	REQUIRE(write(ends[0], "de", 2) == 2 && ioctl(ends[1], FIONREAD, &n) == 0 && n == 3);
	REQUIRE(shutdown(ends[1], SHUT_RD) == 0 && FAILS(write(ends[0], "x", 1), EPIPE) && read(ends[1], text, 4) == 3);
	REQUIRE(read(ends[1], text, 4) == 2 && FAILS(read(ends[1], text, 4), EAGAIN) && fcntl(ends[1], F_SETFL, 0) == 0);
	REQUIRE(read(ends[1], text, 4) == 0 && close(ends[1]) == 0);
	REQUIRE(FAILS(write(ends[0], "x", 1), ECONNREFUSED) && FAILS(write(ends[0], "x", 1), ENOTCONN));
	return close(ends[0]) == 0;
}

static int times_limit_waiting(void)
{
	char byte;
	struct timeval time = { .tv_usec = 30000 }, got;
	socklen_t size = sizeof got;
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	REQUIRE(setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time) == 0);
	if (!LACKS_TIME64) REQUIRE(getsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &got, &size) == 0 && got.tv_usec >= 30000);
	long long before = now();
	REQUIRE(FAILS(read(ends[0], &byte, 1), EAGAIN) && now() - before >= 29000000);
	REQUIRE(setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time) == 0);
	REQUIRE(write(ends[0], large, sizeof large) < (ssize_t)sizeof large && FAILS(write(ends[0], large, sizeof large), EAGAIN));
	return close_both();
}

/* -- Names -- */

static int server_by_file_name(void)
{
	char text[8];
	struct stat status;
	struct sockaddr_un got;
	socklen_t size = sizeof got;
	int server = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);
	unlink((file_name("stream"), name.sun_path));
	REQUIRE(FAILS(connect(client, (void *)&name, name_size), ENOENT) && FAILS(listen(server, 5), EINVAL));
	REQUIRE(bind(server, (void *)&name, name_size) == 0 && stat(name.sun_path, &status) == 0 && S_ISSOCK(status.st_mode));
	REQUIRE(FAILS(open(name.sun_path, O_RDWR), ENXIO));
	REQUIRE(FAILS(connect(client, (void *)&name, name_size), ECONNREFUSED) && listen(server, 5) == 0);
	REQUIRE(FAILS(bind(client, (void *)&name, name_size), EADDRINUSE) && events_of(server, POLLIN) == 0);
	int another = socket(AF_UNIX, SOCK_DGRAM, 0);
	REQUIRE(FAILS(connect(another, (void *)&name, name_size), EPROTOTYPE) && close(another) == 0);
	REQUIRE(connect(client, (void *)&name, name_size) == 0 && events_of(server, POLLIN) == POLLIN);
	REQUIRE(FAILS(connect(client, (void *)&name, name_size), EISCONN) && write(client, "before", 6) == 6);
	int accepted = accept4(server, (void *)&got, &size, SOCK_CLOEXEC);
	REQUIRE(accepted >= 0 && size == 2 && got.sun_family == AF_UNIX && fcntl(accepted, F_GETFD) == FD_CLOEXEC);
	REQUIRE(read(accepted, text, 8) == 6 && write(accepted, "yes", 3) == 3 && read(client, text, 8) == 3);
	size = sizeof got;
	REQUIRE(getsockname(accepted, (void *)&got, &size) == 0 && size == name_size && !strcmp(got.sun_path, name.sun_path));
	size = sizeof got;
	REQUIRE(getpeername(client, (void *)&got, &size) == 0 && size == name_size && !strcmp(got.sun_path, name.sun_path));
	size = 4;
	REQUIRE(getpeername(client, (void *)&got, &size) == 0 && size == name_size);
	REQUIRE(FAILS(getpeername(server, (void *)&got, &size), ENOTCONN) && FAILS(accept(client, 0, 0), EINVAL));
	REQUIRE(close(server) == 0 && FAILS(connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&name, name_size), ECONNREFUSED));
	return unlink(name.sun_path) == 0 && close(accepted) == 0 && close(client) == 0;
}

static void *connect_later(void *fd)
{
	pause_for(SHORT);
	connect(*(int *)fd, (void *)&name, name_size);
	return 0;
}

static int accepting_waits(void)
{
	int server = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);
	REQUIRE(bind_to(server, abstract_name("accept")) == 0 && listen(server, 1) == 0);
	REQUIRE(fcntl(server, F_SETFL, O_NONBLOCK) == 0 && FAILS(accept(server, 0, 0), EAGAIN) && fcntl(server, F_SETFL, 0) == 0);
	pthread_t thread = begin(connect_later, &client);
	int accepted = accept(server, 0, 0);
	end(thread);
	REQUIRE(accepted >= 0 && close(accepted) == 0);
	return close(server) == 0 && close(client) == 0;
}

static int abstract_names(void)
{
	struct sockaddr_un got;
	socklen_t size = sizeof got;
	int server = socket(AF_UNIX, SOCK_SEQPACKET, 0), client = socket(AF_UNIX, SOCK_SEQPACKET, 0), other;
	char text[4];
	REQUIRE(bind_to(server, abstract_name("a")) == 0 && listen(server, 0) == 0);
	REQUIRE(FAILS(bind(client, (void *)&name, name_size), EADDRINUSE) && FAILS(bind_to(server, abstract_name("b")), EINVAL));
	REQUIRE(FAILS(connect_to(client, abstract_name("b")), ECONNREFUSED));
	other = socket(AF_UNIX, SOCK_STREAM, 0);
	REQUIRE(FAILS(connect_to(other, abstract_name("a")), ECONNREFUSED)); /* for each type there are others */
	REQUIRE(connect(client, (void *)&name, name_size) == 0 && write(client, "1", 1) == 1);
	int accepted = accept(server, 0, 0);
	REQUIRE(accepted >= 0 && read(accepted, text, 4) == 1);
	REQUIRE(bind(other, (void *)&name, 2) == 0 && getsockname(other, (void *)&got, &size) == 0 && size == 8 && !*got.sun_path);
	REQUIRE(close(accepted) == 0 && close(other) == 0 && close(server) == 0 && close(client) == 0);
	server = socket(AF_UNIX, SOCK_STREAM, 0);
	REQUIRE(bind_to(server, abstract_name("a")) == 0);
	return close(server) == 0;
}

static int full_backlogs(void)
{
	int server = socket(AF_UNIX, SOCK_STREAM, 0), clients[3];
	REQUIRE(bind_to(server, abstract_name("backlog")) == 0 && listen(server, 1) == 0);
	for (int i = 0; i < 3; i++) clients[i] = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	REQUIRE(connect(clients[0], (void *)&name, name_size) == 0 && connect(clients[1], (void *)&name, name_size) == 0);
	REQUIRE(FAILS(connect(clients[2], (void *)&name, name_size), EAGAIN));
	REQUIRE(fcntl(clients[2], F_SETFL, 0) == 0);
	pthread_t thread = begin(connect_later, clients + 2);
	pause_for(3 * SHORT);
	int accepted = accept(server, 0, 0);
	REQUIRE(accepted >= 0 && close(accepted) == 0);
	end(thread);
	REQUIRE(write(clients[2], "x", 1) == 1 && close(server) == 0);
	char byte;
	REQUIRE(FAILS(read(clients[2], &byte, 1), ECONNRESET));
	for (int i = 0; i < 3; i++) close(clients[i]);
	return 1;
}

static int datagrams_by_name(void)
{
	char text[8];
	struct sockaddr_un got, own;
	socklen_t size = sizeof got, own_size;
	int one = socket(AF_UNIX, SOCK_DGRAM, 0), other = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0), third;
	REQUIRE(FAILS(write(one, "x", 1), ENOTCONN));
	REQUIRE(bind_to(one, abstract_name("one")) == 0);
	own = name, own_size = name_size;
	REQUIRE(FAILS((abstract_name("other"), sendto(one, "x", 1, 0, (void *)&name, name_size)), ECONNREFUSED));
	REQUIRE(bind(other, (void *)&name, name_size) == 0);
	REQUIRE(sendto(one, "hello", 5, 0, (void *)&name, name_size) == 5);
	REQUIRE(recvfrom(other, text, 8, 0, (void *)&got, &size) == 5 && size == own_size && !memcmp(&got, &own, size));
	REQUIRE(connect(one, (void *)&name, name_size) == 0 && write(one, "more", 4) == 4);
	third = socket(AF_UNIX, SOCK_DGRAM, 0);
	REQUIRE(FAILS(sendto(third, "x", 1, 0, (void *)&own, own_size), EPERM));
	REQUIRE(sendto(third, "y", 1, 0, (void *)&name, name_size) == 1);
	REQUIRE(read(other, text, 8) == 4 && (size = sizeof got, recvfrom(other, text, 8, 0, (void *)&got, &size)) == 1 && size == 0);
	int sent = 0;
	REQUIRE(fcntl(one, F_SETFL, O_NONBLOCK) == 0);
	while (write(one, "x", 1) == 1) sent++;
	REQUIRE(errno == EAGAIN && sent > 3 && events_of(one, POLLOUT) == 0);
	while (read(other, text, 8) == 1) sent--;
	REQUIRE(sent == 0 && events_of(one, POLLOUT) == POLLOUT);
	REQUIRE(close(other) == 0 && FAILS(write(one, "x", 1), ECONNREFUSED));
	return close(one) == 0 && close(third) == 0;
}

/* -- Messages -- */

union control { char bytes[256]; struct cmsghdr header; };

static int send_files(int through, const int *fds, int count)
{
	union control control = { 0 };
	struct msghdr message = { .msg_iov = &(struct iovec){ "files", 5 }, .msg_iovlen = 1, .msg_control = &control,
		.msg_controllen = CMSG_SPACE(count * sizeof *fds) };
	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(count * sizeof *fds);
	memcpy(CMSG_DATA(&control.header), fds, count * sizeof *fds);
	return sendmsg(through, &message, 0);
}

/* Returns how many came. */
static int receive_files(int through, int *fds, size_t room, int flags, int *flags_received)
{
	char text[16];
	union control control = { 0 };
	struct msghdr message = { .msg_iov = &(struct iovec){ text, sizeof text }, .msg_iovlen = 1, .msg_control = &control,
		.msg_controllen = room };
	if (recvmsg(through, &message, flags) != 5) return -1;
	*flags_received = message.msg_flags;
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	if (!header) return 0;
	int count = (header->cmsg_len - CMSG_LEN(0)) / sizeof *fds;
	if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) return -2;
	memcpy(fds, CMSG_DATA(header), count * sizeof *fds);
	return count;
}

static int files_are_passed(void)
{
	int pipe_ends[2], got[4], flags;
	char text[8];
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 && pipe(pipe_ends) == 0);
	REQUIRE(send_files(ends[0], pipe_ends, 2) == 5 && write(pipe_ends[1], "x", 1) == 1);
	REQUIRE(close(pipe_ends[0]) == 0 && close(pipe_ends[1]) == 0);
	REQUIRE(receive_files(ends[1], got, 256, MSG_CMSG_CLOEXEC, &flags) == 2 && !(flags & MSG_CTRUNC));
	REQUIRE(fcntl(got[0], F_GETFD) == FD_CLOEXEC && read(got[0], text, 8) == 1);
	REQUIRE(close(got[1]) == 0 && read(got[0], text, 8) == 0);
	REQUIRE(FAILS(send_files(ends[0], (int[]){ 900 }, 1), EBADF));
	/* What nobody receives is closed in the end. */
	REQUIRE(pipe(pipe_ends) == 0 && send_files(ends[0], pipe_ends + 1, 1) == 5 && close(pipe_ends[1]) == 0);
	REQUIRE(events_of(pipe_ends[0], POLLIN) == 0 && close_both() && events_of(pipe_ends[0], POLLIN) == POLLHUP);
	return close(pipe_ends[0]) == 0 && close(got[0]) == 0;
}

static int files_without_room(void)
{
	int pipe_ends[2], got[4], flags;
	char text[16];
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 && pipe(pipe_ends) == 0);
	REQUIRE(send_files(ends[0], (int[]){ pipe_ends[1], pipe_ends[1], pipe_ends[1] }, 3) == 5);
	REQUIRE(receive_files(ends[1], got, 0, 0, &flags) == 0 && flags & MSG_CTRUNC);
	REQUIRE(send_files(ends[0], pipe_ends + 1, 1) == 5 && close(pipe_ends[1]) == 0);
	REQUIRE(read(ends[1], text, sizeof text) == 5 && events_of(pipe_ends[0], POLLIN) == POLLHUP);
	return close(pipe_ends[0]) == 0 && close_both();
}

/* A read ends behind the bytes that came with files. */
static int files_stay_with_their_bytes(void)
{
	int got[4], flags;
	char text[16];
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 && write(ends[0], "ab", 2) == 2 && send_files(ends[0], ends, 1) == 5);
	REQUIRE(write(ends[0], "cd", 2) == 2 && read(ends[1], text, 2) == 2);
	REQUIRE(receive_files(ends[1], got, 256, 0, &flags) == 1 && read(ends[1], text, sizeof text) == 2);
	return close(got[0]) == 0 && close_both();
}

static int credentials(void)
{
	char text[8];
	int on = 1;
	struct ucred peer = { 0 }, *sender;
	socklen_t size = sizeof peer;
	union control control = { 0 };
	struct msghdr message = { .msg_iov = &(struct iovec){ text, 8 }, .msg_iovlen = 1, .msg_control = &control,
		.msg_controllen = sizeof control };
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	REQUIRE(getsockopt(ends[0], SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && size == sizeof peer);
	REQUIRE(peer.pid == getpid() && peer.uid == getuid() && peer.gid == getgid());
	REQUIRE(setsockopt(ends[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof on) == 0 && write(ends[0], "x", 1) == 1);
	REQUIRE(recvmsg(ends[1], &message, 0) == 1 && CMSG_FIRSTHDR(&message));
	REQUIRE(control.header.cmsg_type == SCM_CREDENTIALS && control.header.cmsg_len == CMSG_LEN(sizeof *sender));
	sender = (struct ucred *)CMSG_DATA(&control.header);
	REQUIRE(sender->pid == getpid() && sender->uid == getuid() && sender->gid == getgid());
	return close_both();
}

static int several_messages(void)
{
	char texts[3][4];
	struct iovec out[2] = { { "ab", 2 }, { "cde", 3 } }, in[3] = { { texts[0], 4 }, { texts[1], 4 }, { texts[2], 4 } };
	struct mmsghdr sent[2] = { { { .msg_iov = out, .msg_iovlen = 1 }, 0 }, { { .msg_iov = out + 1, .msg_iovlen = 1 }, 0 } };
	struct mmsghdr got[3] = { { { .msg_iov = in, .msg_iovlen = 1 }, 0 }, { { .msg_iov = in + 1, .msg_iovlen = 1 }, 0 },
		{ { .msg_iov = in + 2, .msg_iovlen = 1 }, 0 } };
	REQUIRE(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) == 0);
	REQUIRE(sendmmsg(ends[0], sent, 2, 0) == 2 && sent[0].msg_len == 2 && sent[1].msg_len == 3);
	if (LACKS_TIME64) return close_both();
	REQUIRE(recvmmsg(ends[1], got, 3, MSG_WAITFORONE, 0) == 2 && got[0].msg_len == 2 && got[1].msg_len == 3);
	REQUIRE(!memcmp(texts[1], "cde", 3) && FAILS(recvmmsg(ends[1], got, 3, MSG_DONTWAIT, 0), EAGAIN));
	return close_both();
}

static int parts_of_messages(void)
{
	char a[2], b[8];
	struct iovec out[] = { { "abc", 3 }, { "", 0 }, { "defg", 4 } }, in[] = { { a, 2 }, { b, 8 } };
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 && writev(ends[0], out, 3) == 7 && readv(ends[1], in, 2) == 7);
	REQUIRE(!memcmp(a, "ab", 2) && !memcmp(b, "cdefg", 5));
	return close_both();
}

/* -- Options and errors -- */

static int number_option(int fd, int level, int option)
{
	int value = -1;
	socklen_t size = sizeof value;
	return getsockopt(fd, level, option, &value, &size) ? -errno : value;
}

static int options(void)
{
	int value = 10000, small = 1;
	REQUIRE(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) == 0);
	REQUIRE(number_option(ends[0], SOL_SOCKET, SO_TYPE) == SOCK_SEQPACKET);
	REQUIRE(number_option(ends[0], SOL_SOCKET, SO_DOMAIN) == AF_UNIX);
	REQUIRE(number_option(ends[0], SOL_SOCKET, SO_ERROR) == 0 && number_option(ends[0], SOL_SOCKET, SO_ACCEPTCONN) == 0);
	REQUIRE(setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &value, sizeof value) == 0);
	REQUIRE(number_option(ends[0], SOL_SOCKET, SO_SNDBUF) == 20000);
	REQUIRE(setsockopt(ends[0], SOL_SOCKET, SO_RCVBUF, &small, sizeof small) == 0);
	REQUIRE(number_option(ends[0], SOL_SOCKET, SO_RCVBUF) == 2304);
	REQUIRE(FAILS(setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &value, 1), EINVAL));
	REQUIRE(FAILS(setsockopt(ends[0], SOL_SOCKET, 4711, &value, sizeof value), ENOPROTOOPT));
	REQUIRE(FAILS(setsockopt(0, SOL_SOCKET, SO_SNDBUF, &value, sizeof value), ENOTSOCK));
	REQUIRE(FAILS(setsockopt(900, SOL_SOCKET, SO_SNDBUF, &value, sizeof value), EBADF));
	return close_both();
}

static int what_is_refused(void)
{
	int pipe_ends[2], fd = socket(AF_UNIX, SOCK_STREAM, 0);
	char byte;
	struct stat status;
	REQUIRE(fd >= 0 && fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode));
	REQUIRE(FAILS(socket(99, SOCK_STREAM, 0), EAFNOSUPPORT) && FAILS(socket(AF_UNIX, SOCK_STREAM, 99), EPROTONOSUPPORT));
	REQUIRE(FAILS(read(fd, &byte, 1), EINVAL) && FAILS(send(fd, "x", 1, MSG_NOSIGNAL), ENOTCONN));
	REQUIRE(events_of(fd, POLLIN | POLLOUT) == (POLLOUT | POLLHUP) && FAILS(lseek(fd, 0, SEEK_SET), ESPIPE));
	REQUIRE(pipe(pipe_ends) == 0 && FAILS(send(pipe_ends[1], "x", 1, 0), ENOTSOCK) && FAILS(listen(pipe_ends[0], 1), ENOTSOCK));
	REQUIRE(close(pipe_ends[0]) == 0 && close(pipe_ends[1]) == 0 && close(fd) == 0);
	return FAILS(listen(fd, 1), EBADF);
}

static int edges_of_sockets(void)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLET }, got;
	char byte;
	int epoll = epoll_create1(0);
	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 && epoll_ctl(epoll, EPOLL_CTL_ADD, ends[1], &event) == 0);
	REQUIRE(epoll_wait(epoll, &got, 1, 0) == 0 && write(ends[0], "x", 1) == 1);
	REQUIRE(epoll_wait(epoll, &got, 1, 0) == 1 && epoll_wait(epoll, &got, 1, 0) == 0);
	REQUIRE(read(ends[1], &byte, 1) == 1 && write(ends[0], "x", 1) == 1 && epoll_wait(epoll, &got, 1, 0) == 1);
	/* Of bytes it doesn't want to know, but of the end. */
	event.events = EPOLLOUT | EPOLLRDHUP | EPOLLET;
	REQUIRE(epoll_ctl(epoll, EPOLL_CTL_MOD, ends[1], &event) == 0 && epoll_wait(epoll, &got, 1, 0) == 1);
	REQUIRE(write(ends[0], "x", 1) == 1 && epoll_wait(epoll, &got, 1, 0) == 0 && shutdown(ends[0], SHUT_WR) == 0);
	REQUIRE(epoll_wait(epoll, &got, 1, 0) == 1 && got.events == (EPOLLOUT | EPOLLRDHUP));
	REQUIRE(close(ends[0]) == 0 && epoll_wait(epoll, &got, 1, 0) == 1);
	REQUIRE(got.events == (EPOLLOUT | EPOLLRDHUP | EPOLLHUP));
	return close(ends[1]) == 0 && close(epoll) == 0;
}

#define CHECKS(X) \
	X(pairs_of_streams) \
	X(pairs_keep_records) \
	X(peeking) \
	X(waiting_for_all) \
	X(long_streams) \
	X(full_streams) \
	X(half_closed) \
	X(unread_data_is_reported) \
	X(ends_of_records) \
	X(times_limit_waiting) \
	X(server_by_file_name) \
	X(accepting_waits) \
	X(abstract_names) \
	X(full_backlogs) \
	X(datagrams_by_name) \
	X(files_are_passed) \
	X(files_without_room) \
	X(files_stay_with_their_bytes) \
	X(credentials) \
	X(several_messages) \
	X(parts_of_messages) \
	X(options) \
	X(what_is_refused) \
	X(edges_of_sockets)

int main(void)
{
	static const struct check checks[] = { CHECKS(ENTRY) };
	signal(SIGPIPE, SIG_IGN);
	return main_with(checks, sizeof checks / sizeof *checks);
}
