using System.Text;

namespace L4ReMusl.Foundation.Text;

/// <summary>How the name of a member and the name of a parameter relate, by NUKE's rules.</summary>
/// <remarks>
/// NUKE (<c>SplitCamelHumpsWithKnownWords</c>) also keeps some product names such as "GitHub" in one piece. That affects only
/// how they look, because dashes are ignored when names are compared.
/// </remarks>
public static class ParameterName
{
    /// <summary>The dashed name of a member: <c>l4re-source</c> for <c>L4ReSource</c>.</summary>
    public static string FromMember(string member)
    {
        var name = new StringBuilder();
        for (var i = 0; i < member.Length; i++)
        {
            // A word begins where a capital follows a lower-case letter, but not after a digit or another capital.
            if (i > 0 && char.IsUpper(member[i]) && char.IsLower(member[i - 1]))
                name.Append('-');
            name.Append(char.ToLowerInvariant(member[i]));
        }

        return name.ToString();
    }

    /// <summary>Whether two names, typed in any letter case and with any dashes, mean the same parameter or target.</summary>
    public static bool AreEqual(string one, string other) =>
        string.Equals(WithoutDashes(one), WithoutDashes(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without its dashes.</summary>
    public static string WithoutDashes(string name) => name.Replace("-", "", StringComparison.Ordinal);
}
