//! A Rust program without `std`, for the musl whose system calls are functions: all it has is `core`, `alloc` and a C library.
//!
//! Prints a line per check, and a last one that sums up, in the form that `config/test-harness/harness.h` describes. With the
//! argument `panic` it panics instead.
//!
//! It is built with `panic = "abort"`. Where it is not, as with the other crates on the host, `std` brings the panic handler.
#![no_std]
#![no_main]

extern crate alloc;
#[cfg(panic = "unwind")]
extern crate std;

mod checks;

use core::ffi::{CStr, c_char, c_int};

use l4re_libc::{Malloc, println};

#[global_allocator]
static MEMORY: Malloc = Malloc;

#[cfg(panic = "abort")]
l4re_libc::abort_on_panic!();

/// Where a C library's start file goes.
///
/// # Safety
/// There are `count` arguments, each terminated by a zero.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn main(count: c_int, arguments: *const *const c_char) -> c_int {
    // SAFETY: the caller promises it.
    let first = (count > 1).then(|| unsafe { CStr::from_ptr(*arguments.add(1)) });
    assert!(first != Some(c"panic"), "{} on purpose", 1);

    let (mut passed, mut failed) = (0, 0);
    for (name, check) in checks::ALL {
        let (result, detail) = match check() {
            Ok(detail) => ("ok", detail),
            Err(detail) => ("FAIL", detail),
        };
        *(if result == "ok" { &mut passed } else { &mut failed }) += 1;
        println!("SELF-TEST {name} {result}{}{detail}", if detail.is_empty() { "" } else { " " });
    }
    println!("SELF-TEST END {} passed={passed} failed={failed}", if failed == 0 { "ok" } else { "FAIL" });
    if failed == 0 {
        println!("RUST-NATIVE ok");
    }
    c_int::from(failed != 0)
}
