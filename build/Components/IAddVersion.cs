using System.ComponentModel;
using Nuke.Common;

/// <summary>Adding a release of musl to the catalogue.</summary>
interface IAddVersion : IFetchMusl
{
    [Category("Project")]
    Target AddVersion => _ => _
        .Description("Adds the musl release that --musl-version names: fetches and verifies it, writes its record and patch "
            + "series, and reports which patches apply")
        .DependsOn(Provision)
        .Before(FetchMusl)
        .Executes(() => Reach(nameof(AddVersion)));
}
