using L4ReMusl.Foundation.Files;

namespace L4ReMusl.Caching;

/// <summary>Objects as files in a folder that several machines may share.</summary>
/// <param name="folder">The folder.</param>
/// <param name="mayCreate">Whether to create the folder if it is missing.</param>
sealed class FolderStore(string folder, bool mayCreate) : IRemoteStore
{
    /// <inheritdoc/>
    public Task<bool> Get(string name, FileStream target, CancellationToken stop) => Patiently(() =>
    {
        if (!IsThere(name))
            return false;
        using var source = File.OpenRead(Path.Combine(folder, name));
        if (source.Length > ResultArchive.MaximumSize)
            throw new RemoteException($"{name} has {source.Length} bytes, more than any result");
        source.CopyTo(target);
        return true;
    }, isWrite: false, stop);

    /// <inheritdoc/>
    public Task<bool> Has(string name, CancellationToken stop) => Patiently(() => IsThere(name), isWrite: false, stop);

    /// <inheritdoc/>
    public Task Put(string name, byte[] header, FileStream content, CancellationToken stop) => Patiently(() =>
    {
        AtomicFile.Make(Path.Combine(folder, name), part =>
        {
            using var file = File.Create(part);
            file.Write(header);
            content.CopyTo(file);
        });
        return true;
    }, isWrite: true, stop);

    bool IsThere(string name)
    {
        if (!Directory.Exists(folder) && !mayCreate)
            throw new RemoteException("there is no such folder, or it cannot be read");
        return File.Exists(Path.Combine(folder, name));
    }

    // Calls to a network file system whose server is down do not return, and cannot be ended: they are abandoned.
    static async Task<bool> Patiently(Func<bool> work, bool isWrite, CancellationToken stop)
    {
        try
        {
            return await Task.Run(work, stop).WaitAsync(stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RemoteException(e.Message.TrimEnd('.'), e) { IsAboutWriting = isWrite };
        }
    }
}
