/*
 * What of C++ depends on the C library, the unwinder and threads; it needs neither files nor processes. Prints the name of each
 * check that fails, and then "done".
 */
#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <cmath>
#include <complex>
#include <concepts>
#include <condition_variable>
#include <coroutine>
#include <exception>
#include <future>
#include <iomanip>
#include <iostream>
#include <latch>
#include <map>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <numeric>
#include <random>
#include <ranges>
#include <regex>
#include <semaphore>
#include <shared_mutex>
#include <span>
#include <sstream>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <typeinfo>
#include <variant>
#include <vector>
#if __has_include(<format>)
#include <format>
#endif

using namespace std::chrono_literals;

static int failures;

static void check(std::string_view name, bool passed)
{
    if (passed) return;
    failures++;
    std::cout << name << std::endl;
}

struct Frame {
    static inline thread_local int left;
    std::string text;
    explicit Frame(int depth) : text("level " + std::to_string(depth))
    {
        if (depth == 0) throw std::out_of_range("bottom");
    }
    ~Frame() { left++; }
};

[[gnu::noinline]] static std::size_t fall(int depth)
{
    Frame frame(depth);
    return depth < 0 ? 0 : fall(depth - 1) + frame.text.size();
}

static void exceptions()
{
    try {
        fall(100);
    } catch (const std::logic_error &error) {
        check("exception", error.what() == std::string("bottom") && typeid(error) == typeid(std::out_of_range));
    }
    check("destructors", Frame::left == 100);
    try {
        try {
            throw std::runtime_error("inner");
        } catch (...) {
            std::throw_with_nested(std::logic_error("outer"));
        }
    } catch (const std::exception &outer) {
        try {
            std::rethrow_if_nested(outer);
            check("nested exception", false);
        } catch (const std::runtime_error &inner) {
            check("nested exception", inner.what() == std::string("inner"));
        }
    }
    try {
        std::string("short").at(9);
        check("exception of the library", false);
    } catch (const std::out_of_range &) {
    }
}

static void threads()
{
    std::exception_ptr thrown;
    std::thread([&thrown] {
        try {
            fall(20);
        } catch (...) {
            thrown = std::current_exception();
        }
        check("thread_local", Frame::left == 20);
    }).join();
    try {
        std::rethrow_exception(thrown);
    } catch (const std::out_of_range &error) {
        check("exception across a thread", error.what() == std::string("bottom"));
    }

    auto failing = std::async(std::launch::async, []() -> int {
        throw std::system_error(std::make_error_code(std::errc::io_error));
    });
    try {
        failing.get();
        check("exception of a future", false);
    } catch (const std::system_error &error) {
        check("exception of a future", error.code() == std::errc::io_error);
    }
    std::promise<int> never;
    auto start = std::chrono::steady_clock::now();
    auto status = never.get_future().wait_for(50ms);
    auto waited = std::chrono::steady_clock::now() - start;
    check("future with a time limit", status == std::future_status::timeout && waited >= 50ms && waited < 10s);

    std::mutex mutex;
    std::condition_variable changed;
    bool ready = false;
    int sum = 0;
    std::once_flag once;
    std::vector<std::thread> workers;
    for (int i = 1; i <= 8; i++)
        workers.emplace_back([&, i] {
            std::call_once(once, [&sum] { sum += 1000; });
            std::unique_lock lock(mutex);
            changed.wait(lock, [&ready] { return ready; });
            sum += i;
        });
    {
        std::scoped_lock lock(mutex);
        ready = true;
    }
    changed.notify_all();
    for (auto &worker : workers) worker.join();
    check("threads", sum == 1036);
    std::unique_lock lock(mutex);
    check("condition with a time limit", changed.wait_for(lock, 20ms) == std::cv_status::timeout);
    std::shared_mutex shared;
    check("shared_mutex", shared.try_lock_shared() && !shared.try_lock());
    shared.unlock_shared();
}

static void threads_of_cxx20()
{
    std::atomic<int> stopped = 0, arrived = 0;
    {
        std::jthread thread([&stopped](std::stop_token stop) {
            while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
            stopped = 1;
        });
    }
    check("jthread", stopped == 1);

    std::latch latch(3);
    std::barrier barrier(3, [&arrived]() noexcept { arrived++; });
    std::counting_semaphore<4> semaphore(0);
    std::vector<std::jthread> workers;
    for (int i = 0; i < 3; i++)
        workers.emplace_back([&] {
            latch.arrive_and_wait();
            barrier.arrive_and_wait();
            barrier.arrive_and_wait();
            semaphore.release();
        });
    for (int i = 0; i < 3; i++) semaphore.acquire();
    check("latch, barrier, semaphore", arrived == 2 && latch.try_wait());
    check("semaphore with a time limit", !semaphore.try_acquire_for(20ms));

    std::atomic<int> value = 0;
    std::jthread setter([&value] {
        std::this_thread::sleep_for(5ms);
        value = 7;
        value.notify_all();
    });
    value.wait(0);
    check("atomic wait", value == 7);
}

struct Generator {
    struct promise_type {
        int value;
        Generator get_return_object() { return { std::coroutine_handle<promise_type>::from_promise(*this) }; }
        std::suspend_always initial_suspend() { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(int next) { return value = next, std::suspend_always(); }
        void return_void() {}
        void unhandled_exception() { throw; }
    };
    std::coroutine_handle<promise_type> handle;
    int next() { return handle.resume(), handle.promise().value; }
};

static Generator count()
{
    for (int i = 1; i < 4; i++) co_yield i;
    throw std::runtime_error("no more");
}

template <std::integral T> static T twice(T value) { return 2 * value; }

static void language()
{
    auto squares = std::views::iota(1, 20) | std::views::filter([](int i) { return i % 2 == 0; })
        | std::views::transform([](int i) { return i * i; }) | std::views::take(3);
    check("ranges", std::ranges::equal(squares, std::vector{ 4, 16, 36 }) && twice(21) == 42);
    auto counter = count();
    int sum = counter.next() + counter.next() + counter.next();
    try {
        counter.next();
        check("exception of a coroutine", false);
    } catch (const std::runtime_error &) {
    }
    counter.handle.destroy();
    check("coroutine", sum == 6);
    std::variant<int, std::string> variant = "text";
    check("variant", std::visit([](auto &it) { return std::stringstream() << it, sizeof it; }, variant) == sizeof(std::string));
#ifdef __cpp_lib_format
    check("format", std::format("{:>4}|{:.2f}", 42, 2.5) == "  42|2.50");
#endif
}

static void library()
{
    std::smatch match;
    std::string text = "musl 1.2.5, released 2024-03-01";
    check("regex", std::regex_search(text, match, std::regex(R"((\d+)-(\d\d)-(\d\d))")) && match[2] == "03");
    std::ostringstream out;
    out << std::setw(6) << std::setfill('0') << 42 << ' ' << std::hex << 255 << ' ' << std::fixed << std::setprecision(3) << M_PI;
    check("stream", out.str() == "000042 ff 3.142");
    int number = 0;
    check("input", (std::istringstream("17") >> number) && number == 17 && std::stod("2.5e3") == 2500);
    std::random_device device;
    std::mt19937_64 random(device());
    check("random", std::uniform_int_distribution(1, 6)(random) <= 6);
    std::pmr::monotonic_buffer_resource pool;
    std::pmr::map<int, std::pmr::string> map(&pool);
    map.emplace(1, std::string(100, 'x'));
    check("memory_resource", map.at(1).size() == 100);
    check("math", std::abs(std::exp(std::complex(0.0, M_PI)) + 1.0) < 1e-9 && std::hypot(2, 3, 6) == 7);
    check("clock", std::chrono::system_clock::now().time_since_epoch() > 0s);
    auto shared = std::make_shared<int>(3);
    check("shared_ptr", *std::weak_ptr(shared).lock() == 3 && shared.use_count() == 2); // With the temporary one.
    check("wide text", std::wstring(L"\u00e4\u00f6").size() == 2 && std::u8string(u8"\u00e4").size() == 2);
}

struct Global {
    Global() { std::cout << "begin" << std::endl; }
    ~Global() { std::cout << "end" << std::endl; }
} global;

int main()
{
    exceptions();
    threads();
    threads_of_cxx20();
    language();
    library();
    std::cout << "done" << std::endl;
    return failures;
}
