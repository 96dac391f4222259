using System.ComponentModel;
using L4ReMusl.Settings;
using Nuke.Common;

/// <summary>What is published: packs and releases.</summary>
interface IPack : IMakeImages
{
    [Parameter(Parameters.PackFolderText)]
    string? PackFolder => TryGetValue(() => PackFolder);

    [Parameter(Parameters.SigningKeyText)]
    string? SigningKey => TryGetValue(() => SigningKey);

    [Parameter(Parameters.AllowedSignersText)]
    string? AllowedSigners => TryGetValue(() => AllowedSigners);

    [Category("Publishing")]
    Target Pack => _ => _
        .Description("Makes a pack in out/pack: prefixes, L4Re packages, boot sets and debug symbols as archives, with their "
            + "licences, sources, bills of materials and provenance")
        .DependsOn(PackageL4Re, Image)
        .Produces(ArtifactsDirectory / "pack" / "**")
        .Executes(() => Reach(nameof(Pack)));

    [Category("Publishing")]
    Target Verify => _ => _
        .Description("Checks a pack without a network: that nothing in it was changed or is missing, and who signed it")
        .DependsOn(Provision)
        .After(Pack)
        .Executes(() => Reach(nameof(Verify)));

    [Category("Publishing")]
    Target Release => _ => _
        .Description("Makes the pack of a tagged commit, and makes it again in another folder, which must give the same bytes")
        .DependsOn(Pack)
        .Executes(() => Reach(nameof(Release)));

    [Category("Publishing")]
    Target Publish => _ => _
        .Description("Publishes a release on GitHub, with the pack and the section of CHANGELOG.md about it")
        .DependsOn(Release)
        .Executes(() => Reach(nameof(Publish)));
}
