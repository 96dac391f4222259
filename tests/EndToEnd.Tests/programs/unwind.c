/*
 * The unwinder, in C: a backtrace finds the calling functions, and a forced unwinding runs the clean-up of each frame from the
 * inside out, until it is caught. Prints the callers that were found, as bits, and the frames that were cleaned up.
 */
#include <setjmp.h>
#include <stdio.h>
#include <unwind.h>
#include "frames.h"

char trace[16];
uintptr_t into_outer;
static uintptr_t into_main;
static unsigned met;
static jmp_buf caught;
static struct _Unwind_Exception thrown;

void clean_up(const char **text) { strcat(trace, *text); }

static uintptr_t address(struct _Unwind_Context *context) { return (uintptr_t)_Unwind_GetIP(context) & -2; }

static _Unwind_Reason_Code meet(struct _Unwind_Context *context, void *unused)
{
    (void)unused;
    met |= (address(context) == into_outer) | (address(context) == into_main) << 1;
    return _URC_NO_REASON;
}

static _Unwind_Reason_Code stop(
    int version, _Unwind_Action actions, _Unwind_Exception_Class class, struct _Unwind_Exception *exception,
    struct _Unwind_Context *context, void *unused)
{
    (void)version, (void)class, (void)exception, (void)unused;
    if (actions & _UA_END_OF_STACK) longjmp(caught, 2);
    if (address(context) == into_main) longjmp(caught, 1);
    return _URC_NO_REASON;
}

FRAME static void inner(void)
{
    CLEANED_UP("i");
    _Unwind_Backtrace(meet, 0);
    memset(&thrown, 0, sizeof thrown);
    _Unwind_ForcedUnwind(&thrown, stop, 0);
    strcat(trace, "?");
}

FRAME static void outer(void)
{
    CLEANED_UP("o");
    into_main = RETURN_ADDRESS();
    middle(inner);
    strcat(trace, "!");
}

int main(void)
{
    /* Twice: an unwinder looks its tables up another way when it has seen them. */
    for (volatile int round = 0; round < 2; round++) {
        trace[0] = met = 0;
        switch (setjmp(caught)) {
        case 0: outer(); return 2;
        case 2: puts("main was not found"); return 3;
        }
        printf("%u %s\n", met, trace);
    }
    return 0;
}
