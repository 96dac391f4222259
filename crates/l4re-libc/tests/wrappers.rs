//! What the wrappers promise, on every target: natively on the host, and in emulation on musl.

use std::ffi::CString;
use std::io::ErrorKind;
use std::time::{Duration, Instant};
use std::{env, fs, io, process, thread};

use l4re_libc::{Changes, Epoll, EventFd, Inotify, Interest, Signal, SignalFd, TimerFd};

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
