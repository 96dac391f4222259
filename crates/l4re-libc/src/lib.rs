//! The staged musl of l4re-musl for Rust programs: which one a program was built against, and safe wrappers for some of
//! the Linux calls that musl offers.
//!
//! The crate needs no other crate, and without its feature `std` nothing but `core` and a C library. For programs that do without
//! `std` altogether it has what that would bring: output ([`println!`]), memory ([`Malloc`]), the time ([`monotonic`]), threads
//! (`Thread`, with the feature `alloc`), and a panic handler ([`abort_on_panic!`]).
//!
//! ```
//! use l4re_libc::{Epoll, EventFd, Interest};
//!
//! # fn main() -> l4re_libc::Result<()> {
//! let (counter, poller) = (EventFd::new(0)?, Epoll::new()?);
//! poller.add(&counter, Interest::READ, 7)?;
//! counter.write(35)?;
//! assert_eq!(poller.wait(Some(1000))?, Some(7));
//! assert_eq!(counter.read()?, 35);
//! # Ok(())
//! # }
//! ```
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg(target_os = "linux")]

#[cfg(feature = "alloc")]
extern crate alloc;

mod clock;
mod epoll;
mod error;
mod eventfd;
mod fd;
mod inotify;
mod memory;
mod output;
mod panic;
mod signalfd;
mod sys;
#[cfg(feature = "alloc")]
mod thread;
mod timerfd;

pub use clock::monotonic;
pub use epoll::{Epoll, Interest};
pub use error::{Error, Result};
pub use eventfd::EventFd;
pub use fd::Descriptor;
pub use inotify::{Changes, Inotify};
pub use memory::Malloc;
pub use output::Output;
pub use signalfd::{Signal, SignalFd};
#[cfg(feature = "alloc")]
pub use thread::Thread;
pub use timerfd::TimerFd;

/// The prefix of the musl that the crate was built against; `None` on a target that does not use musl.
///
/// It is where the prefix was at build time. A program finds its C library at run time by its loader, not by this.
pub const PREFIX: Option<&str> = option_env!("L4RE_LIBC_PREFIX");

/// The version of that musl, such as `1.2.5`.
pub const VERSION: Option<&str> = option_env!("L4RE_LIBC_VERSION");

/// How that musl makes a system call: `linux`, with the processor's instruction, or `l4re`, by calling a backend's function.
pub const FLAVOUR: Option<&str> = option_env!("L4RE_LIBC_FLAVOUR");

/// Ends the program at once, as one that failed.
pub fn abort() -> ! {
    sys::abort()
}
