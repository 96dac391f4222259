/* Covers patches/musl/1.2.6/0281: exit called again from a handler goes on with the handlers that are left, and a child that a
 * handler forks can end by it. */
// arch: arm arm64
// link: dynamic static
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t original;

/* Registered first, so runs last. */
static void last(void)
{
    if (getpid() == original) puts("ok");
}

static void again(void)
{
    if (getpid() == original) exit(0);
}

static void first(void)
{
    int status;
    pid_t child = fork();
    if (!child) {
        alarm(5);
        exit(7);
    }
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 7) {
        puts("exit in a child forked by a handler failed");
        fflush(stdout);
        _exit(1);
    }
}

int main(void)
{
    original = getpid();
    if (atexit(last) || atexit(again) || atexit(first)) return 2;
    exit(2);
}
