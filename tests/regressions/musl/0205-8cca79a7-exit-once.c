/* Covers patches/musl/1.2.5/0205: a second thread that calls exit doesn't run handlers beside the first one's. */
// arch: arm arm64
// link: dynamic static
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static sem_t mayExit, overtaken;
static volatile int busy;

static void *exitToo(void *unused)
{
    while (sem_wait(&mayExit));
    exit(3);
    return unused;
}

/* Registered first, so runs last. */
static void last(void)
{
    if (busy) {
        /* The first thread's handler says what is wrong. */
        sem_post(&overtaken);
        pause();
    }
    puts("ok");
    fflush(stdout);
    _exit(0);
}

static void first(void)
{
    struct timespec limit;

    busy = 1;
    sem_post(&mayExit);
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec++;
    if (!sem_timedwait(&overtaken, &limit)) {
        puts("the second thread ran a handler while the first one's was busy");
        fflush(stdout);
        _exit(1);
    }

    busy = 0;
}

int main(void)
{
    pthread_t thread;
    alarm(20);
    sem_init(&mayExit, 0, 0);
    sem_init(&overtaken, 0, 0);
    if (atexit(last) || atexit(first) || pthread_create(&thread, 0, exitToo, 0)) return 2;
    exit(2);
}
