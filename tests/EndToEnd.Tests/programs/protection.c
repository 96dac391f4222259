/* Does what is forbidden, which must end the program: the argument says what. Without any, it ends with 5. */
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE 4096

static void *descend(void *frame)
{
    volatile char room[1000];
    room[0] = 1;
    return (char *)descend((void *)room) + (frame != 0);
}

int main(int argc, char **argv)
{
    const char *access = argc > 1 ? argv[1] : "";
    volatile char *pages = mmap(0, 5 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED)
        return 1;
    memset((char *)pages, 1, 5 * PAGE);
    if (mprotect((char *)pages + PAGE, PAGE, PROT_READ) || mprotect((char *)pages + 3 * PAGE, PAGE, PROT_NONE))
        return 2;
    if (pages[PAGE] != 1)
        return 3;
    pages[PAGE - 1] = pages[2 * PAGE] = pages[4 * PAGE] = 2; /* the neighbours stay as they were */
    if (!strcmp(access, "write"))
        pages[PAGE] = 1;
    if (!strcmp(access, "read"))
        return pages[3 * PAGE];
    if (!strcmp(access, "execute"))
        ((void (*)(void))(pages + PAGE))();
    if (!strcmp(access, "stack")) {
        pthread_t thread;
        pthread_create(&thread, 0, descend, 0);
        pthread_join(thread, 0);
    }
    return 5;
}
