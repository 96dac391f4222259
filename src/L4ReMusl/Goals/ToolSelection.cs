using L4ReMusl.Components;
using L4ReMusl.HostTools;
using L4ReMusl.Images;
using L4ReMusl.Machines;

namespace L4ReMusl.Goals;

/// <summary>The properties of a run that decide which host tools it needs.</summary>
/// <param name="Architectures">The architectures to build for.</param>
/// <param name="Needs">The kinds of work to do.</param>
public sealed record ToolSelection(IReadOnlyList<Architecture> Architectures, IReadOnlyCollection<ToolNeed> Needs)
{
    /// <summary>The tool prefixes that the user chose, by the name of the architecture.</summary>
    public IReadOnlyDictionary<string, string> OwnPrefixes { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the prefixes have C++.</summary>
    public bool HasCxx { get; init; }

    /// <summary>The program that the user put in front of the compiler, such as <c>ccache</c>.</summary>
    public string? CompilerLauncher { get; init; }

    /// <summary>What is built besides musl.</summary>
    public IReadOnlyList<Component> Components { get; init; } = [];

    /// <summary>Whether prefixes have the kernel's headers.</summary>
    public bool KernelHeaders { get; init; }

    /// <summary>The architectures that only the project's tests build for.</summary>
    public IReadOnlyList<Architecture> TestArchitectures { get; init; } = [];

    /// <summary>The formats of the images to make.</summary>
    public IReadOnlyList<IImageFormat> ImageFormats { get; init; } = ImageFormatCatalogue.Default;
}
