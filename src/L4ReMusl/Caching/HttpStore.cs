using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace L4ReMusl.Caching;

/// <summary>Objects on a web server that knows GET, HEAD and PUT, such as nginx with WebDAV.</summary>
/// <param name="location">The URL, perhaps with credentials.</param>
/// <param name="token">A bearer token, which has precedence over credentials in the URL; <see langword="null"/> for none.</param>
/// <param name="patience">How long to wait.</param>
sealed class HttpStore(RemoteLocation location, string? token, RemotePatience patience) : IRemoteStore, IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { ConnectTimeout = patience.Connect, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan, // See Patiently.
        DefaultRequestHeaders = { { "User-Agent", "l4re-musl" } },
    };

    /// <inheritdoc/>
    public async Task<bool> Get(string name, FileStream target, CancellationToken stop) =>
        await Patiently(HttpMethod.Get, name, null, isWrite: false, async (response, progress) =>
        {
            if (!IsFound(response))
                return false;
            using var body = await response.Content.ReadAsStreamAsync(progress.Stop).ConfigureAwait(false);
            var buffer = new byte[RemotePatience.Chunk];
            while (await body.ReadAsync(buffer, progress.Stop).ConfigureAwait(false) is > 0 and var count)
            {
                progress.Add(count);
                if (target.Length + count > ResultArchive.MaximumSize)
                    throw new RemoteException($"{name} has more than {ResultArchive.MaximumSize} bytes, more than any result");
                await target.WriteAsync(buffer.AsMemory(0, count), progress.Stop).ConfigureAwait(false);
            }

            return true;
        }, stop).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<bool> Has(string name, CancellationToken stop) => await Patiently(
        HttpMethod.Head, name, null, isWrite: false, (response, _) => Task.FromResult(IsFound(response)), stop)
        .ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task Put(string name, byte[] header, FileStream content, CancellationToken stop) => await Patiently(
        HttpMethod.Put, name, progress => new UploadContent(header, content, progress), isWrite: true,
        (response, _) => response.IsSuccessStatusCode ? Task.FromResult(true) : throw Refused(response, isWrite: true), stop)
        .ConfigureAwait(false);

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    static bool IsFound(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.OK => true,
        HttpStatusCode.NotFound or HttpStatusCode.Gone => false,
        _ => throw Refused(response, isWrite: false),
    };

    static RemoteException Refused(HttpResponseMessage response, bool isWrite) =>
        new($"it answers {response.RequestMessage!.Method} with HTTP {(int)response.StatusCode}"
            + (response.ReasonPhrase is { Length: > 0 } phrase ? $" {phrase}" : ""))
        {
            IsAboutWriting = isWrite,
        };

    async Task<bool> Patiently(
        HttpMethod method,
        string name,
        Func<TransferProgress, HttpContent>? content,
        bool isWrite,
        Func<HttpResponseMessage, TransferProgress, Task<bool>> read,
        CancellationToken stop)
    {
        using var progress = new TransferProgress(patience, stop);
        try
        {
            using var request = new HttpRequestMessage(method, location.ObjectUrl(name)) { Content = content?.Invoke(progress) };
            request.Headers.Authorization = Authorization();
            request.Headers.ExpectContinue = isWrite; // A refusal comes before the content is sent in vain.
            using var response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, progress.Stop).ConfigureAwait(false);
            return await read(response, progress).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            var isUnconnected = e.InnerException is TimeoutException;
            throw new RemoteException(
                isUnconnected ? $"no connection within {patience.Connect.TotalSeconds:0.#} s" : progress.Verdict, e);
        }
        catch (HttpRequestException e)
        {
            throw new RemoteException((e.InnerException?.Message ?? e.Message).TrimEnd('.'), e);
        }
        catch (IOException e) when (e is HttpIOException || e.InnerException is SocketException)
        {
            throw new RemoteException("the connection broke", e);
        }
    }

    AuthenticationHeaderValue? Authorization()
    {
        if (token is not null)
            return new AuthenticationHeaderValue("Bearer", token);
        if (location.Url!.UserInfo is not { Length: > 0 } user)
            return null;
        var credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user));
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
    }
}
