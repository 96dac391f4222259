using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Bootstrap.Tests;

/// <summary>
/// A small copy of the repository: its bootstrap and build settings, empty libraries, and instead of the build a program that
/// prints what the bootstrap passes to it. It lies in a folder with a space in its name.
/// </summary>
public sealed class Repository : IDisposable
{
    /// <summary>The repository that is copied.</summary>
    public static string Source { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(x => x.Key == "RepositoryRoot").Value!;

    const string Library = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <RestorePackagesWithLockFile>false</RestorePackagesWithLockFile>
          </PropertyGroup>
        </Project>
        """;

    readonly string folder = Directory.CreateTempSubdirectory("bootstrap-").FullName;

    public Repository()
    {
        Root = Path.Combine(folder, "a folder");
        Directory.CreateDirectory(Root);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101); // Readable for others, but not writable.
        foreach (var file in new[] { "build.sh", "build.cmd", "build/cache.sh", "build/_build.csproj" })
            Copy(file);
        foreach (var file in new[] { "global.json", ".editorconfig" })
            Copy(file);
        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props" })
            Copy(file);
        Directory.CreateDirectory(Path.Combine(Root, ".nuke"));
        Write("src/L4ReMusl/L4ReMusl.csproj", Library);
        Write("src/NukeStandIn/NukeStandIn.csproj", Library);
        WriteBuild("first");
    }

    public string Root { get; }

    /// <summary>The cache of compiled builds that is used if a test names no other.</summary>
    public CacheFolder Cache => new(Locate(CacheFolder.Own));

    /// <summary>Makes the build and its libraries need a package. They have a lock file, like those of the repository.</summary>
    public void AddPackage(string id, string version)
    {
        var packages = Locate("Directory.Packages.props");
        File.WriteAllText(packages, File.ReadAllText(packages)
            .Replace(
                "  </ItemGroup>",
                $"    <PackageVersion Include=\"{id}\" Version=\"{version}\" />\n  </ItemGroup>",
                StringComparison.Ordinal));
        Write("src/L4ReMusl/L4ReMusl.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="{id}" /></ItemGroup></Project>
            """);
    }

    /// <summary>Makes an ordinary user the owner.</summary>
    public void GiveToNobody()
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        using var change = Run.Start("chown", Root, [], "-R", "65534:65534", Root);
        change.ExitCode.Should().Be(0, change.Errors);
    }

    public string Locate(string relative) => Path.Combine(Root, relative);

    public void Write(string relative, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Locate(relative))!);
        File.WriteAllText(Locate(relative), content);
    }

    /// <summary>Writes a program that prints a text, arguments, folders and variables, and returns <c>EXIT_CODE</c>.</summary>
    public void WriteBuild(string text) => Write("build/Build.cs", $$"""
        using System.Collections;

        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(x => (string)x.Key, x => (string?)x.Value);
        string[] names =
        [
            "HOST", "TARGET", "ROOT", "SKIP", "PROFILE", "HELP",
            "PLAN", "VERBOSITY", "CONTINUE", "NOLOGO", "PARTITION", "STRICT",
        ];
        Console.WriteLine($"{{text}}|{string.Join('+', args)}|{variables["NUKE_ROOT"]}|{Environment.CurrentDirectory}|");
        var platform = variables.GetValueOrDefault("PLATFORM");
        Console.WriteLine($"hijackers: {names.Count(variables.ContainsKey)}, platform: {platform}");
        return int.Parse(variables.GetValueOrDefault("EXIT_CODE") ?? "0");
        """);

    /// <summary>Makes it a fresh clone again, but for the cache and lock files in it.</summary>
    public void Forget()
    {
        foreach (var file in Directory.GetFiles(Locate(".nuke/temp")))
            File.Delete(file);
        foreach (var folder in new[] { "build/bin", "build/obj" })
            Directory.Delete(Locate(folder), recursive: true);
    }

    public Run Start(params string[] arguments) => Run.Start("./build.sh", Root, [], arguments);

    public void Dispose()
    {
        // Unlike root, a user cannot delete what is in a folder that a test has made read-only.
        if (!Environment.IsPrivilegedProcess)
        {
            using var change = Run.Start("chmod", folder, [], "-R", "u+rwX", folder);
            change.ExitCode.Should().Be(0, change.Errors);
        }

        Directory.Delete(folder, recursive: true);
    }

    void Copy(string relative)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Locate(relative))!);
        File.Copy(Path.Combine(Source, relative), Locate(relative));
    }
}

/// <summary>A started program.</summary>
public sealed class Run : IDisposable
{
    readonly Process process;
    readonly Task<string> output;
    readonly Task<string> errors;

    Run(Process process)
    {
        this.process = process;
        this.process.StandardInput.Close();
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public static Run Start(string program, string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        // Through a shell, because only a shell starts a file without a #! line, such as build.cmd.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "\"$@\"", "sh", program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var name in new[] { "NUKE_ENGINE", "GITHUB_ACTIONS", "TF_BUILD" })
            start.Environment.Remove(name);
        start.Environment["TERM"] = "dumb";
        start.Environment["NUKE_CACHE_FOLDER"] = CacheFolder.Own;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new Run(Process.Start(start)!);
    }

    public int ExitCode
    {
        get
        {
            process.WaitForExit();
            return process.ExitCode;
        }
    }

    public string Output => output.Result;

    /// <summary>The output of build.sh itself.</summary>
    public string Errors => errors.Result;

    public bool HasCompiled => Errors.Contains("compiling the build", StringComparison.Ordinal);

    public bool HasTakenFromCache => Errors.Contains("taking the compiled build from ", StringComparison.Ordinal);

    /// <summary>Waits for its end.</summary>
    public Run Finished()
    {
        process.WaitForExit();
        Task.WaitAll(output, errors);
        return this;
    }

    public void Kill() => process.Kill(entireProcessTree: true);

    public void Dispose() => process.Dispose();
}
