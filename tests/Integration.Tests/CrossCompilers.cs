using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Integration;

/// <summary>The real cross compilers of this machine, and a folder to compile in.</summary>
public sealed class CrossCompilers : IDisposable
{
    readonly TempFolder temp = new();

    public ToolRunner Runner { get; } = new(ToolEnvironment.FromHost());

    public static IEnumerable<object[]> Architectures => ArchitectureCatalogue.All.Select(a => new object[] { a.Name });

    public static Architecture Named(string name) => ArchitectureCatalogue.All.Single(a => a.Name == name);

    /// <summary>Compiles C source with the glibc cross compiler.</summary>
    public string Compile(string architecture, string source, params string[] options)
    {
        var output = temp[Path.GetRandomFileName()];
        var compiler = Named(architecture).CrossPrefixes[0] + "gcc";
        string[] arguments = ["-x", "c", "-", "-x", "none", "-nostdlib", "-o", output, .. options];
        Runner.Run(new ToolInvocation(compiler, arguments) { Input = source })
            .OrThrow($"compile a test file for {architecture}");
        return output;
    }

    /// <summary>Makes a program that calls another one with more options, like the compilers of some users.</summary>
    public string Wrap(string name, string command)
    {
        File.WriteAllText(temp[name], $"#!/bin/sh\nexec {command} \"$@\"\n");
        File.SetUnixFileMode(temp[name], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return temp[name];
    }

    public void Dispose() => temp.Dispose();
}
