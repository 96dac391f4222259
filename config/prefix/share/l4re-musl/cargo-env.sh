# Settings for cargo and @RUST_TARGET@, to be sourced with L4RE_MUSL_PREFIX set to this prefix:
#   L4RE_MUSL_PREFIX=<prefix>; . "$L4RE_MUSL_PREFIX/share/l4re-musl/cargo-env.sh"
# Rust's musl targets link statically unless told otherwise; -crt-static makes them load libc.so.
export CARGO_TARGET_@RUST_TARGET_VARIABLE@_LINKER="${L4RE_MUSL_PREFIX:?is the folder of the musl prefix}/bin/@TRIPLE@-gcc"
export CARGO_TARGET_@RUST_TARGET_VARIABLE@_RUNNER="$L4RE_MUSL_PREFIX/bin/@TRIPLE@-run"
export CARGO_TARGET_@RUST_TARGET_VARIABLE@_RUSTFLAGS="-Ctarget-feature=-crt-static"
export CARGO_TARGET_@RUST_TARGET_VARIABLE@_RUSTDOCFLAGS="-Ctarget-feature=-crt-static"

# For the crates cc, cmake, pkg-config and bindgen, which build scripts use.
export CC_@RUST_TARGET_UNDERSCORED@="$L4RE_MUSL_PREFIX/bin/@TRIPLE@-gcc"
export AR_@RUST_TARGET_UNDERSCORED@="$L4RE_MUSL_PREFIX/bin/@TRIPLE@-ar"
export RANLIB_@RUST_TARGET_UNDERSCORED@="$L4RE_MUSL_PREFIX/bin/@TRIPLE@-ranlib"
export CMAKE_TOOLCHAIN_FILE_@RUST_TARGET_UNDERSCORED@="$L4RE_MUSL_PREFIX/share/l4re-musl/toolchain.cmake"
export PKG_CONFIG_@RUST_TARGET_UNDERSCORED@="$L4RE_MUSL_PREFIX/bin/@TRIPLE@-pkg-config"
export PKG_CONFIG_ALLOW_CROSS_@RUST_TARGET_UNDERSCORED@=1
export BINDGEN_EXTRA_CLANG_ARGS_@RUST_TARGET_UNDERSCORED@="--target=@RUST_TARGET@ '--sysroot=$L4RE_MUSL_PREFIX' -nostdlibinc \
'-isystem$L4RE_MUSL_PREFIX/include' '-isystem$L4RE_MUSL_PREFIX/include-linux'"
