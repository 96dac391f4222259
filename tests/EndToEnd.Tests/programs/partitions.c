/* What libblkid makes of crafted partition tables. Says "ok", or what is wrong. */
#include <blkid/blkid.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECTOR = 512, BSD = 0xa5, EXTENDED = 5, LINUX = 0x83, SECTORS = 16384 };
static uint8_t disk[SECTORS * SECTOR];

static void put(uint8_t *to, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		to[i] = value >> 8 * i;
}

static void dos(int sector, int index, int type, uint32_t start, uint32_t size)
{
	uint8_t *entry = disk + sector * SECTOR + 446 + 16 * index;
	entry[4] = type;
	put(entry + 8, start, 4);
	put(entry + 12, size, 4);
	put(disk + sector * SECTOR + 510, 0xaa55, 2);
}

static blkid_partlist probe(void)
{
	char name[] = "/tmp/partitions-XXXXXX";
	int fd = mkstemp(name);
	if (fd < 0 || write(fd, disk, sizeof disk) != sizeof disk)
		perror(name), exit(1);
	unlink(name);
	blkid_probe probe = blkid_new_probe();
	blkid_partlist list = !probe || blkid_probe_set_device(probe, fd, 0, 0) ? NULL : blkid_probe_get_partitions(probe);
	if (!list)
		puts("no partitions were found"), exit(1);
	return list;
}

int main(void)
{
	int result = 0;

	/* A BSD label in the first partition, which makes the list longer than the 32 partitions that it has room for at first. */
	enum { LOGICAL = 28, LABELLED = 8, FIRST = 64, LABEL = (FIRST + 1) * SECTOR };
	dos(0, 0, BSD, FIRST, 960);
	dos(0, 1, EXTENDED, 1024, 8192);
	for (int i = 0; i < LOGICAL; i++) {
		dos(1024 + 128 * i, 0, LINUX, 16, 64);
		if (i + 1 < LOGICAL)
			dos(1024 + 128 * i, 1, EXTENDED, 128 * (i + 1), 128);
	}
	put(disk + LABEL, 0x82564557, 4);
	put(disk + LABEL + 132, 0x82564557, 4);
	put(disk + LABEL + 138, LABELLED, 2);
	for (int i = 0; i < LABELLED; i++) {
		uint8_t *entry = disk + LABEL + 148 + 16 * i;
		put(entry, 16, 4);
		put(entry + 4, FIRST + 100 + 32 * i, 4);
		entry[12] = 7;
	}
	blkid_partlist list = probe();
	int count = blkid_partlist_numof_partitions(list);
	if (count != 2 + LOGICAL + LABELLED)
		printf("%d partitions instead of %d\n", count, 2 + LOGICAL + LABELLED), result = 1;
	blkid_partition last = blkid_partlist_get_partition(list, count - 1);
	if (blkid_parttable_get_parent(blkid_partition_get_table(last)) != blkid_partlist_get_partition(list, 0))
		puts("the parent of a nested table is where the first partition was, and is no longer"), result = 1;

	/* A logical partition that begins 2^32 sectors after the first sector of the disk. */
	memset(disk, 0, sizeof disk);
	dos(0, 0, EXTENDED, 1024, 8192);
	dos(1024, 0, LINUX, 0u - 1023, 16);
	list = probe();
	for (int i = 0; i < blkid_partlist_numof_partitions(list); i++)
		if (blkid_partition_get_start(blkid_partlist_get_partition(list, i)) < 1024)
			puts("a logical partition is outside of the extended one"), result = 1;

	if (!result)
		puts("ok");
	return result;
}
