/* Covers patches/musl/1.2.5/0240: statx has the fields and constants of Linux 6.11, and its size is as before. */
// arch: arm arm64
// link: static
#define _GNU_SOURCE
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>

_Static_assert(sizeof(struct statx) == 256, "size");
_Static_assert(offsetof(struct statx, stx_mnt_id) == 0x90, "mount id");
_Static_assert(offsetof(struct statx, stx_dio_mem_align) == 0x98, "memory alignment");
_Static_assert(offsetof(struct statx, stx_dio_offset_align) == 0x9c, "offset alignment");
_Static_assert(offsetof(struct statx, stx_subvol) == 0xa0, "subvolume");
_Static_assert(offsetof(struct statx, stx_atomic_write_unit_min) == 0xa8, "smallest atomic write");
_Static_assert(offsetof(struct statx, stx_atomic_write_unit_max) == 0xac, "largest atomic write");
_Static_assert(offsetof(struct statx, stx_atomic_write_segments_max) == 0xb0, "segments");

int main(void)
{
    unsigned mask = STATX_MNT_ID | STATX_DIOALIGN | STATX_MNT_ID_UNIQUE | STATX_SUBVOL | STATX_WRITE_ATOMIC;
    unsigned attributes = STATX_ATTR_COMPRESSED | STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND | STATX_ATTR_NODUMP
        | STATX_ATTR_ENCRYPTED | STATX_ATTR_AUTOMOUNT | STATX_ATTR_MOUNT_ROOT | STATX_ATTR_VERITY | STATX_ATTR_DAX
        | STATX_ATTR_WRITE_ATOMIC;
    if (mask != 0x1f000 || attributes != 0x703874) {
        printf("%x %x\n", mask, attributes);
        return 1;
    }
    puts("ok");
}
