using System.Collections.Concurrent;
using System.Net;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Caching;

/// <summary>A web server of objects that knows GET, HEAD and PUT, and can misbehave.</summary>
sealed class WebStore : IDisposable
{
    readonly LoopbackServer server;

    public WebStore() => server = new LoopbackServer(Answer);

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    /// <summary>The requests so far: method, path, and the header Authorization.</summary>
    public ConcurrentQueue<(string Method, string Path, string? Authorization)> Requests { get; } = new();

    /// <summary>Answers in place of the server; returns false to let the server answer.</summary>
    public Func<HttpListenerContext, bool> Misbehave { get; set; } = _ => false;

    public string Url => server.Url + "cache/";

    public IEnumerable<string> Methods => Requests.Select(request => request.Method);

    public static bool Refuse(HttpListenerContext context, string method, int status)
    {
        if (context.Request.HttpMethod != method)
            return false;
        context.Response.StatusCode = status;
        return true;
    }

    public void Dispose() => server.Dispose();

    void Answer(HttpListenerContext context)
    {
        var request = context.Request;
        Requests.Enqueue((request.HttpMethod, request.Url!.AbsolutePath, request.Headers["Authorization"]));
        if (Misbehave(context))
            return;
        var name = request.Url.Segments[^1];
        if (request.HttpMethod == "PUT")
        {
            using var body = new MemoryStream();
            request.InputStream.CopyTo(body);
            Objects[name] = body.ToArray();
            context.Response.StatusCode = 201;
        }
        else if (!Objects.TryGetValue(name, out var bytes))
        {
            context.Response.StatusCode = 404;
        }
        else if (request.HttpMethod == "GET")
        {
            LoopbackServer.Send(context, bytes);
        }
    }
}
