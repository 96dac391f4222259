namespace L4ReMusl.Root.Checks;

/// <summary>The description of the system: os-release(5), and <c>lsb-release</c> without a false claim of conformity.</summary>
sealed class ReleaseCheck : IRootFsCheck
{
    const string OsRelease = "/etc/os-release", LsbRelease = "/etc/lsb-release";

    static readonly string[] Required = ["ID", "NAME", "PRETTY_NAME", "VERSION_ID"];

    /// <inheritdoc/>
    public IEnumerable<string> Violations(RootFsTree root)
    {
        var fields = root.ReadLines(OsRelease)
            .Select(line => line.Split('=', 2))
            .Where(field => field is [_, not ("" or "\"\"")]);
        foreach (var name in Required.Except(fields.Select(field => field[0])))
            yield return $"{OsRelease}: has no {name}";

        // LSB has no ARM part, and requires glibc.
        if (root.ReadLines(LsbRelease).Any(line => line.StartsWith("LSB_VERSION=", StringComparison.Ordinal)))
            yield return $"{LsbRelease}: sets LSB_VERSION, but the system does not conform to any version of LSB";
    }
}
