use core::ffi::c_int;
use core::fmt;

use crate::sys;

/// A call that failed, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    call: &'static str,
    number: c_int,
}

/// What the functions of this crate return.
pub type Result<T> = core::result::Result<T, Error>;

impl Error {
    /// The error that the C library has just reported for `call`.
    pub(crate) fn last(call: &'static str) -> Self {
        // SAFETY: the function takes nothing and returns a pointer to the calling thread's errno, which is always valid.
        Self { call, number: unsafe { *sys::__errno_location() } }
    }

    /// Turns what a call returned into a result: negative means an error.
    pub(crate) fn check(call: &'static str, returned: isize) -> Result<usize> {
        usize::try_from(returned).map_err(|_| Self::last(call))
    }

    /// An error with a number of our own choice.
    pub(crate) const fn new(call: &'static str, number: c_int) -> Self {
        Self { call, number }
    }

    /// The name of the function that failed, such as `epoll_ctl`.
    #[must_use]
    pub const fn call(&self) -> &'static str {
        self.call
    }

    /// The error number, as in `errno`.
    #[must_use]
    pub const fn number(&self) -> c_int {
        self.number
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} failed with error {}", self.call, self.number)
    }
}

impl core::error::Error for Error {}

#[cfg(feature = "std")]
impl From<Error> for std::io::Error {
    fn from(error: Error) -> Self {
        Self::from_raw_os_error(error.number)
    }
}
