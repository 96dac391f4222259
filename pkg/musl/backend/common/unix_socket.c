/* Sockets of the UNIX family. Their names are files, of which the inode counts, or only bytes that begin with a 0. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include "common.h"
#include "common/parts.h"
#include "common/socket.h"

#define NAME_OFFSET offsetof(struct sockaddr_un, sun_path)
#define DATAGRAMS 10 /* see socket.c */

static int fits(int type, int protocol)
{
	(void)type;
	return protocol == 0 || protocol == AF_UNIX;
}

static int is_abstract(const struct address *name)
{
	return name->size > NAME_OFFSET && !name->local.sun_path[0];
}

static int is_same(const struct address *a, const struct address *b)
{
	if (!is_abstract(a)) return !is_abstract(b) && a->size > NAME_OFFSET && a->system == b->system && a->inode == b->inode;
	return a->size == b->size && __common_same_bytes(&a->local, &b->local, a->size);
}

/* The size of a path counts its final 0, which need not be there. */
static long check(struct address *name)
{
	if (name->family != AF_UNIX || name->size <= NAME_OFFSET) return -EINVAL;
	if (is_abstract(name)) return 0;
	size_t length = 0;
	while (length < sizeof name->local.sun_path && name->local.sun_path[length]) length++;
	name->size = NAME_OFFSET + length + 1;
	return 0;
}

static long look_up(const char *path, struct address *name, int how)
{
	struct place place;
	struct status status;
	long error = __common_find(AT_FDCWD, path, how, &place);
	if (error) return error;
	error = place.system->status(place.system, place.rest, &status);
	__common_free(place.path);
	if (error) return error;
	name->system = place.system;
	name->inode = status.inode;
	return S_ISSOCK(status.mode) ? 0 : -ECONNREFUSED;
}

static long resolve(struct socket *socket, struct address *name)
{
	char path[sizeof name->local.sun_path + 1] = "";
	(void)socket;
	long error = check(name);
	if (error || is_abstract(name)) return error;
	memcpy(path, name->local.sun_path, sizeof name->local.sun_path);
	return look_up(path, name, FOLLOW);
}

/* Abstract names are there once for each type. */
static struct socket *named(const struct address *name, int type)
{
	for (struct socket *socket = __common_network.first; socket; socket = socket->next) {
		if (socket->domain != AF_UNIX || !socket->bound || (is_abstract(name) && socket->type != type)) continue;
		if (is_same(&socket->name, name)) return socket;
	}
	return 0;
}

static long set_name(struct socket *socket, const struct address *name)
{
	if (socket->bound) return -EINVAL;
	if (is_abstract(name) && named(name, socket->type)) return -EADDRINUSE;
	socket->name = *name;
	socket->bound = 1;
	return 0;
}

/* Five hexadecimal digits that nobody has. */
static long set_any_name(struct socket *socket)
{
	for (unsigned tries = 0; tries <= 0xfffff; tries++) {
		unsigned number = __common_network.last_name++;
		struct address name = { .size = NAME_OFFSET + 6, .family = AF_UNIX };
		for (int i = 5; i; i--, number >>= 4) name.local.sun_path[i] = "0123456789abcdef"[number & 15];
		if (set_name(socket, &name) != -EADDRINUSE) return 0;
	}
	return -ENOSPC;
}

static long make_file(struct address *name)
{
	char path[sizeof name->local.sun_path + 1] = "";
	memcpy(path, name->local.sun_path, sizeof name->local.sun_path);
	long error = __common_make(AT_FDCWD, path, S_IFSOCK | __common_without_umask(0777), 0, 0);
	if (error) return error == -EEXIST ? -EADDRINUSE : error;
	return look_up(path, name, 0);
}

static long bind_name(struct socket *socket, struct address *name)
{
	int any = name->family == AF_UNIX && name->size == NAME_OFFSET;
	long error = any ? 0 : check(name);
	if (!error && socket->bound) error = any ? 0 : -EINVAL;
	else if (!error && !any && !is_abstract(name)) error = make_file(name);
	if (error || socket->bound) return error;
	__common_lock(&__common_network.lock);
	error = any ? set_any_name(socket) : set_name(socket, name);
	__common_unlock(&__common_network.lock);
	return error;
}

/* One that connects or sends needs none. */
static long name_for(struct socket *socket, int listens)
{
	return listens && !socket->bound ? -EINVAL : 0;
}

static struct socket *find_listener(struct socket *socket, const struct address *name, long *error)
{
	struct socket *other = named(name, socket->type);
	*error = !other ? -ECONNREFUSED : other->type != socket->type ? -EPROTOTYPE : other->state != LISTENS ? -ECONNREFUSED : 0;
	return *error ? 0 : other;
}

/* A receiver that has a peer of its own takes datagrams from there only. */
static struct socket *find_receiver(struct socket *socket, const struct address *name, long *error)
{
	struct socket *other = name->size ? named(name, socket->type) : socket->peer;
	if (!name->size) {
		*error = other ? 0 : socket->peer_name.size ? -ECONNREFUSED : -ENOTCONN;
		if (!other) socket->peer_name.size = 0; /* that it has gone is told once */
	}
	else *error = !other ? -ECONNREFUSED : other->type != socket->type ? -EPROTOTYPE : 0;
	if (*error) return 0;
	if (other->peer && other->peer != socket) *error = -EPERM;
	else if (other->shut & IN) *error = -EPIPE;
	else if (other->peer == socket ? !__common_room_at_peer(socket) : other->count > DATAGRAMS) *error = -EAGAIN;
	return *error ? 0 : other;
}

static struct socket *find(struct socket *socket, const struct address *name, long *error)
{
	return __common_has_connections(socket) ? find_listener(socket, name, error) : find_receiver(socket, name, error);
}

static void introduce(struct socket *client, struct socket *server, const struct address *name)
{
	server->name = client->peer_name = *name;
	server->peer_name = client->name;
}

static long direct(struct socket *socket, const struct address *name)
{
	struct socket *other = 0;
	if (name->family != AF_UNSPEC) {
		other = named(name, socket->type);
		if (!other) return -ECONNREFUSED;
		if (other->type != socket->type) return -EPROTOTYPE;
		if (other->peer && other->peer != socket) return -EPERM;
	}
	socket->peer = other;
	socket->state = other ? CONNECTED : FRESH;
	socket->peer_name = other ? other->name : (struct address){ 0 };
	return 0;
}

static void describe(struct socket *from, struct socket *to, const struct address *sent_to, struct address *name)
{
	(void)to, (void)sent_to;
	if (from->bound) *name = from->name;
}

const struct family __common_unix_sockets = {
	.fits = fits, .resolve = resolve, .bind = bind_name, .name = name_for, .find = find, .introduce = introduce,
	.direct = direct, .describe = describe,
};
