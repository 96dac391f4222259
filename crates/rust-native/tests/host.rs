//! The program on the host, where `std` lends it its panic handler: the checks themselves are right.

use std::process::Command;

#[test]
fn all_checks_pass_and_the_last_lines_say_so() {
    let output = Command::new(env!("CARGO_BIN_EXE_rust-native")).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && text.ends_with("\nSELF-TEST END ok passed=7 failed=0\nRUST-NATIVE ok\n"), "{text}");
}

#[test]
fn a_panic_ends_it() {
    let output = Command::new(env!("CARGO_BIN_EXE_rust-native")).arg("panic").output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && text.contains("1 on purpose"), "{text}");
}
