/*
 * The functions that compilers call for atomic operations which they don't compile inline; GCC's manual, "__atomic Builtins",
 * and its wiki page "Atomic/GCCMM/LIbrary" have their interface. The libatomic of a compiler for glibc can't be linked with musl:
 * it relies on IFUNCs and on glibc's symbols.
 *
 * Sizes that the machine can compare and swap are lock-free, as in code that is compiled inline. The rest takes a lock.
 */
#include <fenv.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define LOCKS 64

/*
 * Every program and shared object with these functions has such a table. It is visible, so that the dynamic linker makes all of
 * a process use one.
 */
__attribute__((visibility("default"))) struct { _Alignas(64) pthread_mutex_t mutex; } l4re_musl_atomic_locks[LOCKS];

static pthread_mutex_t *lock(const volatile void *object)
{
	pthread_mutex_t *mutex = &l4re_musl_atomic_locks[(uintptr_t)object / 16 % LOCKS].mutex;
	pthread_mutex_lock(mutex);
	return mutex;
}

/* Two for each size: read the object, and replace its content if that is what was expected. */
#define INLINE(size, type) \
	static type read_##size(type *object) { return __atomic_load_n(object, __ATOMIC_SEQ_CST); } \
	static bool replace_##size(type *object, type *expected, type desired) \
	{ \
		return __atomic_compare_exchange_n(object, expected, desired, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
	} \
	enum { IS_LOCK_FREE_##size = 1 };

#define LOCKED(size, type) \
	static type read_##size(type *object) \
	{ \
		pthread_mutex_t *mutex = lock(object); \
		type content = *object; \
		pthread_mutex_unlock(mutex); \
		return content; \
	} \
	static bool replace_##size(type *object, type *expected, type desired) \
	{ \
		pthread_mutex_t *mutex = lock(object); \
		type content = *object; \
		bool is_expected = content == *expected; \
		if (is_expected) \
			*object = desired; \
		pthread_mutex_unlock(mutex); \
		*expected = content; \
		return is_expected; \
	} \
	enum { IS_LOCK_FREE_##size = 0 };

#ifdef __GCC_HAVE_SYNC_COMPARE_AND_SWAP_1
INLINE(1, uint8_t)
#else
LOCKED(1, uint8_t)
#endif
#ifdef __GCC_HAVE_SYNC_COMPARE_AND_SWAP_2
INLINE(2, uint16_t)
#else
LOCKED(2, uint16_t)
#endif
#ifdef __GCC_HAVE_SYNC_COMPARE_AND_SWAP_4
INLINE(4, uint32_t)
#else
LOCKED(4, uint32_t)
#endif
#ifdef __GCC_HAVE_SYNC_COMPARE_AND_SWAP_8
INLINE(8, uint64_t)
#else
LOCKED(8, uint64_t)
#endif

#ifdef __SIZEOF_INT128__
typedef unsigned __int128 uint128_t;
#ifdef __aarch64__
/* A pair is read atomically only if the store that follows succeeds; so a failed comparison stores what it has read. */
static bool replace_16(uint128_t *object, uint128_t *expected, uint128_t desired)
{
	uint64_t low, high, failed;
	uint128_t content, next;
	do {
		__asm__ volatile("ldaxp %0, %1, %2" : "=&r"(low), "=&r"(high) : "Q"(*object) : "memory");
		content = (uint128_t)high << 64 | low;
		next = content == *expected ? desired : content;
		__asm__ volatile("stlxp %w0, %2, %3, %1"
			: "=&r"(failed), "=Q"(*object) : "r"((uint64_t)next), "r"((uint64_t)(next >> 64)) : "memory");
	} while ((uint32_t)failed);
	bool is_expected = content == *expected;
	*expected = content;
	return is_expected;
}

static uint128_t read_16(uint128_t *object)
{
	uint128_t content = 0;
	replace_16(object, &content, 0);
	return content;
}

enum { IS_LOCK_FREE_16 = 1 };
#else
LOCKED(16, uint128_t)
#endif
#endif

/* Calls have the name of a function that the compiler knows, so the functions have another one here. */
#define NAMED(name) __asm__(#name)

/* Computes "next" from "content". */
#define UPDATE(function, result, size, type, next) \
	type function##size(type *object, type value, int order) NAMED(__atomic_##function##size); \
	type function##size(type *object, type value, int order) \
	{ \
		(void)order; \
		type content = read_##size(object); \
		while (!replace_##size(object, &content, (type)(next))) \
			; \
		return (type)(result); \
	}

#define OPERATION(name, size, type, next) \
	UPDATE(fetch_##name##_, content, size, type, next) \
	UPDATE(name##_fetch_, next, size, type, next)

#define SIZE(size, type) \
	type load_##size(type *object, int order) NAMED(__atomic_load_##size); \
	type load_##size(type *object, int order) \
	{ \
		(void)order; \
		return read_##size(object); \
	} \
	bool compare_exchange_##size(type *object, type *expected, type desired, int order, int order_of_failure) \
		NAMED(__atomic_compare_exchange_##size); \
	bool compare_exchange_##size(type *object, type *expected, type desired, int order, int order_of_failure) \
	{ \
		(void)order, (void)order_of_failure; \
		return replace_##size(object, expected, desired); \
	} \
	UPDATE(exchange_, content, size, type, value) \
	void store_##size(type *object, type value, int order) NAMED(__atomic_store_##size); \
	void store_##size(type *object, type value, int order) { exchange_##size(object, value, order); } \
	OPERATION(add, size, type, content + value) \
	OPERATION(sub, size, type, content - value) \
	OPERATION(and, size, type, content & value) \
	OPERATION(or, size, type, content | value) \
	OPERATION(xor, size, type, content ^ value) \
	OPERATION(nand, size, type, ~(content & value))

SIZE(1, uint8_t)
SIZE(2, uint16_t)
SIZE(4, uint32_t)
SIZE(8, uint64_t)
#ifdef __SIZEOF_INT128__
SIZE(16, uint128_t)
#define EACH_SIZE(with) with(1, uint8_t) with(2, uint16_t) with(4, uint32_t) with(8, uint64_t) with(16, uint128_t)
#else
#define EACH_SIZE(with) with(1, uint8_t) with(2, uint16_t) with(4, uint32_t) with(8, uint64_t)
#endif

/* For sizes that are powers of two. */
static bool is_aligned(size_t size, const volatile void *object) { return ((uintptr_t)object & (size - 1)) == 0; }

/* Objects of any size. Those that fit one of the sizes above must be accessed alike, whoever does it. */
bool is_lock_free(size_t size, const volatile void *object) NAMED(__atomic_is_lock_free);
bool is_lock_free(size_t size, const volatile void *object)
{
	switch (size) {
#define CASE(n, type) case n: return IS_LOCK_FREE_##n && is_aligned(n, object);
	EACH_SIZE(CASE)
#undef CASE
	}
	return false;
}

void load(size_t size, void *object, void *result, int order) NAMED(__atomic_load);
void load(size_t size, void *object, void *result, int order)
{
	switch (is_aligned(size, object) ? size : 0) {
#define CASE(n, type) case n: { type content = load_##n(object, order); memcpy(result, &content, n); return; }
	EACH_SIZE(CASE)
#undef CASE
	}
	pthread_mutex_t *mutex = lock(object);
	memcpy(result, object, size);
	pthread_mutex_unlock(mutex);
}

void exchange(size_t size, void *object, void *value, void *result, int order) NAMED(__atomic_exchange);
void exchange(size_t size, void *object, void *value, void *result, int order)
{
	switch (is_aligned(size, object) ? size : 0) {
#define CASE(n, type) \
	case n: { \
		type content; \
		memcpy(&content, value, n); \
		content = exchange_##n(object, content, order); \
		memcpy(result, &content, n); \
		return; \
	}
	EACH_SIZE(CASE)
#undef CASE
	}
	/* The result may be where the value is. */
	pthread_mutex_t *mutex = lock(object);
	for (size_t i = 0; i < size; i++) {
		unsigned char content = ((unsigned char *)object)[i];
		((unsigned char *)object)[i] = ((unsigned char *)value)[i];
		((unsigned char *)result)[i] = content;
	}
	pthread_mutex_unlock(mutex);
}

void store(size_t size, void *object, void *value, int order) NAMED(__atomic_store);
void store(size_t size, void *object, void *value, int order)
{
	switch (is_aligned(size, object) ? size : 0) {
#define CASE(n, type) case n: { type content; memcpy(&content, value, n); store_##n(object, content, order); return; }
	EACH_SIZE(CASE)
#undef CASE
	}
	pthread_mutex_t *mutex = lock(object);
	memcpy(object, value, size);
	pthread_mutex_unlock(mutex);
}

bool compare_exchange(size_t size, void *object, void *expected, void *desired, int order, int order_of_failure)
	NAMED(__atomic_compare_exchange);
bool compare_exchange(size_t size, void *object, void *expected, void *desired, int order, int order_of_failure)
{
	(void)order, (void)order_of_failure;
	switch (is_aligned(size, object) ? size : 0) {
#define CASE(n, type) \
	case n: { \
		type content, next; \
		memcpy(&content, expected, n); \
		memcpy(&next, desired, n); \
		bool is_expected = replace_##n(object, &content, next); \
		memcpy(expected, &content, n); \
		return is_expected; \
	}
	EACH_SIZE(CASE)
#undef CASE
	}
	pthread_mutex_t *mutex = lock(object);
	bool is_expected = memcmp(object, expected, size) == 0;
	if (is_expected)
		memcpy(object, desired, size);
	else
		memcpy(expected, object, size);
	pthread_mutex_unlock(mutex);
	return is_expected;
}

/* Compound assignments to atomic floating-point numbers raise what the one successful operation raised. */
void raise_exceptions(int exceptions) NAMED(__atomic_feraiseexcept);
void raise_exceptions(int exceptions) { feraiseexcept(exceptions); }
