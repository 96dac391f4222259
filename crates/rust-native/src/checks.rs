//! What is checked. A check returns a detail to print, which may be empty.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicU64, Ordering};
use core::time::Duration;

use l4re_libc::{Output, Thread, monotonic};

type Outcome = Result<String, String>;
type Check = fn() -> Outcome;

/// All of them, in the order in which they run.
pub const ALL: &[(&str, Check)] = &[
    ("rust_library", library),
    ("rust_formatting", formatting),
    ("rust_memory", memory),
    ("rust_memory_alignment", alignment),
    ("rust_errors", errors),
    ("rust_clock", clock),
    ("rust_threads", threads),
];

/// Fails unless both are the same, and shows both.
macro_rules! same {
    ($actual:expr, $expected:expr) => {{
        let (actual, expected) = ($actual, $expected);
        if actual != expected {
            return Err(format!("line {}: {actual:?} instead of {expected:?}", line!()));
        }
    }};
}

fn library() -> Outcome {
    same!((l4re_libc::VERSION.is_some(), l4re_libc::FLAVOUR.is_some()), (cfg!(target_env = "musl"), cfg!(target_env = "musl")));
    Ok(match (l4re_libc::VERSION, l4re_libc::FLAVOUR) {
        (Some(version), Some(flavour)) => format!("musl {version}, {flavour}"),
        _ => String::new(),
    })
}

fn formatting() -> Outcome {
    let (third, large) = (1.0_f64 / 3.0, 6.25e10_f32);
    same!(format!("{third:.4} {large:e} {:?}", f64::NAN), "0.3333 6.25e10 NaN");
    same!(format!("{:>5}|{:<5}|{:^5}|{:#06x}|{:08b}", 42, -7, "é", 0xbeef, 5), "   42|-7   |  é  |0xbeef|00000101");
    same!("0.1".parse::<f64>().map(|number| number * 3.0), Ok(0.1 * 3.0));
    same!(
        "2147483648".parse::<i32>().map_err(|error| error.to_string()),
        Err("number too large to fit in target type".to_string())
    );
    Ok(format!("a third is {third:.3}"))
}

fn memory() -> Outcome {
    const COUNT: u64 = 100_000;
    let mut numbers: Vec<u64> = (0..COUNT).rev().collect();
    numbers.sort_unstable();
    numbers.push(COUNT);
    same!(numbers.iter().sum::<u64>(), COUNT * (COUNT + 1) / 2);
    numbers.truncate(3);
    numbers.shrink_to_fit();
    same!(numbers, [0, 1, 2]);

    let words: BTreeMap<String, usize> = (0..100).map(|number| (format!("word {number}"), number)).collect();
    same!(words.get("word 42"), Some(&42));
    same!(words.keys().map(String::len).sum::<usize>(), 10 * 6 + 90 * 7);
    // What was just used is given again.
    drop(words);
    same!((0..1000).map(|_| alloc::vec![0_u8; 5000].iter().filter(|&&byte| byte != 0).count()).sum::<usize>(), 0);
    Ok(String::new())
}

fn alignment() -> Outcome {
    #[repr(align(4096))]
    struct Page([u8; 10]);
    let mut pages: Vec<Page> = Vec::new();
    for number in 0..20 {
        pages.push(Page([number; 10]));
        same!(pages.as_ptr() as usize % 4096, 0);
    }
    same!(pages.iter().map(|page| u32::from(page.0[9])).sum::<u32>(), 190);
    // Smaller than what it is aligned to, and of no size at all.
    same!(&raw const *Box::new(Page([0; 10])) as usize % 4096, 0);
    same!(alloc::vec![(); 10].len(), 10);
    Ok(String::new())
}

fn errors() -> Outcome {
    const EBADF: i32 = 9;
    let error = Output::new(-1).write_all(b"lost");
    same!(error.map_err(|error| (error.call(), error.number())), Err(("write", EBADF)));
    same!(Output::STANDARD.write_all(b""), Ok(()));
    Ok(String::new())
}

fn clock() -> Outcome {
    let start = monotonic().map_err(|error| error.to_string())?;
    loop {
        let now = monotonic().map_err(|error| error.to_string())?;
        match now.checked_sub(start) {
            None => return Err(format!("{now:?} comes after {start:?}")),
            Some(passed) if passed >= Duration::from_millis(2) => return Ok(String::new()),
            Some(_) => {}
        }
    }
}

fn threads() -> Outcome {
    let sum = Arc::new(AtomicU64::new(0));
    let mut started = Vec::new();
    for number in 1..=4_u64 {
        let sum = Arc::clone(&sum);
        started.push(
            Thread::start(move || {
                // Both halves of the 64 bits, so that a torn write shows.
                sum.fetch_add(number << 32 | number, Ordering::Relaxed);
                format!("thread {number}")
            })
            .map_err(|error| error.to_string())?,
        );
    }
    let names: Result<Vec<String>, _> = started.into_iter().map(Thread::join).collect();
    same!(names.map(|names| names.join(", ")), Ok("thread 1, thread 2, thread 3, thread 4".to_string()));
    same!((sum.load(Ordering::Relaxed), Arc::strong_count(&sum)), (10 << 32 | 10, 1));
    Ok(String::new())
}
