using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>A staged prefix, used as a user would.</summary>
sealed class StagedPrefix(Architecture architecture, string path)
{
    public Architecture Architecture => architecture;

    public string Path => path;

    /// <summary>The prefix in the repository's folder <c>out</c>.</summary>
    public static StagedPrefix Of(string architecture) =>
        new(Artefacts.Named(architecture), Artefacts.Layout.Prefix(Artefacts.Named(architecture)));

    /// <summary>A copy of it in another folder.</summary>
    public StagedPrefix CopyTo(string folder)
    {
        FileTree.Copy(path, folder);
        return new StagedPrefix(architecture, folder);
    }

    public string Tool(string name) => System.IO.Path.Combine(path, "bin", $"{architecture.Triple}-{name}");

    public ToolResult TryCompile(string source, string output, params string[] options) =>
        Tools.OfHost.Run(new ToolInvocation(Tool("gcc"), [source, "-o", output, "-O1", "-Wall", .. options]));

    public void Compile(string source, string output, params string[] options) =>
        TryCompile(source, output, options).OrThrow($"compile {source} with {string.Join(' ', options)}");

    /// <summary>Runs a program as the kernel would, with its loader, if it needs one, from this prefix.</summary>
    public ToolResult Run(string program, params string[] arguments) =>
        Artefacts.Emulate(architecture, path, [program, .. arguments]);
}
