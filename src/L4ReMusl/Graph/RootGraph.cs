using L4ReMusl.Images;
using L4ReMusl.Root;

namespace L4ReMusl.Graph;

/// <summary>The stages of root file systems and their images.</summary>
/// <param name="context">What they work with.</param>
/// <param name="musl">The runtime.</param>
/// <param name="components">What goes in besides the runtime.</param>
public sealed class RootGraph(BuildContext context, MuslGraph musl, ComponentGraph components)
{
    /// <summary>Assemble the root file systems.</summary>
    public PerArchitecture<RootFsStage> Roots => field ??= new(architecture => new RootFsStage(
        context.Layout,
        new RootFsInputs(
            musl.Prefixes[architecture],
            musl.Packages[architecture],
            components.Stages[architecture],
            musl.Archive.Archive.Version,
            musl.Archive.Archive.Time),
        context.Tools));

    /// <summary>Make the images of an architecture, one for each format that the user selected.</summary>
    public PerArchitecture<IReadOnlyList<ImageStage>> Images => field ??= new(architecture =>
        [.. context.Settings.ImageFormats.Select(format => new ImageStage(
            format, new ImageContent("image", ImageLayout.RootName, architecture, Roots[architecture]), ImageContext))]);

    /// <summary>Make the images of debug symbols, if the user wants them.</summary>
    public PerArchitecture<IReadOnlyList<ImageStage>> DebugImages => field ??= new(architecture =>
        context.Settings.DebugSymbols
            ? [.. context.Settings.ImageFormats.Select(format => new ImageStage(
                format,
                new ImageContent("debug-image", ImageLayout.DebugName, architecture, musl.DebugSymbols[architecture]),
                DebugImageContext))]
            : []);

    /// <summary>List the contents of the images, in the same order.</summary>
    public PerArchitecture<IReadOnlyList<ManifestStage>> Manifests => field ??= new(architecture =>
        [.. Images[architecture].Select(image => new ManifestStage(context.Layout, image, context.Tools))]);

    // Without the device nodes of a root file system.
    ImageContext DebugImageContext => field ??= new(context.Layout, musl.Archive.Archive.Time, context.Tools);

    // Shared by all architectures: it runs tools to learn their versions.
    ImageContext ImageContext => field ??= new(context.Layout, musl.Archive.Archive.Time, context.Tools)
    {
        Devices = DeviceNode.Of(PermissionTable.Read(context.Layout.RootPermissions)),
    };
}
