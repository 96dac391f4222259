using L4ReMusl.CommandLine;

/// <summary>What --help says besides targets and parameters.</summary>
static class Guidance
{
    public static HelpTexts Texts { get; } = new()
    {
        Program = "./build.sh",
        Summary = "Gives L4Re a musl C library: fetches the official release, patches and cross-compiles it for arm and arm64, stages it as "
            + "relocatable prefixes, packages it for L4Re, and assembles root file systems with their images.",
        MainCommands =
        [
            new("./build.sh", "does it all: prefixes in out/musl, root file systems in out/lsb_root, images in out/images"),
            new("./build.sh --target Test", "runs all tests, and first what they need"),
            new("./build.sh --target SmokeTest", "proves that what was built runs, up to a boot in QEMU"),
        ],
        Examples =
        [
            new("./build.sh Stage --architectures arm64", "only the prefix, only for arm64"),
            new("./build.sh LsbRoot --image-formats squashfs tar", "images in these formats instead of the usual ones"),
            new("./build.sh SmokeTest --components musl busybox bash", "with one component more; config/components has a folder for each"),
            new("./build.sh Run --architectures arm64", "boot the root file system for arm64 in QEMU; Ctrl-A X ends it"),
            new("./build.sh RustTest", "Rust on the staged musl: standard library, settings for cargo, tests; then: . out/rust/env.sh"),
            new("./build.sh Stage --flavours l4re", "musl without Linux: static, its system calls are functions; then: out/musl-l4re/arm64/bin/aarch64-l4re-musl-gcc"),
            new("./build.sh Image --l4re-build ~/l4/build-arm64", "with your L4Re: the package musl in it, and boot images; docs/l4re.md has more"),
            new("./build.sh --plan", "what would run and why, as text and as a page with a drawn graph"),
            new("./build.sh ListPatches", "what the patch series does to musl, and why"),
            new("./build.sh AddVersion --musl-version 1.2.7", "make a release of musl known that is not in config/sources.json, and try the patches on it"),
            new("./build.sh Stage --cross-compile-arm64 /opt/cross/bin/aarch64-linux-musl-", "with a compiler of your own"),
            new("./build.sh LsbRoot --offline --mirrors /media/usb/distfiles", "without a network"),
            new("./build.sh Doctor", "which host tools are there, and which packages bring the others"),
        ],
        EnvironmentVariables =
        [
            new("CROSS_COMPILE_ARM, CROSS_COMPILE_ARM64", "as --cross-compile-arm and --cross-compile-arm64"),
            new("MUSL_VERSION, CACHE_FOLDER", "as --musl-version and --cache-folder"),
            new("NUKE_<PARAMETER>", "any other parameter, such as NUKE_JOBS=4; without NUKE_ in front none of them is read"),
            new("NUKE_ENGINE", "package or standin: the engine that build.sh uses, instead of finding out"),
        ],
        ExitCodes =
        [
            new("0", "all went well, or there was nothing to do"),
            new("255", "something failed, and the last lines say what"),
            new("any other", "that of the emulator, from Run"),
        ],
        SeeAlso = [new("README.md", "how to use the prefix from C, CMake, Meson, pkg-config and Rust"), new("docs/", "how it works inside")],
    };
}
