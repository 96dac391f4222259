using System.Text.Json;

namespace L4ReMusl.CommandLine;

/// <summary>Checks the files that NUKE reads parameters from, which it otherwise complains about once for each parameter.</summary>
/// <param name="folder">The folder <c>.nuke</c> of the repository.</param>
public sealed class ParameterFileCheck(string folder)
{
    // What NUKE lets pass as well.
    static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Passes if each profile has its file, and each file holds a JSON object.</summary>
    /// <exception cref="BuildException">It is not so.</exception>
    public void Verify(IEnumerable<string> profiles)
    {
        foreach (var profile in profiles.Where(profile => !File.Exists(FileOf(profile))))
            throw new BuildException($"There is no profile '{profile}': make {FileOf(profile)}, or leave '--profile {profile}' out.");
        foreach (var file in profiles.Select(FileOf).Append(Path.Combine(folder, "parameters.json")).Where(File.Exists))
            VerifyObject(file);
    }

    string FileOf(string profile) => Path.Combine(folder, $"parameters.{profile}.json");

    static void VerifyObject(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new BuildException($"{file} holds no JSON object; write it as {{ \"Jobs\": \"4\" }}.");
        }
        catch (JsonException e)
        {
            throw new BuildException($"{file} is not JSON: {e.Message} Write it as {{ \"Jobs\": \"4\" }}.", e);
        }
    }
}
