using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace L4ReMusl.Tests.Support;

/// <summary>A real web server on 127.0.0.1 that gives the answers of a test and counts the requests.</summary>
public sealed class LoopbackServer : IDisposable
{
    readonly HttpListener listener;
    readonly Action<HttpListenerContext> answer;
    readonly Task loop;

    public LoopbackServer(Action<HttpListenerContext> answer)
    {
        this.answer = answer;
        (listener, Url) = Listen();
        loop = Task.Run(Serve);
    }

    public string Url { get; }

    /// <summary>The requests so far: path, and the Range header if there was one.</summary>
    public ConcurrentQueue<(string Path, string? Range)> Requests { get; } = new();

    /// <summary>An address on which no server listens.</summary>
    public static string ClosedUrl => $"http://127.0.0.1:{FreePort()}/";

    /// <summary>A server of files by path that supports Range and answers 404 for anything else.</summary>
    public static LoopbackServer Of(IReadOnlyDictionary<string, byte[]> files) => new(context =>
    {
        if (files.TryGetValue(context.Request.Url!.AbsolutePath, out var bytes))
            SendRange(context, bytes);
        else
            context.Response.StatusCode = 404;
    });

    public static void Send(HttpListenerContext context, ReadOnlySpan<byte> bytes)
    {
        context.Response.ContentLength64 = bytes.Length;
        context.Response.OutputStream.Write(bytes);
    }

    public static void SendRange(HttpListenerContext context, byte[] bytes)
    {
        var start = context.Request.Headers["Range"] is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;
        if (start > 0)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers["Content-Range"] = $"bytes {start}-{bytes.Length - 1}/{bytes.Length}";
        }

        Send(context, bytes.AsSpan(start));
    }

    /// <summary>Promises all bytes, sends some and breaks the connection.</summary>
    public static void SendTruncated(HttpListenerContext context, byte[] bytes, int count)
    {
        context.Response.ContentLength64 = bytes.Length;
        context.Response.OutputStream.Write(bytes.AsSpan(0, count));
        context.Response.OutputStream.Flush();
        context.Response.Abort();
    }

    public void Dispose()
    {
        listener.Close();
        loop.Wait(TimeSpan.FromSeconds(10));
    }

    async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Requests.Enqueue((context.Request.Url!.AbsolutePath, context.Request.Headers["Range"]));
            _ = Task.Run(() => Answer(context));
        }
    }

    void Answer(HttpListenerContext context)
    {
        try
        {
            answer(context);
            context.Response.Close();
        }
        catch (Exception e) when (
            e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The client went away, or the test broke the connection on purpose.
        }
    }

    static (HttpListener Listener, string Url) Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            var url = ClosedUrl;
            var listener = new HttpListener();
            listener.Prefixes.Add(url);
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                listener.Close(); // Another process has just taken the port.
            }
        }
    }

    static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
