using System.IO.Compression;
using System.Text;
using L4ReMusl.Tests.Support;

namespace Bootstrap.Tests;

/// <summary>
/// A folder of NuGet packages without content, and a server of advisories beside it, like the package sources of a machine.
/// </summary>
/// <param name="folder">The folder; created when needed.</param>
sealed class PackageFeed(string folder)
{
    /// <summary>A dependency of Nuke.Common that has advisories.</summary>
    public const string Xml = "System.Security.Cryptography.Xml";

    public string Folder => Directory.CreateDirectory(folder).FullName;

    public PackageFeed Add(string id, string version, params (string Id, string Version)[] dependencies)
    {
        using var package = ZipFile.Open(Path.Combine(Folder, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        Write(package, $"{id}.nuspec", $"""
            <?xml version="1.0"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
            <id>{id}</id><version>{version}</version><authors>nobody</authors><description>empty</description>
            <dependencies><group targetFramework="net10.0">{string.Concat(dependencies.Select(x =>
                $"<dependency id=\"{x.Id}\" version=\"{x.Version}\" />"))}</group></dependencies>
            </metadata></package>
            """);
        Write(package, "lib/net10.0/_._", "");
        return this;
    }

    /// <summary>Adds the engine, as a source of this version has it.</summary>
    public PackageFeed AddNuke(string version, string xml = "9.0.0") =>
        Add("Nuke.Common", version, (Xml, xml)).Add("Nuke.Components", version, ("Nuke.Common", version));

    /// <summary>A source with one advisory about all versions of a package, in NuGet's VulnerabilityInfo format.</summary>
    public static LoopbackServer Advisories(string package)
    {
        LoopbackServer? server = null;
        server = new LoopbackServer(context => LoopbackServer.Send(context, Encoding.UTF8.GetBytes(
            context.Request.Url!.AbsolutePath switch
            {
                "/index.json" => $$"""{ "version": "3.0.0", "resources": [{ "@id": "{{server!.Url}}pages.json","""
                    + """ "@type": "VulnerabilityInfo/6.7.0" }] }""",
                "/pages.json" => $$"""[{ "@name": "all", "@id": "{{server!.Url}}all.json","""
                    + """ "@updated": "2026-11-01T00:00:00Z" }]""",
                _ => $$"""{ "{{package.ToLowerInvariant()}}": [{ "url": "https://example.org/advisory-1","""
                    + """ "severity": 2, "versions": "(, )" }] }""",
            })));
        return server;
    }

    /// <summary>The text of a <c>nuget.config</c> with these sources, and no others.</summary>
    public static string Configuration(IEnumerable<string> sources, string? audit = null) => $"""
        <configuration>
          <packageSources><clear />{string.Concat(sources.Select(Source))}</packageSources>
          <auditSources><clear />{(audit is null ? "" : Source(audit, 0))}</auditSources>
        </configuration>
        """;

    static string Source(string place, int number) =>
        $"<add key=\"source{number}\" value=\"{place}\" allowInsecureConnections=\"true\" />";

    static void Write(ZipArchive package, string name, string content)
    {
        using var entry = package.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(content));
    }
}
