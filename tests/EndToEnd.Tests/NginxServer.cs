using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// A real nginx with WebDAV on 127.0.0.1. It is the host's, or one that apt downloads; nothing is installed, since the package
/// would start a server on port 80.
/// </summary>
sealed class NginxServer : IDisposable
{
    const string User = "writer", Password = "pass word";

    // Debian and Ubuntu have moved the program from one package to another.
    static readonly string[] Packages = ["nginx", "nginx-core"];

    readonly TempFolder temp;
    readonly BackgroundProgram server;
    readonly int port = BackgroundProgram.FreePort();

    NginxServer(TempFolder temp, string program)
    {
        this.temp = temp;
        Directory.CreateDirectory(temp["root", "open"]);
        Directory.CreateDirectory(temp["root", "guarded"]);
        temp.Write("passwords", $"{User}:{{PLAIN}}{Password}\n");
        var configuration = temp.Write("nginx.conf", Configuration());
        server = new BackgroundProgram(
            temp["error.log"], [program, "-p", temp.Path, "-c", configuration, "-e", "stderr"]);
        server.WaitForPort(port);
    }

    /// <summary>A location where everybody may write.</summary>
    public string Url => $"http://127.0.0.1:{port}/open/";

    /// <summary>A location where everybody may read, and who knows the password may write.</summary>
    public string GuardedUrl => $"http://127.0.0.1:{port}/guarded";

    /// <summary>The same with the password.</summary>
    public string GuardedUrlWithPassword => $"http://{User}:{Uri.EscapeDataString(Password)}@127.0.0.1:{port}/guarded";

    /// <summary>The folder of the objects.</summary>
    public string Folder => temp["root", "open"];

    /// <summary>The requests so far, such as <c>GET /open/x 200</c>.</summary>
    public string[] Requests => File.ReadAllLines(temp["access.log"]);

    /// <summary>Starts a server, if there is one.</summary>
    /// <param name="reason">Why there is none.</param>
    public static NginxServer? Start(out string reason)
    {
        var temp = new TempFolder("nginx-");
        var program = Find(temp);
        reason = program is null ? "there is no nginx with WebDAV, and apt-get cannot download one" : "";
        if (program is not null)
            return new NginxServer(temp, program);
        temp.Dispose();
        return null;
    }

    /// <summary>Ends the server; the objects stay.</summary>
    public void Stop() => server.Stop();

    public void Dispose()
    {
        server.Dispose();
        temp.Dispose();
    }

    static string? Find(TempFolder temp)
    {
        if ((Tools.OfHost.Find("nginx") ?? "/usr/sbin/nginx") is var installed && HasWebDav(installed))
            return installed;
        var programs = new DebianPrograms(temp);
        foreach (var package in Packages)
        {
            programs.Unpack(package);
            if (HasWebDav(Path.Combine(programs.Root, "usr", "sbin", "nginx")))
                return Path.Combine(programs.Root, "usr", "sbin", "nginx");
        }

        return null;
    }

    static bool HasWebDav(string program) => File.Exists(program)
        && Tools.OfHost.Run(new ToolInvocation(program, "-V")) is { Succeeded: true } version
        && version.Error.Contains("http_dav_module", StringComparison.Ordinal);

    // As docs/caches.md says, in a single process of this user.
    string Configuration() => $$"""
        daemon off;
        master_process off;
        pid nginx.pid;
        events { }
        http {
            log_format short "$request_method $uri $status";
            access_log access.log short;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            server {
                listen 127.0.0.1:{{port}};
                root root;
                dav_methods PUT;
                create_full_put_path on;
                client_max_body_size 256m;
                location /guarded/ {
                    limit_except GET HEAD {
                        auth_basic "l4re-musl";
                        auth_basic_user_file {{temp["passwords"]}};
                    }
                }
            }
        }
        """;
}
