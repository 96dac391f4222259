/* Covers patches/musl/1.2.5/0011: a thread with a stack of the usual size can compile a long pattern. */
// arch: arm arm64
// link: dynamic static
#include <pthread.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

static void *compile(void *result)
{
    static char pattern[10001];
    memset(pattern, 'a', sizeof pattern - 1);
    regex_t expression;
    int error = regcomp(&expression, pattern, REG_EXTENDED | REG_NOSUB);
    if (!error) {
        error = regexec(&expression, pattern, 0, 0, 0);
        regfree(&expression);
    }
    *(int *)result = error;
    return 0;
}

int main(void)
{
    pthread_t thread;
    int result = -1;
    if (pthread_create(&thread, 0, compile, &result) || pthread_join(thread, 0)) return 2;
    if (result) {
        printf("error %d\n", result);
        return 1;
    }
    puts("ok");
}
