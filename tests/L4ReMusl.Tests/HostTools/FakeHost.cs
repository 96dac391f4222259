using L4ReMusl.Foundation.Processes;
using L4ReMusl.Foundation.Reports;
using L4ReMusl.HostTools;
using L4ReMusl.Tests.Support;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace L4ReMusl.Tests.HostTools;

/// <summary>A host with its own PATH: the test decides which tools exist and what apt-get does.</summary>
public sealed class FakeHost : IDisposable
{
    readonly TempFolder folder = new();
    readonly LogLines lines = new();

    public HostSystem System { get; init; } = new("Debian GNU/Linux 12", IsDebianLike: true, IsRoot: true);

    public ToolEnvironment Environment => ToolEnvironment.From(
        [KeyValuePair.Create("PATH", folder["bin"]), KeyValuePair.Create("https_proxy", "http://proxy.example:3128")]);

    public ToolRunner Runner => new(Environment);

    public HostInventory Inventory => new(Runner);

    public string LogFile => folder["logs", "provision.log"];

    /// <summary>The whole log as one text.</summary>
    public string Log => string.Join('\n', lines.Messages);

    /// <summary>The calls of apt-get and sudo so far, one per line.</summary>
    public string[] Calls => File.Exists(folder["calls"]) ? File.ReadAllLines(folder["calls"]) : [];

    public string PathOf(string tool) => folder["bin", tool];

    /// <summary>Puts a program into the PATH.</summary>
    /// <remarks>
    /// Another process writes the file: a child that a parallel test starts would inherit the open file from this process, and a
    /// program that is open for writing cannot be started.
    /// </remarks>
    public FakeHost With(string tool, string script)
    {
        Tools.OfHost.Run(
            new ToolInvocation("install", "-D", "-m", "755", "/dev/stdin", PathOf(tool)) { Input = $"#!/bin/sh\n{script}\n" })
            .OrThrow($"write the program '{tool}'");
        return this;
    }

    public FakeHost WithVersion(string tool, string version) => With(tool, $"echo '{version}'");

    /// <summary>
    /// An apt-get that records its calls and installs: <c>INSTALLS</c> in the script is replaced by commands that make
    /// <paramref name="tool"/> appear in the PATH.
    /// </summary>
    public FakeHost WithAptGet(string script = "INSTALLS", string tool = "make")
    {
        var installs = $"printf '#!/bin/sh\\necho {tool} 9.9\\n' > '{PathOf(tool)}'; /bin/chmod 755 '{PathOf(tool)}'";
        return With("apt-get",
            $"echo \"apt-get $* [$DEBIAN_FRONTEND] [$https_proxy]\" >> '{folder["calls"]}'\ncd '{folder.Path}'\n"
            + script.Replace("INSTALLS", installs, StringComparison.Ordinal));
    }

    /// <summary>
    /// A sudo that records its calls and, if the user may, runs the command with an empty environment, much like the real one.
    /// </summary>
    public FakeHost WithSudo(bool mayRun = true) => With("sudo",
        $"echo \"sudo $*\" >> '{folder["calls"]}'\n[ \"$1\" = -n ] || exit 2\nshift\n"
        + (mayRun ? "exec /usr/bin/env -i PATH=/usr/bin:/bin \"$@\"" : "echo 'sudo: a password is required' >&2; exit 1"));

    public ProvisionResult Provision(
        IReadOnlyList<HostTool> tools, bool mayInstall = true, string prohibition = "'--no-provision' forbids it")
    {
        using var logger = new LoggerConfiguration().WriteTo.Sink(lines).CreateLogger();
        var aptGet = new AptGet(Runner, Environment, System, logger)
        {
            LockPause = TimeSpan.Zero,
            ProgressInterval = TimeSpan.Zero,
        };
        return new Provisioner(Inventory, aptGet, System, logger)
            .Provision(tools, mayInstall ? Verdict.Good : Verdict.Bad(prohibition), LogFile);
    }

    public void Dispose() => folder.Dispose();

    sealed class LogLines : ILogEventSink
    {
        public List<string> Messages { get; } = [];

        public void Emit(LogEvent logEvent) => Messages.Add(logEvent.RenderMessage());
    }
}
