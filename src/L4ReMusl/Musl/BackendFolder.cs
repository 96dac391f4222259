namespace L4ReMusl.Musl;

/// <summary>Where the backends are in a prefix of the l4re flavour.</summary>
public static class BackendFolder
{
    /// <summary>The backend whose functions all fail with <c>ENOSYS</c>.</summary>
    public const string Fallback = "enosys";

    /// <summary>The folder of a backend, below a prefix.</summary>
    public static string Of(string backend) => $"lib/syscalls/{backend}";
}
