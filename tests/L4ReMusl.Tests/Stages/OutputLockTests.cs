using L4ReMusl.Stages;
using L4ReMusl.Tests.Support;
using Serilog;

namespace L4ReMusl.Tests.Stages;

public sealed class OutputLockTests
{
    [Fact]
    public async Task A_second_build_waits_until_the_first_one_ends()
    {
        using var temp = new TempFolder();
        var first = OutputLock.Acquire(temp.Path, Log.Logger);
        var second = Task.Run(() => OutputLock.Acquire(temp.Path, Log.Logger));

        (await Task.WhenAny(second, Task.CompletedTask)).Should().NotBe(second);
        first.Dispose();

        (await second.WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
    }
}
