namespace Nuke.Common.Execution;

/// <summary>Any host that is no CI server.</summary>
public class Terminal : Host
{
    internal Terminal()
    {
    }
}
