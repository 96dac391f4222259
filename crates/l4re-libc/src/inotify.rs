use core::ffi::{CStr, c_int};

use crate::fd::Owned;
use crate::{Error, Result, sys};

/// What can happen in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changes(u32);

impl Changes {
    /// Something was made in it (`IN_CREATE`).
    pub const CREATED: Self = Self(0x100);
    /// Something in it was deleted (`IN_DELETE`).
    pub const DELETED: Self = Self(0x200);

    /// Whether all of `other` is among these.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl core::ops::BitOr for Changes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Watches folders (`inotify`).
#[derive(Debug)]
pub struct Inotify(pub(crate) Owned);

impl Inotify {
    /// Size of `struct inotify_event` with the longest name that it can end with (`NAME_MAX`, and the zero after it).
    const LONGEST_EVENT: usize = 16 + 256;

    /// Makes one that watches nothing yet.
    ///
    /// # Errors
    /// There are too many open files, or watches.
    pub fn new() -> Result<Self> {
        // SAFETY: the call takes a number and touches no memory of ours.
        Ok(Self(Owned::new("inotify_init1", unsafe { sys::inotify_init1(sys::CLOEXEC) })?))
    }

    /// Watches a folder, and returns the number by which [`wait`](Self::wait) names it.
    ///
    /// # Errors
    /// The folder does not exist, or is not readable.
    pub fn watch(&self, folder: &CStr, changes: Changes) -> Result<c_int> {
        // SAFETY: the path is terminated by a zero and lives until the call returns.
        let watch = unsafe { sys::inotify_add_watch(self.0.number(), folder.as_ptr(), changes.0) };
        if watch < 0 { Err(Error::last("inotify_add_watch")) } else { Ok(watch) }
    }

    /// Waits for a change; returns the watch that saw it, and what happened. Other changes of the same moment are dropped.
    ///
    /// # Errors
    /// A signal came first.
    pub fn wait(&self) -> Result<(c_int, Changes)> {
        let mut event = [0; Self::LONGEST_EVENT];
        self.0.read(&mut event)?;
        let word = |at: usize| [event[at], event[at + 1], event[at + 2], event[at + 3]];
        Ok((c_int::from_ne_bytes(word(0)), Changes(u32::from_ne_bytes(word(4)))))
    }
}
