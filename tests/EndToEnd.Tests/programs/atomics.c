// Threads that update objects of many sizes with atomic operations; each update must count. In sizes that are not inline, these
// are functions of libatomic.
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define THREADS 4
#define ROUNDS 20000

struct wide { uint64_t count, twice, square; };
struct odd { unsigned char bytes[3]; };
struct pair { uint64_t count, twice; };

static _Atomic uint8_t u8;
static _Atomic uint16_t u16;
static _Atomic uint32_t u32;
static _Atomic uint64_t u64;
#ifdef __SIZEOF_INT128__
static _Atomic unsigned __int128 u128;
#endif
static _Atomic struct wide wide;
static _Atomic struct odd odd;
static _Atomic struct pair pair;
static _Atomic double real;
static int torn;

uint64_t __atomic_fetch_add_8(volatile void *, uint64_t, int);
unsigned char __atomic_nand_fetch_1(volatile void *, unsigned char, int);

static void *run(void *unused)
{
	for (int i = 0; i < ROUNDS; i++) {
		u8++, u16++, u32++, u64++;
		__atomic_fetch_add_8(&u64, 1, __ATOMIC_RELAXED);
#ifdef __SIZEOF_INT128__
		u128 += ((unsigned __int128)1 << 64) + 1;
#endif
		real += 0.5;
		struct wide was = wide, next;
		do
			next = (struct wide){was.count + 1, 2 * (was.count + 1), (was.count + 1) * (was.count + 1)};
		while (!atomic_compare_exchange_weak(&wide, &was, next));
		if (was.twice != 2 * was.count || was.square != was.count * was.count)
			torn = 1;
		struct pair had = pair, then;
		do
			then = (struct pair){had.count + 1, 2 * (had.count + 1)};
		while (!atomic_compare_exchange_strong(&pair, &had, then));
		if (had.twice != 2 * had.count)
			torn = 1;
		struct odd before = odd, after;
		do {
			memset(after.bytes, before.bytes[0] + 1, sizeof after.bytes);
		} while (!atomic_compare_exchange_weak(&odd, &before, after));
		if (before.bytes[0] != before.bytes[1] || before.bytes[0] != before.bytes[2])
			torn = 1;
	}
	return unused;
}

int main(void)
{
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], 0, run, 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], 0);

	const uint64_t total = THREADS * ROUNDS;
	int good = !torn && u8 == (uint8_t)total && u16 == (uint16_t)total && u32 == total && u64 == 2 * total && real == total / 2.0;
#ifdef __SIZEOF_INT128__
	good = good && u128 == (((unsigned __int128)total << 64) + total);
#endif
	struct wide all = atomic_exchange(&wide, (struct wide){0});
	struct pair both = pair;
	struct odd last = odd;
	good = good && all.count == total && all.square == total * total && both.count == total && both.twice == 2 * total;
	good = good && last.bytes[2] == (unsigned char)total;
	unsigned char bits = 0x5f;
	good = good && __atomic_nand_fetch_1(&bits, 0xf0, __ATOMIC_SEQ_CST) == 0xaf && bits == 0xaf;
	atomic_store(&wide, ((struct wide){1, 2, 3}));
	all = wide;
	good = good && all.square == 3 && !atomic_is_lock_free(&wide) && atomic_is_lock_free(&u32);
	puts(good ? "every update counts" : "updates are lost or torn");
	return !good;
}
