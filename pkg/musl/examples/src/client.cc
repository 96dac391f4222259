/* Gives the lines of a module to the server, and asks for them again. */

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <l4/re/env>
#include <l4/re/error_helper>

#include "notes.h"

int main(int, char **argv)
{
  try
    {
      auto notes = L4Re::chkcap(L4Re::Env::env()->get_cap<Notes>("notes"), "the task was started without 'notes'");
      std::ifstream file(argv[1]);
      std::vector<std::string> lines;
      for (std::string line; std::getline(file, line); lines.push_back(line))
        if (int number = notes->add(L4::Ipc::Array<char const>(line.size(), line.data())); number != int(lines.size()))
          throw std::runtime_error("a note got the number " + std::to_string(number));

      for (std::size_t number = 0; number < lines.size(); ++number)
        {
          char text[Notes::Longest];
          L4::Ipc::Array<char> answer(sizeof(text), text);
          L4Re::chksys(notes->get(number, answer), "ask for a note");
          if (std::string(answer.data, answer.length) != lines[number])
            throw std::runtime_error("a note is different: " + std::string(answer.data, answer.length));
        }
      std::printf("%zu notes came back as they were\n", lines.size());
      return lines.empty();
    }
  catch (L4::Runtime_error const &e)
    {
      std::fprintf(stderr, "%s: %s\n", e.extra_str(), e.str());
    }
  catch (std::exception const &e)
    {
      std::fprintf(stderr, "%s\n", e.what());
    }
  return 1;
}
