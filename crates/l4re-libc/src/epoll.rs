use core::ffi::c_int;

use crate::fd::Owned;
use crate::{Descriptor, Error, Result, sys};

/// What to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interest(u32);

impl Interest {
    /// There is something to read (`EPOLLIN`).
    pub const READ: Self = Self(0x1);
    /// Something can be written (`EPOLLOUT`).
    pub const WRITE: Self = Self(0x4);
}

impl core::ops::BitOr for Interest {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Waits for several descriptors at once (`epoll`).
#[derive(Debug)]
pub struct Epoll(pub(crate) Owned);

impl Epoll {
    /// Makes one that waits for nothing yet.
    ///
    /// # Errors
    /// There are too many open files.
    pub fn new() -> Result<Self> {
        // SAFETY: the call takes a number and touches no memory of ours.
        Ok(Self(Owned::new("epoll_create1", unsafe { sys::epoll_create1(sys::CLOEXEC) })?))
    }

    /// Waits for an object as well from now on. The kernel forgets it when its descriptor is closed.
    ///
    /// # Errors
    /// It is there already, or cannot be waited for.
    pub fn add(&self, object: &impl Descriptor, interest: Interest, key: u64) -> Result<()> {
        self.control(sys::EPOLL_CTL_ADD, object, sys::EpollEvent { events: interest.0, data: key })
    }

    /// Does not wait for an object any more.
    ///
    /// # Errors
    /// It was not waited for.
    pub fn remove(&self, object: &impl Descriptor) -> Result<()> {
        self.control(sys::EPOLL_CTL_DEL, object, sys::EpollEvent::default())
    }

    /// Waits until an object is ready; without a time limit if `milliseconds` is `None`.
    ///
    /// Returns the key under which the object was added, or `None` if the time is up.
    ///
    /// # Errors
    /// A signal came first.
    pub fn wait(&self, milliseconds: Option<u16>) -> Result<Option<u64>> {
        let mut event = sys::EpollEvent::default();
        // SAFETY: the kernel writes at most one event, for which there is room.
        let ready = unsafe { sys::epoll_wait(self.0.number(), &raw mut event, 1, milliseconds.map_or(-1, c_int::from)) };
        let ready = Error::check("epoll_wait", ready as isize)?;
        Ok((ready > 0).then_some(event.data))
    }

    fn control(&self, operation: c_int, object: &impl Descriptor, mut event: sys::EpollEvent) -> Result<()> {
        // SAFETY: the event lives until the call returns, and the kernel keeps a copy only.
        let returned = unsafe { sys::epoll_ctl(self.0.number(), operation, object.descriptor(), &raw mut event) };
        Error::check("epoll_ctl", returned as isize).map(|_| ())
    }
}
