/* The function in the middle, which may be in another object than the others. */
#include "frames.h"

FRAME void middle(void (*next)(void))
{
    CLEANED_UP("m");
    into_outer = RETURN_ADDRESS();
    next();
    strcat(trace, "!"); /* Not reached; but it keeps the call from being the function's last act, which needs no frame. */
}
