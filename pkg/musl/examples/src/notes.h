/* The interface between server and client. */
#pragma once

#include <l4/sys/capability>
#include <l4/sys/cxx/ipc_array>
#include <l4/sys/cxx/ipc_iface>

struct Notes : L4::Kobject_t<Notes, L4::Kobject, 0x4e6f>
{
  enum { Longest = 200 };

  /* Returns the number of the note, from 0 on. */
  L4_INLINE_RPC(int, add, (L4::Ipc::Array<char const> text));
  /* Returns an error if there is no note of that number. */
  L4_INLINE_RPC(int, get, (l4_uint32_t number, L4::Ipc::Array<char> &text));

  typedef L4::Typeid::Rpcs<add_t, get_t> Rpcs;
};
