namespace L4ReMusl.Caching;

/// <summary>A place for objects, by name. Used by several threads at once.</summary>
interface IRemoteStore
{
    /// <summary>Gets an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="target">An empty file to fill.</param>
    /// <param name="stop">Ends the transfer.</param>
    /// <returns>Whether there is such an object.</returns>
    /// <exception cref="RemoteException">The place cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The transfer was ended.</exception>
    Task<bool> Get(string name, FileStream target, CancellationToken stop);

    /// <summary>Whether there is an object.</summary>
    /// <inheritdoc cref="Get"/>
    Task<bool> Has(string name, CancellationToken stop);

    /// <summary>Makes or replaces an object; readers see the whole of it, or the old one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="header">Its beginning.</param>
    /// <param name="content">The rest.</param>
    /// <param name="stop">Ends the transfer.</param>
    /// <exception cref="RemoteException">The place did not take it.</exception>
    /// <exception cref="OperationCanceledException">The transfer was ended.</exception>
    Task Put(string name, byte[] header, FileStream content, CancellationToken stop);
}

/// <summary>A remote cache cannot be used.</summary>
/// <param name="reason">Why.</param>
/// <param name="inner">What caused it.</param>
sealed class RemoteException(string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>Whether only writing to it failed.</summary>
    public bool IsAboutWriting { get; init; }
}
