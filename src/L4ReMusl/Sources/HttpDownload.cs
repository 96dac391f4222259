using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace L4ReMusl.Sources;

/// <summary>Downloads files, resuming what is there already and trying again what breaks.</summary>
/// <param name="policy">How patient it is.</param>
sealed class HttpDownload(TransferPolicy policy) : IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { ConnectTimeout = policy.ConnectTimeout })
    {
        Timeout = Timeout.InfiniteTimeSpan, // A slow line is fine while bytes come; the stall timeout watches that.
        DefaultRequestHeaders = { { "User-Agent", "l4re-musl" } },
    };

    /// <summary>Appends to <paramref name="target"/> what it lacks of the file at <paramref name="url"/>.</summary>
    /// <param name="url">The address.</param>
    /// <param name="target">What is there of the file; emptied if the server cannot continue it.</param>
    /// <param name="maximum">The most bytes that the file can have.</param>
    /// <param name="onLength">Is told how many bytes are there.</param>
    /// <exception cref="TransferException">The file cannot be had from there.</exception>
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
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
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
                    throw new TransferException($"gave more than the expected {maximum} bytes, which were deleted", TransferFault.WrongContent);
                }

                await target.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e)
        {
            throw e.InnerException is TimeoutException
                ? new TransferException($"no connection within {policy.ConnectTimeout.TotalSeconds:0.#} s")
                : new TransferException($"nothing came for {policy.StallTimeout.TotalSeconds:0.#} s", TransferFault.Transient);
        }
        catch (HttpRequestException e)
        {
            // Without a connection there is nothing to wait for: the next place is asked at once.
            var fault = e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError ? TransferFault.Unavailable : TransferFault.Transient;
            throw new TransferException(e.InnerException?.Message ?? e.Message, fault);
        }
        catch (IOException e) when (e is HttpIOException || e.InnerException is SocketException)
        {
            throw new TransferException($"the connection broke after {target.Length} of {maximum} bytes", TransferFault.Transient);
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

    // Positions the target where the body begins: at its end if the server continues, at its start if it sends everything.
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
        var isTransient = (int)status >= 500 || status is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable
            or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
        throw new TransferException($"HTTP {(int)status} {response.ReasonPhrase}".TrimEnd(), isTransient ? TransferFault.Transient : TransferFault.Unavailable);
    }
}
