namespace L4ReMusl.HostTools;

/// <summary>Reads versions from what tools print about themselves.</summary>
public static class ToolVersion
{
    /// <summary>
    /// Finds the version in a text such as <c>arm-linux-gnueabihf-gcc (Debian 12.2.0-14) 12.2.0</c>: the first word that begins
    /// with a digit, outside parentheses, where distributions put their package versions. A <c>v</c> before it does not count.
    /// </summary>
    /// <returns>The version, or <see langword="null"/> if there is none.</returns>
    public static string? Find(string text) => text.Split('\n')
        .SelectMany(line => WithoutParentheses(line).Split([' ', '\t', '\r', ','], StringSplitOptions.RemoveEmptyEntries))
        .Select(word => word is ['v', ..] ? word[1..] : word)
        .FirstOrDefault(word => word.Length > 0 && char.IsAsciiDigit(word[0]));

    static string WithoutParentheses(string line)
    {
        var depth = 0;
        return new string([.. line.Where(c =>
        {
            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            return depth == 0 && c != ')';
        })]);
    }
}
