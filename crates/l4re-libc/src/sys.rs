//! The C functions that are called, as musl declares them. Flags are those of Linux's generic headers.

use core::ffi::{c_char, c_int, c_long, c_uint, c_void};

#[cfg(all(target_pointer_width = "32", not(target_env = "musl")))]
compile_error!("on 32-bit targets times have 64 bits with musl only; build for a target with musl");

pub const CLOEXEC: c_int = 0o2_000_000;
pub const CLOCK_MONOTONIC: c_int = 1;
pub const EPOLL_CTL_ADD: c_int = 1;
pub const EPOLL_CTL_DEL: c_int = 2;
pub const SIG_BLOCK: c_int = 0;

/// `struct timespec`: 64 bits for seconds everywhere. On 32-bit targets, which are little-endian here, the nanoseconds are
/// followed by padding.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Timespec {
    pub seconds: i64,
    pub nanoseconds: c_long,
    pub padding: [u8; 8 - size_of::<c_long>()],
}

/// `struct itimerspec`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Itimerspec {
    pub interval: Timespec,
    pub value: Timespec,
}

/// `struct epoll_event`, which is packed on x86-64 alone.
#[cfg_attr(target_arch = "x86_64", repr(C, packed))]
#[cfg_attr(not(target_arch = "x86_64"), repr(C))]
#[derive(Clone, Copy, Default)]
pub struct EpollEvent {
    pub events: u32,
    pub data: u64,
}

/// `sigset_t`: 1024 bits in musl and glibc.
#[repr(C, align(8))]
#[derive(Clone, Copy)]
pub struct SignalSet(pub [u8; 128]);

unsafe extern "C" {
    pub fn __errno_location() -> *mut c_int;
    pub fn close(descriptor: c_int) -> c_int;
    pub fn read(descriptor: c_int, buffer: *mut c_void, size: usize) -> isize;
    pub fn write(descriptor: c_int, buffer: *const c_void, size: usize) -> isize;
    pub fn eventfd(initial: c_uint, flags: c_int) -> c_int;
    pub fn epoll_create1(flags: c_int) -> c_int;
    pub fn epoll_ctl(poller: c_int, operation: c_int, descriptor: c_int, event: *mut EpollEvent) -> c_int;
    pub fn epoll_wait(poller: c_int, events: *mut EpollEvent, maximum: c_int, milliseconds: c_int) -> c_int;
    pub fn timerfd_create(clock: c_int, flags: c_int) -> c_int;
    // musl's old name has 32-bit times on 32-bit targets; its headers redirect C programs to the new one (musl 1.2.0, time64).
    #[cfg_attr(all(target_env = "musl", target_pointer_width = "32"), link_name = "__timerfd_settime64")]
    pub fn timerfd_settime(timer: c_int, flags: c_int, new: *const Itimerspec, old: *mut Itimerspec) -> c_int;
    pub fn sigemptyset(set: *mut SignalSet) -> c_int;
    pub fn sigaddset(set: *mut SignalSet, signal: c_int) -> c_int;
    pub fn pthread_sigmask(how: c_int, set: *const SignalSet, old: *mut SignalSet) -> c_int;
    pub fn signalfd(descriptor: c_int, set: *const SignalSet, flags: c_int) -> c_int;
    pub fn inotify_init1(flags: c_int) -> c_int;
    pub fn inotify_add_watch(descriptor: c_int, path: *const c_char, mask: u32) -> c_int;
    #[cfg_attr(all(target_env = "musl", target_pointer_width = "32"), link_name = "__clock_gettime64")]
    pub fn clock_gettime(clock: c_int, time: *mut Timespec) -> c_int;
    pub safe fn abort() -> !;
    pub fn aligned_alloc(alignment: usize, size: usize) -> *mut c_void;
    pub fn calloc(count: usize, size: usize) -> *mut c_void;
    pub fn free(memory: *mut c_void);
    pub fn malloc(size: usize) -> *mut c_void;
    pub fn realloc(memory: *mut c_void, size: usize) -> *mut c_void;
}

/// `pthread_t`: a number in glibc, a pointer in musl, and as wide as that in both.
#[cfg(feature = "alloc")]
pub type Pthread = usize;

#[cfg(feature = "alloc")]
unsafe extern "C" {
    pub fn pthread_create(
        thread: *mut Pthread,
        attributes: *const c_void,
        run: extern "C" fn(*mut c_void) -> *mut c_void,
        argument: *mut c_void,
    ) -> c_int;
    pub fn pthread_join(thread: Pthread, returned: *mut *mut c_void) -> c_int;
}
