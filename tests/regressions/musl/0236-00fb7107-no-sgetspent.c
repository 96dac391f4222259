/* Covers patches/musl/1.2.5/0236: a program may have its own sgetspent. */
// arch: arm arm64
// link: static
#include <shadow.h>
#include <stdio.h>

static struct spwd *sgetspent(char *line)
{
    static struct spwd entry;
    entry.sp_namp = line;
    return &entry;
}

int main(void)
{
    char line[] = "ok";
    puts(sgetspent(line)->sp_namp);
}
