/*
 * Files of L4Re. The root folder holds the program's capabilities by their names: "/rom/x" is what the name space "rom" has as
 * "x". A dataspace is a file, read-only, and a name space a folder. A file is attached when it is first used, and stays so as
 * long as it is open: reading is copying. L4Re knows no times, owners or permissions; the inode number is a hash of the name.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <l4/re/c/rm.h>
#include <l4/sys/task.h>
#include "common.h"
#include "common/file.h"
#include "common/parts.h"

#define DEVICE 5
#define RIGHTS (SEVERAL_PROCESSES ? L4RE_RM_F_RX : L4RE_RM_F_R) /* linux-run maps programs on */

const char __backend_first_folder[] = "";

/* Something that has a name, with a capability slot of its own. Slots can't be given back, so these are used again. */
struct object {
	struct object *next;
	l4_cap_idx_t slot;
	int is_folder;
	uint64_t size;
	const char *data; /* where it is attached; null: not yet */
#ifdef PROCESSES
	int users;
	struct content *content; /* has one reference itself; null: nobody has asked for it */
#endif
};

static struct object *unused;
static struct common_lock lock;

static struct object *take(void)
{
	__common_lock(&lock);
	struct object *object = unused;
	if (object) unused = object->next;
	__common_unlock(&lock);
	if (!object) {
		object = __common_allocate(sizeof *object);
		if (object) object->slot = __l4re_new_slot();
	}
	if (object) *object = (struct object){ .slot = object->slot };
	return object;
}

static void destroy(struct object *object)
{
	if (object->data) __l4re_detach((void *)object->data, object->size);
	__l4re_release(object->slot);
	__common_lock(&lock);
	object->next = unused;
	unused = object;
	__common_unlock(&lock);
}

#ifdef PROCESSES

/* -- Programs are the same files again and again: those whose content was asked for are kept, and used by all -- */

static struct object *kept;

static int is_used(const struct object *object)
{
	return object->users || __atomic_load_n(&object->content->references, __ATOMIC_ACQUIRE) > 1;
}

/* The one that is the same dataspace, with one user more. The others are kept only as long as they are used. */
static struct object *find_kept(const struct object *wanted)
{
	struct object *found = 0, *ended = 0;
	__common_lock(&lock);
	for (struct object **link = &kept, *object; (object = *link);) {
		if (l4_msgtag_label(l4_task_cap_equal(L4RE_THIS_TASK_CAP, object->slot, wanted->slot)) == 1) object->users++, found = object;
		if (is_used(object)) {
			link = &object->next;
		} else {
			*link = object->next;
			object->next = ended;
			ended = object;
		}
	}
	__common_unlock(&lock);
	for (struct object *next; ended; ended = next) {
		next = ended->next;
		__common_put_content(ended->content);
		destroy(ended);
	}
	return found;
}

/* Whether it stays, as others may ask for it. */
static int stays(struct object *object)
{
	__common_lock(&lock);
	object->users--;
	int result = !!object->content;
	__common_unlock(&lock);
	return result;
}

static struct object *share(struct object *object)
{
	struct object *same = object->is_folder ? 0 : find_kept(object);
	if (!same) object->users = 1;
	else destroy(object);
	return same ? same : object;
}

#else

static int stays(struct object *object) { return (void)object, 0; }
static struct object *share(struct object *object) { return object; }

#endif

static void give_back(struct object *object)
{
	if (!stays(object)) destroy(object);
}

/* -- Names -- */

static const l4re_env_cap_entry_t *entry_of(const char *path, size_t *length)
{
	*length = 0;
	while (path[*length] && path[*length] != '/') ++*length;
	return *length ? l4re_env_get_cap_l(path, *length, __l4re_environment) : 0;
}

/* Two capability slots may hold the same object. */
static long copy(l4_cap_idx_t from, l4_cap_idx_t to)
{
	return __l4re_error(l4_task_map(L4RE_THIS_TASK_CAP, L4RE_THIS_TASK_CAP, l4_obj_fpage(from, 0, L4_CAP_FPAGE_RWS),
		l4_map_obj_control(to, L4_MAP_ITEM_MAP)));
}

/* Finds the object, and what it is. Other objects than dataspaces are seen as folders. */
static long resolve(const char *path, struct object *object)
{
	size_t length;
	const l4re_env_cap_entry_t *entry = entry_of(path, &length);
	if (!entry) return -ENOENT;
	long error = path[length] ? __l4re_query(entry->cap, path + length + 1, object->slot) : copy(entry->cap, object->slot);
	if (error < 0) return error == -EOPNOTSUPP ? -ENOTDIR : error;
	error = __l4re_size(object->slot, &object->size);
	object->is_folder = error == -EOPNOTSUPP;
	return object->is_folder ? 0 : error;
}

static long find(const char *path, struct object **found)
{
	struct object *object = take();
	if (!object) return -ENOMEM;
	long error = resolve(path, object);
	if (error < 0) destroy(object);
	else *found = share(object);
	return error < 0 ? error : 0;
}

const struct file_system *__backend_system_of(const char *path, const char **rest)
{
	extern const struct file_system __l4re_files __attribute__((visibility("hidden")));
	size_t length;
	if (*path == '/') path++;
	*rest = path;
	return entry_of(path, &length) ? &__l4re_files : 0;
}

const char *__backend_root_entry(size_t index, char name[256])
{
	const l4re_env_cap_entry_t *entry = __l4re_environment->caps;
	for (; entry && entry->flags != ~0ul; entry++) {
		if (index--) continue;
		size_t length = 0;
		while (length < sizeof entry->name && entry->name[length]) name[length] = entry->name[length], length++;
		name[length] = 0;
		return name;
	}
	return 0;
}

/* -- Content -- */

static struct object *object_of(struct file *file)
{
	return file->object;
}

static long attach(struct object *object)
{
	void *address = 0;
	if (object->data || !object->size) return 0;
	__common_lock(&lock);
	long error = object->data ? 0 : __l4re_attach(&address, object->size, RIGHTS, object->slot, 0);
	if (error >= 0 && address) object->data = address;
	__common_unlock(&lock);
	return error < 0 ? error : 0;
}

static long read_file(struct file *file, const struct iovec *parts, int count, uint64_t *position)
{
	struct object *object = object_of(file);
	long error = attach(object);
	return error ? error : (long)__common_read_bytes(parts, count, object->data, object->size, position);
}

static unsigned mode_of(const struct object *object)
{
	return (object->is_folder ? S_IFDIR : S_IFREG) | 0555;
}

static void describe(const char *path, const struct object *object, struct status *status)
{
	*status = (struct status){
		.mode = mode_of(object), .links = 1, .device = DEVICE,
		.inode = __common_hash(path), .size = object->size, .blocks = (object->size + 511) / 512,
	};
}

static long status_of_open(struct file *file, struct status *status)
{
	describe(file->rest, object_of(file), status);
	return 0;
}

/* Moe lists the names of a boot file system in a file of it, a line "length:name" for each. */
static long list(struct file *file, uint64_t *position, struct listing *listing)
{
	char path[64];
	struct object *names;
	size_t length = __common_length(file->rest);
	if (*position < 1) *position += __common_list(listing, ".", __common_hash(file->rest), S_IFDIR, 1);
	if (*position == 1) *position += __common_list(listing, "..", 1, S_IFDIR, 2);
	if (*position < 2) return 0;
	if (length + sizeof "/.dirinfo" > sizeof path) return 0;
	memcpy(path, file->rest, length);
	memcpy(path + length, "/.dirinfo", sizeof "/.dirinfo");
	if (find(path, &names)) return 0;
	if (!attach(names) && names->data) {
		const char *p = names->data + *position - 2, *end = names->data + names->size;
		while (p < end && *p >= '0' && *p <= '9') {
			char name[256];
			size_t size = 0;
			while (p < end && *p >= '0' && *p <= '9') size = size*10 + *p++ - '0';
			if (p == end || *p++ != ':' || size >= sizeof name || (size_t)(end - p) < size) break;
			memcpy(name, p, size);
			name[size] = 0;
			for (p += size; p < end && (*p == '\n' || *p == '\r'); p++);
			if (!__common_list(listing, name, __common_hash(name), 0, p - names->data + 2)) break;
			*position = p - names->data + 2;
		}
	}
	give_back(names);
	return 0;
}

static void release(struct file *file)
{
	give_back(object_of(file));
}

#ifdef PROCESSES
static void release_content(struct content *content)
{
	__common_free(content);
}

/* Behind the end, memory has to be zero, as that of modules is. */
static int ends_well(const struct object *object)
{
	for (uint64_t i = object->size; i % PAGE; i++) if (object->data[i]) return 0;
	return 1;
}

static struct content *content_of(struct file *file)
{
	struct object *object = object_of(file);
	if (attach(object) || !object->data || !ends_well(object)) return 0;
	__common_lock(&lock);
	if (!object->content && (object->content = __common_allocate(sizeof *object->content + object->size / PAGE + 1))) {
		*object->content = (struct content){ 1, object->data, object->size, release_content };
		object->next = kept;
		kept = object;
	}
	if (object->content) __atomic_fetch_add(&object->content->references, 1, __ATOMIC_RELAXED);
	__common_unlock(&lock);
	return object->content;
}
#else
#define content_of 0
#endif

/* What is mapped must stay attached when the file is closed: only copies are mapped, or a content. */
static const struct file_kind regular = {
	.read = read_file, .seeks = 1, .status = status_of_open, .content = content_of, .release = release,
};
static const struct file_kind folder = { .list = list, .status = status_of_open, .release = release };

static long open_file(const struct file_system *system, const char *path, int flags, mode_t mode, struct file *file)
{
	struct object *object;
	(void)system, (void)mode;
	long error = find(path, &object);
	if (error) return error == -ENOENT && flags & O_CREAT ? -EROFS : error;
	error = __common_may_open(mode_of(object), flags);
	if (!error && ((flags & O_ACCMODE) != O_RDONLY || flags & O_TRUNC)) error = -EROFS;
	if (error) {
		give_back(object);
		return error;
	}
	file->kind = object->is_folder ? &folder : &regular;
	file->object = object;
	return 0;
}

static long status(const struct file_system *system, const char *path, struct status *status)
{
	struct object *object;
	(void)system;
	long error = find(path, &object);
	if (error) return error;
	describe(path, object, status);
	give_back(object);
	return 0;
}

const struct file_system __l4re_files = { .device = DEVICE, .open = open_file, .status = status };
