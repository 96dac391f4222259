/*
 * Sockets, within this program. What arrives at a socket waits in its own queue of packets; sending puts packets into the
 * queue of another one. All of them have one lock, that of the network, as most of what is done concerns two of them, and
 * one of these may go away at any time.
 */
#ifndef COMMON_SOCKET_H
#define COMMON_SOCKET_H

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include "common/moment.h"
#include "common/objects.h"

struct address {
	unsigned size;               /* 0: none */
	union { sa_family_t family; struct sockaddr_un local; struct sockaddr_in v4; struct sockaddr_in6 v6; };
	const void *system;          /* of a name in the tree of files: what it leads to */
	uint64_t inode;
};

struct packet {
	struct packet *next;
	size_t room, size, taken;    /* of the data; taken: read already, of a stream */
	struct ucred sender;
	int file_count;
	struct file **files;         /* SCM_RIGHTS; with a reference to each */
	struct address from;         /* of a datagram */
	char data[];
};

enum state { FRESH, LISTENS, CONNECTED };
enum { IN = 1, OUT = 2, BOTH = IN | OUT };

struct socket {
	struct socket *next;         /* of all */
	const struct family *family;
	int domain, type, protocol;
	enum state state;
	struct moment moment;
	unsigned arrivals, departures, changes; /* for edges */
	struct packet *first, **end;
	size_t queued;               /* bytes, and what each packet takes itself */
	int count;                   /* packets */
	struct socket *peer;         /* the other end; of datagrams, where they go to by default; null also if it has gone */
	int shut;                    /* directions: nothing goes there any more, what has arrived excepted */
	int error;                   /* SO_ERROR, positive */
	int in_progress;             /* a connection that its owner thinks is being made yet */
	struct socket *waiting, *next_waiting; /* connections to accept, and the next one of them */
	int waiting_count, backlog;
	struct address name, peer_name;
	int bound;                   /* by bind, or by itself: the name counts when others are looked for */
	struct ucred peer_credentials;

	int reuse_address, reuse_port, only_v6, pass_credentials;
	int send_limit, receive_limit;
	int64_t send_time, receive_time; /* SO_SNDTIMEO, SO_RCVTIMEO; 0: for ever */
	struct linger linger;
	int plain[20];               /* options that are only remembered: see socket_options.c */
};

/* What the families do in ways of their own. "resolve" is called without the lock, the others with it. */
struct family {
	int (*fits)(int type, int protocol);
	/* Checks a name for bind or connect, and looks up where it leads. */
	long (*resolve)(struct socket *socket, struct address *name);
	/* Without the lock, too, and the name not resolved. */
	long (*bind)(struct socket *socket, struct address *name);
	/* Before listening, connecting and sending: gives it a name if it needs one. */
	long (*name)(struct socket *socket, int listens);
	/* The listening socket of that name, or the one for datagrams from there; null with *error. */
	struct socket *(*find)(struct socket *socket, const struct address *name, long *error);
	/* The names of the two ends of a new connection. */
	void (*introduce)(struct socket *client, struct socket *server, const struct address *name);
	/* Where datagrams go to from now on. */
	long (*direct)(struct socket *socket, const struct address *name);
	/* The sender's name, as the receiver is to see it. */
	void (*describe)(struct socket *from, struct socket *to, const struct address *sent_to, struct address *name);
};

/* What all sockets share. */
struct network {
	struct common_lock lock;
	struct socket *first;
	struct moment room;          /* where datagrams arrive */
	unsigned last_port, last_name;
};

#pragma GCC visibility push(hidden)

extern struct network __common_network;
extern const struct family __common_unix_sockets, __common_loopback;
extern const struct file_kind __common_socket_kind;

/* socket.c */
struct socket *__common_new_socket(const struct family *family, int domain, int type, int protocol);
void __common_close_socket(struct socket *socket);
struct file *__common_socket_file(int fd, long *error);
long __common_copy_address(struct address *copy, const void *address, unsigned size);
void __common_give_address(const struct address *name, void *address, unsigned *size);
/* With the lock held: tells those who wait at it and those who poll. BOTH stands for a change of its state. */
void __common_socket_changed(struct socket *socket, int directions);
/* Bytes that it may send now; 0 also if there is no other end. */
size_t __common_room_at_peer(struct socket *socket);

/* socket_messages.c */
long __common_socket_read(struct file *file, const struct iovec *parts, int count, uint64_t *position);
long __common_socket_write(struct file *file, const struct iovec *parts, int count, uint64_t *position);
/* Without the lock. */
void __common_free_packets(struct packet *packet);

#pragma GCC visibility pop

static inline int __common_is_inet(const struct socket *socket)
{
	return socket->domain != AF_UNIX;
}

static inline int __common_has_connections(const struct socket *socket)
{
	return socket->type != SOCK_DGRAM;
}

static inline uint64_t __common_time_limit(int64_t time)
{
	return time ? __backend_now() + time : FOREVER;
}

#endif
