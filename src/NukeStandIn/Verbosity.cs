namespace Nuke.Common;

/// <summary>
/// The least important messages on the console: verbose, debug, warnings or errors. Headers and table always appear.
/// </summary>
enum Verbosity
{
    Verbose,
    Normal,
    Minimal,
    Quiet,
}
