/* Covers patches/musl/1.2.5/0215: the function of a SIGEV_THREAD timer may set the signal mask, and finds it as at first
 * the next time. */
// arch: arm arm64
// link: dynamic static
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static atomic_int calls, unblocked;

static void expired(union sigval value)
{
    (void)value;
    sigset_t none, before;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, &before);
    if (!sigismember(&before, SIGUSR1)) unblocked++;
    calls++;
    usleep(30000); /* The timer goes on meanwhile. */
}

int main(void)
{
    timer_t timer;
    struct sigevent event = { .sigev_notify = SIGEV_THREAD, .sigev_notify_function = expired };
    struct itimerspec often = { { 0, 10000000 }, { 0, 10000000 } };
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) || timer_settime(timer, 0, &often, 0)) return 2;
    for (int i = 0; calls < 8 && i < 1000; i++) usleep(10000);
    if (calls < 8 || unblocked) {
        printf("%d calls, in %d of them signals were not blocked at first\n", calls, unblocked);
        return 1;
    }
    timer_delete(timer);
    puts("ok");
}
