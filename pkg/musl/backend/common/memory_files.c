/*
 * Files in memory: what a program makes itself. The tree of names has one lock, and each file another for its content, so
 * that copying much of one file keeps nobody from others. A node lives as long as a name leads to it or it is open.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include "common.h"
#include "common/file.h"
#include "common/parts.h"

struct entry;

struct node {
	unsigned mode, links, user, group;
	int uses;               /* opened, mapped or being looked at; the tree's lock guards it, and links */
	uint64_t inode, special;
	int64_t accessed, modified, changed;
	struct common_lock lock; /* of what follows, but for entries, which are the tree's */
	union {
		struct { char *data; size_t size, room; int mapped; struct content *content; }; /* content: with this data, or null */
		struct { struct entry *entries; struct node *parent; };
		char *target;
		void *fifo;
	};
};

struct entry { struct entry *next; struct node *node; uint64_t number; char name[]; };

#define DEVICE 2

/* What is there from the beginning, and stays: /tmp and /dev/shm. */
#define STAYS 0 /* as an entry's number; a listing passes it by */
static struct node root, tmp, dev, shm;
static struct entry shm_entry = { 0, &shm, 3, "shm" };
static struct entry dev_entry = { 0, &dev, STAYS, "dev" }, tmp_entry = { &dev_entry, &tmp, 3, "tmp" };
static struct node root = { .mode = S_IFDIR | 0755, .links = 4, .inode = 1, .uses = 1, .entries = &tmp_entry };
static struct node tmp = { .mode = S_IFDIR | 01777, .links = 2, .inode = 2, .uses = 1, .parent = &root };
static struct node dev = { .mode = S_IFDIR | 0755, .links = 3, .inode = 3, .uses = 1, .parent = &root, .entries = &shm_entry };
static struct node shm = { .mode = S_IFDIR | 01777, .links = 2, .inode = 4, .uses = 1, .parent = &dev };
static uint64_t last_inode = 4, last_number = 3;
static struct common_lock tree;

__attribute__((used)) static const char *const needed[] = { &__common_seeking, &__common_file_mappings };

static int is_folder(const struct node *node) { return S_ISDIR(node->mode); }

/* -- The tree: with its lock held -- */

static int is_called(const struct entry *entry, const char *name, size_t length)
{
	size_t i = 0;
	while (i < length && entry->name[i] == name[i]) i++;
	return i == length && !entry->name[i];
}

static struct entry **find_entry(struct node *folder, const char *name, size_t length)
{
	struct entry **link = &folder->entries;
	while (*link && !is_called(*link, name, length)) link = &(*link)->next;
	return link;
}

/* The folder that holds the path's last part, which *name then is; null with *error. */
static struct node *find_folder(const char *path, const char **name, long *error)
{
	struct node *folder = &root;
	for (;;) {
		size_t length = 0;
		while (path[length] && path[length] != '/') length++;
		*name = path;
		if (!path[length]) return folder;
		struct entry *entry = *find_entry(folder, path, length);
		*error = entry ? -ENOTDIR : -ENOENT;
		if (!entry || !is_folder(entry->node)) return 0;
		folder = entry->node;
		path += length + 1;
	}
}

static struct node *find_node(const char *path, long *error)
{
	const char *name;
	struct node *folder = find_folder(path, &name, error);
	if (!folder || !*name) return folder;
	struct entry *entry = *find_entry(folder, name, __common_length(name));
	*error = -ENOENT;
	return entry ? entry->node : 0;
}

static void destroy(struct node *node)
{
	if (S_ISREG(node->mode) && node->content) __common_put_content(node->content);
	else if (S_ISREG(node->mode) && node->data) __common_free_own_memory(node->data, node->room);
	if (S_ISLNK(node->mode)) __common_free(node->target);
	if (S_ISFIFO(node->mode) && node->fifo) __common_free_fifo(node->fifo);
	__common_free(node);
}

static void destroy_if_unused(struct node *node)
{
	if (!node->links && !node->uses) destroy(node);
}

static struct node *new_node(mode_t mode, uint64_t special)
{
	struct node *node = __common_allocate(sizeof *node);
	if (!node) return 0;
	node->mode = mode;
	node->special = special;
	node->inode = ++last_inode;
	node->accessed = node->modified = node->changed = __common_time_of_day();
	return node;
}

/* In the order in which they came, so that a listing that goes on finds its place. */
static long add_entry(struct node *folder, const char *name, struct node *node)
{
	size_t length = __common_length(name);
	if (!folder->links) return -ENOENT; /* removed */
	struct entry *entry = __common_allocate(sizeof *entry + length + 1);
	if (!entry) return -ENOSPC;
	memcpy(entry->name, name, length + 1);
	entry->node = node;
	entry->number = ++last_number;
	struct entry **end = &folder->entries;
	while (*end) end = &(*end)->next;
	*end = entry;
	folder->modified = folder->changed = __common_time_of_day();
	if (is_folder(node)) {
		node->parent = folder;
		folder->links++;
		node->links++; /* its own "." */
	}
	node->links++;
	return 0;
}

static void take_entry(struct node *folder, struct entry **link)
{
	struct entry *entry = *link;
	struct node *node = entry->node;
	*link = entry->next;
	__common_free(entry);
	folder->modified = folder->changed = node->changed = __common_time_of_day();
	node->links--;
	if (is_folder(node)) node->links--, folder->links--;
	destroy_if_unused(node);
}

/* -- Content: with the node's lock held -- */

/* Pages are rounded up to a power of two while the file is small, and then to an eighth of it. */
static size_t room_for(size_t size)
{
	size_t step = PAGE;
	while (step < size / 8) step *= 2;
	return (size + step - 1) & -step;
}

static long set_room(struct node *node, size_t room)
{
	long memory;
	if (room > PTRDIFF_MAX) return -EFBIG;
	if (node->data) memory = __common_resize_own_memory(node->data, node->room, room, !node->mapped);
	else memory = __common_own_memory(room);
	if (memory < 0 && memory > -4096) return -ENOSPC;
	node->data = (char *)memory;
	node->room = room;
	return 0;
}

static long ensure(struct node *node, uint64_t size)
{
	if (size > PTRDIFF_MAX - 8*PAGE) return -EFBIG;
	if (size <= node->room) return 0;
	return set_room(node, room_for(size)) && set_room(node, (size + PAGE - 1) & -PAGE) ? -ENOSPC : 0;
}

/* -- Content that others keep as it is; the file's next change is one of a copy -- */

#ifdef PROCESSES
struct kept { size_t room; struct content content; };

static struct kept *kept_of(struct content *content)
{
	return (struct kept *)((char *)content - offsetof(struct kept, content));
}

static void release_content(struct content *content)
{
	struct kept *kept = kept_of(content);
	__common_free_own_memory((void *)content->data, kept->room);
	__common_free(kept);
}

static struct content *new_content(struct node *node)
{
	size_t whole = (node->size + PAGE - 1) & -PAGE;
	struct kept *kept = __common_allocate(sizeof *kept + whole / PAGE);
	if (!kept) return 0;
	memset(node->data + node->size, 0, whole - node->size); /* what shared mappings have left there */
	kept->room = node->room;
	kept->content.references = 1;
	kept->content.data = node->data;
	kept->content.size = node->size;
	kept->content.release = release_content;
	return &kept->content;
}

static struct content *content_of(struct file *file)
{
	struct node *node = file->object;
	__common_lock(&node->lock);
	if (!node->content && node->size && !node->mapped) node->content = new_content(node);
	struct content *content = node->content;
	if (content) __atomic_fetch_add(&content->references, 1, __ATOMIC_RELAXED);
	__common_unlock(&node->lock);
	return content;
}

/* Before the file changes. Of what is in it, so many bytes are needed. */
static long leave_content(struct node *node, size_t needed)
{
	struct content *content = node->content;
	if (!content) return 0;
	if (__atomic_load_n(&content->references, __ATOMIC_ACQUIRE) == 1) {
		__common_free(kept_of(content));
	} else {
		long memory = needed ? __common_own_memory(node->room) : 0;
		if (memory < 0 && memory > -4096) return -ENOSPC;
		memcpy((char *)memory, node->data, needed);
		node->data = (char *)memory;
		if (!needed) node->size = node->room = 0;
		__common_put_content(content);
	}
	node->content = 0;
	return 0;
}
#else
#define content_of 0
static long leave_content(struct node *node, size_t needed)
{
	(void)node, (void)needed;
	return 0;
}
#endif

/* What is behind the end is zero. */
static long resize(struct node *node, uint64_t size)
{
	long error = leave_content(node, size < node->size ? size : node->size);
	if (!error) error = ensure(node, size);
	if (error) return error;
	if (size < node->size) memset(node->data + size, 0, node->size - size);
	node->size = size;
	if (!size && node->data && !node->mapped) {
		__common_free_own_memory(node->data, node->room);
		node->data = 0;
		node->room = 0;
	}
	node->modified = node->changed = __common_time_of_day();
	return 0;
}

static struct node *node_of(struct file *file)
{
	return file->object;
}

static long read_memory(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	struct node *node = node_of(file);
	__common_lock(&node->lock);
	long done = __common_read_bytes(parts, count, node->data, node->size, position);
	if (!(file->flags & O_NOATIME)) node->accessed = __common_time_of_day();
	__common_unlock(&node->lock);
	return done;
}

static long write_memory(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	struct node *node = node_of(file);
	size_t length = __common_length_of(parts, count);
	__common_lock(&node->lock);
	uint64_t start = *position == AT_END ? node->size : *position;
	long result = start > (uint64_t)INT64_MAX - length ? -EFBIG : length ? leave_content(node, node->size) : 0;
	if (!result) result = ensure(node, start + length);
	if (!length) result = 0;
	if (!result) {
		*position = start + __common_gather(node->data + start, length, parts, count, 0);
		if (length && start + length > node->size) node->size = start + length;
		node->modified = node->changed = __common_time_of_day();
		result = length;
	}
	__common_unlock(&node->lock);
	return result;
}

/* -- Mappings that share the file's memory -- */

static long map_memory(struct file *file, uint64_t offset, size_t size, int protection, void **address)
{
	struct node *node = node_of(file);
	__common_lock(&node->lock);
	long error = offset > PTRDIFF_MAX - size ? -EOVERFLOW : leave_content(node, node->size);
	if (!error) error = ensure(node, offset + size);
	if (!error) error = __common_share(file, *address = node->data + offset, offset, size, protection);
	if (!error) node->mapped++, node->accessed = __common_time_of_day();
	__common_unlock(&node->lock);
	return error == -ENOSPC ? -ENOMEM : error;
}

static void note_writes(struct file *file)
{
	struct node *node = node_of(file);
	__common_lock(&node->lock);
	node->modified = node->changed = __common_time_of_day();
	__common_unlock(&node->lock);
}

static void unmap_memory(struct file *file)
{
	struct node *node = node_of(file);
	__common_lock(&node->lock);
	node->mapped--;
	__common_unlock(&node->lock);
}

/* -- What it is -- */

static void describe(const struct node *node, struct status *status)
{
	*status = (struct status){
		.mode = node->mode, .links = node->links, .user = node->user, .group = node->group, .device = DEVICE,
		.inode = node->inode, .special = node->special, .accessed = node->accessed, .modified = node->modified,
		.changed = node->changed,
	};
	if (S_ISREG(node->mode)) status->size = node->size, status->blocks = node->room / 512;
	if (S_ISLNK(node->mode)) status->size = __common_length(node->target);
	if (is_folder(node)) status->size = PAGE;
}

static long change_node(struct node *node, const struct change *change)
{
	__common_lock(&node->lock);
	long error = change->what & SIZE && S_ISREG(node->mode) ? resize(node, change->size) : 0;
	if (change->what & MODE) node->mode = (node->mode & S_IFMT) | change->mode;
	if (change->what & OWNER) node->user = change->user;
	if (change->what & GROUP) node->group = change->group;
	if (change->what & (OWNER | GROUP) && S_ISREG(node->mode)) node->mode &= ~(S_ISUID | S_ISGID);
	if (change->what & ACCESSED) node->accessed = change->accessed;
	if (change->what & MODIFIED) node->modified = change->modified;
	node->changed = __common_time_of_day();
	__common_unlock(&node->lock);
	return error;
}

static long status_of_open(struct file *file, struct status *status)
{
	__common_lock(&tree);
	describe(node_of(file), status);
	__common_unlock(&tree);
	return 0;
}

static long change_open(struct file *file, const struct change *change)
{
	return change_node(node_of(file), change);
}

static void close_node(struct file *file)
{
	struct node *node = node_of(file);
	__common_lock(&tree);
	node->uses--;
	destroy_if_unused(node);
	__common_unlock(&tree);
}

static const struct file_kind regular = {
	.read = read_memory, .write = write_memory, .seeks = 1, .status = status_of_open, .change = change_open,
	.map = map_memory, .unmap = unmap_memory, .written = note_writes, .content = content_of, .release = close_node,
};

struct file *__common_new_memory_file(void)
{
	struct file *file = __common_new_file(&regular, O_RDWR);
	if (!file) return 0;
	__common_lock(&tree);
	struct node *node = new_node(S_IFREG | 0777, 0);
	if (node) node->uses = 1;
	__common_unlock(&tree);
	if (!node) {
		__common_free(file);
		return 0;
	}
	file->object = node;
	return file;
}

long SYS_memfd_create_function(const char *name, unsigned flags)
{
	size_t length = __common_length(name);
	if (flags & ~(MFD_CLOEXEC | MFD_ALLOW_SEALING) || length > NAME_MAX - 6) return -EINVAL; /* "memfd:" counts */
	struct file *file = __common_new_memory_file();
	return file ? __common_new_descriptor(file, flags & MFD_CLOEXEC ? O_CLOEXEC : 0) : -ENOMEM;
}

/* -- Folders -- */

static long list(struct file *file, uint64_t *position, struct listing *listing)
{
	struct node *folder = node_of(file);
	__common_lock(&tree);
	int room = 1;
	if (*position < 1) room = __common_list(listing, ".", folder->inode, S_IFDIR, 1), *position += room;
	if (room && *position < 2)
		room = __common_list(listing, "..", folder->parent ? folder->parent->inode : 1, S_IFDIR, 2), *position += room;
	for (struct entry *entry = folder->links ? folder->entries : 0; room && entry; entry = entry->next) {
		if (entry->number <= *position) continue;
		room = __common_list(listing, entry->name, entry->node->inode, entry->node->mode, entry->number);
		if (room) *position = entry->number;
	}
	__common_unlock(&tree);
	if (folder == &root && room) __common_list_mounted(listing, position);
	return 0;
}

static const struct file_kind folder_kind = {
	.list = list, .status = status_of_open, .change = change_open, .release = close_node,
};

/* -- The file system -- */

/* The tree's lock is given back, and the node kept, by what is done with it: use and leave. */
static struct node *use(const char *path, long *error)
{
	__common_lock(&tree);
	struct node *node = find_node(path, error);
	if (node) node->uses++;
	__common_unlock(&tree);
	return node;
}

static void leave(struct node *node)
{
	__common_lock(&tree);
	node->uses--;
	destroy_if_unused(node);
	__common_unlock(&tree);
}

static long make_node(const char *path, mode_t mode, uint64_t special, const char *target, struct node **made)
{
	const char *name;
	long error;
	struct node *folder = find_folder(path, &name, &error);
	if (!folder) return error;
	if (!*name || *find_entry(folder, name, __common_length(name))) return -EEXIST;
	struct node *node = new_node(mode, special);
	if (!node) return -ENOSPC;
	if (target) {
		size_t size = __common_length(target) + 1;
		node->target = __common_allocate(size);
		error = node->target ? 0 : -ENOSPC;
		if (!error) memcpy(node->target, target, size);
	} else {
		error = 0;
	}
	if (!error) error = add_entry(folder, name, node);
	if (error) destroy(node);
	else if (made) *made = node;
	return error;
}

static long make(const struct file_system *system, const char *path, mode_t mode, uint64_t special, const char *target)
{
	(void)system;
	__common_lock(&tree);
	long error = make_node(path, mode, special, target, 0);
	__common_unlock(&tree);
	return error;
}

static long open_memory(const struct file_system *system, const char *path, int flags, mode_t mode, struct file *file)
{
	(void)system;
	long error;
	__common_lock(&tree);
	struct node *node = find_node(path, &error);
	if (!node && error == -ENOENT && flags & O_CREAT) error = make_node(path, S_IFREG | mode, 0, 0, &node);
	else if (node && (error = __common_may_open(node->mode, flags))) node = 0;
	if (node) node->uses++;
	__common_unlock(&tree);
	if (!node) return error;
	file->object = node;
	file->kind = is_folder(node) ? &folder_kind : &regular;
	if (S_ISREG(node->mode)) {
		const struct change change = { .what = SIZE };
		return flags & O_TRUNC && (flags & O_ACCMODE) != O_RDONLY && node->size ? change_node(node, &change) : 0;
	}
	if (is_folder(node)) return 0;
	if (S_ISFIFO(node->mode) && __common_open_fifo) return __common_open_fifo(file, flags, &node->fifo); /* the node stays for it */
	leave(node);
	return -ENXIO;
}

static long status_memory(const struct file_system *system, const char *path, struct status *status)
{
	(void)system;
	long error;
	__common_lock(&tree);
	struct node *node = find_node(path, &error);
	if (node) describe(node, status);
	__common_unlock(&tree);
	return node ? 0 : error;
}

static long change_memory(const struct file_system *system, const char *path, const struct change *change)
{
	(void)system;
	long error;
	struct node *node = use(path, &error);
	if (!node) return error;
	error = change_node(node, change);
	leave(node);
	return error;
}

static long read_link(const struct file_system *system, const char *path, char *target, size_t size)
{
	(void)system;
	long result;
	__common_lock(&tree);
	struct node *node = find_node(path, &result);
	if (node && !S_ISLNK(node->mode)) result = -EINVAL;
	else if (node) {
		size_t length = __common_length(node->target);
		result = length < size ? length : size;
		memcpy(target, node->target, result);
	}
	__common_unlock(&tree);
	return result;
}

static long link_memory(const struct file_system *system, const char *old, const char *new)
{
	(void)system;
	const char *name;
	long error;
	__common_lock(&tree);
	struct node *node = find_node(old, &error), *folder = node ? find_folder(new, &name, &error) : 0;
	if (folder) error = *find_entry(folder, name, __common_length(name)) ? -EEXIST : add_entry(folder, name, node);
	if (folder && !error) node->changed = __common_time_of_day();
	__common_unlock(&tree);
	return error;
}

static long remove_memory(const struct file_system *system, const char *path, int folder)
{
	(void)system, (void)folder;
	const char *name;
	long error;
	__common_lock(&tree);
	struct node *from = find_folder(path, &name, &error);
	struct entry **link = from ? find_entry(from, name, __common_length(name)) : 0;
	if (from && !*link) error = -ENOENT;
	else if (from) {
		struct node *node = (*link)->node;
		error = (*link)->number <= 3 ? -EBUSY : is_folder(node) && node->entries ? -ENOTEMPTY : 0;
		if (!error) take_entry(from, link);
	}
	__common_unlock(&tree);
	return error;
}

/* What callers find out about both names beforehand can have changed by now, hence the checks. */
static long rename_entry(struct node *from, const char *old, struct node *to, const char *new, unsigned flags)
{
	struct entry **source = find_entry(from, old, __common_length(old)), **target = find_entry(to, new, __common_length(new));
	if (!*source) return -ENOENT;
	struct node *node = (*source)->node;
	if ((*source)->number <= 3 || (*target && (*target)->number <= 3)) return -EBUSY;
	if (flags & RENAME_EXCHANGE) {
		if (!*target) return -ENOENT;
		(*source)->node = (*target)->node;
		(*target)->node = node;
		if (is_folder((*source)->node)) (*source)->node->parent = from, from->links++, to->links--;
		if (is_folder(node)) node->parent = to, to->links++, from->links--;
		return 0;
	}
	if (*target) {
		struct node *replaced = (*target)->node;
		if (replaced == node) return 0;
		if (is_folder(replaced) && replaced->entries) return -ENOTEMPTY;
		if (is_folder(replaced) != is_folder(node)) return is_folder(node) ? -ENOTDIR : -EISDIR;
	}
	node->uses++;
	long error = 0;
	if (*target) {
		/* The name never is without a file: nobody else sees the tree meanwhile. */
		take_entry(to, target);
		source = find_entry(from, old, __common_length(old));
	}
	error = add_entry(to, new, node);
	if (!error) take_entry(from, source);
	node->uses--;
	return error;
}

static long rename_memory(const struct file_system *system, const char *old, const char *new, unsigned flags)
{
	(void)system;
	const char *old_name, *new_name;
	long error;
	__common_lock(&tree);
	struct node *from = find_folder(old, &old_name, &error), *to = from ? find_folder(new, &new_name, &error) : 0;
	if (to) error = rename_entry(from, old_name, to, new_name, flags);
	__common_unlock(&tree);
	return error;
}

const struct file_system __common_memory = {
	.device = DEVICE, .open = open_memory, .status = status_memory, .change = change_memory, .read_link = read_link,
	.make = make, .link = link_memory, .remove = remove_memory, .rename = rename_memory,
};
