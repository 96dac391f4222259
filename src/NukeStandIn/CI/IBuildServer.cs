namespace Nuke.Common.CI;

/// <summary>A host that is a CI server; a build there is no local build.</summary>
public interface IBuildServer
{
    string Branch { get; }
    string Commit { get; }
}
