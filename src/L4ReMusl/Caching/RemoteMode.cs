namespace L4ReMusl.Caching;

/// <summary>What a build does with a remote cache.</summary>
public enum RemoteMode
{
    /// <summary>It takes results from there.</summary>
    ReadOnly,

    /// <summary>It also puts its own results there.</summary>
    ReadWrite,
}

/// <summary>The words for modes.</summary>
public static class RemoteModes
{
    /// <summary>The word that users type.</summary>
    public static string Word(this RemoteMode mode) => mode == RemoteMode.ReadWrite ? "read-write" : "read-only";
}
