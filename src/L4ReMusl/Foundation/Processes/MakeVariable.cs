namespace L4ReMusl.Foundation.Processes;

/// <summary>A variable on the command line of <c>make</c>.</summary>
public static class MakeVariable
{
    /// <summary>The argument that gives a variable a value as it is: make expands what it reads from its command line.</summary>
    public static string Assign(string name, string value) => $"{name}={value.Replace("$", "$$", StringComparison.Ordinal)}";
}
