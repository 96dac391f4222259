/* Sockets: what all of them have in common, from their making to their end. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include "common.h"
#include "common/socket.h"

#define LIMIT 212992 /* Linux's, for what waits at a socket */
#define DATAGRAMS 10 /* of the UNIX family, that may wait at one that sends elsewhere: net.unix.max_dgram_qlen */

struct network __common_network;

void __common_socket_changed(struct socket *socket, int directions)
{
	socket->arrivals += directions == IN;
	socket->departures += directions == OUT;
	socket->changes += directions == BOTH;
	__common_happens(&socket->moment, EVERYBODY);
}

struct socket *__common_new_socket(const struct family *family, int domain, int type, int protocol)
{
	struct socket *socket = __common_allocate(sizeof *socket);
	if (!socket) return 0;
	int is_tcp = domain != AF_UNIX && type == SOCK_STREAM;
	*socket = (struct socket){ .family = family, .domain = domain, .type = type, .protocol = protocol,
		.send_limit = is_tcp ? 16384 : LIMIT, .receive_limit = is_tcp ? 131072 : LIMIT, .end = &socket->first,
		.name = { .size = 2, .family = domain }, .peer_credentials = { 0, -1, -1 } };
	if (domain != AF_UNIX) socket->name.size = domain == AF_INET ? sizeof socket->name.v4 : sizeof socket->name.v6;
	__common_lock(&__common_network.lock);
	socket->next = __common_network.first;
	__common_network.first = socket;
	__common_unlock(&__common_network.lock);
	return socket;
}

/* Its peer gets to know, with an error if not all that it had sent was read. */
static void leave_peer(struct socket *socket, int unheard)
{
	struct socket *peer = socket->peer;
	if (!peer || !__common_has_connections(socket)) return;
	peer->peer = 0;
	peer->shut |= __common_is_inet(peer) && !unheard ? IN : BOTH;
	if (unheard) peer->error = ECONNRESET;
	__common_socket_changed(peer, BOTH);
}

/* Datagrams have no other end, but some that send here by default. */
static void leave_senders(struct socket *socket)
{
	for (struct socket *other = __common_network.first; other; other = other->next)
		if (other->peer == socket) other->peer = 0;
	if (socket->type == SOCK_DGRAM || socket->state == LISTENS) __common_happens(&__common_network.room, EVERYBODY);
}

/* Connections that nobody will accept. */
static void refuse(struct socket *waiting)
{
	for (struct socket *next; waiting; waiting = next) {
		next = waiting->next_waiting;
		waiting->next_waiting = waiting; /* so that it counts as unheard */
		__common_close_socket(waiting);
	}
}

void __common_close_socket(struct socket *socket)
{
	__common_lock(&__common_network.lock);
	struct socket **link = &__common_network.first;
	while (*link != socket) link = &(*link)->next;
	*link = socket->next;
	leave_peer(socket, socket->first || socket->next_waiting);
	leave_senders(socket);
	__common_unlock(&__common_network.lock);
	__common_free_packets(socket->first);
	refuse(socket->waiting);
	__common_free(socket);
}

static void release(struct file *file)
{
	if (file->object) __common_close_socket(file->object);
}

size_t __common_room_at_peer(struct socket *socket)
{
	if (!socket->peer) return 0;
	size_t limit = socket->send_limit + (__common_is_inet(socket) ? socket->peer->receive_limit : 0);
	return socket->peer->queued < limit ? limit - socket->peer->queued : 0;
}

/* Whether it is worth while to try: half of what may be waiting has been read. */
static int can_send(struct socket *socket)
{
	struct socket *peer = socket->peer;
	if (!peer) return 1;
	return peer->peer == socket ? __common_room_at_peer(socket) > peer->queued : peer->count <= DATAGRAMS;
}

static unsigned ready_of(struct socket *socket)
{
	unsigned events = socket->error ? POLLERR : 0;
	if (socket->state == LISTENS) return events | (socket->waiting ? POLLIN : 0);
	if (socket->first || socket->shut & IN) events |= POLLIN;
	if (socket->error && __common_is_inet(socket)) events |= POLLIN;
	if (socket->shut & IN) events |= POLLRDHUP;
	if (socket->shut == BOTH || (__common_has_connections(socket) && socket->state == FRESH)) events |= POLLHUP;
	return events | (can_send(socket) ? POLLOUT : 0);
}

static unsigned ready(struct file *file)
{
	__common_lock(&__common_network.lock);
	unsigned events = ready_of(file->object);
	__common_unlock(&__common_network.lock);
	return events;
}

static unsigned events(struct file *file, unsigned which)
{
	struct socket *socket = file->object;
	return which == POLLIN ? socket->arrivals : which == POLLOUT ? socket->departures : socket->changes;
}

/* Of datagrams, the next one's size. */
static int how_much(struct socket *socket)
{
	int bytes = 0;
	for (struct packet *packet = socket->first; packet; packet = packet->next) {
		bytes += packet->size - packet->taken;
		if (socket->type == SOCK_DGRAM) break;
	}
	return bytes;
}

static long control(struct file *file, unsigned request, unsigned long argument)
{
	struct socket *socket = file->object;
	long result = 0;
	__common_lock(&__common_network.lock);
	if (request == FIONREAD) *(int *)argument = how_much(socket);
	else if (request == TIOCOUTQ) *(int *)argument = socket->peer ? how_much(socket->peer) : 0;
	else result = -ENOTTY;
	__common_unlock(&__common_network.lock);
	return result;
}

static long status(struct file *file, struct status *status)
{
	*status = (struct status){ .mode = S_IFSOCK | 0777, .links = 1, .inode = (uintptr_t)file->object / sizeof(long) };
	return 0;
}

const struct file_kind __common_socket_kind = {
	.read = __common_socket_read, .write = __common_socket_write, .ready = ready, .events = events, .control = control,
	.status = status, .release = release,
};

struct file *__common_socket_file(int fd, long *error)
{
	return __common_file_of_kind(fd, &__common_socket_kind, -ENOTSOCK, error);
}

/* -- Making -- */

#define TYPE_FLAGS (SOCK_NONBLOCK | SOCK_CLOEXEC) /* the same bits as O_... */

static const struct family *family_of(int domain)
{
	return domain == AF_UNIX ? &__common_unix_sockets : domain == AF_INET || domain == AF_INET6 ? &__common_loopback : 0;
}

long SYS_socket_function(int domain, int type, int protocol)
{
	const struct family *family = family_of(domain);
	int flags = type & TYPE_FLAGS;
	type &= ~TYPE_FLAGS;
	if (!family) return -EAFNOSUPPORT;
	if (type != SOCK_STREAM && type != SOCK_DGRAM && type != SOCK_SEQPACKET) return -ESOCKTNOSUPPORT;
	if (!family->fits(type, protocol)) return -EPROTONOSUPPORT;
	struct socket *socket = __common_new_socket(family, domain, type, protocol);
	return socket ? __common_new_object(&__common_socket_kind, socket, flags) : -ENOMEM;
}

/* -- Names -- */

long __common_copy_address(struct address *copy, const void *address, unsigned size)
{
	memset(copy, 0, sizeof *copy);
	if (size < sizeof copy->family || size > sizeof copy->local) return -EINVAL;
	memcpy(&copy->local, address, size);
	copy->size = size;
	return 0;
}

/* As much as there is room for; the size becomes what it is in full. */
void __common_give_address(const struct address *name, void *address, unsigned *size)
{
	if (!address || !size) return;
	memcpy(address, &name->local, name->size < *size ? name->size : *size);
	*size = name->size;
}

/* The file of a socket, and the address that it is to have or reach; null with the error. */
static struct file *socket_and_name(int fd, const void *address, unsigned size, struct address *name, long *error)
{
	struct file *file = __common_socket_file(fd, error);
	if (!file) return 0;
	*error = __common_copy_address(name, address, size);
	if (!*error) return file;
	__common_put(file);
	return 0;
}

long SYS_bind_function(int fd, const void *address, unsigned size)
{
	struct address name;
	long error;
	struct file *file = socket_and_name(fd, address, size, &name, &error);
	if (!file) return error;
	struct socket *socket = file->object;
	error = socket->family->bind(socket, &name);
	__common_put(file);
	return error;
}

static long tell_name(int fd, void *address, unsigned *size, int of_peer)
{
	long error;
	struct file *file = __common_socket_file(fd, &error);
	if (!file) return error;
	struct socket *socket = file->object;
	__common_lock(&__common_network.lock);
	struct address name = of_peer ? socket->peer_name : socket->name;
	__common_unlock(&__common_network.lock);
	if (!name.size) error = -ENOTCONN;
	else if ((int)*size < 0) error = -EINVAL;
	else __common_give_address(&name, address, size);
	__common_put(file);
	return error;
}

long SYS_getsockname_function(int fd, void *address, unsigned *size)
{
	return tell_name(fd, address, size, 0);
}

long SYS_getpeername_function(int fd, void *address, unsigned *size)
{
	return tell_name(fd, address, size, 1);
}

/* -- Connections -- */

static void credit(struct socket *socket)
{
	if (socket->domain != AF_UNIX) return;
	socket->peer_credentials = (struct ucred){ SYS_getpid_function(), SYS_geteuid_function(), SYS_getegid_function() };
}

static void join(struct socket *one, struct socket *other)
{
	one->peer = other;
	other->peer = one;
	one->state = other->state = CONNECTED;
	credit(one);
	credit(other);
}

long SYS_socketpair_function(int domain, int type, int protocol, int ends[2])
{
	const struct family *family = &__common_unix_sockets;
	int flags = type & TYPE_FLAGS;
	type &= ~TYPE_FLAGS;
	if (domain != AF_UNIX) return domain == AF_INET || domain == AF_INET6 ? -EOPNOTSUPP : -EAFNOSUPPORT;
	if (type != SOCK_STREAM && type != SOCK_DGRAM && type != SOCK_SEQPACKET) return -ESOCKTNOSUPPORT;
	if (!family->fits(type, protocol)) return -EPROTONOSUPPORT;
	struct socket *one = __common_new_socket(family, domain, type, protocol);
	struct socket *other = one ? __common_new_socket(family, domain, type, protocol) : 0;
	if (!other) {
		if (one) __common_close_socket(one);
		return -ENOMEM;
	}
	join(one, other);
	one->peer_name = other->peer_name = one->name;
	long first = __common_new_object(&__common_socket_kind, one, flags);
	long second = first < 0 ? first : __common_new_object(&__common_socket_kind, other, flags);
	if (first < 0) __common_close_socket(other);
	else if (second < 0) SYS_close_function(first);
	if (second < 0) return second;
	ends[0] = first;
	ends[1] = second;
	return 0;
}

static long start_to_listen(struct socket *socket, int backlog)
{
	if (!__common_has_connections(socket)) return -EOPNOTSUPP;
	if (socket->state == CONNECTED) return -EINVAL;
	long error = socket->family->name(socket, 1);
	if (error) return error;
	socket->state = LISTENS;
	socket->backlog = (unsigned)backlog > SOMAXCONN ? SOMAXCONN : backlog;
	credit(socket);
	return 0;
}

long SYS_listen_function(int fd, int backlog)
{
	long error;
	struct file *file = __common_socket_file(fd, &error);
	if (!file) return error;
	__common_lock(&__common_network.lock);
	error = start_to_listen(file->object, backlog);
	__common_unlock(&__common_network.lock);
	__common_put(file);
	return error;
}

static void inherit(struct socket *server, const struct socket *listener)
{
	server->domain = listener->domain;
	server->pass_credentials = listener->pass_credentials;
	server->receive_limit = listener->receive_limit;
	server->send_limit = listener->send_limit;
	if (!__common_is_inet(listener)) return;
	server->reuse_address = listener->reuse_address;
	server->reuse_port = listener->reuse_port;
	server->only_v6 = listener->only_v6;
	server->receive_time = listener->receive_time;
	server->send_time = listener->send_time;
	server->linger = listener->linger;
	memcpy(server->plain, listener->plain, sizeof server->plain);
}

/* The end for the one who listens: it waits to be accepted. */
static void meet(struct socket *client, struct socket *server, struct socket *listener, const struct address *name)
{
	struct socket **end = &listener->waiting;
	while (*end) end = &(*end)->next_waiting;
	*end = server;
	listener->waiting_count++;
	join(client, server);
	inherit(server, listener);
	client->family->introduce(client, server, name);
	__common_socket_changed(client, OUT);
	__common_socket_changed(listener, IN);
}

/* -EAGAIN: too many wait already. *server is null afterwards if it has become the other end. */
static long connect_to(struct socket *client, struct socket **server, const struct address *name, int flags)
{
	long error;
	if (client->state == LISTENS) return __common_is_inet(client) ? -EISCONN : -EINVAL;
	if (client->state == CONNECTED) {
		if (!client->in_progress) return -EISCONN;
		client->in_progress = 0;
		return 0;
	}
	if (client->error && client->in_progress) {
		error = -client->error;
		client->error = client->in_progress = 0;
		return error;
	}
	struct socket *listener = client->family->find(client, name, &error);
	if (listener && !__common_is_inet(client) && listener->waiting_count > listener->backlog) return -EAGAIN;
	if (listener) error = client->family->name(client, 0);
	if (listener && !error) {
		meet(client, *server, listener, name);
		*server = 0;
	}
	/* Linux's TCP always takes its time. */
	if (!__common_is_inet(client) || !(flags & O_NONBLOCK) || (error && error != -ECONNREFUSED)) return error;
	if (error) {
		client->error = -error;
		__common_socket_changed(client, BOTH);
	}
	client->in_progress = 1;
	return -EINPROGRESS;
}

static long connect_in_time(struct file *file, struct socket *client, struct socket **server, const struct address *name)
{
	uint64_t deadline = __common_time_limit(client->send_time);
	for (;;) {
		__common_lock(&__common_network.lock);
		int seen = __common_network.room.number;
		long error = connect_to(client, server, name, file->flags);
		__common_unlock(&__common_network.lock);
		if (error != -EAGAIN || file->flags & O_NONBLOCK) return error;
		error = __common_await(&__common_network.room, seen, EVERYBODY, deadline, client->send_time ? ENDS : RESTARTS);
		if (error) return error == -ETIMEDOUT ? -EAGAIN : error;
	}
}

static long connect_stream(struct file *file, struct socket *client, const struct address *name)
{
	struct socket *server = __common_new_socket(client->family, client->domain, client->type, client->protocol);
	if (!server) return -ENOMEM;
	long error = connect_in_time(file, client, &server, name);
	if (server) __common_close_socket(server);
	return error;
}

long SYS_connect_function(int fd, const void *address, unsigned size)
{
	struct address name;
	long error;
	struct file *file = socket_and_name(fd, address, size, &name, &error);
	if (!file) return error;
	struct socket *socket = file->object;
	if (name.family != AF_UNSPEC || __common_has_connections(socket)) error = socket->family->resolve(socket, &name);
	if (!error && __common_has_connections(socket)) {
		error = connect_stream(file, socket, &name);
	} else if (!error) {
		__common_lock(&__common_network.lock);
		error = socket->family->direct(socket, &name);
		__common_unlock(&__common_network.lock);
	}
	__common_put(file);
	return error;
}

/* The next one, or null with the error. */
static struct socket *next_connection(struct socket *listener, long *error)
{
	struct socket *server = listener->waiting;
	*error = listener->state != LISTENS ? -EINVAL : server ? 0 : -EAGAIN;
	if (*error) return 0;
	listener->waiting = server->next_waiting;
	listener->waiting_count--;
	server->next_waiting = 0;
	__common_happens(&__common_network.room, EVERYBODY);
	return server;
}

static struct socket *await_connection(struct file *file, long *error)
{
	struct socket *listener = file->object;
	uint64_t deadline = __common_time_limit(listener->receive_time);
	for (;;) {
		__common_lock(&__common_network.lock);
		int seen = listener->moment.number;
		struct socket *server = __common_has_connections(listener) ? next_connection(listener, error) : 0;
		__common_unlock(&__common_network.lock);
		if (!__common_has_connections(listener)) *error = -EOPNOTSUPP;
		if (*error != -EAGAIN || file->flags & O_NONBLOCK) return server;
		*error = __common_await(&listener->moment, seen, EVERYBODY, deadline, listener->receive_time ? ENDS : RESTARTS);
		if (*error == -ETIMEDOUT) *error = -EAGAIN;
		if (*error) return 0;
	}
}

/* Without a descriptor for it, it waits on, as the first one. */
static void give_back(struct socket *listener, struct socket *server)
{
	__common_lock(&__common_network.lock);
	server->next_waiting = listener->waiting;
	listener->waiting = server;
	listener->waiting_count++;
	__common_unlock(&__common_network.lock);
}

static long new_connection(struct socket *listener, struct socket *server, int flags)
{
	struct file *file = __common_new_file(&__common_socket_kind, O_RDWR | (flags & O_NONBLOCK));
	if (!file) {
		give_back(listener, server);
		return -ENFILE;
	}
	__atomic_fetch_add(&file->references, 1, __ATOMIC_RELAXED);
	file->object = server;
	long fd = __common_new_descriptor(file, flags & O_CLOEXEC);
	if (fd < 0) {
		file->object = 0;
		give_back(listener, server);
	}
	__common_put(file);
	return fd;
}

long SYS_accept4_function(int fd, void *address, unsigned *size, int flags)
{
	long error;
	if (flags & ~TYPE_FLAGS) return -EINVAL;
	struct file *file = __common_socket_file(fd, &error);
	if (!file) return error;
	struct socket *server = await_connection(file, &error);
	long result = error;
	if (server) {
		struct address name = server->peer_name;
		result = new_connection(file->object, server, flags);
		if (result >= 0) __common_give_address(&name, address, size);
	}
	__common_put(file);
	return result;
}

long SYS_accept_function(int fd, void *address, unsigned *size)
{
	return SYS_accept4_function(fd, address, size, 0);
}

/* What one end no longer sends, the other has an end of. The UNIX family also tells who still wants to send. */
static void shut(struct socket *socket, int directions)
{
	socket->shut |= directions;
	__common_socket_changed(socket, BOTH);
	struct socket *peer = __common_has_connections(socket) ? socket->peer : 0;
	if (!peer) return;
	if (directions & OUT) peer->shut |= IN;
	if (directions & IN && !__common_is_inet(socket)) peer->shut |= OUT;
	__common_socket_changed(peer, BOTH);
}

long SYS_shutdown_function(int fd, int how)
{
	long error;
	if (how < SHUT_RD || how > SHUT_RDWR) return -EINVAL;
	struct file *file = __common_socket_file(fd, &error);
	if (!file) return error;
	struct socket *socket = file->object, *refused = 0;
	__common_lock(&__common_network.lock);
	if (socket->state == LISTENS && how != SHUT_WR) {
		refused = socket->waiting;
		socket->waiting = 0;
		socket->waiting_count = 0;
		socket->state = FRESH;
		__common_socket_changed(socket, BOTH);
	} else if (__common_is_inet(socket) && !socket->peer_name.size) {
		error = -ENOTCONN;
	} else {
		shut(socket, how + 1);
	}
	__common_unlock(&__common_network.lock);
	refuse(refused);
	__common_put(file);
	return error;
}
