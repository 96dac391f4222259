using L4ReMusl.CommandLine;

/// <summary>The contents of --help besides targets and parameters.</summary>
static class HelpContent
{
    public static HelpTexts Texts { get; } = new()
    {
        Program = "./build.sh",
        Summary = "Builds the musl C library for L4Re: fetches the official release, patches it, cross-compiles it for arm and "
            + "arm64, stages it as relocatable prefixes, packages it for L4Re, and assembles root file systems and their images.",
        MainCommands =
        [
            new("./build.sh", "does it all: prefixes in out/musl, root file systems in out/lsb_root, images in out/images"),
            new("./build.sh --target Test", "runs all tests, after building what they need"),
            new("./build.sh --target SmokeTest", "proves that the results run, up to booting them in QEMU"),
        ],
        Examples =
        [
            new("./build.sh Stage --architectures arm64", "Only the prefix, only for arm64:"),
            new("./build.sh Stage --languages c c++", "Prefixes with a compiler for C++ and its standard library:"),
            new("./build.sh LsbRoot --image-formats squashfs tar", "Images in other formats than the usual ones:"),
            new("./build.sh SmokeTest --components musl busybox bash", "With bash in the root file system:"),
            new("./build.sh Run --architectures arm64", "Boot the root file system for arm64 in QEMU (Ctrl-A X quits):"),
            new("./build.sh RustTest", "Test Rust on the staged musl (then use it with: . out/rust/env.sh):"),
            new("./build.sh Stage --flavours l4re",
                "A static musl for systems without Linux (then compile with out/musl-l4re/arm64/bin/aarch64-l4re-musl-gcc):"),
            new("./build.sh Image --l4re-build ~/l4/build-arm64",
                "Install the package musl in your L4Re tree, and make boot images (see docs/l4re.md):"),
            new("./build.sh --plan", "Show what would run and why, with the graph:"),
            new("./build.sh ListPatches", "Show what is changed in musl, and why:"),
            new("./build.sh AddVersion --musl-version 1.2.7", "Add a musl release to config/sources.json, and try its patches:"),
            new("./build.sh Stage --cross-compile-arm64 /opt/cross/bin/aarch64-linux-musl-", "Use a cross compiler of your own:"),
            new("./build.sh LsbRoot --offline --mirrors /media/usb/distfiles", "Build without a network:"),
            new("./build.sh --remote-cache https://cache.example.org/l4re-musl", "Share results with other machines:"),
            new("./build.sh Pack --debug-symbols --signing-key ~/.ssh/release", "Make and sign what others get:"),
            new("./build.sh Doctor", "Show which host tools are installed, and which packages provide the missing ones:"),
        ],
        EnvironmentVariables =
        [
            new("NUKE_<PARAMETER>", "any parameter, such as NUKE_JOBS=4; without NUKE_, only the variables above are read"),
            new("L4RE_MUSL_REMOTE_CACHE_TOKEN", "bearer token for the server of --remote-cache"),
            new("L4RE_MUSL_REMOTE_CACHE_KEY", "the text of the key that --remote-cache-key would name"),
            new("L4RE_MUSL_SIGNING_KEY", "the text of the key that --signing-key would name"),
            new("NUKE_ENGINE", "the engine for build.sh to use: package or standin; by default, the package if NuGet has it"),
        ],
        ExitCodes =
        [
            new("0", "success, or nothing to do"),
            new("255", "failure; the last lines say what failed"),
            new("any other", "from Run: the emulator's exit code"),
        ],
        SeeAlso =
        [
            new("README.md", "how to use the prefix from C, C++, CMake, Meson, pkg-config and Rust"),
            new("docs/", "how it works inside"),
        ],
    };
}
