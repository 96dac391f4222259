/* splice, tee and vmsplice, for programs that try them first: as with files for which Linux has no such way, they read and
 * write then. */

#include <errno.h>
#include "common.h"

long SYS_splice_function(void) { return -EINVAL; }
long SYS_tee_function(void) { return -EINVAL; }
long SYS_vmsplice_function(void) { return -EINVAL; }
