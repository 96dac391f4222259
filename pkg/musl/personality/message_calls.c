/* Calls with structures that lead to others: messages of sockets, and sets of descriptors with a mask. */

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/socket.h>
#include "user.h"
#include "own_calls.h"

#define NAME_ROOM 128
#define CONTROL_ROOM 4096 /* SCM_RIGHTS has at most 253 descriptors */
#define MOST_DESCRIPTORS 1024

/* What the kernel has. Where it has a size_t, musl has an int and padding. */
struct kernel_message {
	user_t name;
	unsigned name_size;
	user_t parts;
	unsigned long part_count;
	user_t control;
	unsigned long control_size;
	unsigned flags;
};

/* A message with copies of all that it leads to but the data. */
struct copied {
	struct msghdr header;
	char name[NAME_ROOM] __attribute__((aligned(16)));
	char control[CONTROL_ROOM] __attribute__((aligned(16)));
	struct iovec parts[IOV_MAX];
};

static long bring(struct copied *copied, const struct kernel_message *message, int sends)
{
	unsigned name_size = message->name ? message->name_size : 0;
	size_t control_size = message->control ? message->control_size : 0;
	if (name_size > INT_MAX) return -EINVAL;
	if (name_size > NAME_ROOM) name_size = NAME_ROOM;
	if (control_size > CONTROL_ROOM) {
		if (sends) return -ENOBUFS;
		control_size = CONTROL_ROOM;
	}
	if (message->part_count > IOV_MAX) return -EMSGSIZE;
	memset(copied->name, 0, sizeof copied->name);
	memset(copied->control, 0, control_size);
	if (sends && name_size && copy_from_user(copied->name, message->name, name_size)) return -EFAULT;
	if (sends && control_size && copy_from_user(copied->control, message->control, control_size)) return -EFAULT;
	long count = linux_bring_parts(copied->parts, message->parts, message->part_count, sends ? PROT_READ : PROT_WRITE);
	if (count < 0) return count;
	copied->header = (struct msghdr){
		.msg_name = name_size ? copied->name : 0, .msg_namelen = name_size, .msg_iov = copied->parts, .msg_iovlen = count,
		.msg_control = control_size ? copied->control : 0, .msg_controllen = control_size, .msg_flags = message->flags,
	};
	return 0;
}

static long take(const struct copied *copied, struct kernel_message *message)
{
	unsigned size = copied->header.msg_namelen, known = size < message->name_size ? size : message->name_size;
	if (known > NAME_ROOM) known = NAME_ROOM;
	if (message->name && copied->header.msg_name && copy_to_user(message->name, copied->name, known)) return -EFAULT;
	size_t control_size = copied->header.msg_controllen;
	if (control_size > CONTROL_ROOM) control_size = CONTROL_ROOM;
	if (copied->header.msg_control && copy_to_user(message->control, copied->control, control_size)) return -EFAULT;
	if (message->name) message->name_size = size;
	message->control_size = copied->header.msg_control ? control_size : 0;
	message->flags = copied->header.msg_flags;
	return 0;
}

static __attribute__((noinline)) long send_message(int fd, user_t address, int flags)
{
	struct copied copied;
	struct kernel_message message;
	if (copy_from_user(&message, address, sizeof message)) return -EFAULT;
	long error = bring(&copied, &message, 1);
	return error ? error : SYS_sendmsg_function(fd, &copied.header, flags);
}

static __attribute__((noinline)) long receive_message(int fd, user_t address, int flags)
{
	struct copied copied;
	struct kernel_message message;
	if (copy_from_user(&message, address, sizeof message)) return -EFAULT;
	long error = bring(&copied, &message, 0);
	long result = error ? error : SYS_recvmsg_function(fd, &copied.header, flags);
	if (result < 0) return result;
	if (take(&copied, &message) || copy_to_user(address, &message, sizeof message)) return -EFAULT;
	return result;
}

long linux_sendmsg(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return send_message(a[0], a[1], a[2]);
}

long linux_recvmsg(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return receive_message(a[0], a[1], a[2]);
}

/* Messages with their lengths behind them. An error counts only if it was the first one's. */
static long for_each(const unsigned long *a, int flags, long (*transfer)(int fd, user_t address, int flags), uint64_t deadline)
{
	unsigned count = a[2] < IOV_MAX ? a[2] : IOV_MAX, done = 0;
	const size_t size = sizeof(struct kernel_message) + sizeof(long);
	for (; done < count; done++) {
		user_t message = a[1] + done*size;
		long result = transfer(a[0], message, flags);
		unsigned length = result;
		if (result >= 0 && copy_to_user(message + sizeof(struct kernel_message), &length, sizeof length)) result = -EFAULT;
		if (result < 0) return done ? (long)done : result;
		if (flags & MSG_WAITFORONE) flags |= MSG_DONTWAIT;
		if (__backend_now() >= deadline) return done + 1;
	}
	return done;
}

long linux_sendmmsg(struct linux_thread *thread, const unsigned long *a)
{
	(void)thread;
	return for_each(a, a[3], send_message, FOREVER);
}

/* The time is looked at between messages only: recvmmsg(2), "BUGS". */
long linux_receive_with(const unsigned long *a, bring_time *bring_time)
{
	struct kernel_timespec time;
	if (!a[4]) return for_each(a, a[3], receive_message, FOREVER);
	if (bring_time(&time, a[4])) return -EFAULT;
	return __common_valid(&time) ? for_each(a, a[3], receive_message, __common_after(&time)) : -EINVAL;
}

#define LONGS (MOST_DESCRIPTORS / 8 / sizeof(long))

#define MASK 8 /* bytes */

/* The last argument of pselect6 leads to this. */
static long bring_mask(user_t from, struct mask_and_size *mask, uint32_t words[2])
{
	struct { user_t mask; size_t size; } wanted = { 0, 0 };
	*mask = (struct mask_and_size){ 0, 0 };
	if (from && copy_from_user(&wanted, from, sizeof wanted)) return -EFAULT;
	if (!wanted.mask) return 0;
	if (wanted.size != MASK) return -EINVAL;
	if (copy_from_user(words, wanted.mask, MASK)) return -EFAULT;
	*mask = (struct mask_and_size){ words, MASK };
	return 0;
}

long linux_select_with(const unsigned long *a, user_t mask_at, bring_time *bring_time, take_time *take_time)
{
	unsigned long sets[3][LONGS] = { 0 };
	int count = a[0];
	struct kernel_timespec time;
	uint32_t words[2];
	struct mask_and_size mask;
	if (count < 0) return -EINVAL;
	if (count > MOST_DESCRIPTORS) count = MOST_DESCRIPTORS;
	size_t bytes = (count + 8*sizeof(long) - 1) / (8*sizeof(long)) * sizeof(long);
	for (int i = 0; i < 3; i++)
		if (a[1 + i] && copy_from_user(sets[i], a[1 + i], bytes)) return -EFAULT;
	if (a[4] && bring_time(&time, a[4])) return -EFAULT;
	long error = bring_mask(mask_at, &mask, words);
	if (error) return error;
	long result = SYS_pselect6_function(count, a[1] ? sets[0] : 0, a[2] ? sets[1] : 0, a[3] ? sets[2] : 0,
		a[4] ? &time : 0, &mask);
	for (int i = 0; result >= 0 && i < 3; i++)
		if (a[1 + i] && copy_to_user(a[1 + i], sets[i], bytes)) return -EFAULT;
	if (a[4]) take_time(a[4], &time);
	return result;
}
