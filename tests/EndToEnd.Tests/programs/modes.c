/* Uses what breaks first when start files, libgcc and libc don't fit: threads, TLS, atomics, constructors, libm, dlopen. */
#include <dlfcn.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_llong counter;
static _Thread_local int seen;
static int constructed;

__attribute__((constructor)) static void construct(void) { constructed = 1; }

static void *add(void *argument)
{
    for (seen = 0; seen < 10000; seen++)
        atomic_fetch_add(&counter, 1);
    return argument;
}

int main(int argc, char **argv)
{
    pthread_t threads[4];
    (void)argv;
    for (int i = 0; i < 4; i++)
        if (pthread_create(&threads[i], 0, add, 0)) return 2;
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], 0);
    if (counter != 40000 || seen != 0 || !constructed) return 3;
    if (fabs(sqrt(argc + 1.0) - 1.41421356) > 1e-6) return 4;
    /* A static program has a dlopen, too, which says that it can't. */
    void *self = dlopen("libc.so", RTLD_NOW);
    printf("dlopen: %s\n", self && dlsym(self, "printf") ? "yes" : "no");
    return 0;
}
