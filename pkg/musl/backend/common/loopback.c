/*
 * Sockets of the Internet families, as far as this program reaches itself: by the addresses 127.0.0.0/8 and ::1. Addresses
 * are compared in IPv6's form, of which IPv4's are a part.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include "common.h"
#include "common/parts.h"
#include "common/socket.h"

enum { FIRST_PORT = 32768, LAST_PORT = 60999 };

struct endpoint { struct in6_addr address; unsigned port; };

static const struct in6_addr any, loopback_v6 = { .s6_addr = { [15] = 1 } };
static const struct in6_addr loopback_v4 = { .s6_addr = { [10] = 0xff, [11] = 0xff, [12] = 127, [15] = 1 } };

/* Between this byte order and the network's. */
static uint16_t swapped(uint16_t number)
{
	return __builtin_bswap16(number);
}

static struct in6_addr mapped(uint32_t v4)
{
	struct in6_addr address = { .s6_addr = { [10] = 0xff, [11] = 0xff } };
	memcpy(address.s6_addr + 12, &v4, sizeof v4);
	return address;
}

static int is_v4(const struct in6_addr *address)
{
	return IN6_IS_ADDR_V4MAPPED(address);
}

static int is_equal(const struct in6_addr *a, const struct in6_addr *b)
{
	return __common_same_bytes(a, b, sizeof *a);
}

static int is_any(const struct in6_addr *address)
{
	return is_equal(address, &any) || (is_v4(address) && __common_same_bytes(address->s6_addr + 12, &any, 4));
}

static int is_here(const struct in6_addr *address)
{
	return is_any(address) || IN6_IS_ADDR_LOOPBACK(address) || (is_v4(address) && address->s6_addr[12] == 127);
}

static struct endpoint endpoint_of(const struct address *name)
{
	if (name->family == AF_INET) return (struct endpoint){ mapped(name->v4.sin_addr.s_addr), swapped(name->v4.sin_port) };
	return (struct endpoint){ name->v6.sin6_addr, swapped(name->v6.sin6_port) };
}

static struct address address_of(int domain, struct endpoint endpoint)
{
	struct address name = { .family = domain };
	if (domain == AF_INET) {
		name.size = sizeof name.v4;
		name.v4.sin_port = swapped(endpoint.port);
		memcpy(&name.v4.sin_addr, endpoint.address.s6_addr + 12, 4);
	} else {
		name.size = sizeof name.v6;
		name.v6.sin6_port = swapped(endpoint.port);
		name.v6.sin6_addr = endpoint.address;
	}
	return name;
}

static int fits(int type, int protocol)
{
	return type == SOCK_STREAM ? !protocol || protocol == IPPROTO_TCP : type == SOCK_DGRAM && (!protocol || protocol == IPPROTO_UDP);
}

static long check(struct socket *socket, struct address *name)
{
	if (name->size < (socket->domain == AF_INET ? sizeof name->v4 : 24)) return -EINVAL; /* without sin6_scope_id */
	return name->family != socket->domain ? -EAFNOSUPPORT : 0;
}

static long resolve(struct socket *socket, struct address *name)
{
	long error = check(socket, name);
	if (error) return error;
	struct endpoint endpoint = endpoint_of(name);
	if (!is_here(&endpoint.address) || (socket->only_v6 && is_v4(&endpoint.address))) return -ENETUNREACH;
	if (!endpoint.port && socket->type == SOCK_DGRAM) return -EINVAL;
	/* To any address means to this machine. */
	if (is_equal(&endpoint.address, &any)) endpoint.address = loopback_v6;
	else if (is_any(&endpoint.address)) endpoint.address = loopback_v4;
	*name = address_of(socket->domain, endpoint);
	return 0;
}

/* Whether a socket of the name takes what goes to that address. */
static int covers(const struct socket *socket, const struct in6_addr *address)
{
	struct endpoint own = endpoint_of(&socket->name);
	if (is_equal(&own.address, address)) return 1;
	if (!is_any(&own.address)) return 0;
	return is_v4(&own.address) ? is_v4(address) : !socket->only_v6 || !is_v4(address);
}

static int can_share(const struct socket *a, const struct socket *b)
{
	if (a->reuse_port && b->reuse_port) return 1;
	return a->reuse_address && b->reuse_address && a->state != LISTENS && b->state != LISTENS;
}

static int is_free(struct socket *socket)
{
	struct endpoint own = endpoint_of(&socket->name);
	for (struct socket *other = __common_network.first; other; other = other->next) {
		if (other == socket || !other->bound || !__common_is_inet(other) || other->type != socket->type) continue;
		struct endpoint its = endpoint_of(&other->name);
		if (its.port != own.port || can_share(socket, other)) continue;
		if (covers(socket, &its.address) || covers(other, &own.address)) return 0;
	}
	return 1;
}

/* With the lock held. */
static long set_name(struct socket *socket, struct endpoint wanted)
{
	struct address before = socket->name;
	int chosen = !wanted.port;
	for (int tries = chosen ? LAST_PORT - FIRST_PORT : 0; tries >= 0; tries--) {
		if (chosen) wanted.port = FIRST_PORT + __common_network.last_port++ % (LAST_PORT + 1 - FIRST_PORT);
		socket->name = address_of(socket->domain, wanted);
		if (!is_free(socket)) continue;
		socket->bound = 1;
		return 0;
	}
	socket->name = before;
	return -EADDRINUSE;
}

static long bind_name(struct socket *socket, struct address *name)
{
	if (socket->domain == AF_INET && name->family == AF_UNSPEC && name->size >= sizeof name->v4
		&& name->v4.sin_addr.s_addr == INADDR_ANY) name->family = AF_INET; /* as Linux, for old programs */
	long error = check(socket, name);
	if (error) return error;
	struct endpoint endpoint = endpoint_of(name);
	if (!is_here(&endpoint.address) || (socket->only_v6 && is_v4(&endpoint.address))) return -EADDRNOTAVAIL;
	__common_lock(&__common_network.lock);
	error = socket->bound ? -EINVAL : set_name(socket, endpoint);
	__common_unlock(&__common_network.lock);
	return error;
}

static long give_name(struct socket *socket, int listens)
{
	if (!socket->bound) return set_name(socket, endpoint_of(&socket->name));
	return listens && !is_free(socket) ? -EADDRINUSE : 0;
}

/* From where it sends to that address. */
static struct endpoint source(const struct socket *socket, const struct in6_addr *to)
{
	struct endpoint own = endpoint_of(&socket->name);
	if (is_any(&own.address)) own.address = is_v4(to) ? loopback_v4 : loopback_v6;
	return own;
}

/* Better ones first: of the address itself, and connected to the sender. */
static int rank(const struct socket *other, const struct endpoint *to, const struct endpoint *from)
{
	struct endpoint own = endpoint_of(&other->name);
	if (!other->bound || own.port != to->port || !covers(other, &to->address)) return 0;
	int rank = 1 + is_equal(&own.address, &to->address);
	if (other->type == SOCK_STREAM) return other->state == LISTENS ? rank : 0;
	if (!other->peer_name.size) return rank;
	struct endpoint peer = endpoint_of(&other->peer_name);
	return peer.port == from->port && is_equal(&peer.address, &from->address) ? rank + 2 : 0;
}

static struct socket *find_best(const struct socket *socket, const struct endpoint *to, const struct endpoint *from)
{
	struct socket *best = 0;
	int highest = 0;
	for (struct socket *other = __common_network.first; other; other = other->next) {
		if (!__common_is_inet(other) || other->type != socket->type) continue;
		int its = rank(other, to, from);
		if (its <= highest) continue;
		highest = its;
		best = other;
	}
	return best;
}

/* What has no room at its receiver is lost; that there is no receiver comes back to one that is connected. */
static struct socket *find_receiver(struct socket *socket, const struct address *name, long *error)
{
	if (!name->size) name = &socket->peer_name;
	*error = name->size ? give_name(socket, 0) : -EDESTADDRREQ;
	if (*error) return 0;
	struct endpoint to = endpoint_of(name), from = source(socket, &to.address);
	struct socket *other = find_best(socket, &to, &from);
	if (!other && socket->peer_name.size) {
		socket->error = ECONNREFUSED;
		__common_socket_changed(socket, BOTH);
	}
	return other && other->queued < (size_t)other->receive_limit ? other : 0;
}

static struct socket *find(struct socket *socket, const struct address *name, long *error)
{
	if (socket->type == SOCK_DGRAM) return find_receiver(socket, name, error);
	struct endpoint to = endpoint_of(name);
	struct socket *listener = find_best(socket, &to, 0);
	*error = listener ? 0 : -ECONNREFUSED;
	return listener;
}

static void introduce(struct socket *client, struct socket *server, const struct address *name)
{
	struct endpoint to = endpoint_of(name), from = source(client, &to.address);
	client->name = address_of(client->domain, from);
	client->peer_name = *name;
	server->name = address_of(server->domain, to);
	server->peer_name = address_of(server->domain, from);
}

static long direct(struct socket *socket, const struct address *name)
{
	socket->peer_name.size = 0;
	if (name->family == AF_UNSPEC) return 0;
	long error = give_name(socket, 0);
	if (error) return error;
	struct endpoint to = endpoint_of(name);
	socket->name = address_of(socket->domain, source(socket, &to.address));
	socket->peer_name = *name;
	return 0;
}

static void describe(struct socket *from, struct socket *to, const struct address *sent_to, struct address *name)
{
	struct endpoint receiver = endpoint_of(sent_to);
	*name = address_of(to->domain, source(from, &receiver.address));
}

const struct family __common_loopback = {
	.fits = fits, .resolve = resolve, .bind = bind_name, .name = give_name, .find = find, .introduce = introduce,
	.direct = direct, .describe = describe,
};
