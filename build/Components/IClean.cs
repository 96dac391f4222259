using System.ComponentModel;
using Nuke.Common;

/// <summary>Removing the results.</summary>
interface IClean : IFetchMusl
{
    [Category("Project")]
    Target Clean => _ => _
        .Description("Removes what the build made in out/; the cache in the home folder stays")
        .Before(FetchMusl)
        .Executes(() => Reach(nameof(Clean)));
}
