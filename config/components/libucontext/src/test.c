#define _GNU_SOURCE
#include <fenv.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

/* Two contexts take turns. Each must find its own arguments, floating-point registers and signal mask again. */

static ucontext_t first, second, start;
static int turn;

static void expect(int holds, const char *what)
{
	if (!holds) {
		printf("%s: wrong\n", what);
		exit(1);
	}
}

static void with_arguments(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j)
{
	expect(turn++ == 0, "the first turn");
	expect(a == 1 && b == 2 && c == 3 && d == 4 && e == 5 && f == 6 && g == 7 && h == 8 && i == 9 && j == 10, "arguments");
	expect((uintptr_t)__builtin_frame_address(0) % 8 == 0, "alignment of the stack");
	swapcontext(&first, &second);
	expect(turn++ == 2, "the third turn");
}

static void with_doubles(void)
{
	volatile double one = 1;
	double kept[8]; /* In registers across the switch, if the compiler has enough of them. */
	for (int i = 0; i < 8; i++)
		kept[i] = one / (i + 3);
	expect(turn++ == 1, "the second turn");
	swapcontext(&second, &first);
	for (int i = 0; i < 8; i++)
		expect(kept[i] == one / (i + 3), "floating-point registers");
	expect(turn++ == 3, "the fourth turn");
}

static void prepare(ucontext_t *context, ucontext_t *next, size_t size)
{
	getcontext(context);
	context->uc_stack.ss_sp = malloc(size);
	context->uc_stack.ss_size = size;
	context->uc_link = next;
	expect(context->uc_stack.ss_sp != NULL, "memory");
}

int main(void)
{
	static volatile int again;
	volatile double two = 2;
	double sum = two * 3, product = two * 5;
	sigset_t blocked, now;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR2);
	sigprocmask(SIG_SETMASK, &blocked, NULL);
	prepare(&first, &second, 65536);
	makecontext(&first, (void (*)(void))with_arguments, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
	sigdelset(&blocked, SIGUSR2);
	sigaddset(&blocked, SIGUSR1);
	sigprocmask(SIG_SETMASK, &blocked, NULL);
	prepare(&second, &start, 65536);
	makecontext(&second, with_doubles, 0);
	expect(fesetround(FE_UPWARD) == 0, "rounding mode");
	swapcontext(&start, &first);

	expect(turn == 4, "all turns");
	expect(fegetround() == FE_UPWARD, "rounding mode after the switches");
	expect(sum == 6 && product == 10, "floating-point registers of main");
	sigprocmask(SIG_BLOCK, NULL, &now);
	expect(sigismember(&now, SIGUSR1) == 1 && sigismember(&now, SIGUSR2) == 0, "signal mask");

	getcontext(&start);
	if (again++ < 100000)
		setcontext(&start);
	expect(again == 100001, "setcontext");
	puts("contexts switch");
	return 0;
}
