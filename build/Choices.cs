using System.Reflection;
using L4ReMusl.Boot;
using L4ReMusl.Components;
using L4ReMusl.Images;
using L4ReMusl.Machines;
using L4ReMusl.Musl;
using Nuke.Common;

/// <summary>The values of parameters that have a choice, for checks, the help, and NUKE's completion in shells.</summary>
static class Choices
{
    /// <summary>The architectures that there are.</summary>
    public static IReadOnlyList<Architecture> KnownArchitectures => field ??=
        L4ReMusl.Machines.Architectures.In(Path.Combine(Startup.Root, "config", "architectures"));

    public static IEnumerable<string> Architectures => KnownArchitectures.Select(architecture => architecture.Name);

    public static IEnumerable<string> Components =>
        new ComponentCatalogue(Path.Combine(Startup.Root, "config", "components")).Names;

    public static IEnumerable<string> Flavours => Flavour.All.Select(flavour => flavour.Name);

    public static IEnumerable<string> ImageFormats => ImageFormatCatalogue.All.Select(format => format.Name);

    public static IEnumerable<string> BootImages => BootEntry.All.Select(entry => entry.Name);

    public static IEnumerable<string> SmokeLevels => L4ReMusl.Smoke.SmokeLevels.Words;

    public static IEnumerable<string> RustTargets =>
        KnownArchitectures.SelectMany(architecture => architecture.RustTargets);

    /// <summary>The choice of a parameter, or <see langword="null"/> if it takes anything.</summary>
    public static IReadOnlyList<string>? Of(PropertyInfo parameter) =>
        parameter.GetCustomAttribute<ParameterAttribute>()!.ValueProviderMember is { } name
            ? [.. (IEnumerable<string>)typeof(Choices).GetProperty(name)!.GetValue(null)!]
            : null;
}
