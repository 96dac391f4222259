/* Covers patches/musl/1.2.5/0206: atexit called from a destructor fails instead of hanging the process. */
// arch: arm arm64
// link: dynamic static
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void handler(void)
{
}

__attribute__((destructor)) static void destructor(void)
{
    int r = atexit(handler);
    puts(r ? "ok" : "atexit promised to call a handler that can no longer be called");
    fflush(stdout);
    _exit(r ? 0 : 1);
}

static void *rest(void *unused)
{
    pause();
    return unused;
}

int main(void)
{
    /* musl's locks are real only once there is a second thread. */
    pthread_t thread;
    alarm(5);
    if (atexit(handler) || pthread_create(&thread, 0, rest, 0)) return 2;
    return 3;
}
