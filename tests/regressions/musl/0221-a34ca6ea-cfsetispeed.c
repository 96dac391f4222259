/* Covers patches/musl/1.2.5/0221: the speeds of input and output are two things. */
// arch: arm arm64
// link: dynamic static
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <termios.h>

int main(void)
{
    struct termios t = { .c_cflag = CS8 };
    if (cfsetospeed(&t, B115200) || cfsetispeed(&t, B9600)) return 2;
    if (cfgetospeed(&t) != B115200 || cfgetispeed(&t) != B9600 || !(t.c_cflag & CS8)) {
        printf("out %x in %x\n", cfgetospeed(&t), cfgetispeed(&t));
        return 1;
    }
    if (cfsetspeed(&t, B38400) || cfgetospeed(&t) != B38400 || cfgetispeed(&t) != 0) {
        printf("both: out %x in %x\n", cfgetospeed(&t), cfgetispeed(&t));
        return 1;
    }
    if (cfsetispeed(&t, 12345) != -1 || cfsetspeed(&t, 12345) != -1 || cfgetospeed(&t) != B38400) {
        puts("an invalid speed is accepted");
        return 1;
    }
    puts("ok");
}
