/* What the sources in common/ must know of this backend. */

#include <errno.h>
#include "semihosting.h"
