//! What the wrappers promise, on every target: natively on the host, and in emulation on musl.

use std::alloc::{GlobalAlloc, Layout};
use std::ffi::CString;
use std::io::{ErrorKind, Read};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, io, process, thread};

use l4re_libc::{Changes, Epoll, EventFd, Inotify, Interest, Malloc, Output, Signal, SignalFd, Thread, TimerFd};

#[test]
fn a_counter_adds_up_and_is_reset_by_reading() -> l4re_libc::Result<()> {
    let counter = EventFd::new(1)?;
    counter.write(2)?;
    counter.write(1 << 40)?;
    assert_eq!(counter.read()?, 3 + (1 << 40));
    Ok(())
}

#[test]
fn a_wrong_value_is_an_error_that_names_the_call() {
    let error = EventFd::new(0).unwrap().write(u64::MAX).unwrap_err();
    assert_eq!((error.call(), error.number()), ("write", 22));
    assert_eq!(error.to_string(), "write failed with error 22");
    assert_eq!(io::Error::from(error).kind(), ErrorKind::InvalidInput);
}

#[test]
fn waiting_tells_which_object_is_ready() -> l4re_libc::Result<()> {
    let (first, second, poller) = (EventFd::new(0)?, EventFd::new(0)?, Epoll::new()?);
    poller.add(&first, Interest::READ, 0x0123_4567_89ab_cdef)?;
    poller.add(&second, Interest::READ, 2)?;
    assert_eq!(poller.wait(Some(0))?, None);
    first.write(1)?;
    assert_eq!(poller.wait(None)?, Some(0x0123_4567_89ab_cdef));
    poller.remove(&first)?;
    assert_eq!(poller.wait(Some(0))?, None);
    assert_eq!(poller.add(&second, Interest::READ | Interest::WRITE, 3).unwrap_err().number(), 17, "it is there already");
    Ok(())
}

#[test]
fn a_timer_expires_once_or_again_and_again() -> l4re_libc::Result<()> {
    let (timer, start) = (TimerFd::new()?, Instant::now());
    timer.set(Duration::from_millis(20), Duration::ZERO)?;
    assert_eq!(timer.wait()?, 1);
    assert!(start.elapsed() >= Duration::from_millis(20));
    timer.set(Duration::from_millis(1), Duration::from_millis(1))?;
    thread::sleep(Duration::from_millis(30));
    assert!(timer.wait()? >= 2);
    assert_eq!(timer.set(Duration::MAX, Duration::ZERO).unwrap_err().call(), "timerfd_settime");
    Ok(())
}

#[test]
fn a_time_beyond_32_bits_is_not_cut_short() -> l4re_libc::Result<()> {
    let (timer, poller) = (TimerFd::new()?, Epoll::new()?);
    poller.add(&timer, Interest::READ, 1)?;
    timer.set(Duration::from_secs(1 << 32), Duration::ZERO)?;
    assert_eq!(poller.wait(Some(50))?, None);
    Ok(())
}

#[test]
fn a_signal_can_be_read() -> l4re_libc::Result<()> {
    unsafe extern "C" {
        safe fn raise(signal: i32) -> i32;
    }
    let signals = SignalFd::new(Signal::USER_1)?;
    raise(Signal::USER_1.number());
    assert_eq!(signals.wait()?, Signal::USER_1);
    Ok(())
}

#[test]
fn changes_in_a_folder_are_seen() -> Result<(), Box<dyn std::error::Error>> {
    let folder = env::temp_dir().join(format!("l4re-libc-{}", process::id()));
    fs::create_dir(&folder)?;
    let watcher = Inotify::new()?;
    let watch = watcher.watch(&CString::new(folder.to_str().unwrap())?, Changes::CREATED | Changes::DELETED)?;
    fs::write(folder.join("file"), "")?;
    let (seen, changes) = watcher.wait()?;
    assert_eq!(seen, watch);
    assert!(changes.contains(Changes::CREATED) && !changes.contains(Changes::DELETED));
    fs::remove_dir_all(&folder)?;
    assert_eq!(watcher.watch(c"/no/such/folder", Changes::CREATED).unwrap_err().number(), 2);
    Ok(())
}

#[test]
fn a_line_is_written_in_one_piece_and_a_long_text_as_a_whole() -> io::Result<()> {
    let (ours, mut theirs) = UnixStream::pair()?;
    let (output, mut buffer, long) = (Output::new(ours.as_raw_fd()), [0; 5000], "0123456789".repeat(400));
    output.print(format_args!("{} {:.2} {:?}\n", 1, 2.5, "three"))?;
    let length = theirs.read(&mut buffer)?;
    assert_eq!(&buffer[..length], b"1 2.50 \"three\"\n");
    output.print(format_args!("<{long}>{long}"))?;
    drop(ours);
    let mut text = String::new();
    theirs.read_to_string(&mut text)?;
    assert_eq!(text, format!("<{long}>{long}"));
    assert_eq!(Output::new(-1).print(format_args!("lost")).unwrap_err().number(), 9);
    Ok(())
}

#[test]
fn memory_is_aligned_zeroed_and_kept_when_it_grows() {
    for alignment in [1, 16, 64, 4096] {
        let layout = Layout::from_size_align(100, alignment).unwrap();
        // SAFETY: the memory is used within its size, and given back with the layout that it has.
        unsafe {
            let memory = Malloc.alloc_zeroed(layout);
            assert!(!memory.is_null() && (0..100).all(|at| *memory.add(at) == 0));
            memory.write_bytes(7, 100);
            let larger = Malloc.realloc(memory, layout, 100_000);
            assert_eq!(larger as usize % alignment, 0);
            assert!((0..100).all(|at| *larger.add(at) == 7));
            Malloc.dealloc(larger, Layout::from_size_align(100_000, alignment).unwrap());
        }
    }
}

#[test]
fn the_time_passes() -> l4re_libc::Result<()> {
    let start = l4re_libc::monotonic()?;
    thread::sleep(Duration::from_millis(20));
    let passed = l4re_libc::monotonic()?.checked_sub(start).unwrap();
    assert!((Duration::from_millis(20)..Duration::from_secs(60)).contains(&passed), "{passed:?}");
    Ok(())
}

#[test]
fn a_thread_is_waited_for_even_if_nobody_asks_what_it_returned() -> l4re_libc::Result<()> {
    let count = Arc::new(AtomicU32::new(0));
    let run = |number: u32| {
        let count = Arc::clone(&count);
        Thread::start(move || {
            thread::sleep(Duration::from_millis(20));
            count.fetch_add(number, Ordering::Relaxed);
            format!("{number}")
        })
    };
    assert_eq!(run(1)?.join()?, "1");
    drop(run(10)?);
    assert_eq!((count.load(Ordering::Relaxed), Arc::strong_count(&count)), (11, 1));
    Ok(())
}
