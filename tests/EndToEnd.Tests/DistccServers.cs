using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>Two real servers of distcc on 127.0.0.1, and the client.</summary>
sealed class DistccServers : IDisposable
{
    static readonly string[] Packages = ["distcc", "libpopt0", "libavahi-client3", "libavahi-common3"];

    readonly TempFolder temp;
    readonly List<BackgroundProgram> servers = [];
    readonly List<int> ports = [];

    DistccServers(TempFolder temp, string bin, string compiler)
    {
        this.temp = temp;
        Folder = bin;
        // Root's server becomes nobody, and serves this compiler and no other program.
        Tools.OfHost.Run(new ToolInvocation("chmod", "-R", "go+rX", temp.Path)).OrThrow("let others read");
        var allowed = temp.Write("commands", Tools.OfHost.Find(compiler) + "\n");
        string[] user = Environment.IsPrivilegedProcess ? ["--user", "nobody"] : [];
        for (var i = 0; i < 2; i++)
        {
            ports.Add(BackgroundProgram.FreePort());
            servers.Add(new BackgroundProgram(
                temp[$"server-{i}.log"],
                [Path.Combine(bin, "distccd"), "--daemon", "--no-detach", "--log-stderr", "--log-level", "info", "--jobs", "4",
                    "--listen", "127.0.0.1", "--port", $"{ports[i]}", "--allow", "127.0.0.1", "--enable-tcp-insecure", .. user],
                new Dictionary<string, string> { ["DISTCC_CMDLIST"] = allowed }));
            var server = servers[i];
            server.WaitUntil(() => server.Output.Contains("daemon started", StringComparison.Ordinal));
        }

        Directory.CreateDirectory(temp["state"]);
    }

    /// <summary>The folder of the client.</summary>
    public string Folder { get; }

    /// <summary>What users set.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["DISTCC_HOSTS"] = string.Join(' ', ports.Select(port => $"127.0.0.1:{port}/4")),
        ["DISTCC_DIR"] = temp["state"],
    };

    /// <summary>The jobs of each server, as in its log.</summary>
    public IReadOnlyList<string[]> Jobs =>
    [
        .. servers.Select(server => server.Output.Split('\n')
            .Where(line => line.Contains("(dcc_job_summary)", StringComparison.Ordinal)).ToArray()),
    ];

    /// <summary>Starts servers, if there are any.</summary>
    /// <param name="compiler">The compiler that they may run.</param>
    /// <param name="reason">Why there are none.</param>
    public static DistccServers? Start(string compiler, out string reason)
    {
        var temp = new TempFolder("distcc-");
        var programs = new DebianPrograms(temp);
        reason = "";
        if (programs.Find("distcc", "--version", Packages) && programs.Find("distccd", "--version"))
            return new DistccServers(temp, programs.Folder, compiler);
        reason = "there is no distcc, and apt-get cannot download one";
        temp.Dispose();
        return null;
    }

    public void Dispose()
    {
        servers.ForEach(server => server.Dispose());
        temp.Dispose();
    }
}
