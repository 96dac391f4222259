using L4ReMusl.Backend;
using L4ReMusl.Machines.Toolchains;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Flavours;

public sealed class BackendLibraryTests : IDisposable
{
    readonly TempFolder backends = new();

    public BackendLibraryTests()
    {
        backends.Write("common/signals.c", "");
        backends.Write("common/interface.h", "");
        backends.Write("own/threads.c", "");
        backends.Write("own/start.S", "");
    }

    BackendLibrary Own => new("own", backends.Path, new Toolchain(ArchitectureCatalogue.Arm64, "aarch64-linux-gnu-", "", ""));

    [Fact]
    public void A_backend_is_its_own_sources() => Own.SourceFiles().Should().Equal("own/start.S", "own/threads.c");

    [Fact]
    public void Whoever_tells_the_common_sources_of_itself_gets_them()
    {
        backends.Write($"own/{BackendLibrary.CommonHeader}", "");

        Own.SourceFiles().Should().Equal("own/start.S", "own/threads.c", "common/signals.c");
    }

    [Theory]
    [InlineData("own/signals.c", "'own/signals.c' and 'common/signals.c'*'signals.o'")]
    [InlineData("own/threads.S", "'own/threads.S' and 'own/threads.c'*'threads.o'")]
    public void One_object_can_not_be_made_of_two_files(string another, string named)
    {
        backends.Write($"own/{BackendLibrary.CommonHeader}", "");
        backends.Write(another, "");

        this.Invoking(_ => Own.SourceFiles()).Should().Throw<BuildException>().WithMessage($"The backend own has {named}*rename*");
    }

    public void Dispose() => backends.Dispose();
}
