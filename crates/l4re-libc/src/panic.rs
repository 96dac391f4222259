/// Makes a program without `std` say why it panics, and abort; in a program that is built with `panic = "abort"`, once:
///
/// ```ignore
/// #![no_std]
/// #![no_main]
///
/// l4re_libc::abort_on_panic!();
///
/// #[unsafe(no_mangle)]
/// extern "C" fn main() -> core::ffi::c_int {
///     l4re_libc::println!("hello");
///     0
/// }
/// ```
///
/// The `core` and `alloc` of a compiler can unwind, so they refer to functions of an unwinder, which are never called here.
/// The macro defines them, so that no unwinder is linked.
#[macro_export]
macro_rules! abort_on_panic {
    () => {
        const _: () = {
            #[panic_handler]
            fn panic(info: &::core::panic::PanicInfo<'_>) -> ! {
                $crate::eprintln!("{info}");
                $crate::abort()
            }

            $crate::abort_on_panic!(instead of rust_eh_personality _Unwind_Resume);
            // Exception Handling ABI for the Arm Architecture: the usual personality routines.
            #[cfg(target_arch = "arm")]
            $crate::abort_on_panic!(instead of __aeabi_unwind_cpp_pr0 __aeabi_unwind_cpp_pr1);
        };
    };
    (instead of $($name:ident)*) => { $(
        #[unsafe(no_mangle)]
        extern "C" fn $name() -> ! {
            $crate::abort()
        }
    )* };
}
