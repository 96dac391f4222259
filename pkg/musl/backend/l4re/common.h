/* What the sources in common/ must know of this backend. */

#include <errno.h>
#include "backend.h"

#define STACK (sizeof(long) << 18) /* l4/libloader/elf, Default_stack_words */
