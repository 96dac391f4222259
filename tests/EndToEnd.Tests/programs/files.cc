/* Files and folders in C++: makes some below the folder that its argument names, and removes them. Prints as hello.cc does. */
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <string>
#include <system_error>

namespace fs = std::filesystem;

static int failures;

static void check(const char *name, bool passed)
{
    if (passed) return;
    failures++;
    std::cout << name << std::endl;
}

int main(int, char **arguments)
{
    fs::path root = fs::path(arguments[1]) / "some" / "folder";
    check("create_directories", fs::create_directories(root));
    std::ofstream(root / "one") << "first\nsecond\n";
    std::string line;
    std::ifstream in(root / "one");
    check("getline", std::getline(in, line) && std::getline(in, line) && line == "second" && !std::getline(in, line));
    check("file_size", fs::file_size(root / "one") == 13);
    check("copy_file", fs::copy_file(root / "one", root / "two"));
    fs::create_symlink("two", root / "three");
    check("read_symlink", fs::read_symlink(root / "three") == "two" && fs::equivalent(root / "three", root / "two"));
    fs::permissions(root / "two", fs::perms::owner_read);
    check("permissions", fs::status(root / "two").permissions() == fs::perms::owner_read);
    fs::rename(root / "one", root / "four");
    std::set<std::string> names;
    for (const auto &entry : fs::recursive_directory_iterator(arguments[1])) names.insert(entry.path().filename());
    check("recursive_directory_iterator", names == std::set<std::string>{ "some", "folder", "two", "three", "four" });
    check("last_write_time", fs::file_time_type::clock::now() - fs::last_write_time(root / "four") < std::chrono::hours(1));
    std::error_code error;
    check("error_code", !fs::remove(root, error) && error == std::errc::directory_not_empty);
    try {
        check("filesystem_error", fs::file_size(root / "none") == 0 && false);
    } catch (const fs::filesystem_error &failure) {
        check("filesystem_error", failure.code() == std::errc::no_such_file_or_directory && failure.path1() == root / "none");
    }
    check("remove_all", fs::remove_all(fs::path(arguments[1]) / "some") == 5);
    std::cout << "done" << std::endl;
    return failures;
}
