/* As in L4Re's libpthread: which thread of the kernel a thread of musl is. */
#ifndef PTHREAD_L4_H
#define PTHREAD_L4_H

#include <pthread.h>
#include <l4/sys/types.h>

#ifdef __cplusplus
#include <l4/sys/thread>
extern "C" {
#endif

l4_cap_idx_t pthread_l4_cap(pthread_t thread);

#ifdef __cplusplus
}

namespace Pthread { namespace L4 {

inline ::L4::Cap< ::L4::Thread> cap(pthread_t thread)
{ return ::L4::Cap< ::L4::Thread>(pthread_l4_cap(thread)); }

}}
#endif

#endif
