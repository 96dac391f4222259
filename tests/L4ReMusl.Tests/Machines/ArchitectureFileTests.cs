using L4ReMusl.Machines;
using L4ReMusl.Machines.Elf;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Machines;

public sealed class ArchitectureFileTests : IDisposable
{
    static readonly string Committed = Path.Combine(RepositoryRoot.Path, "config", "architectures");

    readonly TempFolder temp = new();

    [Fact]
    public void The_committed_ones_are_those_that_the_build_has_targets_for()
    {
        ArchitectureCatalogue.All.Select(architecture => architecture.Name).Should().Equal("arm", "arm64");
        ArchitectureCatalogue.All.Should().ContainSingle(architecture => architecture.IsDefault);
    }

    [Fact]
    public void A_file_says_what_there_is_to_know()
    {
        var arm = ArchitectureCatalogue.Arm;

        arm.Triple.Should().Be("arm-linux-musleabihf");
        arm.Interpreter.Should().Be("/lib/ld-musl-armhf.so.1");
        (arm.Machine, arm.FloatAbi).Should().Be((ElfMachine.Arm, ElfFloatAbi.Hard));
        arm.Emulation!.Root.Should().Be(RootMedium.Memory);
        arm.Emulation.Kernel.Should().Be(new DebianKernel("bookworm", "armhf", "linux-image-armmp-lpae"));
        arm.L4Re.Guest.Should().Be(new L4ReGuest("ttyAMA0", "virt-arm_virt-32.dtb", 28));
    }

    [Fact]
    public void What_is_not_known_can_be_left_out()
    {
        temp.Write("arm64.json", """
            {
              "triple": "a", "muslArchitecture": "b", "loaderArchitecture": "c",
              "compiler": { "prefixes": ["d-"], "package": "e" }, "elf": { "machine": 183 },
              "cmakeProcessor": "f", "mesonFamily": "g", "qemuUser": "h",
              "rust": { "architecture": "i", "targets": ["j"] }, "l4re": { "cpu": "k" }
            }
            """);

        var arm64 = Read().Should().ContainSingle().Subject;

        (arm64.Emulation, arm64.KernelHeaders, arm64.Backend).Should().Be((null, null, null));
        arm64.BackendFlags.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"triple\"", "\"tripel\"", "*arm64.json: the record of arm64 must have 'triple', a text.")]
    [InlineData(
        "\"qemuUser\"", "\"more\": 1, \"qemuUser\"", "*arm64.json: the record of arm64 has 'more', which is not one of *")]
    [InlineData("\"machine\": 183", "\"machine\": \"183\"", "*the record of 'elf' must have 'machine', a number.")]
    [InlineData("\"machine\": 183", "\"machine\": 65536", "*'machine' is 65536; it must be from 1 to 65535.")]
    [InlineData("\"machine\": 183", "\"machine\": 1, \"floatAbi\": \"no\"", "*'floatAbi' is 'no'; it must be 'soft' or 'hard'.")]
    [InlineData("\"disk\"", "\"floppy\"", "*'root' is 'floppy'; it must be 'disk' or 'memory'.")]
    [InlineData("\"qemu-aarch64\"", "\"qemu; halt\"", "*'qemuUser' is 'qemu; halt'; it must be one word of *")]
    [InlineData("\"qemu-aarch64\"", "\"qemu\\n\"", "*'qemuUser' is 'qemu*'; it must be one word*")]
    [InlineData("[\"aarch64-unknown-linux-musl\"]", "[]", "*'targets' is an empty list; it must have at least one entry.")]
    [InlineData("\"isDefault\": true", "\"isDefault\": \"yes\"", "*must have 'isDefault', true or false.")]
    [InlineData("\"triple\"", "triple", "*arm64.json does not describe an architecture: *")]
    public void A_wrong_file_is_an_error_that_says_what_is_wrong(string right, string wrong, string message)
    {
        Change("arm64.json", text => text.Replace(right, wrong, StringComparison.Ordinal));

        FluentActions.Invoking(Read).Should().Throw<BuildException>().WithMessage(message);
    }

    [Theory]
    [InlineData("Arm64.json")]
    [InlineData("my arm.json")]
    [InlineData("arm_64.json")]
    public void A_file_name_that_cannot_name_an_architecture_is_an_error(string name)
    {
        File.Copy(Path.Combine(Committed, "arm64.json"), temp[name]);

        FluentActions.Invoking(Read).Should().Throw<BuildException>()
            .WithMessage($"*{name} must be named after its architecture*");
    }

    [Fact]
    public void Two_that_both_want_to_be_the_default_are_an_error()
    {
        Change("arm64.json", text => text);
        Change("arm64.json", text => text, "riscv64.json");

        FluentActions.Invoking(Read).Should().Throw<BuildException>()
            .WithMessage("In *, arm64 and riscv64 have 'isDefault'; only one may.");
    }

    [Fact]
    public void A_folder_without_any_is_an_error() =>
        FluentActions.Invoking(Read).Should().Throw<BuildException>().WithMessage("There is no architecture in *<name>.json*");

    public void Dispose() => temp.Dispose();

    IReadOnlyList<Architecture> Read() => Architectures.In(temp.Path);

    void Change(string name, Func<string, string> change, string? newName = null)
    {
        var text = File.ReadAllText(Path.Combine(Committed, name));
        temp.Write(newName ?? name, change(text));
    }
}
