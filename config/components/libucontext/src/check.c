#define _GNU_SOURCE
#include "context.h"
#undef SIG_BLOCK
#undef SIG_SETMASK
#include <signal.h>
#include <stddef.h>
#include <ucontext.h>

#define IS(name, member) _Static_assert(name == offsetof(ucontext_t, member), #name " is where musl has " #member)

_Static_assert(SIG_BLOCK == 0 && SIG_SETMASK == 2, "how masks are changed");
IS(UC_LINK, uc_link);
IS(UC_SIGMASK, uc_sigmask);

#ifdef __aarch64__
IS(UC_REGS, uc_mcontext.regs);
IS(UC_SP, uc_mcontext.sp);
IS(UC_PC, uc_mcontext.pc);
IS(UC_FP, uc_mcontext.__reserved);
#endif

#ifdef __arm__
IS(UC_REGS, uc_mcontext.arm_r0);
IS(UC_SP, uc_mcontext.arm_sp);
IS(UC_LR, uc_mcontext.arm_lr);
IS(UC_PC, uc_mcontext.arm_pc);
IS(UC_FP, uc_regspace);
#endif
