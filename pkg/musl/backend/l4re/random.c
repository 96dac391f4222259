/*
 * Random numbers, good for hash tables, stack protectors and file names, and NOT for keys: L4Re gives programs no
 * source of randomness by itself. They are made of what can't easily be known from outside: how long system calls take,
 * to the nanosecond, and where things lie. Mixed by SipHash's permutation, so that each number depends on all of it.
 */

#include <string.h>
#include <l4/sys/kip.h>
#include <l4/sys/thread.h>
#include "backend.h"

#define ROTATE(x, n) ((x) << (n) | (x) >> (64 - (n)))

static uint64_t state[4] = { 0x736f6d6570736575, 0x646f72616e646f6d, 0x6c7967656e657261, 0x7465646279746573 };

static void mix(uint64_t v[4], uint64_t input)
{
	v[3] ^= input;
	for (int round = 0; round < 2; round++) {
		v[0] += v[1], v[2] += v[3];
		v[1] = ROTATE(v[1], 13) ^ v[0], v[3] = ROTATE(v[3], 16) ^ v[2];
		v[0] = ROTATE(v[0], 32);
		v[2] += v[1], v[0] += v[3];
		v[1] = ROTATE(v[1], 17) ^ v[2], v[3] = ROTATE(v[3], 21) ^ v[0];
		v[2] = ROTATE(v[2], 32);
	}
	v[0] ^= input;
}

/* Threads that do this at once only disturb each other, which does no harm. */
void __l4re_random(void *buffer, size_t size)
{
	uint64_t v[4];
	memcpy(v, state, sizeof v);
	mix(v, (uintptr_t)buffer);
	mix(v, (uintptr_t)__backend_self());
	for (int i = 0; i < 32; i++) {
		mix(v, l4_kip_clock_ns(__l4re_kernel_information));
		l4_thread_yield();
	}
	memcpy(state, v, sizeof v);
	for (size_t done = 0; done < size;) {
		mix(v, done);
		uint64_t number = v[0] ^ v[1] ^ v[2] ^ v[3];
		size_t part = size - done < sizeof number ? size - done : sizeof number;
		memcpy((char *)buffer + done, &number, part);
		done += part;
	}
	mix(v, size);
}

/* It never blocks. */
long SYS_getrandom_function(void *buffer, size_t size, unsigned flags)
{
	(void)flags;
	__l4re_random(buffer, size);
	return size;
}
