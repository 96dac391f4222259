/* Covers patches/musl/1.2.5/0204: a thread starts with a frame pointer of 0, whatever its creator's is. */
// arch: arm arm64
// link: dynamic static
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

/* create_with_marked_fp calls pthread_create with the frame pointer set to a marker; read_fp is a thread's
 * start function that returns the frame pointer. In assembly, since C has no say in that register. */
int create_with_marked_fp(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
void *read_fp(void *);

__asm__(
    ".text\n"
    ".global create_with_marked_fp, read_fp\n"
    ".type create_with_marked_fp, %function\n"
    ".type read_fp, %function\n"
#ifdef __aarch64__
    ".balign 4\n"
    "create_with_marked_fp:\n"
    "    stp x29, x30, [sp, #-16]!\n"
    "    mov x29, #0x1200\n"
    "    bl pthread_create\n"
    "    ldp x29, x30, [sp], #16\n"
    "    ret\n"
    "read_fp:\n"
    "    mov x0, x29\n"
    "    ret\n"
#else
    ".arm\n"
    ".balign 4\n"
    "create_with_marked_fp:\n"
    "    push {fp, lr}\n"
    "    mov fp, #0x1200\n"
    "    bl pthread_create\n"
    "    pop {fp, pc}\n"
    "read_fp:\n"
    "    mov r0, fp\n"
    "    bx lr\n"
#endif
);

int main(void)
{
    pthread_t thread;
    void *fp;
    if (create_with_marked_fp(&thread, 0, read_fp, 0) || pthread_join(thread, &fp)) return 2;
    if (fp) {
        printf("the thread started with frame pointer %#lx\n", (unsigned long)(uintptr_t)fp);
        return 1;
    }
    puts("ok");
}
