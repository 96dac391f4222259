/*
 * L4 and POSIX in one task, in C++: a thread serves an IPC gate, and the main thread writes what it receives into a file, from
 * which it is read again.
 */

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <future>
#include <mutex>
#include <pthread-l4.h>
#include <string>
#include <thread>

#include <l4/re/env>
#include <l4/re/error_helper>
#include <l4/re/util/object_registry>
#include <l4/sys/cxx/ipc_epiface>

#include "notes.h"

namespace {

char const *const file_name = "/tmp/notes";

/* Notes on their way to the thread that writes them. */
class Queue
{
public:
  struct Entry
  {
    std::string text;
    std::promise<int> number;
  };

  std::future<int> put(std::string text)
  {
    std::lock_guard<std::mutex> guard(_mutex);
    _entries.push_back({std::move(text), {}});
    _filled.notify_one();
    return _entries.back().number.get_future();
  }

  Entry take()
  {
    std::unique_lock<std::mutex> guard(_mutex);
    _filled.wait(guard, [this] { return !_entries.empty(); });
    Entry entry = std::move(_entries.front());
    _entries.pop_front();
    return entry;
  }

private:
  std::mutex _mutex;
  std::condition_variable _filled;
  std::deque<Entry> _entries;
};

class Server : public L4::Epiface_t<Server, Notes>
{
public:
  explicit Server(Queue &queue) : _queue(queue) {}

  int op_add(Notes::Rights, L4::Ipc::Array_ref<char const> text)
  {
    /* The text is in the message registers, which any call of libc may overwrite. So it is copied first, and not by an
     * allocation that may need memory from L4Re. */
    char copy[Notes::Longest];
    if (text.length > sizeof(copy))
      return -L4_EMSGTOOLONG;
    std::memcpy(copy, text.data, text.length);
    return _queue.put(std::string(copy, text.length)).get();
  }

  int op_get(Notes::Rights, l4_uint32_t number, L4::Ipc::Array_ref<char> &text)
  {
    /* The answer goes into the message registers at the very end, when no destructor is left to run that may overwrite it:
     * that of a file or string calls libc, too. */
    char note[Notes::Longest];
    std::size_t length = read(number, note);
    if (!length || length > text.length)
      return -L4_ENOENT;
    std::memcpy(text.data, note, length);
    text.length = length;
    return L4_EOK;
  }

private:
  static std::size_t read(l4_uint32_t number, char (&note)[Notes::Longest])
  {
    std::ifstream file(file_name);
    std::string line;
    for (l4_uint32_t i = 0; i <= number; ++i)
      if (!std::getline(file, line))
        return 0;
    return line.copy(note, sizeof(note));
  }

  Queue &_queue;
};

void serve(Queue &queue)
{
  L4Re::Util::Registry_server<> loop(Pthread::L4::cap(pthread_self()), L4Re::Env::env()->factory());
  Server server(queue);
  L4Re::chkcap(loop.registry()->register_obj(&server, "notes"), "the task was started without the gate 'notes'");
  loop.loop();
}

}

int main()
{
  Queue queue;
  std::thread([&queue]
    {
      try
        {
          serve(queue);
        }
      catch (L4::Runtime_error const &e)
        {
          std::fprintf(stderr, "%s: %s\n", e.extra_str(), e.str());
          std::exit(1);
        }
    }).detach();

  std::ofstream file(file_name);
  for (int number = 0;; ++number)
    {
      Queue::Entry entry = queue.take();
      file << entry.text << std::endl;
      entry.number.set_value(file ? number : -L4_EIO);
    }
}
