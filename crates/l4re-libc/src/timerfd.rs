use core::ffi::c_long;
use core::ptr;
use core::time::Duration;

use crate::fd::Owned;
use crate::{Error, Result, sys};

/// A timer that can be waited for (`timerfd`), on the clock that is never set.
#[derive(Debug)]
pub struct TimerFd(pub(crate) Owned);

impl TimerFd {
    /// Makes a timer that is not armed.
    ///
    /// # Errors
    /// There are too many open files.
    pub fn new() -> Result<Self> {
        // SAFETY: the call takes two numbers and touches no memory of ours.
        Ok(Self(Owned::new("timerfd_create", unsafe { sys::timerfd_create(sys::CLOCK_MONOTONIC, sys::CLOEXEC) })?))
    }

    /// Arms the timer to expire after `first`, and from then on after each `interval`, if that is not zero.
    ///
    /// # Errors
    /// A time is longer than the kernel can count.
    pub fn set(&self, first: Duration, interval: Duration) -> Result<()> {
        let times = sys::Itimerspec { interval: timespec(interval)?, value: timespec(first)? };
        // SAFETY: the times live until the call returns; nothing is written where the pointer is null.
        let returned = unsafe { sys::timerfd_settime(self.0.number(), 0, &raw const times, ptr::null_mut()) };
        Error::check("timerfd_settime", returned as isize).map(|_| ())
    }

    /// Waits until the timer expires, and returns how often it did since the last time.
    ///
    /// # Errors
    /// A signal came first.
    pub fn wait(&self) -> Result<u64> {
        self.0.read_count()
    }
}

fn timespec(duration: Duration) -> Result<sys::Timespec> {
    const EINVAL: i32 = 22;
    Ok(sys::Timespec {
        seconds: i64::try_from(duration.as_secs()).map_err(|_| Error::new("timerfd_settime", EINVAL))?,
        nanoseconds: duration.subsec_nanos() as c_long, // Below 1 000 000 000, which every c_long holds.
        padding: Default::default(),
    })
}
