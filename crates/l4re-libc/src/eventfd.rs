use core::ffi::c_uint;

use crate::fd::Owned;
use crate::{Result, sys};

/// A counter that can be waited for (`eventfd`).
#[derive(Debug)]
pub struct EventFd(pub(crate) Owned);

impl EventFd {
    /// Makes a counter.
    ///
    /// # Errors
    /// There are too many open files, or the kernel has no such call.
    pub fn new(initial: c_uint) -> Result<Self> {
        // SAFETY: the call takes two numbers and touches no memory of ours.
        Ok(Self(Owned::new("eventfd", unsafe { sys::eventfd(initial, sys::CLOEXEC) })?))
    }

    /// Adds to the counter; waits while the sum would overflow.
    ///
    /// # Errors
    /// `value` is `u64::MAX`, which no counter can reach.
    pub fn write(&self, value: u64) -> Result<()> {
        self.0.write(&value.to_ne_bytes()).map(|_| ())
    }

    /// Waits until the counter is not zero, returns it, and sets it to zero.
    ///
    /// # Errors
    /// A signal came first.
    pub fn read(&self) -> Result<u64> {
        self.0.read_count()
    }
}
