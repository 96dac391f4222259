/*
 * L4 and POSIX in one task, in C: a thread serves an IPC gate, and the main thread is its client and uses files. The server
 * adds up the numbers that it gets.
 */

#include <pthread.h>
#include <pthread-l4.h>
#include <stdio.h>
#include <l4/re/c/util/cap_alloc.h>
#include <l4/re/env.h>
#include <l4/sys/err.h>
#include <l4/sys/factory.h>
#include <l4/sys/ipc.h>

#define NUMBERS "/tmp/numbers"

static void *serve(void *unused)
{
  l4_umword_t label, sum = 0;
  l4_msgtag_t tag = l4_ipc_wait(l4_utcb(), &label, L4_IPC_NEVER);

  (void)unused;
  for (;;)
    {
      /* From here on the message registers hold the answer. A call of libc before would overwrite the question, and one
       * after it the answer. */
      if (!l4_ipc_error(tag, l4_utcb()) && l4_msgtag_words(tag) == 1)
        l4_utcb_mr()->mr[0] = sum += l4_utcb_mr()->mr[0];
      tag = l4_ipc_reply_and_wait(l4_utcb(), l4_msgtag(L4_EOK, 1, 0, 0), &label, L4_IPC_NEVER);
    }
  return 0;
}

static l4_umword_t add(l4_cap_idx_t gate, l4_umword_t number)
{
  l4_utcb_mr()->mr[0] = number;
  if (l4_error(l4_ipc_call(gate, l4_utcb(), l4_msgtag(0, 1, 0, 0), L4_IPC_NEVER)) < 0)
    return 0;
  return l4_utcb_mr()->mr[0];
}

int main(void)
{
  pthread_t server;
  l4_cap_idx_t gate = l4re_util_cap_alloc();
  l4_umword_t sum = 0, number;

  if (pthread_create(&server, 0, serve, 0)
      || l4_error(l4_factory_create_gate(l4re_env()->factory, gate, pthread_l4_cap(server), 0)) < 0)
    {
      fputs("there is no server\n", stderr);
      return 1;
    }

  FILE *file = fopen(NUMBERS, "w+");
  if (!file)
    {
      perror(NUMBERS);
      return 1;
    }
  for (number = 1; number <= 10; number++)
    fprintf(file, "%lu\n", number);
  rewind(file);
  while (fscanf(file, "%lu", &number) == 1)
    sum = add(gate, number);
  printf("the sum of the numbers in %s is %lu\n", NUMBERS, sum);
  return sum == 55 ? 0 : 1;
}
