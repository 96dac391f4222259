using L4ReMusl.Machines;
using L4ReMusl.Sources;

namespace L4ReMusl.Layout;

/// <summary>The paths of all files: inputs in the repository, and results below <c>out</c>.</summary>
/// <param name="Root">The repository.</param>
/// <param name="CacheFolder">The user's cache: downloads and compiled results, shared by all clones.</param>
public sealed record BuildLayout(string Root, string CacheFolder)
{
    /// <summary>The folder of all results.</summary>
    public string Output => Path.Combine(Root, "out");

    /// <summary>Logs of compilers and other tools.</summary>
    public string Logs => Path.Combine(Output, "logs");

    /// <summary>The patched source tree.</summary>
    public string MuslSource => Path.Combine(Output, "src", "musl");

    /// <summary>The source tree of the l4re flavour.</summary>
    public string L4ReSource => Path.Combine(Output, "src", "musl-l4re");

    /// <summary>The results of the project's own tests.</summary>
    public string Reports => Path.Combine(Output, "reports");

    /// <summary>Where the test suites of others are built and run, by the scripts in <c>tests</c>.</summary>
    public string Suites => Path.Combine(Output, "suites");

    /// <summary>The images.</summary>
    public string Images => Path.Combine(Output, "images");

    /// <summary>Verified archives.</summary>
    public string Downloads => Path.Combine(CacheFolder, "downloads");

    /// <summary>Results of stages (see <see cref="Caching.LocalCache"/>).</summary>
    public string CompiledResults => Path.Combine(CacheFolder, "compiled");

    /// <summary>The catalogue of source archives.</summary>
    public string SourceCatalogue => Path.Combine(Root, "config", "sources.json");

    /// <summary>The file that says which kernels boot sets get.</summary>
    public string KernelLock => Path.Combine(Root, "config", "kernels.lock.json");

    /// <summary>The public keys that sign source archives.</summary>
    public string SigningKeys => Path.Combine(Root, "config", "keys");

    /// <summary>The descriptions of architectures.</summary>
    public string Architectures => Path.Combine(Root, "config", "architectures");

    /// <summary>
    /// The descriptions of architectures that only the project's tests build for; not in every copy of the repository.
    /// </summary>
    public string TestArchitectures => Path.Combine(Root, "tests", "EndToEnd.Tests", "architectures");

    /// <summary>The skeleton of the root file system.</summary>
    public string RootSkeleton => Path.Combine(Root, "config", "lsb_root");

    /// <summary>The hand-written files of a prefix.</summary>
    public string PrefixTemplates => Path.Combine(Root, "config", "prefix");

    /// <summary>The hand-written files that prefixes of all flavours have.</summary>
    public string CommonPrefixTemplates => Path.Combine(Root, "config", "prefix-common");

    /// <summary>The hand-written files of a prefix of the l4re flavour.</summary>
    public string L4RePrefixTemplates => Path.Combine(Root, "config", "prefix-l4re");

    /// <summary>The sources of the program that tests the l4re flavour.</summary>
    public string FlavourTest => Path.Combine(Root, "config", "flavour-test");

    /// <summary>The table of the skeleton's modes, empty folders and links.</summary>
    public string RootPermissions => Path.Combine(Root, "config", "lsb_root.permissions");

    /// <summary>The sources of the self-test program.</summary>
    public string SelfTest => Path.Combine(Root, "config", "self-test");

    /// <summary>The sources that the test programs share and include by relative path.</summary>
    public string TestHarness => Path.Combine(Root, "config", "test-harness");

    /// <summary>The descriptions of components.</summary>
    public string Components => Path.Combine(Root, "config", "components");

    /// <summary>The advisories about what is shipped, in OSV's format.</summary>
    public string Advisories => Path.Combine(Root, "config", "advisories");

    /// <summary>Our assessments of advisories.</summary>
    public string Assessments => Path.Combine(Root, "config", "assessments.json");

    /// <summary>The sources of what compilers for glibc need beside musl (see <see cref="Musl.PrefixLibrary"/>).</summary>
    public string PrefixLibraries => Path.Combine(Root, "config", "libraries");

    /// <summary>The crates.</summary>
    public string Crates => Path.Combine(Root, "crates");

    /// <summary>The settings of <c>mke2fs</c>.</summary>
    public string Mke2fsConfiguration => Path.Combine(Root, "config", "mke2fs.conf");

    /// <summary>The hand-written files of a boot set.</summary>
    public string BootTemplates => Path.Combine(Root, "config", "boot");

    /// <summary>The state of a private apt, and the kernels that it fetched.</summary>
    public string Kernels => Path.Combine(CacheFolder, "apt");

    /// <summary>The sources of the L4Re package.</summary>
    public string PackageSource => Path.Combine(Root, "pkg", "musl");

    /// <summary>The patch series of a musl version.</summary>
    public string MuslPatches(string version) => Path.Combine(Root, "patches", "musl", version);

    /// <summary>The patch series of the l4re flavour, which follows that of the musl version.</summary>
    public string L4RePatches => Path.Combine(Root, "patches", "musl", "l4re");

    /// <summary>The libraries that serve the system calls of the l4re flavour, one folder each.</summary>
    public string Backends => Path.Combine(PackageSource, "backend");

    /// <summary>The sources of <c>linux-run</c>.</summary>
    public string Personality => Path.Combine(PackageSource, "personality");

    /// <summary>The patch series of a component; the folder exists only if there are patches.</summary>
    public string ComponentPatches(SourceArchive source) => Path.Combine(Root, "patches", source.Name, source.Version);

    /// <summary>The committed list of the symbols that a musl version exports.</summary>
    public string MuslExports(string version, Architecture architecture) =>
        Path.Combine(Root, "config", "abi", $"musl-{version}", $"{architecture.Name}.txt");

    /// <summary>What <c>make</c> built and would install, before it becomes a prefix.</summary>
    public string Compiled(Architecture architecture) => Path.Combine(Output, "build", architecture.Name);

    /// <summary>The staged prefix.</summary>
    public string Prefix(Architecture architecture) => Path.Combine(Output, "musl", architecture.Name);

    /// <summary>The debug symbols of what is in the prefix.</summary>
    public string DebugSymbols(Architecture architecture) => Path.Combine(Output, "debug", architecture.Name);

    /// <summary>What <c>make</c> built for the l4re flavour.</summary>
    public string L4ReCompiled(Architecture architecture) => Path.Combine(Output, "build", $"l4re-{architecture.Name}");

    /// <summary>The staged prefix of the l4re flavour.</summary>
    public string L4RePrefix(Architecture architecture) => Path.Combine(Output, "musl-l4re", architecture.Name);

    /// <summary>The test program of the l4re flavour, once for each backend.</summary>
    public string FlavourTestPrograms(Architecture architecture) => Path.Combine(Output, "flavour-test", architecture.Name);

    /// <summary>The program that runs programs for Linux on L4Re.</summary>
    public string LinuxRun(Architecture architecture) => Path.Combine(Output, "linux-run", architecture.Name);

    /// <summary>The sources of the programs that test <c>linux-run</c> from inside.</summary>
    public string LinuxRunTest => Path.Combine(Root, "config", "linux-run-test");

    /// <summary>Those programs, for Linux.</summary>
    public string LinuxRunTestPrograms(Architecture architecture) => Path.Combine(Output, "linux-run-test", architecture.Name);

    /// <summary>The standard library of C++ for prefixes.</summary>
    public string CxxLibrary(Architecture architecture) => Path.Combine(Output, "c++", architecture.Name);

    /// <summary>The standard library of C++ for prefixes of the l4re flavour.</summary>
    public string L4ReCxxLibrary(Architecture architecture) => Path.Combine(Output, "c++", $"l4re-{architecture.Name}");

    /// <summary>The Linux kernel of a boot set.</summary>
    public string Kernel(Architecture architecture) => Path.Combine(Output, "kernel", architecture.Name);

    /// <summary>The list of files that the package <c>musl</c> put into the build folder of the L4Re tree.</summary>
    public string L4ReTreePackage(Architecture architecture) =>
        Path.Combine(Output, "l4re", architecture.Name, "package.txt");

    /// <summary>The contents of L4Re's boot images besides the package.</summary>
    public string L4ReAssets(Architecture architecture) => Path.Combine(Output, "l4re", architecture.Name, "assets");

    /// <summary>The boot images that the L4Re tree made.</summary>
    public string L4ReImages(Architecture architecture) => Path.Combine(Output, "l4re", architecture.Name, "images");

    /// <summary>The L4Re package, installed.</summary>
    public string Package(Architecture architecture) => Path.Combine(Output, "pkg", "musl", architecture.Name);

    /// <summary>The components that were built.</summary>
    public string BuiltComponents => Path.Combine(Output, "components");

    /// <summary>A component, as it goes into the root file system.</summary>
    public string Component(Architecture architecture, string name) =>
        Path.Combine(BuiltComponents, name, architecture.Name);

    /// <summary>The assembled root file system.</summary>
    public string RootFs(Architecture architecture) => Path.Combine(Output, "lsb_root", architecture.Name);

    /// <summary>The boot set: kernel, root file system, and the script that boots them.</summary>
    public string BootSet(Architecture architecture) => Path.Combine(Root, "distribution", "images", architecture.Name);

    /// <summary>The folder of the documents about a result: beside it, so that they need not list themselves.</summary>
    public static string Sbom(string result) => result + ".sbom";

    /// <summary>The files for cargo, and what it builds.</summary>
    public string Rust => Path.Combine(Output, "rust");

    /// <summary>The standard library of a Rust target, as a sysroot for rustc.</summary>
    public string RustSysroot(string target) => Path.Combine(Rust, "std", target);

    /// <summary>The Rust program for the l4re flavour, once for each backend.</summary>
    public string RustNativePrograms(Architecture architecture) => Path.Combine(Rust, "native", architecture.Name);

    /// <summary>The sources of Rust's standard library.</summary>
    public string RustSources => Path.Combine(CacheFolder, "rust");

    /// <summary>The sources of the standard library of C++.</summary>
    public string CxxSources => Path.Combine(CacheFolder, "c++");

    /// <summary>The usual texts of licences, by their names in SPDX expressions.</summary>
    public string Licences => Path.Combine(Root, "config", "licences");

    /// <summary>This project's licence.</summary>
    public string OwnLicence => Path.Combine(Root, "LICENSE");

    /// <summary>This project's list of changes.</summary>
    public string Changelog => Path.Combine(Root, "CHANGELOG.md");

    /// <summary>The texts of licences that come with sources, in a folder for each.</summary>
    public string SourceLicences => Path.Combine(Output, "licences");

    /// <summary>The archives of results, in a folder for each.</summary>
    public string Archives => Path.Combine(Output, "archives");

    /// <summary>The pack: what is published.</summary>
    public string Pack => Path.Combine(Output, "pack");

    /// <summary>The log of a stage.</summary>
    public string Log(string stage) => Path.Combine(Logs, stage + ".log");
}
