/* FIFOs, for the file systems that can hold some. */
#ifndef COMMON_PIPE_H
#define COMMON_PIPE_H

#include "common/file.h"

#pragma GCC visibility push(hidden)

/*
 * "open" of a FIFO: fills in kind and object, and waits for the other end as open does. The slot is the FIFO's own place for
 * its pipe, null at first; it must stay until the file is released. The file's flags are set already.
 */
long __common_open_fifo(void **slot, struct file *file);
/* The FIFO is no more, and nobody has it open. */
void __common_free_fifo(void *slot);

#pragma GCC visibility pop

#endif
