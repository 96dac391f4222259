# Settings for cargo and @RUST_TARGET@, to be sourced with L4RE_MUSL_PREFIX set to this prefix:
#   L4RE_MUSL_PREFIX=<prefix>; . "$L4RE_MUSL_PREFIX/share/l4re-musl/cargo-env.sh"
# Rust's musl targets link statically unless told otherwise; -crt-static makes them load libc.so.
export CARGO_TARGET_@RUST_TARGET_VARIABLE@_LINKER="${L4RE_MUSL_PREFIX:?is the folder of the musl prefix}/bin/@TRIPLE@-gcc"
export CARGO_TARGET_@RUST_TARGET_VARIABLE@_RUNNER="$L4RE_MUSL_PREFIX/bin/@TRIPLE@-run"
export CARGO_TARGET_@RUST_TARGET_VARIABLE@_RUSTFLAGS="-Ctarget-feature=-crt-static"
