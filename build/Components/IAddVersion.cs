using System.ComponentModel;
using Nuke.Common;

/// <summary>A release of musl that the build does not know yet.</summary>
interface IAddVersion : IFetchMusl
{
    [Category("The project itself")]
    Target AddVersion => _ => _
        .Description("Makes the release of musl that --musl-version names known: fetches and checks it, writes its record and series, "
            + "and says which patches fit")
        .DependsOn(Provision)
        .Before(FetchMusl)
        .Executes(() => Reach(nameof(AddVersion)));
}
