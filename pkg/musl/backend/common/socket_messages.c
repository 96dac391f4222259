/* What goes through sockets: streams of bytes, datagrams, and the files and credentials that go with them. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include "common.h"
#include "common/parts.h"
#include "common/socket.h"

enum {
	MOST_FILES = 253,
	LONGEST_UDP = 65507,
	/* Pieces that heap.c keeps for the next time. */
	STREAM_PACKET = 8192 - 2*sizeof(long double), SMALL_STREAM_PACKET = 1024 - 2*sizeof(long double)
};

/* One call's worth of sending or receiving. */
struct transfer {
	const struct iovec *parts;
	int count, flags;
	size_t length, done;
	struct address name;         /* to whom, or from */
	struct ucred sender;
	struct file **files;
	int file_count;
	struct packet *dropped;      /* to be freed without the lock */
	int truncated, began;        /* a datagram, at its end; there was something, if only of length 0 */
};

static size_t weight(const struct packet *packet)
{
	return packet->room + sizeof *packet;
}

static void free_files(struct file **files, int count)
{
	for (int i = 0; i < count; i++) __common_put(files[i]);
	__common_free(files);
}

void __common_free_packets(struct packet *packet)
{
	for (struct packet *next; packet; packet = next) {
		next = packet->next;
		free_files(packet->files, packet->file_count);
		__common_free(packet);
	}
}

/* -- Sending: with the lock held -- */

static struct packet *new_packet(struct transfer *transfer, size_t room)
{
	struct packet *packet = __common_allocate(sizeof *packet + room);
	if (!packet) return 0;
	packet->room = room;
	packet->sender = transfer->sender;
	packet->files = transfer->files;
	packet->file_count = transfer->file_count;
	transfer->files = 0;
	transfer->file_count = 0;
	return packet;
}

static void append(struct socket *socket, struct packet *packet)
{
	*socket->end = packet;
	socket->end = &packet->next;
	socket->queued += weight(packet);
	socket->count++;
}

static struct packet *last_of(struct socket *socket)
{
	return socket->first ? (struct packet *)((char *)socket->end - offsetof(struct packet, next)) : 0;
}

static size_t fill(struct packet *packet, struct transfer *transfer, size_t most)
{
	size_t size = packet->room - packet->size < most ? packet->room - packet->size : most;
	size = __common_gather(packet->data + packet->size, size, transfer->parts, transfer->count, transfer->done);
	packet->size += size;
	transfer->done += size;
	return size;
}

/* Puts as much as there is room for into the stream: first into the packet that is there. */
static long put_stream(struct socket *to, struct transfer *transfer, size_t room)
{
	size_t before = transfer->done;
	struct packet *packet = last_of(to);
	if (packet && !packet->file_count && !transfer->file_count) room -= fill(packet, transfer, room);
	while (transfer->done < transfer->length && room) {
		size_t left = transfer->length - transfer->done, most = (left < room ? left : room) + sizeof *packet;
		packet = new_packet(transfer, (most <= SMALL_STREAM_PACKET ? SMALL_STREAM_PACKET : STREAM_PACKET) - sizeof *packet);
		if (!packet) return transfer->done > before ? 0 : -ENOMEM;
		append(to, packet);
		room -= fill(packet, transfer, room);
	}
	if (transfer->done > before) __common_socket_changed(to, IN);
	return 0;
}

static int take_error(struct socket *socket)
{
	int error = -socket->error;
	socket->error = 0;
	return error;
}

/* Why nothing can be sent, or 0. */
static long check_stream(struct socket *socket)
{
	if (__common_is_inet(socket) && socket->error) return take_error(socket);
	if (socket->shut & OUT) return -EPIPE;
	if (socket->state != CONNECTED) return __common_is_inet(socket) ? -EPIPE : -ENOTCONN;
	return !__common_is_inet(socket) && socket->peer && socket->peer->shut & IN ? -EPIPE : 0;
}

static long send_stream(struct socket *socket, struct transfer *transfer)
{
	long error = check_stream(socket);
	if (error) return error;
	if (!socket->peer) {
		/* TCP finds out by the answer to this. */
		transfer->done = transfer->length;
		socket->error = EPIPE;
		socket->shut = BOTH;
		__common_socket_changed(socket, BOTH);
		return 0;
	}
	size_t room = __common_room_at_peer(socket);
	if (room) error = put_stream(socket->peer, transfer, room);
	return error || transfer->done == transfer->length ? error : -EAGAIN;
}

static long send_record(struct socket *socket, struct transfer *transfer)
{
	long error = socket->error ? take_error(socket) : check_stream(socket);
	if (error) return error;
	if (transfer->length > (size_t)socket->send_limit) return -EMSGSIZE;
	if (socket->peer->first && transfer->length + sizeof(struct packet) > __common_room_at_peer(socket)) return -EAGAIN;
	struct packet *packet = new_packet(transfer, transfer->length);
	if (!packet) return -ENOMEM;
	fill(packet, transfer, transfer->length);
	append(socket->peer, packet);
	__common_socket_changed(socket->peer, IN);
	return 0;
}

/* What came from a peer that has gone, as Linux does when it finds that out. */
static void drop_all(struct socket *socket, struct transfer *transfer)
{
	transfer->dropped = socket->first;
	socket->first = 0;
	socket->end = &socket->first;
	socket->queued = socket->count = 0;
}

static long send_datagram(struct socket *socket, struct transfer *transfer)
{
	long error = take_error(socket);
	if (!error && socket->shut & OUT) error = -EPIPE;
	if (!error && transfer->length > (__common_is_inet(socket) ? LONGEST_UDP : (size_t)socket->send_limit - 32)) error = -EMSGSIZE;
	if (error) return error;
	struct socket *to = socket->family->find(socket, &transfer->name, &error);
	if (!to) {
		if (!error) transfer->done = transfer->length; /* lost */
		else if (error == -ECONNREFUSED && !transfer->name.size) drop_all(socket, transfer);
		return error;
	}
	struct packet *packet = new_packet(transfer, transfer->length);
	if (!packet) return -ENOMEM;
	fill(packet, transfer, transfer->length);
	socket->family->describe(socket, to, transfer->name.size ? &transfer->name : &socket->peer_name, &packet->from);
	append(to, packet);
	__common_socket_changed(to, IN);
	return 0;
}

static long send_step(struct socket *socket, struct transfer *transfer)
{
	if (socket->type == SOCK_STREAM) return send_stream(socket, transfer);
	return socket->type == SOCK_SEQPACKET ? send_record(socket, transfer) : send_datagram(socket, transfer);
}

/* -- Sending: waiting for room -- */

static struct moment *room_moment(struct socket *socket)
{
	return socket->type == SOCK_DGRAM ? &__common_network.room : &socket->moment;
}

static long send_all(struct file *file, struct transfer *transfer)
{
	struct socket *socket = file->object;
	struct moment *moment = room_moment(socket);
	int never = file->flags & O_NONBLOCK || transfer->flags & MSG_DONTWAIT;
	uint64_t deadline = __common_time_limit(socket->send_time);
	transfer->sender = (struct ucred){ SYS_getpid_function(), SYS_geteuid_function(), SYS_getegid_function() };
	for (;;) {
		__common_lock(&__common_network.lock);
		int seen = moment->number;
		long error = send_step(socket, transfer);
		__common_unlock(&__common_network.lock);
		__common_free_packets(transfer->dropped);
		transfer->dropped = 0;
		if (error == -EAGAIN && !never)
			error = __common_await(moment, seen, EVERYBODY, deadline, socket->send_time || transfer->done ? ENDS : RESTARTS);
		else if (!error)
			return transfer->done;
		if (error == -ETIMEDOUT) error = -EAGAIN;
		if (error == -EPIPE && socket->type == SOCK_STREAM && !(transfer->flags & MSG_NOSIGNAL))
			SYS_tkill_function(__backend_self()->id, SIGPIPE);
		if (error) return transfer->done ? (long)transfer->done : error;
	}
}

/* With a name, in case of datagrams. */
static long send_to(struct file *file, struct transfer *transfer, const void *address, unsigned size)
{
	struct socket *socket = file->object;
	long error = 0;
	if (transfer->flags & MSG_OOB) return -EOPNOTSUPP;
	if (address && size && !__common_is_inet(socket) && __common_has_connections(socket))
		return socket->state == CONNECTED ? -EISCONN : -EOPNOTSUPP;
	if (address && size && !__common_has_connections(socket)) {
		error = __common_copy_address(&transfer->name, address, size);
		if (!error) error = socket->family->resolve(socket, &transfer->name);
	}
	return error ? error : send_all(file, transfer);
}

/* -- Receiving: with the lock held -- */

static void take_extras(struct packet *packet, struct transfer *transfer)
{
	transfer->sender = packet->sender;
	transfer->name = packet->from;
	transfer->began = 1;
	if (transfer->flags & MSG_PEEK) return;
	transfer->files = packet->files;
	transfer->file_count = packet->file_count;
	packet->files = 0;
	packet->file_count = 0;
}

static void remove_first(struct socket *socket)
{
	struct packet *packet = socket->first;
	socket->first = packet->next;
	if (!socket->first) socket->end = &socket->first;
	socket->queued -= weight(packet);
	socket->count--;
	__common_free(packet);
}

/* What follows bytes with files is for the next call: unix(7), "Ancillary messages". */
static void take_stream(struct socket *socket, struct transfer *transfer)
{
	struct packet *packet = socket->first, *next;
	for (int stop = 0; packet && !stop && transfer->done < transfer->length; packet = next) {
		next = packet->next;
		stop = packet->file_count;
		if (!transfer->done || packet->file_count) take_extras(packet, transfer);
		size_t size = __common_scatter(transfer->parts, transfer->count, transfer->done, packet->data + packet->taken,
			packet->size - packet->taken);
		transfer->done += size;
		if (transfer->flags & MSG_PEEK) continue;
		packet->taken += size;
		if (packet->taken == packet->size) remove_first(socket);
	}
}

static void take_record(struct socket *socket, struct transfer *transfer)
{
	struct packet *packet = socket->first;
	take_extras(packet, transfer);
	transfer->done = __common_scatter(transfer->parts, transfer->count, 0, packet->data, packet->size);
	transfer->truncated = packet->size > transfer->done;
	if (transfer->flags & MSG_TRUNC) transfer->done = packet->size;
	if (!(transfer->flags & MSG_PEEK)) remove_first(socket);
}

/* There is room again for those who send here. */
static void tell_senders(struct socket *socket)
{
	if (socket->type != SOCK_DGRAM) {
		if (socket->peer) __common_socket_changed(socket->peer, OUT);
		return;
	}
	for (struct socket *other = __common_network.first; other; other = other->next)
		if (other->peer == socket) other->departures++;
	__common_happens(&__common_network.room, EVERYBODY);
}

static long receive_step(struct socket *socket, struct transfer *transfer)
{
	if (socket->type != SOCK_STREAM && socket->error) return take_error(socket);
	if (__common_has_connections(socket) && socket->state != CONNECTED && !socket->shut && !socket->error)
		return __common_is_inet(socket) || socket->type == SOCK_SEQPACKET ? -ENOTCONN : -EINVAL;
	if (socket->first) {
		int count = socket->count;
		if (socket->type == SOCK_STREAM) take_stream(socket, transfer);
		else take_record(socket, transfer);
		if (socket->count != count) tell_senders(socket);
		int complete = !(transfer->flags & MSG_WAITALL) || transfer->flags & MSG_PEEK || socket->type != SOCK_STREAM;
		if (complete || transfer->file_count || transfer->done == transfer->length) return 0;
	}
	if (socket->error) return transfer->done ? 0 : take_error(socket);
	return socket->shut & IN ? 0 : -EAGAIN;
}

/* -- Receiving: waiting -- */

static long receive(struct file *file, struct transfer *transfer)
{
	struct socket *socket = file->object;
	int never = file->flags & O_NONBLOCK || transfer->flags & MSG_DONTWAIT;
	uint64_t deadline = __common_time_limit(socket->receive_time);
	if (transfer->flags & MSG_OOB) return __common_is_inet(socket) ? -EINVAL : -EOPNOTSUPP;
	if (transfer->flags & MSG_ERRQUEUE) return -EAGAIN;
	if (!transfer->length && socket->type == SOCK_STREAM) return 0;
	for (;;) {
		__common_lock(&__common_network.lock);
		int seen = socket->moment.number;
		long error = receive_step(socket, transfer);
		__common_unlock(&__common_network.lock);
		/* Datagrams have no end; whoever waits is sent away all the same. */
		if (!error && socket->type == SOCK_DGRAM && !transfer->began && never) error = -EAGAIN;
		if (error == -EAGAIN && !never)
			error = __common_await(&socket->moment, seen, EVERYBODY, deadline,
				socket->receive_time || transfer->done ? ENDS : RESTARTS);
		else if (!error)
			return transfer->done;
		if (error == -ETIMEDOUT) error = -EAGAIN;
		if (error) return transfer->done ? (long)transfer->done : error;
	}
}

/* -- The calls -- */

static struct transfer transfer_of(const struct iovec *parts, int count, int flags)
{
	return (struct transfer){ .parts = parts, .count = count, .flags = flags, .length = __common_length_of(parts, count) };
}

long __common_socket_read(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	struct transfer transfer = transfer_of(parts, count, 0);
	(void)position;
	long result = receive(file, &transfer);
	free_files(transfer.files, transfer.file_count);
	return result;
}

long __common_socket_write(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	struct transfer transfer = transfer_of(parts, count, 0);
	(void)position;
	return send_to(file, &transfer, 0, 0);
}

long SYS_sendto_function(int fd, const void *data, size_t length, int flags, const void *address, unsigned size)
{
	long result;
	struct iovec part = { (void *)data, length };
	struct transfer transfer = transfer_of(&part, 1, flags);
	struct file *file = __common_socket_file(fd, &result);
	if (!file) return result;
	result = send_to(file, &transfer, address, size);
	__common_put(file);
	return result;
}

long SYS_recvfrom_function(int fd, void *data, size_t length, int flags, void *address, unsigned *size)
{
	long result;
	struct iovec part = { data, length };
	struct transfer transfer = transfer_of(&part, 1, flags);
	struct file *file = __common_socket_file(fd, &result);
	if (!file) return result;
	result = receive(file, &transfer);
	if (result >= 0) __common_give_address(&transfer.name, address, size);
	free_files(transfer.files, transfer.file_count);
	__common_put(file);
	return result;
}

#ifdef __arm__
long SYS_send_function(int fd, const void *data, size_t length, int flags)
{
	return SYS_sendto_function(fd, data, length, flags, 0, 0);
}

long SYS_recv_function(int fd, void *data, size_t length, int flags)
{
	return SYS_recvfrom_function(fd, data, length, flags, 0, 0);
}
#endif

/* -- Messages with more than data -- */

/* In the kernel's layout the length has a long of its own; musl's header of it says the same. */
static struct cmsghdr *next_control(const struct msghdr *message, struct cmsghdr *control)
{
	char *end = (char *)message->msg_control + message->msg_controllen;
	char *next = control ? (char *)control + CMSG_ALIGN(control->cmsg_len) : message->msg_control;
	return end - next < (ptrdiff_t)sizeof *control ? 0 : (struct cmsghdr *)next;
}

static long add_files(struct transfer *transfer, const struct cmsghdr *control)
{
	int count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	if (count + transfer->file_count > MOST_FILES) return -EINVAL;
	if (!transfer->files && !(transfer->files = __common_allocate(MOST_FILES * sizeof *transfer->files))) return -ENOMEM;
	for (int i = 0; i < count; i++) {
		struct file *file = __common_file(((const int *)CMSG_DATA(control))[i]);
		if (!file) return -EBADF;
		transfer->files[transfer->file_count++] = file;
	}
	return 0;
}

static long read_controls(struct transfer *transfer, struct socket *socket, const struct msghdr *message)
{
	if (!message->msg_controllen) return 0;
	for (struct cmsghdr *control = 0; (control = next_control(message, control));) {
		size_t room = (char *)message->msg_control + message->msg_controllen - (char *)control;
		if (control->cmsg_len < sizeof *control || control->cmsg_len > room) return -EINVAL;
		if (control->cmsg_level != SOL_SOCKET || socket->domain != AF_UNIX) continue;
		if (control->cmsg_type == SCM_RIGHTS) {
			long error = add_files(transfer, control);
			if (error) return error;
		} else if (control->cmsg_type != SCM_CREDENTIALS || control->cmsg_len != CMSG_LEN(sizeof(struct ucred))) {
			return -EINVAL;
		}
	}
	return 0;
}

static long send_message(struct file *file, const struct msghdr *message, int flags)
{
	if ((unsigned)message->msg_iovlen > IOV_MAX) return -EMSGSIZE;
	struct transfer transfer = transfer_of(message->msg_iov, message->msg_iovlen, flags);
	long result = read_controls(&transfer, file->object, message);
	if (!result) result = send_to(file, &transfer, message->msg_name, message->msg_namelen);
	free_files(transfer.files, transfer.file_count);
	return result;
}

long SYS_sendmsg_function(int fd, const struct msghdr *message, int flags)
{
	long result;
	struct file *file = __common_socket_file(fd, &result);
	if (!file) return result;
	result = send_message(file, message, flags);
	__common_put(file);
	return result;
}

/* Writes control messages one behind the other. */
struct controls { char *next, *end; int truncated; };

/* Room for so many bytes, or fewer; null: not even for the header. */
static void *add_control(struct controls *controls, int type, size_t *size)
{
	struct cmsghdr *control = (struct cmsghdr *)controls->next;
	size_t room = controls->end - controls->next;
	if (*size + CMSG_LEN(0) > room) controls->truncated = 1;
	if (room < CMSG_LEN(0)) return 0;
	if (*size > room - CMSG_LEN(0)) *size = room - CMSG_LEN(0);
	memset(control, 0, CMSG_LEN(0));
	control->cmsg_len = CMSG_LEN(*size);
	control->cmsg_level = SOL_SOCKET;
	control->cmsg_type = type;
	controls->next += CMSG_SPACE(*size) < room ? CMSG_SPACE(*size) : room;
	return CMSG_DATA(control);
}

static void give_credentials(struct controls *controls, const struct ucred *sender)
{
	size_t size = sizeof *sender;
	void *place = add_control(controls, SCM_CREDENTIALS, &size);
	if (place) memcpy(place, sender, size);
}

/* Those that get a descriptor have one reference less to give back. */
static void give_files(struct controls *controls, struct transfer *transfer)
{
	struct file *given = 0;
	int count = 0, fds[MOST_FILES], room = (controls->end - controls->next - (ptrdiff_t)CMSG_LEN(0)) / (ptrdiff_t)sizeof *fds;
	while (count < transfer->file_count && count < room) {
		given = transfer->files[count];
		fds[count] = __common_new_descriptor(given, transfer->flags & MSG_CMSG_CLOEXEC ? O_CLOEXEC : 0);
		if (fds[count] < 0) break;
		count++;
	}
	/* Without a descriptor, the reference is given back already, too. */
	int used = count < transfer->file_count && count < room ? count + 1 : count;
	if (count < transfer->file_count) controls->truncated = 1;
	size_t size = count * sizeof *fds;
	void *place = count ? add_control(controls, SCM_RIGHTS, &size) : 0;
	if (place) memcpy(place, fds, size);
	transfer->file_count -= used;
	memmove(transfer->files, transfer->files + used, transfer->file_count * sizeof *transfer->files);
}

static void give_controls(struct socket *socket, struct transfer *transfer, struct msghdr *message)
{
	char *first = message->msg_control;
	struct controls controls = { first, first ? first + message->msg_controllen : first, 0 };
	if (transfer->began && socket->pass_credentials) give_credentials(&controls, &transfer->sender);
	if (transfer->file_count) give_files(&controls, transfer);
	message->msg_controllen = controls.next - first;
	if (controls.truncated) message->msg_flags |= MSG_CTRUNC;
}

static long receive_message(struct file *file, struct msghdr *message, int flags)
{
	if ((unsigned)message->msg_iovlen > IOV_MAX) return -EMSGSIZE;
	struct transfer transfer = transfer_of(message->msg_iov, message->msg_iovlen, flags);
	long result = receive(file, &transfer);
	if (result >= 0) {
		struct socket *socket = file->object;
		message->msg_flags = flags & MSG_CMSG_CLOEXEC;
		if (transfer.truncated) message->msg_flags |= MSG_TRUNC;
		if (message->msg_name) __common_give_address(&transfer.name, message->msg_name, &message->msg_namelen);
		give_controls(socket, &transfer, message);
	}
	free_files(transfer.files, transfer.file_count);
	return result;
}

long SYS_recvmsg_function(int fd, struct msghdr *message, int flags)
{
	long result;
	struct file *file = __common_socket_file(fd, &result);
	if (!file) return result;
	result = receive_message(file, message, flags);
	__common_put(file);
	return result;
}

/* The error after the first is lost, as Linux's manual page tells. */
long SYS_sendmmsg_function(int fd, struct mmsghdr *messages, unsigned count, int flags)
{
	long result;
	unsigned done = 0;
	struct file *file = __common_socket_file(fd, &result);
	if (!file) return result;
	for (; done < count && done < IOV_MAX; done++) {
		result = send_message(file, &messages[done].msg_hdr, flags);
		if (result < 0) break;
		messages[done].msg_len = result;
	}
	__common_put(file);
	return done ? (long)done : result;
}

/* The time is only looked at after each message. */
long SYS_recvmmsg_function(int fd, struct mmsghdr *messages, unsigned count, int flags, const struct kernel_timespec *timeout)
{
	long result;
	unsigned done = 0;
	if (timeout && !__common_valid(timeout)) return -EINVAL;
	uint64_t deadline = timeout ? __common_after(timeout) : FOREVER;
	struct file *file = __common_socket_file(fd, &result);
	if (!file) return result;
	for (; done < count && done < IOV_MAX && (!done || __backend_now() < deadline); done++) {
		result = receive_message(file, &messages[done].msg_hdr, flags & ~MSG_WAITFORONE);
		if (result < 0) break;
		messages[done].msg_len = result;
		if (flags & MSG_WAITFORONE) flags |= MSG_DONTWAIT;
	}
	__common_put(file);
	return done ? (long)done : result;
}
