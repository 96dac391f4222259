use core::time::Duration;

use crate::{Error, Result, sys};

/// The time on the clock that is never set, since a moment that is the same for the whole program.
///
/// # Errors
/// There is no such clock.
pub fn monotonic() -> Result<Duration> {
    let mut time = sys::Timespec::default();
    // SAFETY: the call fills the structure, and keeps no pointer to it.
    let returned = unsafe { sys::clock_gettime(sys::CLOCK_MONOTONIC, &raw mut time) };
    Error::check("clock_gettime", returned as isize)?;
    // Neither is ever negative on this clock.
    Ok(Duration::new(time.seconds as u64, time.nanoseconds as u32))
}
