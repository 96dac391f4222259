/* Covers patches/musl/1.2.5/0228: LOG_MAKEPRI is the priority that LOG_FAC and LOG_PRI take apart. */
// arch: arm arm64
// link: static
#include <stdio.h>
#include <syslog.h>

int main(void)
{
    int priority = LOG_MAKEPRI(LOG_LOCAL3, LOG_WARNING);
    if (priority != (LOG_LOCAL3 | LOG_WARNING) || LOG_PRI(priority) != LOG_WARNING || LOG_FAC(priority) != LOG_LOCAL3 >> 3) {
        printf("%x\n", priority);
        return 1;
    }
    puts("ok");
}
