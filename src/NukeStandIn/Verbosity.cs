namespace Nuke.Common;

/// <summary>The least important messages on the console: verbose, debug, warnings or errors. Headers and table always appear.</summary>
public enum Verbosity
{
    Verbose,
    Normal,
    Minimal,
    Quiet,
}
