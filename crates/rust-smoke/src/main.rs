//! A Rust program that shows, on the system that it runs on, that Rust's standard library and musl work together: threads,
//! thread-local storage, a panic that unwinds, and calls of the kernel. Prints one line.

use std::cell::Cell;
use std::error::Error;
use std::time::Duration;
use std::{fs, panic, thread};

use l4re_libc::{Epoll, EventFd, Interest, TimerFd};

thread_local! {
    static OWN: Cell<u32> = const { Cell::new(1) };
}

fn main() -> Result<(), Box<dyn Error>> {
    let threads: u32 =
        (0..4).map(|number| thread::spawn(move || OWN.replace(number) * number)).map(|thread| thread.join().unwrap()).sum();
    assert_eq!((threads, OWN.get()), (6, 1), "each thread has its own");

    panic::set_hook(Box::new(|_| {}));
    assert!(panic::catch_unwind(|| panic!("unwinds")).is_err());

    let (counter, timer, poller) = (EventFd::new(0)?, TimerFd::new()?, Epoll::new()?);
    poller.add(&counter, Interest::READ, 1)?;
    poller.add(&timer, Interest::READ, 2)?;
    timer.set(Duration::from_millis(5), Duration::ZERO)?;
    assert_eq!((poller.wait(Some(5000))?, timer.wait()?), (Some(2), 1));
    counter.write(3)?;
    assert_eq!((poller.wait(Some(0))?, counter.read()?), (Some(1), 3));

    let maps = fs::read_to_string("/proc/self/maps")?;
    let files = maps.lines().filter_map(|line| line.split_once('/')).filter_map(|(_, path)| path.rsplit('/').next());
    let mut libraries: Vec<&str> = files.filter(|name| name.starts_with("ld-musl") || name.starts_with("libc.so")).collect();
    libraries.dedup();
    assert!(libraries.len() <= 1, "more than one C library: {libraries:?}");
    println!("rust works on {}", if cfg!(target_env = "musl") { "musl" } else { "the host's C library" });
    Ok(())
}
