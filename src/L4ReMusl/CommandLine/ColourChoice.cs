namespace L4ReMusl.CommandLine;

/// <summary>
/// Whether colours and other escape sequences are wanted: NUKE writes them wherever <c>TERM</c> begins with <c>xterm</c>.
/// </summary>
public static class ColourChoice
{
    /// <summary>Decides by the conventions of no-color.org and bixense.com/clicolors.</summary>
    /// <param name="variable">Gives the value of an environment variable.</param>
    /// <param name="isRedirected">Whether the output goes elsewhere than to a terminal.</param>
    public static bool IsWanted(Func<string, string?> variable, bool isRedirected)
    {
        if (!string.IsNullOrEmpty(variable("NO_COLOR")))
            return false;
        if (variable("CLICOLOR_FORCE") is { Length: > 0 } force)
            return force != "0";
        return variable("CLICOLOR") != "0" && (!isRedirected || IsOnCi(variable));
    }

    // Their logs show colours, although they are no terminals.
    static bool IsOnCi(Func<string, string?> variable) =>
        variable("GITHUB_ACTIONS") is not null || variable("TF_BUILD") is not null;
}
