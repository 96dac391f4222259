using System.Text.Json;
using System.Text.RegularExpressions;
using L4ReMusl.Machines.Elf;

namespace L4ReMusl.Machines;

/// <summary>Reads the file of an architecture, whose fields are explained in <c>config/architectures/README.md</c>.</summary>
static partial class ArchitectureFile
{
    /// <summary>Reads an architecture.</summary>
    /// <param name="path">Its file, whose name is that of the architecture.</param>
    /// <exception cref="BuildException">The file cannot be read, or something in it is wrong.</exception>
    public static Architecture Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (!Name().IsMatch(name))
        {
            throw new BuildException(
                $"{path} must be named after its architecture: lower-case letters and digits, as in arm64.json.");
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? WordRecord.ReadAll(path, name, json.RootElement, record => Read(name, record))
                : throw new BuildException($"{path} does not describe an architecture: it must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw new BuildException($"{path} does not describe an architecture: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException($"The architecture file {path} cannot be read: {e.Message}", e);
        }
    }

    static Architecture Read(string name, WordRecord record) => new()
    {
        Name = name,
        Triple = record.Word("triple"),
        MuslArchitecture = record.Word("muslArchitecture"),
        LoaderArchitecture = record.Word("loaderArchitecture"),
        Compiler = record.Part("compiler", compiler => new CompilerNames(
            compiler.SomeWords("prefixes"), compiler.Word("package"), compiler.WordOrNull("cxxPackage"))),
        Elf = record.Part("elf", elf => new ElfTarget(
            (ElfMachine)elf.Number("machine", ushort.MaxValue),
            elf.ChoiceOrNull<ElfFloatAbi?>("floatAbi", ("soft", ElfFloatAbi.Soft), ("hard", ElfFloatAbi.Hard)))),
        KernelHeaders = record.PartOrNull("kernelHeaders", headers => new KernelHeaders(
            headers.Word("folder"), headers.Word("package"))),
        CMakeProcessor = record.Word("cmakeProcessor"),
        MesonFamily = record.Word("mesonFamily"),
        Rust = record.Part("rust", rust => new RustNames(
            rust.Word("architecture"), rust.WordOrNull("abi") ?? "", rust.SomeWords("targets"))),
        QemuUser = record.Word("qemuUser"),
        Emulation = record.PartOrNull("emulation", Emulation),
        L4Re = record.Part("l4re", l4re => new L4ReSupport(
            l4re.Word("cpu"), l4re.WordOrNull("machine"), l4re.WordOrNull("platform"), l4re.PartOrNull("guest", Guest))),
        Backend = record.PartOrNull("backend", backend => new BackendSupport(
            backend.Words("flags"), backend.Word("systemCall"))),
        IsDefault = record.IsSet("isDefault"),
    };

    static Emulation Emulation(WordRecord record) => new()
    {
        QemuSystem = record.Word("qemuSystem"),
        QemuPackage = record.Word("qemuPackage"),
        Machine = record.Word("machine"),
        Processor = record.Word("processor"),
        Console = record.Word("console"),
        Root = record.Choice("root", ("disk", RootMedium.Disk), ("memory", RootMedium.Memory)),
        Kernel = record.Part("kernel", kernel => new DebianKernel(
            kernel.Word("suite"), kernel.Word("architecture"), kernel.Word("package"))),
    };

    static L4ReGuest Guest(WordRecord record) =>
        new(record.Word("console"), record.Word("deviceTree"), record.Number("memoryAlignment", 63));

    [GeneratedRegex(@"^[a-z][a-z0-9]*\z")]
    private static partial Regex Name();
}
