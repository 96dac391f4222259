using System.ComponentModel;
using Nuke.Common;

/// <summary>The way back.</summary>
interface IClean : IFetchMusl
{
    [Category("The project itself")]
    Target Clean => _ => _
        .Description("Removes what the build made below out/, and nothing else; the cache in the user's folder stays")
        .Before(FetchMusl)
        .Executes(() => Reach(nameof(Clean)));
}
