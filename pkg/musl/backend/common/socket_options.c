/* Options of sockets. Some mean something here, the others are remembered. */

#define _GNU_SOURCE
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include "common.h"
#include "common/socket.h"

enum { SMALLEST_SEND = 4608, SMALLEST_RECEIVE = 2304, LARGEST_LIMIT = 2*212992 }; /* as Linux */
#define LONGEST (INT64_MAX / SECOND - 1)

/* 32-bit programs have two names for these, one of them with times of two longs. */
#ifndef SO_RCVTIMEO_OLD
#define SO_RCVTIMEO_OLD 20
#define SO_SNDTIMEO_OLD 21
#endif
#define SO_RCVTIMEO_NEW 66
#define SO_SNDTIMEO_NEW 67

/* Options that change nothing here. Whole numbers, or switches, of which Linux only remembers whether they are on. */
static const struct plain { int level, option, is_switch, initial; } plain[] = {
	{ SOL_SOCKET, SO_KEEPALIVE, 1, 0 }, { SOL_SOCKET, SO_BROADCAST, 1, 0 }, { SOL_SOCKET, SO_OOBINLINE, 1, 0 },
	{ SOL_SOCKET, SO_PRIORITY, 0, 0 }, { IPPROTO_TCP, TCP_NODELAY, 1, 0 }, { IPPROTO_TCP, TCP_KEEPIDLE, 0, 7200 },
	{ IPPROTO_TCP, TCP_KEEPINTVL, 0, 75 }, { IPPROTO_TCP, TCP_KEEPCNT, 0, 9 },
	{ IPPROTO_TCP, TCP_USER_TIMEOUT, 0, 0 }, { IPPROTO_TCP, TCP_CORK, 1, 0 }, { IPPROTO_TCP, TCP_QUICKACK, 1, 1 },
	{ IPPROTO_TCP, TCP_DEFER_ACCEPT, 0, 0 }, { IPPROTO_IP, IP_TOS, 0, 0 }, { IPPROTO_IP, IP_TTL, 0, 64 },
	{ IPPROTO_IP, IP_MTU_DISCOVER, 0, 1 }, { IPPROTO_IP, IP_RECVERR, 1, 0 },
	{ IPPROTO_IPV6, IPV6_UNICAST_HOPS, 0, 64 }, { IPPROTO_IPV6, IPV6_TCLASS, 0, 0 }, { IPPROTO_IPV6, IPV6_RECVERR, 1, 0 },
};
_Static_assert(sizeof plain / sizeof *plain <= sizeof ((struct socket *)0)->plain / sizeof(int), "room for all");

static int plain_index(const struct socket *socket, int level, int option)
{
	if (level != SOL_SOCKET && !__common_is_inet(socket)) return -1;
	if (level == IPPROTO_TCP && socket->type != SOCK_STREAM) return -1;
	if (level == IPPROTO_IPV6 && socket->domain != AF_INET6) return -1;
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (plain[i].level == level && plain[i].option == option) return i;
	return -1;
}

/* The number that stands for one of the socket's own, or null. */
static int *switch_of(struct socket *socket, int level, int option)
{
	if (level == SOL_SOCKET) {
		switch (option) {
		case SO_REUSEADDR: return &socket->reuse_address;
		case SO_REUSEPORT: return &socket->reuse_port;
		case SO_PASSCRED: return &socket->pass_credentials;
		}
	}
	return level == IPPROTO_IPV6 && option == IPV6_V6ONLY && socket->domain == AF_INET6 ? &socket->only_v6 : 0;
}

static int64_t *time_of(struct socket *socket, int option)
{
	switch (option) {
	case SO_RCVTIMEO_OLD: case SO_RCVTIMEO_NEW: return &socket->receive_time;
	case SO_SNDTIMEO_OLD: case SO_SNDTIMEO_NEW: return &socket->send_time;
	}
	return 0;
}

static int is_old(int option)
{
	return option == SO_RCVTIMEO_OLD || option == SO_SNDTIMEO_OLD;
}

static long set_time(int64_t *time, const void *value, unsigned size, int old)
{
	int64_t parts[2];
	if (old) {
		long longs[2];
		if (size < sizeof longs) return -EINVAL;
		memcpy(longs, value, sizeof longs);
		parts[0] = longs[0], parts[1] = longs[1];
	} else {
		if (size < sizeof parts) return -EINVAL;
		memcpy(parts, value, sizeof parts);
	}
	if (parts[1] < 0 || parts[1] >= 1000000) return -EDOM;
	/* Linux takes negative times for none. */
	*time = parts[0] < 0 ? 1 : parts[0] > LONGEST ? 0 : parts[0]*SECOND + parts[1]*1000;
	return 0;
}

static int doubled(int value, int smallest)
{
	int limit = value < 0 || value > LARGEST_LIMIT / 2 ? LARGEST_LIMIT : 2*value;
	return limit < smallest ? smallest : limit;
}

static long set_number(struct socket *socket, int level, int option, int value)
{
	int *own = switch_of(socket, level, option), index = plain_index(socket, level, option);
	if (own == &socket->only_v6 && socket->bound) return -EINVAL;
	if (own) *own = !!value;
	else if (index >= 0) socket->plain[index] = (plain[index].is_switch ? !!value : value) ^ plain[index].initial;
	else if (level != SOL_SOCKET) return -ENOPROTOOPT;
	else if (option == SO_SNDBUF || option == SO_SNDBUFFORCE) socket->send_limit = doubled(value, SMALLEST_SEND);
	else if (option == SO_RCVBUF || option == SO_RCVBUFFORCE) socket->receive_limit = doubled(value, SMALLEST_RECEIVE);
	else return -ENOPROTOOPT;
	return 0;
}

static long set(struct socket *socket, int level, int option, const void *value, unsigned size)
{
	int number;
	if ((int)size < 0) return -EINVAL;
	if (level == SOL_SOCKET && time_of(socket, option)) return set_time(time_of(socket, option), value, size, is_old(option));
	if (size < sizeof number) return -EINVAL;
	if (level == SOL_SOCKET && option == SO_LINGER) {
		if (size < sizeof socket->linger) return -EINVAL;
		memcpy(&socket->linger, value, sizeof socket->linger);
		return 0;
	}
	memcpy(&number, value, sizeof number);
	return set_number(socket, level, option, number);
}

long SYS_setsockopt_function(int fd, int level, int option, const void *value, unsigned size)
{
	long error;
	struct file *file = __common_socket_file(fd, &error);
	if (!file) return error;
	__common_lock(&__common_network.lock);
	error = set(file->object, level, option, value, size);
	__common_unlock(&__common_network.lock);
	__common_put(file);
	return error;
}

static long give(void *value, unsigned *size, const void *from, unsigned length)
{
	if ((int)*size < 0) return -EINVAL;
	if (*size > length) *size = length;
	memcpy(value, from, *size);
	return 0;
}

static long give_time(int64_t time, int old, void *value, unsigned *size)
{
	int64_t parts[2] = { time / SECOND, time % SECOND / 1000 };
	long longs[2] = { parts[0], parts[1] };
	return old ? give(value, size, longs, sizeof longs) : give(value, size, parts, sizeof parts);
}

/* Of SOL_SOCKET, what can only be asked, and what was changed by set_number. */
static long number_of(struct socket *socket, int option, int *number)
{
	switch (option) {
	case SO_TYPE: *number = socket->type; return 0;
	case SO_DOMAIN: *number = socket->domain; return 0;
	case SO_PROTOCOL: *number = socket->protocol; return 0;
	case SO_ACCEPTCONN: *number = socket->state == LISTENS; return 0;
	case SO_SNDBUF: *number = socket->send_limit; return 0;
	case SO_RCVBUF: *number = socket->receive_limit; return 0;
	case SO_RCVLOWAT: *number = 1; return 0;
	case SO_ERROR:
		*number = socket->error;
		socket->error = 0;
		return 0;
	}
	return -ENOPROTOOPT;
}

static long get(struct socket *socket, int level, int option, void *value, unsigned *size)
{
	int number, index = plain_index(socket, level, option), *own = switch_of(socket, level, option);
	if (own) number = *own;
	else if (index >= 0) number = socket->plain[index] ^ plain[index].initial;
	else if (level == IPPROTO_TCP && option == TCP_MAXSEG && socket->type == SOCK_STREAM) number = 65483;
	else if (level != SOL_SOCKET) return level == SOL_SOCKET || __common_is_inet(socket) ? -ENOPROTOOPT : -EOPNOTSUPP;
	else if (time_of(socket, option)) return give_time(*time_of(socket, option), is_old(option), value, size);
	else if (option == SO_LINGER) return give(value, size, &socket->linger, sizeof socket->linger);
	else if (option == SO_PEERCRED) return give(value, size, &socket->peer_credentials, sizeof socket->peer_credentials);
	else if (number_of(socket, option, &number)) return -ENOPROTOOPT;
	return give(value, size, &number, sizeof number);
}

long SYS_getsockopt_function(int fd, int level, int option, void *value, unsigned *size)
{
	long error;
	struct file *file = __common_socket_file(fd, &error);
	if (!file) return error;
	__common_lock(&__common_network.lock);
	error = get(file->object, level, option, value, size);
	__common_unlock(&__common_network.lock);
	__common_put(file);
	return error;
}
