//! Proves, from inside a process, that it runs on the musl that the crate was linked against, and has no other C library.

#[cfg(not(target_env = "musl"))]
#[test]
#[ignore = "the staged musl is tested on its own targets: ./build.sh RustTest"]
fn musl_smoke() {}

#[cfg(target_env = "musl")]
mod smoke {
    use std::cell::Cell;
    use std::ffi::{CStr, CString, c_char, c_int, c_long, c_void};
    use std::os::unix::fs::MetadataExt;
    use std::path::{Path, PathBuf};
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Arc, Condvar, Mutex};
    use std::{fs, panic, ptr, thread};

    use l4re_libc::{Epoll, EventFd, Interest, Signal, SignalFd, TimerFd};

    unsafe extern "C" {
        fn dlopen(name: *const c_char, flags: c_int) -> *mut c_void;
        fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
        fn dladdr(address: *const c_void, info: *mut DlInfo) -> c_int;
    }

    #[repr(C)]
    struct DlInfo {
        file: *const c_char,
        base: *mut c_void,
        symbol: *const c_char,
        address: *mut c_void,
    }

    const RTLD_NOW: c_int = 2;
    const ENOSYS: i32 = 38;

    /// Functions that programs rely on, whether this one calls them or not. On 32-bit targets, those with times have other names.
    const SYMBOLS: &[&str] = &[
        "dlopen",
        "dlsym",
        "dladdr",
        "dl_iterate_phdr",
        "eventfd",
        "eventfd_read",
        "eventfd_write",
        "epoll_create1",
        "epoll_ctl",
        "epoll_wait",
        "epoll_pwait",
        "timerfd_create",
        "signalfd",
        "inotify_init1",
        "inotify_add_watch",
        "inotify_rm_watch",
        "pthread_create",
        "pthread_join",
        "pthread_sigmask",
        "posix_spawn",
        "getrandom",
        "getentropy",
        "memfd_create",
        "copy_file_range",
        "getauxval",
        "qsort_r",
        "reallocarray",
        "iconv_open",
        "getaddrinfo",
        "regcomp",
        "wordexp",
        "crypt",
        "__tls_get_addr",
        "__libc_start_main",
    ];

    const TIME_SYMBOLS: &[&str] = if cfg!(target_pointer_width = "64") {
        &["timerfd_settime", "clock_gettime", "nanosleep", "stat", "select", "pthread_cond_timedwait"]
    } else {
        &[
            "__timerfd_settime64",
            "__clock_gettime64",
            "__nanosleep_time64",
            "__stat_time64",
            "__select_time64",
            "__pthread_cond_timedwait_time64",
        ]
    };

    fn prefix() -> PathBuf {
        PathBuf::from(l4re_libc::PREFIX.expect("build.rs found a prefix"))
    }

    fn open(library: &Path) -> *mut c_void {
        let name = CString::new(library.to_str().unwrap()).unwrap();
        // SAFETY: the name is terminated by a zero and lives until the call returns.
        let handle = unsafe { dlopen(name.as_ptr(), RTLD_NOW) };
        assert!(!handle.is_null(), "{} cannot be loaded", library.display());
        handle
    }

    fn find(name: &str) -> Option<*mut c_void> {
        let name = CString::new(name).unwrap();
        // SAFETY: the null handle means "anywhere in this program", and the name lives until the call returns.
        let address = unsafe { dlsym(ptr::null_mut(), name.as_ptr()) };
        (!address.is_null()).then_some(address)
    }

    /// In user-mode emulation a file has several paths, but only one pair of device and inode. The file is opened, because QEMU
    /// looks in the prefix for files that are opened, but not for those whose status is queried (`statx`, in version 7.2).
    fn identity(file: &Path) -> (u64, u64) {
        let status = fs::File::open(file).and_then(|file| file.metadata()).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        (status.dev(), status.ino())
    }

    fn linked_dlopen() -> *const c_void {
        dlopen as *const c_void
    }

    #[test]
    fn the_library_that_is_loaded_is_the_staged_one() {
        let mut info = DlInfo { file: ptr::null(), base: ptr::null_mut(), symbol: ptr::null(), address: ptr::null_mut() };
        // SAFETY: dladdr fills the structure, whose strings live as long as the library is loaded.
        let file = unsafe {
            assert_ne!(dladdr(linked_dlopen(), &raw mut info), 0);
            CStr::from_ptr(info.file)
        };
        let (loaded, staged) = (Path::new(file.to_str().unwrap()), prefix().join("lib/libc.so"));
        assert_eq!(identity(loaded), identity(&staged), "{} is not {}", loaded.display(), staged.display());
    }

    #[test]
    fn loading_the_staged_library_gives_no_second_copy() {
        // SAFETY: the handle is a library's, and the name is terminated by a zero.
        let again = unsafe { dlsym(open(&prefix().join("lib/libc.so")), c"dlopen".as_ptr()) };
        assert_eq!(again.cast_const(), linked_dlopen());
    }

    #[test]
    fn it_is_the_only_c_library_of_the_process() {
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        let mut files: Vec<&str> =
            maps.lines().filter_map(|line| line.find('/').map(|at| &line[at..])).filter(|file| file.contains(".so")).collect();
        files.sort_unstable();
        files.dedup();
        assert_eq!(files.len(), 1, "{files:?}");
        assert_eq!(identity(Path::new(files[0])), identity(&prefix().join("lib/libc.so")));
        assert_eq!(find("gnu_get_libc_version"), None, "that is glibc's");
    }

    #[test]
    fn the_version_is_that_of_the_prefix() {
        assert_eq!(l4re_libc::VERSION, Some(fs::read_to_string(prefix().join("VERSION")).unwrap().trim()));
    }

    #[test]
    fn all_functions_are_there() {
        let missing: Vec<_> = SYMBOLS.iter().chain(TIME_SYMBOLS).filter(|name| find(name).is_none()).collect();
        assert!(missing.is_empty(), "libc.so lacks {missing:?}");
        assert_eq!(find("no_such_function"), None);
    }

    #[test]
    fn calls_work_as_they_are_linked() -> l4re_libc::Result<()> {
        let (counter, timer, signals, poller) =
            (EventFd::new(0)?, TimerFd::new()?, SignalFd::new(Signal::USER_2)?, Epoll::new()?);
        poller.add(&counter, Interest::READ, 1)?;
        poller.add(&timer, Interest::READ, 2)?;
        poller.add(&signals, Interest::READ, 3)?;
        counter.write(5)?;
        assert_eq!((poller.wait(Some(5000))?, counter.read()?), (Some(1), 5));
        timer.set(std::time::Duration::from_millis(1), std::time::Duration::ZERO)?;
        assert_eq!((poller.wait(Some(5000))?, timer.wait()?), (Some(2), 1));
        unsafe extern "C" {
            safe fn raise(signal: c_int) -> c_int;
        }
        assert_eq!(raise(Signal::USER_2.number()), 0);
        assert_eq!((poller.wait(Some(5000))?, signals.wait()?), (Some(3), Signal::USER_2));
        Ok(())
    }

    #[test]
    fn calls_work_as_they_are_looked_up() {
        #[repr(C)]
        struct Timespec {
            seconds: i64,
            nanoseconds: c_long,
            padding: [c_long; PADDING],
        }
        const PADDING: usize = (8 - size_of::<c_long>()) / 4;
        type EventFdCall = extern "C" fn(u32, c_int) -> c_int;
        type ClockCall = extern "C" fn(c_int, *mut Timespec) -> c_int;

        // SAFETY: eventfd has this type, and so has clock_gettime under the name that goes with 64-bit times.
        let (eventfd, clock): (EventFdCall, ClockCall) =
            unsafe { (std::mem::transmute(find("eventfd").unwrap()), std::mem::transmute(find(TIME_SYMBOLS[1]).unwrap())) };
        let descriptor = eventfd(7, 0);
        assert!(descriptor >= 0 || std::io::Error::last_os_error().raw_os_error() == Some(ENOSYS));
        // SAFETY: the descriptor was made just now, and belongs to nobody else.
        let mut file = unsafe { <fs::File as std::os::fd::FromRawFd>::from_raw_fd(descriptor) };
        let mut count = [0; 8];
        std::io::Read::read_exact(&mut file, &mut count).unwrap();
        assert_eq!(u64::from_ne_bytes(count), 7);

        assert_eq!(size_of::<Timespec>(), 16);
        let mut now = Timespec { seconds: -1, nanoseconds: -1, padding: [-1; PADDING] };
        assert_eq!(clock(0, &raw mut now), 0);
        let expected = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        assert!(expected.abs_diff(now.seconds as u64) <= 1 && (0..1_000_000_000).contains(&now.nanoseconds));
    }

    #[test]
    fn threads_have_their_own_storage_and_wait_for_each_other() {
        thread_local! {
            static OWN: Cell<u64> = const { Cell::new(1) };
        }
        static SUM: AtomicU64 = AtomicU64::new(0);
        let started = Arc::new((Mutex::new(0), Condvar::new()));
        let threads: Vec<_> = (1..=8_u64)
            .map(|number| {
                let started = Arc::clone(&started);
                thread::spawn(move || {
                    OWN.set(number);
                    let (count, changed) = &*started;
                    *count.lock().unwrap() += 1;
                    changed.notify_all();
                    let all = changed.wait_while(count.lock().unwrap(), |count| *count < 8).unwrap();
                    drop(all);
                    // Both halves of the 64 bits, so that a torn write shows.
                    SUM.fetch_add(OWN.get() << 32 | OWN.get(), Ordering::Relaxed);
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!((SUM.load(Ordering::Relaxed), OWN.get()), (36 << 32 | 36, 1));
    }

    #[test]
    fn a_panic_unwinds_and_runs_what_is_on_its_way() {
        struct Guard<'a>(&'a Cell<bool>);
        impl Drop for Guard<'_> {
            fn drop(&mut self) {
                self.0.set(true);
            }
        }
        let dropped = Cell::new(false);
        let result = panic::catch_unwind(panic::AssertUnwindSafe(|| {
            let _guard = Guard(&dropped);
            panic!("on purpose");
        }));
        assert_eq!(result.unwrap_err().downcast_ref::<&str>(), Some(&"on purpose"));
        assert!(dropped.get());
    }

    #[test]
    #[should_panic(expected = "across a thread")]
    fn a_panic_of_a_thread_comes_back_from_it() {
        let error = thread::spawn(|| panic!("across a thread")).join().unwrap_err();
        panic::resume_unwind(error);
    }
}
