/* Sockets of the Internet families within one machine. */
#define _GNU_SOURCE
#include "talk.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

static int events_of(int fd, int events)
{
	struct pollfd poll_fd = { .fd = fd, .events = events };
	return poll(&poll_fd, 1, 0) < 0 ? -1 : poll_fd.revents;
}

/* Events of TCP come a little later on Linux. */
static int await(int fd, int events)
{
	struct pollfd poll_fd = { .fd = fd, .events = events };
	return poll(&poll_fd, 1, 2000) == 1 ? poll_fd.revents : -1;
}

static struct sockaddr_in v4(const char *address, int port)
{
	struct sockaddr_in name = { .sin_family = AF_INET, .sin_port = htons(port) };
	inet_pton(AF_INET, address, &name.sin_addr);
	return name;
}

static struct sockaddr_in6 v6(const char *address, int port)
{
	struct sockaddr_in6 name = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
	inet_pton(AF_INET6, address, &name.sin6_addr);
	return name;
}

static int bind4(int fd, const char *address, int port)
{
	struct sockaddr_in name = v4(address, port);
	return bind(fd, (void *)&name, sizeof name);
}

static int connect4(int fd, const char *address, int port)
{
	struct sockaddr_in name = v4(address, port);
	return connect(fd, (void *)&name, sizeof name);
}

static int bind6(int fd, const char *address, int port)
{
	struct sockaddr_in6 name = v6(address, port);
	return bind(fd, (void *)&name, sizeof name);
}

static int connect6(int fd, const char *address, int port)
{
	struct sockaddr_in6 name = v6(address, port);
	return connect(fd, (void *)&name, sizeof name);
}

static int port_of(int fd)
{
	struct sockaddr_in6 name;
	socklen_t size = sizeof name;
	return getsockname(fd, (void *)&name, &size) ? -1 : ntohs(name.sin6_port); /* the same place in both families */
}

static int is_named(int fd, int of_peer, const char *address, int port)
{
	char text[64];
	struct sockaddr_in6 name;
	socklen_t size = sizeof name;
	if ((of_peer ? getpeername : getsockname)(fd, (void *)&name, &size)) return 0;
	inet_ntop(name.sin6_family, name.sin6_family == AF_INET ? (void *)&((struct sockaddr_in *)&name)->sin_addr : &name.sin6_addr,
		text, sizeof text);
	return !strcmp(text, address) && ntohs(name.sin6_port) == port;
}

static int number_option(int fd, int level, int option)
{
	int value = -1;
	socklen_t size = sizeof value;
	return getsockopt(fd, level, option, &value, &size) ? -errno : value;
}

/* A listening socket at a free port of 127.0.0.1. */
static int listener(int *port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind4(fd, "127.0.0.1", 0) || listen(fd, 10)) return -1;
	*port = port_of(fd);
	return fd;
}

static int pair(int *client, int *server)
{
	int port, listening = listener(&port);
	*client = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	if (connect4(*client, "127.0.0.1", port)) return -1;
	*server = accept(listening, 0, 0);
	return *server < 0 ? -1 : close(listening);
}

/* -- TCP -- */

static int connections(void)
{
	char text[8];
	int port, server = listener(&port), client = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in from;
	socklen_t size = sizeof from;
	REQUIRE(server >= 0 && port > 1023 && number_option(server, SOL_SOCKET, SO_ACCEPTCONN) == 1);
	REQUIRE(connect4(client, "127.0.0.1", port) == 0 && FAILS(connect4(client, "127.0.0.1", port), EISCONN));
	REQUIRE(await(server, POLLIN) == POLLIN);
	int accepted = accept(server, (void *)&from, &size);
	REQUIRE(accepted >= 0 && size == sizeof from && from.sin_family == AF_INET && ntohs(from.sin_port) == port_of(client));
	REQUIRE(is_named(client, 1, "127.0.0.1", port) && is_named(accepted, 0, "127.0.0.1", port));
	REQUIRE(is_named(accepted, 1, "127.0.0.1", port_of(client)) && is_named(client, 0, "127.0.0.1", port_of(client)));
	REQUIRE(send(client, "question", 8, 0) == 8 && recv(accepted, text, 8, MSG_WAITALL) == 8 && !memcmp(text, "question", 8));
	REQUIRE(write(accepted, "answer", 6) == 6 && read(client, text, 8) == 6);
	REQUIRE(close(accepted) == 0 && read(client, text, 8) == 0);
	return close(client) == 0 && close(server) == 0;
}

static int nobody_listens(void)
{
	int port, server = listener(&port), client = socket(AF_INET, SOCK_STREAM, 0);
	REQUIRE(close(server) == 0 && FAILS(connect4(client, "127.0.0.1", port), ECONNREFUSED) && close(client) == 0);
	client = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	REQUIRE(FAILS(connect4(client, "127.0.0.1", port), EINPROGRESS));
	REQUIRE((await(client, POLLOUT) & (POLLOUT | POLLERR | POLLHUP)) == (POLLOUT | POLLERR | POLLHUP));
	REQUIRE(number_option(client, SOL_SOCKET, SO_ERROR) == ECONNREFUSED && number_option(client, SOL_SOCKET, SO_ERROR) == 0);
	return close(client) == 0;
}

static int connections_without_waiting(void)
{
	int port, server = listener(&port), client = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	REQUIRE(FAILS(connect4(client, "127.0.0.1", port), EINPROGRESS) && await(client, POLLOUT) == POLLOUT);
	REQUIRE(number_option(client, SOL_SOCKET, SO_ERROR) == 0);
	int accepted = accept4(server, 0, 0, SOCK_NONBLOCK);
	char byte;
	REQUIRE(accepted >= 0 && fcntl(accepted, F_GETFL) & O_NONBLOCK && FAILS(read(accepted, &byte, 1), EAGAIN));
	REQUIRE(fcntl(server, F_SETFL, O_NONBLOCK) == 0 && FAILS(accept(server, 0, 0), EAGAIN));
	return close(accepted) == 0 && close(client) == 0 && close(server) == 0;
}

static int ends_of_connections(void)
{
	char text[8];
	int client, server;
	REQUIRE(pair(&client, &server) == 0 && write(client, "abc", 3) == 3 && shutdown(client, SHUT_WR) == 0);
	REQUIRE(FAILS(send(client, "x", 1, MSG_NOSIGNAL), EPIPE));
	REQUIRE(recv(server, text, 8, MSG_WAITALL) == 3 && read(server, text, 8) == 0);
	REQUIRE(events_of(server, POLLIN | POLLOUT | POLLRDHUP) == (POLLIN | POLLOUT | POLLRDHUP));
	REQUIRE(write(server, "de", 2) == 2 && read(client, text, 8) == 2 && close(server) == 0 && read(client, text, 8) == 0);
	REQUIRE(await(client, POLLIN | POLLOUT | POLLRDHUP) == (POLLIN | POLLOUT | POLLRDHUP | POLLHUP));
	return close(client) == 0;
}

static int resets(void)
{
	char text[8];
	int client, server;
	REQUIRE(pair(&client, &server) == 0 && write(client, "abc", 3) == 3 && await(server, POLLIN) == POLLIN);
	REQUIRE(close(server) == 0 && await(client, POLLIN) > 0 && FAILS(read(client, text, 8), ECONNRESET));
	REQUIRE(read(client, text, 8) == 0 && FAILS(send(client, "x", 1, MSG_NOSIGNAL), EPIPE) && close(client) == 0);
	/* Into a connection that the other end has closed, something can be sent once. */
	REQUIRE(pair(&client, &server) == 0 && close(server) == 0 && await(client, POLLIN) == POLLIN);
	REQUIRE(send(client, "x", 1, MSG_NOSIGNAL) == 1 && await(client, 0) > 0);
	REQUIRE(FAILS(send(client, "x", 1, MSG_NOSIGNAL), EPIPE));
	return close(client) == 0;
}

static char large[3 << 20];

static void *receive_all(void *argument)
{
	struct action *action = argument;
	static char buffer[30000];
	long n;
	while ((n = read(action->fd, buffer, sizeof buffer)) > 0) {
		for (long i = 0; i < n; i++) if (buffer[i] != (char)((action->result + i) * 11)) return 0;
		action->result += n;
	}
	return 0;
}

static int long_streams(void)
{
	int client, server;
	for (size_t i = 0; i < sizeof large; i++) large[i] = i * 11;
	REQUIRE(pair(&client, &server) == 0);
	struct action action = { .fd = server };
	pthread_t thread = begin(receive_all, &action);
	REQUIRE(write(client, large, sizeof large) == (ssize_t)sizeof large && close(client) == 0);
	end(thread);
	REQUIRE(action.result == (long)sizeof large);
	return close(server) == 0;
}

static int full_streams(void)
{
	int client, server;
	long sent = 0, n, got = 0;
	REQUIRE(pair(&client, &server) == 0 && fcntl(client, F_SETFL, O_NONBLOCK) == 0);
	while ((n = write(client, large, sizeof large)) > 0 || (errno == EAGAIN && await(client, POLLOUT) == POLLOUT))
		if (n > 0) sent += n;
	REQUIRE(errno == EAGAIN && events_of(client, POLLOUT) == 0);
	while (got < sent && (n = read(server, large, sizeof large)) > 0) got += n;
	REQUIRE(got == sent && await(client, POLLOUT) == POLLOUT);
	return close(client) == 0 && close(server) == 0;
}

/* -- Names and options -- */

static int ports_are_exclusive(void)
{
	int port, server = listener(&port), other = socket(AF_INET, SOCK_STREAM, 0);
	REQUIRE(FAILS(bind4(other, "127.0.0.1", port), EADDRINUSE) && FAILS(bind4(other, "0.0.0.0", port), EADDRINUSE));
	REQUIRE(bind4(other, "127.0.0.2", port) == 0 && FAILS(bind4(other, "127.0.0.2", 0), EINVAL));
	int datagrams = socket(AF_INET, SOCK_DGRAM, 0);
	REQUIRE(bind4(datagrams, "127.0.0.1", port) == 0 && close(datagrams) == 0 && close(other) == 0 && close(server) == 0);
	other = socket(AF_INET, SOCK_STREAM, 0);
	REQUIRE(bind4(other, "127.0.0.1", port) == 0 && close(other) == 0);
	other = socket(AF_INET, SOCK_STREAM, 0);
	REQUIRE(FAILS(bind4(other, "192.0.2.1", 0), EADDRNOTAVAIL));
	return close(other) == 0;
}

static int one_address_of_many(void)
{
	int port, any = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
	REQUIRE(bind4(any, "0.0.0.0", 0) == 0 && listen(any, 5) == 0 && is_named(any, 0, "0.0.0.0", port = port_of(any)));
	REQUIRE(connect4(client, "127.1.2.3", port) == 0 && is_named(client, 1, "127.1.2.3", port));
	int accepted = accept(any, 0, 0);
	REQUIRE(is_named(accepted, 0, "127.1.2.3", port) && close(client) == 0 && close(accepted) == 0);
	client = socket(AF_INET, SOCK_STREAM, 0);
	REQUIRE(connect4(client, "0.0.0.0", port) == 0 && is_named(client, 1, "127.0.0.1", port));
	return close(client) == 0 && close(any) == 0;
}

static int both_families(void)
{
	int port, any = socket(AF_INET6, SOCK_STREAM, 0), four = socket(AF_INET, SOCK_STREAM, 0), six = socket(AF_INET6, SOCK_STREAM, 0);
	int on = 1, only = socket(AF_INET6, SOCK_STREAM, 0);
	REQUIRE(bind6(any, "::", 0) == 0 && listen(any, 5) == 0 && (port = port_of(any)) > 0);
	REQUIRE(connect4(four, "127.0.0.1", port) == 0 && connect6(six, "::1", port) == 0 && is_named(six, 0, "::1", port_of(six)));
	int first = accept(any, 0, 0), second = accept(any, 0, 0);
	REQUIRE(is_named(first, 1, "::ffff:127.0.0.1", port_of(four)) && is_named(second, 1, "::1", port_of(six)));
	REQUIRE(close(first) == 0 && close(second) == 0 && close(four) == 0 && close(six) == 0 && close(any) == 0);
	REQUIRE(setsockopt(only, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) == 0 && number_option(only, IPPROTO_IPV6, IPV6_V6ONLY) == 1);
	REQUIRE(bind6(only, "::1", 0) == 0 && listen(only, 5) == 0);
	four = socket(AF_INET, SOCK_STREAM, 0);
	REQUIRE(FAILS(connect4(four, "127.0.0.1", port_of(only)), ECONNREFUSED) && close(four) == 0);
	six = socket(AF_INET6, SOCK_STREAM, 0);
	REQUIRE(FAILS(bind4(six, "127.0.0.1", 0), EINVAL) && close(six) == 0);
	return close(only) == 0;
}

static int options(void)
{
	int on = 1, client, server;
	struct linger linger = { 1, 3 }, got;
	socklen_t size = sizeof got;
	REQUIRE(pair(&client, &server) == 0);
	REQUIRE(number_option(client, SOL_SOCKET, SO_TYPE) == SOCK_STREAM);
	REQUIRE(number_option(client, SOL_SOCKET, SO_PROTOCOL) == IPPROTO_TCP);
	REQUIRE(number_option(client, IPPROTO_TCP, TCP_NODELAY) == 0);
	REQUIRE(setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0);
	REQUIRE(number_option(client, IPPROTO_TCP, TCP_NODELAY) == 1 && number_option(client, SOL_SOCKET, SO_REUSEADDR) == 0);
	REQUIRE(setsockopt(client, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0);
	REQUIRE(number_option(client, SOL_SOCKET, SO_REUSEADDR) == 1);
	REQUIRE(setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on) == 0);
	REQUIRE(number_option(client, SOL_SOCKET, SO_KEEPALIVE) == 1);
	on = 60;
	REQUIRE(setsockopt(client, IPPROTO_TCP, TCP_KEEPIDLE, &on, sizeof on) == 0);
	REQUIRE(number_option(client, IPPROTO_TCP, TCP_KEEPIDLE) == 60);
	REQUIRE(setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, sizeof linger) == 0);
	REQUIRE(getsockopt(client, SOL_SOCKET, SO_LINGER, &got, &size) == 0 && got.l_onoff == 1 && got.l_linger == 3);
	return close(client) == 0 && close(server) == 0;
}

static int accepted_sockets_have_the_options_of_theirs(void)
{
	int on = 1, port, server = listener(&port), client = socket(AF_INET, SOCK_STREAM, 0);
	struct timeval time = { .tv_usec = 20000 };
	char byte;
	REQUIRE(setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0);
	REQUIRE(setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time) == 0);
	REQUIRE(connect4(client, "127.0.0.1", port) == 0);
	int accepted = accept(server, 0, 0);
	REQUIRE(number_option(accepted, IPPROTO_TCP, TCP_NODELAY) == 1 && FAILS(read(accepted, &byte, 1), EAGAIN));
	REQUIRE(FAILS(accept(server, 0, 0), EAGAIN));
	return close(accepted) == 0 && close(client) == 0 && close(server) == 0;
}

static int what_is_refused(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char byte;
	REQUIRE(fd >= 0 && FAILS(read(fd, &byte, 1), ENOTCONN) && FAILS(send(fd, "x", 1, MSG_NOSIGNAL), EPIPE));
	REQUIRE(FAILS(accept(fd, 0, 0), EINVAL) && events_of(fd, POLLIN | POLLOUT) == (POLLOUT | POLLHUP));
	REQUIRE(FAILS(getpeername(fd, (void *)&byte, &(socklen_t){ 1 }), ENOTCONN) && FAILS(shutdown(fd, SHUT_RD), ENOTCONN));
	REQUIRE(FAILS(bind(fd, &(struct sockaddr){ .sa_family = AF_INET }, 4), EINVAL));
	return close(fd) == 0 && FAILS(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP), EPROTONOSUPPORT);
}

/* -- UDP -- */

static int datagrams(void)
{
	char text[8];
	int one = socket(AF_INET, SOCK_DGRAM, 0), other = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, IPPROTO_UDP), n;
	struct sockaddr_in to, from;
	socklen_t size = sizeof from;
	REQUIRE(bind4(other, "127.0.0.1", 0) == 0 && FAILS(write(one, "x", 1), EDESTADDRREQ));
	to = v4("127.0.0.1", port_of(other));
	REQUIRE(sendto(one, "hello", 5, 0, (void *)&to, sizeof to) == 5 && port_of(one) > 0 && await(other, POLLIN) == POLLIN);
	REQUIRE(sendto(one, "", 0, 0, (void *)&to, sizeof to) == 0 && sendto(one, "long one", 8, 0, (void *)&to, sizeof to) == 8);
	REQUIRE(ioctl(other, FIONREAD, &n) == 0 && n == 5);
	REQUIRE(recvfrom(other, text, 8, 0, (void *)&from, &size) == 5 && size == sizeof from);
	REQUIRE(from.sin_addr.s_addr == to.sin_addr.s_addr && ntohs(from.sin_port) == port_of(one));
	REQUIRE(read(other, text, 8) == 0 && recv(other, text, 2, MSG_TRUNC) == 8 && FAILS(read(other, text, 8), EAGAIN));
	REQUIRE(FAILS(sendto(one, large, 65508, 0, (void *)&to, sizeof to), EMSGSIZE));
	return close(one) == 0 && close(other) == 0;
}

static int connected_datagrams(void)
{
	char text[8];
	int one = socket(AF_INET, SOCK_DGRAM, 0), other = socket(AF_INET, SOCK_DGRAM, 0), third = socket(AF_INET, SOCK_DGRAM, 0);
	REQUIRE(bind4(one, "127.0.0.1", 0) == 0 && bind4(other, "127.0.0.1", 0) == 0);
	REQUIRE(connect4(one, "127.0.0.1", port_of(other)) == 0 && connect4(other, "127.0.0.1", port_of(one)) == 0);
	REQUIRE(connect4(third, "127.0.0.1", port_of(one)) == 0 && write(third, "third", 5) == 5 && write(other, "other", 5) == 5);
	REQUIRE(read(one, text, 8) == 5 && !memcmp(text, "other", 5) && FAILS(recv(one, text, 8, MSG_DONTWAIT), EAGAIN));
	REQUIRE(close(other) == 0 && write(one, "x", 1) == 1 && await(one, POLLIN) > 0);
	REQUIRE(FAILS(recv(one, text, 8, MSG_DONTWAIT), ECONNREFUSED));
	struct sockaddr none = { .sa_family = AF_UNSPEC };
	REQUIRE(connect(one, &none, sizeof none) == 0 && FAILS(write(one, "x", 1), EDESTADDRREQ));
	return close(one) == 0 && close(third) == 0;
}

/* -- With other things -- */

static int names_without_a_server(void)
{
	struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST }, *got;
	REQUIRE(getaddrinfo("127.0.0.1", "80", &hints, &got) == 0 && got->ai_addrlen == sizeof(struct sockaddr_in));
	REQUIRE(((struct sockaddr_in *)got->ai_addr)->sin_port == htons(80));
	freeaddrinfo(got);
	hints = (struct addrinfo){ .ai_socktype = SOCK_DGRAM };
	REQUIRE(getaddrinfo(0, "53", &hints, &got) == 0 && got);
	freeaddrinfo(got);
	return getaddrinfo("::1", "80", &hints, &got) == 0 && (freeaddrinfo(got), 1);
}

static int files_are_sent(void)
{
	char name[64], text[16];
	int client, server;
	off_t offset = 2;
	snprintf(name, sizeof name, "/tmp/talk-%d-sendfile", (int)getpid());
	int file = open(name, O_RDWR | O_CREAT, 0600);
	REQUIRE(pair(&client, &server) == 0 && file >= 0 && write(file, "0123456789", 10) == 10);
	REQUIRE(sendfile(client, file, &offset, 5) == 5 && offset == 7);
	REQUIRE(recv(server, text, 5, MSG_WAITALL) == 5 && !memcmp(text, "23456", 5));
	REQUIRE(sendfile(client, file, 0, 5) == 0 && lseek(file, 6, SEEK_SET) == 6 && sendfile(client, file, 0, 100) == 4);
	REQUIRE(recv(server, text, 4, MSG_WAITALL) == 4 && !memcmp(text, "6789", 4) && lseek(file, 0, SEEK_CUR) == 10);
	REQUIRE(close(client) == 0 && close(server) == 0 && close(file) == 0);
	return unlink(name) == 0;
}

static int ranges_are_copied(void)
{
	char names[2][64], text[16];
	int files[2];
	off_t from = 1;
	for (int i = 0; i < 2; i++) {
		snprintf(names[i], sizeof names[i], "/tmp/talk-%d-range-%d", (int)getpid(), i);
		REQUIRE((files[i] = open(names[i], O_RDWR | O_CREAT, 0600)) >= 0);
	}
	REQUIRE(write(files[0], "abcdef", 6) == 6);
	REQUIRE(copy_file_range(files[0], &from, files[1], 0, 3, 0) == 3 && from == 4 && lseek(files[1], 0, SEEK_CUR) == 3);
	REQUIRE(pread(files[1], text, 16, 0) == 3 && !memcmp(text, "bcd", 3) && copy_file_range(files[0], 0, files[1], 0, 9, 0) == 0);
	for (int i = 0; i < 2; i++) REQUIRE(close(files[i]) == 0 && unlink(names[i]) == 0);
	return 1;
}

/* A server as many are: one thread, epoll, edges, no call that waits but one. */
enum { CLIENTS = 6, QUESTIONS = 40 };
static int server_port, answered;

static void *client(void *number)
{
	char text[64], got[64];
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	if (connect4(fd, "127.0.0.1", server_port)) return 0;
	for (int i = 0; i < QUESTIONS; i++) {
		int length = snprintf(text, sizeof text, "%ld asks %d\n", (long)(intptr_t)number, i);
		if (write(fd, text, length) != length || recv(fd, got, length, MSG_WAITALL) != length || memcmp(text, got, length)) return 0;
	}
	__atomic_fetch_add(&answered, 1, __ATOMIC_SEQ_CST);
	close(fd);
	return 0;
}

static int answer(int fd)
{
	char text[100];
	long n;
	while ((n = read(fd, text, sizeof text)) > 0) if (write(fd, text, n) != n) return 1;
	return n == 0 ? close(fd) == 0 : 0; /* whether it was closed */
}

static int event_driven_server(void)
{
	pthread_t threads[CLIENTS];
	struct epoll_event events[4], event = { .events = EPOLLIN };
	int listening = listener(&server_port), epoll = epoll_create1(0), closed = 0;
	event.data.fd = listening;
	REQUIRE(fcntl(listening, F_SETFL, O_NONBLOCK) == 0 && epoll_ctl(epoll, EPOLL_CTL_ADD, listening, &event) == 0);
	for (int i = 0; i < CLIENTS; i++) threads[i] = begin(client, (void *)(intptr_t)i);
	while (closed < CLIENTS) {
		int count = epoll_wait(epoll, events, 4, 5000);
		REQUIRE(count > 0);
		for (int i = 0; i < count; i++) {
			if (events[i].data.fd != listening) {
				closed += answer(events[i].data.fd);
				continue;
			}
			int fd = accept4(listening, 0, 0, SOCK_NONBLOCK);
			event = (struct epoll_event){ .events = EPOLLIN | EPOLLET, .data.fd = fd };
			REQUIRE(fd >= 0 && epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0);
		}
	}
	for (int i = 0; i < CLIENTS; i++) end(threads[i]);
	REQUIRE(answered == CLIENTS);
	return close(listening) == 0 && close(epoll) == 0;
}

#define CHECKS(X) \
	X(connections) \
	X(nobody_listens) \
	X(connections_without_waiting) \
	X(ends_of_connections) \
	X(resets) \
	X(long_streams) \
	X(full_streams) \
	X(ports_are_exclusive) \
	X(one_address_of_many) \
	X(both_families) \
	X(options) \
	X(accepted_sockets_have_the_options_of_theirs) \
	X(what_is_refused) \
	X(datagrams) \
	X(connected_datagrams) \
	X(names_without_a_server) \
	X(files_are_sent) \
	X(ranges_are_copied) \
	X(event_driven_server)

int main(void)
{
	static const struct check checks[] = { CHECKS(ENTRY) };
	return main_with(checks, sizeof checks / sizeof *checks);
}
