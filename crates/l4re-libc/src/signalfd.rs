use core::ffi::c_int;
use core::mem::MaybeUninit;
use core::ptr;

use crate::fd::Owned;
use crate::{Error, Result, sys};

/// A signal that programs may use as they like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal(c_int);

impl Signal {
    /// `SIGUSR1`.
    pub const USER_1: Self = Self(10);
    /// `SIGUSR2`.
    pub const USER_2: Self = Self(12);

    /// Its number.
    #[must_use]
    pub const fn number(self) -> c_int {
        self.0
    }
}

/// Receives a signal as something to read (`signalfd`).
#[derive(Debug)]
pub struct SignalFd(pub(crate) Owned);

impl SignalFd {
    /// Size of `struct signalfd_siginfo`, which begins with the signal's number.
    const RECORD: usize = 128;

    /// Keeps a signal from interrupting the calling thread, and receives it here instead.
    ///
    /// Threads that this one starts later inherit that; existing ones are not affected.
    ///
    /// # Errors
    /// There are too many open files.
    pub fn new(signal: Signal) -> Result<Self> {
        let mut set = MaybeUninit::<sys::SignalSet>::uninit();
        // SAFETY: sigemptyset writes the whole set, before anybody reads it; the pointers live until the calls return.
        let descriptor = unsafe {
            sys::sigemptyset(set.as_mut_ptr());
            sys::sigaddset(set.as_mut_ptr(), signal.0);
            match sys::pthread_sigmask(sys::SIG_BLOCK, set.as_ptr(), ptr::null_mut()) {
                0 => sys::signalfd(-1, set.as_ptr(), sys::CLOEXEC),
                number => return Err(Error::new("pthread_sigmask", number)),
            }
        };
        Ok(Self(Owned::new("signalfd", descriptor)?))
    }

    /// Waits for the signal.
    ///
    /// # Errors
    /// Another signal came first.
    pub fn wait(&self) -> Result<Signal> {
        let mut record = [0; Self::RECORD];
        self.0.read(&mut record)?;
        Ok(Signal(c_int::from_ne_bytes([record[0], record[1], record[2], record[3]])))
    }
}
