namespace L4ReMusl.CommandLine;

/// <summary>
/// Decides whether to write colours and other escape sequences: NUKE does whenever <c>TERM</c> begins with <c>xterm</c>.
/// </summary>
public static class ColourChoice
{
    /// <summary>Follows the conventions of no-color.org and bixense.com/clicolors.</summary>
    /// <param name="variable">Returns the value of an environment variable.</param>
    /// <param name="isRedirected">Whether the output does not go to a terminal.</param>
    public static bool IsWanted(Func<string, string?> variable, bool isRedirected)
    {
        if (!string.IsNullOrEmpty(variable("NO_COLOR")))
            return false;
        if (variable("CLICOLOR_FORCE") is { Length: > 0 } force)
            return force != "0";
        return variable("CLICOLOR") != "0" && (!isRedirected || IsOnCi(variable));
    }

    // CI systems show colours in their logs, although the output is not a terminal.
    static bool IsOnCi(Func<string, string?> variable) =>
        variable("GITHUB_ACTIONS") is not null || variable("TF_BUILD") is not null;
}
