use core::alloc::{GlobalAlloc, Layout};
use core::ffi::c_void;
use core::ptr;

use crate::sys;

/// The C library's memory, for Rust programs without `std`:
///
/// ```
/// #[global_allocator]
/// static MEMORY: l4re_libc::Malloc = l4re_libc::Malloc;
///
/// assert_eq!(vec![1; 3].len(), 3);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Malloc;

/// What malloc aligns to on all targets: two words, as musl's mallocng does (its unit has 16 bytes), and glibc.
const ALIGNMENT: usize = 2 * size_of::<usize>();

// SAFETY: each function gives memory of the layout's size and alignment, or null; all of it can be given to free and, if it was
// malloc's, to realloc; nothing unwinds.
unsafe impl GlobalAlloc for Malloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: a layout's alignment is a power of two, and its size never overflows when it is rounded up to that.
        unsafe {
            if layout.align() <= ALIGNMENT {
                sys::malloc(layout.size()).cast()
            } else {
                // C11 asked for a size that is a multiple of the alignment.
                sys::aligned_alloc(layout.align(), layout.pad_to_align().size()).cast()
            }
        }
    }

    unsafe fn dealloc(&self, memory: *mut u8, _: Layout) {
        // SAFETY: the caller promises that the memory came from here, which means from the C library.
        unsafe { sys::free(memory.cast::<c_void>()) }
    }

    // Memory that is fresh from the system is zero, which calloc knows.
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as in alloc; what is written to has just been given.
        unsafe {
            if layout.align() <= ALIGNMENT {
                return sys::calloc(1, layout.size()).cast();
            }
            let memory = self.alloc(layout);
            if !memory.is_null() {
                ptr::write_bytes(memory, 0, layout.size());
            }
            memory
        }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller promises that the memory is of this layout, and that the size is one that the alignment allows.
        unsafe {
            if layout.align() <= ALIGNMENT {
                return sys::realloc(memory.cast::<c_void>(), size).cast();
            }
            // realloc keeps the alignment of malloc only.
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                ptr::copy_nonoverlapping(memory, new, layout.size().min(size));
                self.dealloc(memory, layout);
            }
            new
        }
    }
}
