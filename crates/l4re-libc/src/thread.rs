use alloc::boxed::Box;
use core::ffi::c_void;
use core::marker::PhantomData;
use core::{mem, ptr};

use crate::{Error, Result, sys};

/// A thread of the C library's (`pthread_create`). One that nobody waited for is waited for when it goes out of scope.
#[derive(Debug)]
pub struct Thread<T>(sys::Pthread, PhantomData<T>);

impl<T: Send + 'static> Thread<T> {
    /// Starts a thread.
    ///
    /// # Errors
    /// There are too many threads, or too little memory for another.
    pub fn start<F: FnOnce() -> T + Send + 'static>(run: F) -> Result<Self> {
        let run = Box::into_raw(Box::new(run));
        let mut thread = sys::Pthread::default();
        // SAFETY: the thread gets the closure for its own, of the type that it expects; the usual attributes are a null pointer.
        match unsafe { sys::pthread_create(&raw mut thread, ptr::null(), enter::<T, F>, run.cast::<c_void>()) } {
            0 => Ok(Self(thread, PhantomData)),
            number => {
                // SAFETY: no thread was started, so that the closure is still ours.
                drop(unsafe { Box::from_raw(run) });
                Err(Error::new("pthread_create", number))
            }
        }
    }

    /// Waits for the thread, and returns what it returned.
    ///
    /// # Errors
    /// The thread waits for itself.
    pub fn join(self) -> Result<T> {
        let result = wait(self.0);
        mem::forget(self);
        result
    }
}

impl<T> Drop for Thread<T> {
    fn drop(&mut self) {
        let _ = wait::<T>(self.0);
    }
}

/// Waits for a thread, once.
fn wait<T>(thread: sys::Pthread) -> Result<T> {
    let mut result = ptr::null_mut();
    // SAFETY: the thread is there until it was waited for, which only its owner does, once.
    match unsafe { sys::pthread_join(thread, &raw mut result) } {
        // SAFETY: the thread has left a box of this type, and nobody else knows of it.
        0 => Ok(*unsafe { Box::from_raw(result.cast::<T>()) }),
        number => Err(Error::new("pthread_join", number)),
    }
}

/// Where a thread begins. A panic cannot leave it: functions for C abort then.
extern "C" fn enter<T, F: FnOnce() -> T>(run: *mut c_void) -> *mut c_void {
    // SAFETY: this is the closure that the thread was started with, and it is this thread's.
    let run = unsafe { Box::from_raw(run.cast::<F>()) };
    Box::into_raw(Box::new(run())).cast::<c_void>()
}
