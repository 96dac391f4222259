use core::ffi::{c_int, c_void};
use core::fmt::{self, Write};

use crate::{Error, Result, sys};

/// A file descriptor to write text to, without any buffer that outlives a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output(c_int);

impl Output {
    /// What a program has to say.
    pub const STANDARD: Self = Self(1);
    /// What a program has to complain about.
    pub const ERROR: Self = Self(2);

    /// Writes to a descriptor, which stays the caller's.
    #[must_use]
    pub const fn new(descriptor: c_int) -> Self {
        Self(descriptor)
    }

    /// Writes all bytes.
    ///
    /// # Errors
    /// There is no such descriptor, nobody reads what is written, or there is no room for more.
    pub fn write_all(self, mut bytes: &[u8]) -> Result<()> {
        const EINTR: c_int = 4;
        const EIO: c_int = 5;
        while !bytes.is_empty() {
            // SAFETY: the pointer and the length are those of a slice that is borrowed for the time of the call.
            match Error::check("write", unsafe { sys::write(self.0, bytes.as_ptr().cast::<c_void>(), bytes.len()) }) {
                // Otherwise this would never end.
                Ok(0) => return Err(Error::new("write", EIO)),
                Ok(written) => bytes = &bytes[written..],
                // A signal came first.
                Err(error) if error.number() == EINTR => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Writes what [`format_args!`] made, in few pieces: a short line is one, so that lines of several threads do not mix.
    ///
    /// # Errors
    /// As for [`write_all`](Self::write_all).
    pub fn print(self, text: fmt::Arguments<'_>) -> Result<()> {
        let mut line = Line { output: self, result: Ok(()), bytes: [0; 256], used: 0 };
        // A value that cannot be formatted leaves what came before it.
        let _ = line.write_fmt(text);
        line.flush();
        line.result
    }
}

/// Collects the pieces in which text is formatted.
struct Line {
    output: Output,
    result: Result<()>,
    bytes: [u8; 256],
    used: usize,
}

impl Line {
    fn flush(&mut self) {
        if self.result.is_ok() {
            self.result = self.output.write_all(&self.bytes[..self.used]);
        }
        self.used = 0;
    }
}

impl Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for piece in text.as_bytes().chunks(self.bytes.len()) {
            if self.used + piece.len() > self.bytes.len() {
                self.flush();
            }
            self.bytes[self.used..self.used + piece.len()].copy_from_slice(piece);
            self.used += piece.len();
        }
        self.result.map_err(|_| fmt::Error)
    }
}

/// Prints to the standard output. That it failed is passed over, because there is nowhere else to say so.
#[macro_export]
macro_rules! print {
    ($($part:tt)*) => {{
        let _ = $crate::Output::STANDARD.print(::core::format_args!($($part)*));
    }};
}

/// Prints a line to the standard output, as [`print!`] does.
#[macro_export]
macro_rules! println {
    ($($part:tt)*) => { $crate::print!("{}\n", ::core::format_args!($($part)*)) };
}

/// Prints a line to where errors go, as [`print!`] does.
#[macro_export]
macro_rules! eprintln {
    ($($part:tt)*) => {{
        let _ = $crate::Output::ERROR.print(::core::format_args!("{}\n", ::core::format_args!($($part)*)));
    }};
}
