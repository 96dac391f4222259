using L4ReMusl.Machines;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests;

/// <summary>The architectures that <c>config/architectures</c> describes.</summary>
static class ArchitectureCatalogue
{
    public static IReadOnlyList<Architecture> All { get; } =
        Architectures.In(Path.Combine(RepositoryRoot.Path, "config", "architectures"));

    public static Architecture Arm => Named("arm");

    public static Architecture Arm64 => Named("arm64");

    static Architecture Named(string name) => All.Single(architecture => architecture.Name == name);
}
