/* Covers patches/musl/1.2.5/0209: no field of an fstab line contains its newline. */
// arch: arm arm64
// link: dynamic static
#include <mntent.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    char text[] = "/dev/vda /data ext4 ro,noatime\nproc /proc proc defaults 0 2\n", buffer[256];
    FILE *f = fmemopen(text, strlen(text), "r");
    struct mntent entry;
    if (!f || !getmntent_r(f, &entry, buffer, sizeof buffer)) return 2;
    if (strcmp(entry.mnt_opts, "ro,noatime")) {
        printf("the options are \"%s\"\n", entry.mnt_opts);
        return 1;
    }
    if (!getmntent_r(f, &entry, buffer, sizeof buffer) || strcmp(entry.mnt_opts, "defaults") || entry.mnt_passno != 2) {
        puts("the line after it is misread");
        return 1;
    }
    puts("ok");
}
