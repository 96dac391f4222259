namespace L4ReMusl.Foundation.Processes;

/// <summary>A variable on the command line of <c>make</c>.</summary>
public static class MakeVariable
{
    /// <summary>
    /// The argument that gives a variable a literal value. Make expands values on its command line, so dollar signs are doubled.
    /// </summary>
    public static string Assign(string name, string value) => $"{name}={value.Replace("$", "$$", StringComparison.Ordinal)}";
}
