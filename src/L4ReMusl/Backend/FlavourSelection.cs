using L4ReMusl.Musl;

namespace L4ReMusl.Backend;

/// <summary>Decides which flavours of musl a run builds.</summary>
public static class FlavourSelection
{
    // What these make holds programs for Linux. The end of the chain first: that is what the user asked for.
    static readonly string[] TargetsOfLinux =
        ["Test", "SmokeTest", "Run", "Image", "RustTest", "RustEnvironment", "RustStd", "LsbRoot", "CompileComponents", "PackageL4Re"];

    /// <summary>Those that the user asked for; otherwise linux, and all that there are for tests of everything.</summary>
    /// <param name="asked">What the user asked for; empty for nothing.</param>
    /// <param name="targets">The targets that will run.</param>
    /// <param name="hasTree">Whether there is an L4Re to make boot images with, which hold programs of the flavour l4re.</param>
    /// <exception cref="BuildException">A target needs a flavour that the user left out.</exception>
    public static IReadOnlyList<Flavour> For(IReadOnlyList<Flavour> asked, IReadOnlyCollection<string> targets, bool hasTree)
    {
        var wanted = asked.Count > 0 ? asked : hasTree || targets.Contains("Test") ? Flavour.All : [Flavour.Linux];
        if (!wanted.Contains(Flavour.Linux) && TargetsOfLinux.FirstOrDefault(targets.Contains) is { } target)
            throw new BuildException(
                $"The target {target} needs the flavour {Flavour.Linux}, which --flavours {string.Join(' ', wanted)} leaves out. Add it, or end with the target Stage.");
        if (!wanted.Contains(Flavour.L4Re) && (targets.Contains("Test") ? "Test" : hasTree && targets.Contains("Image") ? "Image" : null) is { } other)
            throw new BuildException($"The target {other} needs all flavours here, and --flavours {string.Join(' ', wanted)} leaves {Flavour.L4Re} out.");
        return wanted;
    }
}
