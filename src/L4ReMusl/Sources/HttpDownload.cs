using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace L4ReMusl.Sources;

/// <summary>Downloads files. It resumes partial ones, and retries after transient errors.</summary>
/// <param name="policy">How patient it is.</param>
sealed class HttpDownload(TransferPolicy policy) : IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { ConnectTimeout = policy.ConnectTimeout })
    {
        Timeout = Timeout.InfiniteTimeSpan, // A slow connection is fine as long as bytes arrive; see the stall timeout.
        DefaultRequestHeaders = { { "User-Agent", "l4re-musl" } },
    };

    /// <summary>Appends the missing bytes of the file at <paramref name="url"/> to <paramref name="target"/>.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="target">The part of the file so far; emptied if the server cannot continue it.</param>
    /// <param name="maximum">The maximum size of the file in bytes.</param>
    /// <param name="onLength">Called with the number of bytes so far.</param>
    /// <exception cref="TransferException">The file cannot be downloaded from there.</exception>
    public async Task Continue(Uri url, Stream target, long maximum, Action<long>? onLength)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await Attempt(url, target, maximum, onLength).ConfigureAwait(false);
                return;
            }
            catch (TransferException e) when (e.Fault == TransferFault.Transient && attempt < policy.RetryDelays.Count)
            {
                await Task.Delay(policy.RetryDelays[attempt]).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    async Task Attempt(Uri url, Stream target, long maximum, Action<long>? onLength)
    {
        using var stall = new CancellationTokenSource(policy.StallTimeout + policy.ConnectTimeout);
        try
        {
            using var request = Request(url, target.Length);
            using var response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token)
                .ConfigureAwait(false);
            Prepare(target, response);
            using var body = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
            var buffer = new byte[64 * 1024];
            while (true)
            {
                onLength?.Invoke(target.Length);
                stall.CancelAfter(policy.StallTimeout);
                var count = await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
                if (count == 0)
                    return;
                if (target.Length + count > maximum)
                {
                    target.SetLength(0);
                    throw new TransferException(
                        $"sent more than the expected {maximum} bytes, which were deleted", TransferFault.WrongContent);
                }

                await target.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e)
        {
            throw e.InnerException is TimeoutException
                ? new TransferException($"no connection within {policy.ConnectTimeout.TotalSeconds:0.#} s")
                : new TransferException(
                    $"sent nothing for {policy.StallTimeout.TotalSeconds:0.#} s", TransferFault.Transient);
        }
        catch (HttpRequestException e)
        {
            // If there is no connection, a retry is pointless: the next place is tried at once.
            var fault = e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError ? TransferFault.Unavailable : TransferFault.Transient;
            throw new TransferException(e.InnerException?.Message ?? e.Message, fault);
        }
        catch (IOException e) when (e is HttpIOException || e.InnerException is SocketException)
        {
            throw new TransferException(
                $"the connection broke after {target.Length} of {maximum} bytes", TransferFault.Transient);
        }
    }

    static HttpRequestMessage Request(Uri url, long offset)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (offset > 0)
            request.Headers.Range = new RangeHeaderValue(offset, null);
        if (url.UserInfo.Length > 0)
        {
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo)));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        }

        return request;
    }

    // Sets the target's position to where the body begins: its end if the server continues, its start if it sends everything.
    static void Prepare(Stream target, HttpResponseMessage response)
    {
        var status = response.StatusCode;
        if (status == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == target.Length)
        {
            target.Seek(0, SeekOrigin.End);
            return;
        }

        if (status is HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
            target.SetLength(0);
        if (status == HttpStatusCode.OK)
            return;
        var isTransient = (int)status >= 500
            || status is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable
                or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
        throw new TransferException(
            $"HTTP {(int)status} {response.ReasonPhrase}".TrimEnd(),
            isTransient ? TransferFault.Transient : TransferFault.Unavailable);
    }
}
