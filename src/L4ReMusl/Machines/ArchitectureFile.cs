using System.Text.Json;
using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Machines.Elf;

namespace L4ReMusl.Machines;

/// <summary>Reads the file that describes an architecture. Its fields are explained in <c>config/architectures/README.md</c>.</summary>
static partial class ArchitectureFile
{
    /// <summary>Reads an architecture.</summary>
    /// <param name="path">Its file, whose name is that of the architecture.</param>
    /// <exception cref="BuildException">The file cannot be read, or something in it is wrong.</exception>
    public static Architecture Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (!Name().IsMatch(name))
            throw new BuildException($"{path} must have the name of an architecture: small letters and digits, such as arm64.json.");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Read(path, name, json.RootElement)
                : throw new BuildException($"{path} does not describe an architecture: it must be an object.");
        }
        catch (JsonException e)
        {
            throw new BuildException($"{path} does not describe an architecture: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException($"The description of an architecture {path} cannot be read: {e.Message}", e);
        }
    }

    static Architecture Read(string path, string name, JsonElement json)
    {
        var words = new WordReader(path);
        return words.All(new JsonRecord(path, name, json), record => new Architecture
        {
            Name = name,
            Triple = words.One(record, "triple"),
            MuslArchitecture = words.One(record, "muslArchitecture"),
            LoaderArchitecture = words.One(record, "loaderArchitecture"),
            Compiler = words.Part(record, "compiler", compiler =>
                new CompilerNames(words.Some(compiler, "prefixes"), words.One(compiler, "package"))),
            Elf = words.Part(record, "elf", elf => new ElfTarget((ElfMachine)Number(path, elf, "machine", ushort.MaxValue), FloatAbi(path, elf))),
            KernelHeaders = words.PartOrNull(record, "kernelHeaders", headers =>
                new KernelHeaders(words.One(headers, "folder"), words.One(headers, "package"))),
            CMakeProcessor = words.One(record, "cmakeProcessor"),
            MesonFamily = words.One(record, "mesonFamily"),
            Rust = words.Part(record, "rust", rust => new RustNames(
                words.One(rust, "architecture"), words.OneOrNull(rust, "abi") ?? "", words.Some(rust, "targets"))),
            QemuUser = words.One(record, "qemuUser"),
            Emulation = words.PartOrNull(record, "emulation", emulation => Emulation(path, words, emulation)),
            L4Re = words.Part(record, "l4re", l4re => new L4ReSupport(
                words.One(l4re, "cpu"),
                words.OneOrNull(l4re, "machine"),
                words.PartOrNull(l4re, "guest", guest => new L4ReGuest(
                    words.One(guest, "console"), words.One(guest, "deviceTree"), Number(path, guest, "memoryAlignment", 63))))),
            Backend = words.PartOrNull(record, "backend", backend =>
                new BackendSupport(words.Any(backend, "flags"), words.One(backend, "systemCall"))),
            IsDefault = record.Has("isDefault") && record.Flag("isDefault"),
        });
    }

    static Emulation Emulation(string path, WordReader words, JsonRecord record) => new()
    {
        QemuSystem = words.One(record, "qemuSystem"),
        QemuPackage = words.One(record, "qemuPackage"),
        Machine = words.One(record, "machine"),
        Processor = words.One(record, "processor"),
        Console = words.One(record, "console"),
        Kernel = words.Part(record, "kernel", kernel =>
            new DebianKernel(words.One(kernel, "suite"), words.One(kernel, "architecture"), words.One(kernel, "package"))),
        Root = words.One(record, "root") switch
        {
            "disk" => RootMedium.Disk,
            "memory" => RootMedium.Memory,
            var other => throw new BuildException($"{path}: 'root' of the emulation is '{other}'; it must be 'disk' or 'memory'."),
        },
    };

    static ElfFloatAbi? FloatAbi(string path, JsonRecord record) => !record.Has("floatAbi") ? null : record.Text("floatAbi") switch
    {
        "soft" => ElfFloatAbi.Soft,
        "hard" => ElfFloatAbi.Hard,
        var other => throw new BuildException($"{path}: 'floatAbi' is '{other}'; it must be 'soft' or 'hard', or be left out."),
    };

    static int Number(string path, JsonRecord record, string name, int last) => record.Number(name) is var number && number >= 1 && number <= last
        ? (int)number
        : throw new BuildException($"{path}: '{name}' is {number}; it must be from 1 to {last}.");

    [GeneratedRegex(@"^[a-z][a-z0-9]*\z")]
    private static partial Regex Name();

    /// <summary>Reads texts that become parts of scripts and of file names, so that nothing in them may have a meaning there.</summary>
    sealed partial class WordReader(string path)
    {
        public string One(JsonRecord record, string name) => Checked(name, record.Text(name));

        public string? OneOrNull(JsonRecord record, string name) => record.Has(name) ? One(record, name) : null;

        public IReadOnlyList<string> Any(JsonRecord record, string name) => [.. record.Texts(name).Select(text => Checked(name, text))];

        public IReadOnlyList<string> Some(JsonRecord record, string name) => Any(record, name) is { Count: > 0 } words
            ? words
            : throw new BuildException($"{path}: '{name}' is an empty list; it must have one entry at least.");

        public T Part<T>(JsonRecord record, string name, Func<JsonRecord, T> read) => All(record.Object(name, $"'{name}'"), read);

        public T? PartOrNull<T>(JsonRecord record, string name, Func<JsonRecord, T> read)
            where T : class => record.Has(name) ? Part(record, name, read) : null;

        public T All<T>(JsonRecord record, Func<JsonRecord, T> read)
        {
            var result = read(record);
            record.Finish();
            return result;
        }

        string Checked(string name, string text) => Word().IsMatch(text)
            ? text
            : throw new BuildException($"{path}: '{name}' has the value '{text}'; it must be one word of letters, digits and '+,-./=_'.");

        [GeneratedRegex(@"^[A-Za-z0-9+,\-./=_]+\z")]
        private static partial Regex Word();
    }
}
