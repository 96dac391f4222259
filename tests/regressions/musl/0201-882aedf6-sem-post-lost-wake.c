/* Covers patches/musl/1.2.5/0201: sem_post wakes a waiter that an interrupted sem_post has left asleep.
 * The interrupted call is played by hand: sem_t starts with its value, whose top bit says that somebody waits,
 * and the number of waiters. The call had stored value 1 without the bit, but not yet woken the waiter. */
// arch: arm arm64
// link: dynamic static
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static sem_t sem;
static sem_t done;

static void *take(void *unused)
{
    while (sem_wait(&sem));
    sem_post(&done);
    return unused;
}

int main(void)
{
    volatile int *state = (volatile int *)&sem;
    pthread_t waiter;
    struct timespec limit;

    alarm(20);
    sem_init(&sem, 0, 0);
    sem_init(&done, 0, 0);
    if (pthread_create(&waiter, 0, take, 0)) return 2;

    while (state[0] != (int)0x80000000) sched_yield();
    /* The bit is set just before the system call; give the waiter the time to fall asleep in it. One that is
     * still awake would notice the new value by itself and hide the bug, never the other way round. */
    nanosleep(&(struct timespec){ .tv_nsec = 300000000 }, 0);
    if (!__sync_bool_compare_and_swap(state, (int)0x80000000, 1)) return 2;

    sem_post(&sem);
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 5;
    if (sem_timedwait(&done, &limit)) {
        printf("a thread waits for a semaphore of value %d\n", state[0] & 0x7fffffff);
        return 1;
    }
    puts("ok");
}
