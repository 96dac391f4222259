using L4ReMusl.Foundation.Processes;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>
/// Two machines with icecc in a network of their own, which no other machine sees: this one has the scheduler and takes no jobs
/// from others; the other one compiles.
/// </summary>
sealed class IcecreamCluster : IDisposable
{
    // 192.0.2.0/24 is for examples: RFC 5737. $1 is the folder, $2 of the programs.
    const string Network = """
        set -e
        ip link set lo up
        unshare --net sleep infinity & other=$!
        until [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do sleep 0.1; done
        ip link add here type veth peer name there netns $other
        inside() { nsenter --net=/proc/$other/ns/net "$@"; }
        ip addr add 192.0.2.1/24 dev here
        ip link set here up
        inside ip addr add 192.0.2.2/24 dev there
        inside ip link set there up
        cd "$1"
        mkdir here there
        chown nobody here there
        "$2/icecc-scheduler" -n l4re-musl -p 8765 & sleep 1
        common='-n l4re-musl -s 192.0.2.1 -u nobody'
        ICECC_TEST_SOCKET=$1/here/socket "$2/iceccd" $common -N here -m 2 --no-remote -b "$1/here" &
        export ICECC_TEST_SOCKET=$1/there/socket
        inside "$2/iceccd" $common -N there -m 4 -b "$1/there" -v -v > "$1/there.log" 2>&1 &
        wait
        """;

    readonly TempFolder temp;
    readonly BackgroundProgram cluster;
    readonly string environment;

    IcecreamCluster(TempFolder temp, DebianPrograms programs, string compiler)
    {
        this.temp = temp;
        Folder = programs.Folder;
        Tools.OfHost.Run(new ToolInvocation("chmod", "-R", "go+rX", temp.Path)).OrThrow("let others read");
        cluster = new BackgroundProgram(
            temp["cluster.log"],
            ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc",
                "sh", "-c", Network, "sh", temp.Path, Folder]);
        Tools.OfHost.Run(new ToolInvocation(
            Path.Combine(Folder, "icecc-create-env"), Tools.OfHost.Find(compiler)!, "--compression", "none")
        {
            WorkingDirectory = temp.Path,
        }).OrThrow("make the environment of the compiler");
        environment = Directory.GetFiles(temp.Path, "*.tar").Single();
        cluster.WaitUntil(() => Log.Contains("Connected to scheduler", StringComparison.Ordinal));
    }

    /// <summary>The folder of the client.</summary>
    public string Folder { get; }

    /// <summary>What runs a program in the network.</summary>
    public IReadOnlyList<string> Inside
    {
        get
        {
            // The shell's child, in whose namespaces all servers are.
            var children = File.ReadAllText($"/proc/{cluster.Id}/task/{cluster.Id}/children");
            return ["nsenter", $"--net=/proc/{children.Split(' ')[0]}/ns/net"];
        }
    }

    /// <summary>What users set, besides the socket of a test.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["ICECC_VERSION"] = environment,
        ["ICECC_TEST_SOCKET"] = temp["here", "socket"],
        ["ICECC_PREFERRED_HOST"] = "there",
    };

    /// <summary>How many objects the other machine has compiled.</summary>
    public int Compiled => Log.Split("Remote compilation completed with exit code 0").Length - 1;

    /// <summary>Starts the machines, if that can be done.</summary>
    /// <param name="compiler">The compiler that they run.</param>
    /// <param name="reason">Why it cannot.</param>
    public static IcecreamCluster? Start(string compiler, out string reason)
    {
        var temp = new TempFolder("icecc-");
        var programs = new DebianPrograms(temp);
        reason = "";
        if (!Environment.IsPrivilegedProcess || !Succeeds("unshare", "--net", "ip", "link", "add", "x", "type", "veth"))
            reason = "only root can make networks and run iceccd, and 'ip' is needed";
        else if (!programs.Find("icecc", "--version", "icecc") || !programs.Find("iceccd", null)
            || !programs.Find("icecc-scheduler", null) || !programs.Find("icecc-create-env", null))
        {
            reason = "there is no icecc, and apt-get cannot download one";
        }

        if (reason.Length == 0)
            return new IcecreamCluster(temp, programs, compiler);
        temp.Dispose();
        return null;
    }

    public void Dispose()
    {
        cluster.Dispose();
        temp.Dispose();
    }

    string Log => File.Exists(temp["there.log"]) ? File.ReadAllText(temp["there.log"]) : "";

    static bool Succeeds(params string[] command) =>
        Tools.OfHost.Find(command[0]) is not null && Tools.OfHost.Run(new ToolInvocation(command[0], command[1..])).Succeeded;
}
