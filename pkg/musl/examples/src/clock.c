/*
 * The time of day on L4Re: libc asks the server behind the capability "rtc", once, and a thread of this program is that server
 * here. It answers as L4Re's package rtc does: how many nanoseconds are to be added to the kernel's clock.
 */

#include <pthread.h>
#include <pthread-l4.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <l4/re/env.h>
#include <l4/sys/err.h>
#include <l4/sys/ipc.h>
#include <l4/sys/rcv_endpoint.h>

#define FILE_NAME "/tmp/new"

static const time_t start = 1767225600; /* of 2026 */
static int asked;

static void *serve(void *unused)
{
  const int64_t offset = start * INT64_C(1000000000);
  l4_umword_t label;
  l4_msgtag_t tag = l4_ipc_wait(l4_utcb(), &label, L4_IPC_NEVER);

  (void)unused;
  for (;;)
    {
      /* The first function of the interface L4rtc::Rtc is get_timer_offset. */
      int known = !l4_ipc_error(tag, l4_utcb()) && l4_msgtag_words(tag) && (int)l4_utcb_mr()->mr[0] == 0;
      asked++;
      memcpy(l4_utcb_mr()->mr, &offset, sizeof offset);
      tag = l4_msgtag(known ? L4_EOK : -L4_ENOSYS, sizeof offset / sizeof(l4_umword_t), 0, 0);
      tag = l4_ipc_reply_and_wait(l4_utcb(), tag, &label, L4_IPC_NEVER);
    }
  return 0;
}

/* The machine has run for less than a day. */
static int is_today(time_t time)
{
  return time >= start && time < start + 86400;
}

int main(void)
{
  pthread_t server;
  struct timeval now;
  struct stat status;
  FILE *file;

  if (pthread_create(&server, 0, serve, 0)
      || l4_error(l4_rcv_ep_bind_thread(l4re_env_get_cap("rtc"), pthread_l4_cap(server), 0)) < 0)
    {
      fputs("there is no server: the task was started without the gate 'rtc'\n", stderr);
      return 1;
    }
  if (gettimeofday(&now, 0) || !is_today(now.tv_sec) || !is_today(time(0)))
    {
      fprintf(stderr, "the time is %lld\n", (long long)time(0));
      return 1;
    }
  if (!(file = fopen(FILE_NAME, "w")) || fclose(file) || stat(FILE_NAME, &status) || !is_today(status.st_mtime))
    {
      fprintf(stderr, "%s is of another time\n", FILE_NAME);
      return 1;
    }
  printf("it is %s", ctime(&now.tv_sec));
  if (asked == 1)
    return 0;
  fprintf(stderr, "the server was asked %d times\n", asked);
  return 1;
}
