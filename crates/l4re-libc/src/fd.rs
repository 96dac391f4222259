use core::ffi::{c_int, c_void};

use crate::{Error, Result, sys};

/// An object with a file descriptor that can be waited for.
pub trait Descriptor {
    /// Its descriptor, which stays the object's.
    fn descriptor(&self) -> c_int;
}

/// A file descriptor that is closed when it goes out of scope.
#[derive(Debug)]
pub struct Owned(c_int);

impl Owned {
    /// Takes over what `call` returned: a new descriptor, or a negative number.
    pub fn new(call: &'static str, returned: c_int) -> Result<Self> {
        if returned < 0 { Err(Error::last(call)) } else { Ok(Self(returned)) }
    }

    pub const fn number(&self) -> c_int {
        self.0
    }

    /// Reads at most as much as the buffer holds.
    pub fn read(&self, buffer: &mut [u8]) -> Result<usize> {
        // SAFETY: the pointer and the length are those of a buffer that is borrowed for the time of the call.
        Error::check("read", unsafe { sys::read(self.0, buffer.as_mut_ptr().cast::<c_void>(), buffer.len()) })
    }

    /// Writes bytes.
    pub fn write(&self, bytes: &[u8]) -> Result<usize> {
        // SAFETY: the pointer and the length are those of a slice that is borrowed for the time of the call.
        Error::check("write", unsafe { sys::write(self.0, bytes.as_ptr().cast::<c_void>(), bytes.len()) })
    }

    /// Reads the 64-bit number that the kernel counts up for events and timers.
    pub fn read_count(&self) -> Result<u64> {
        let mut count = [0; 8];
        self.read(&mut count)?;
        Ok(u64::from_ne_bytes(count))
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: the descriptor is ours, and nobody uses it after this. Whether closing failed cannot be mended.
        unsafe { sys::close(self.0) };
    }
}

macro_rules! descriptor {
    ($($name:ty),*) => { $(
        impl $crate::Descriptor for $name {
            fn descriptor(&self) -> core::ffi::c_int {
                self.0.number()
            }
        }

        #[cfg(feature = "std")]
        impl std::os::fd::AsRawFd for $name {
            fn as_raw_fd(&self) -> std::os::fd::RawFd {
                self.0.number()
            }
        }
    )* };
}

descriptor!(crate::Epoll, crate::EventFd, crate::Inotify, crate::SignalFd, crate::TimerFd);
