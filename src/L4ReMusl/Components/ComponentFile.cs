using System.Text.Json;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Musl;
using L4ReMusl.Sources;

namespace L4ReMusl.Components;

/// <summary>Reads the file that describes a component. Its fields are explained in <c>config/components/README.md</c>.</summary>
static class ComponentFile
{
    /// <summary>Reads a component.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="BuildException">The file cannot be read, or something in it is wrong.</exception>
    public static Component Read(string folder)
    {
        var path = Path.Combine(folder, Component.FileName);
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            return Read(path, Path.GetFileName(folder), json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BuildException($"{path} does not describe a component: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException($"The component of {path} cannot be read: {e.Message}", e);
        }
    }

    static Component Read(string path, string name, JsonElement json)
    {
        var record = new JsonRecord(path, name, json);
        CheckOrigin(path, record);
        var component = new Component(
            name,
            record.Text("description"),
            Path.GetDirectoryName(path)!)
        {
            Crate = record.Has("crate") ? record.Text("crate") : null,
            Script = Script(path, name, record),
            Dependencies = Texts(record, "dependsOn"),
            Languages = [.. Texts(record, "languages").Select(language => LanguageOf(path, language))],
            HostTools = [.. Objects(record, "hostTools", "a host tool").Select(Tool)],
            Shells = Texts(record, "shells"),
            Init = record.Has("init") ? record.Text("init") : null,
            Replaces = Texts(record, "replaces"),
            Identity = new ComponentIdentity(
                record.Has("licence") ? record.Text("licence") : null,
                record.Has("cpe") ? record.Text("cpe") : null,
                Texts(record, "repositories")),
            Checks = [.. Objects(record, "checks", "a check").Select(Check)],
        };
        record.Finish();
        Verify(path, component);
        return component;
    }

    // A component is built by its script, from an archive or from sources of its own, or it is a crate, which cargo builds.
    static void CheckOrigin(string path, JsonRecord record)
    {
        var folder = Path.GetDirectoryName(path)!;
        var script = Path.Combine(folder, ComponentScript.FileName);
        var own = Path.Combine(folder, ComponentScript.OwnSources);
        if (record.Has("build"))
            throw new BuildException($"{path} has 'build', but the script is a separate file: move these lines to {script}.");
        string[] origins =
        [
            .. record.Has("source") ? ["'source'"] : (string[])[],
            .. record.Has("crate") ? ["'crate'"] : (string[])[],
            .. Directory.Exists(own) ? [$"the folder {own}"] : (string[])[],
        ];
        if (origins.Length != 1)
        {
            throw new BuildException(
                $"{path} must have either 'source', an archive that the script '{ComponentScript.FileName}' beside it builds, "
                + $"or 'crate', a crate in this repository, or a folder '{ComponentScript.OwnSources}' beside it, with sources "
                + $"for the script, but it has {(origins.Length == 0 ? "none" : string.Join(" and ", origins))}.");
        }

        if (record.Has("crate") && Path.Exists(script))
        {
            throw new BuildException(
                $"{path} has 'crate', which cargo builds, but there is also the script {script}; remove one of them.");
        }
    }

    static ComponentScript? Script(string path, string name, JsonRecord record) => record.Has("crate")
        ? null
        : ComponentScript.In(
            Path.GetDirectoryName(path)!,
            record.Has("source") ? ArchiveRecord.Read(path, record.Object("source", $"the sources of {name}")) : null);

    static Language LanguageOf(string path, string name) => Language.All.FirstOrDefault(language => language.Name == name)
        ?? throw new BuildException(
            $"{path}: '{name}' is not a language of prefixes. Valid: {string.Join(", ", Language.All)}.");

    static ComponentTool Tool(JsonRecord record)
    {
        var tool = new ComponentTool(record.Text("program"), record.Text("package"));
        record.Finish();
        return tool;
    }

    static ComponentCheck Check(JsonRecord record)
    {
        var check = new ComponentCheck(record.Text("name"), record.Texts("run"), record.Text("prints"))
        {
            IsForBootedSystem = record.Has("bootedOnly") && record.Flag("bootedOnly"),
        };
        record.Finish();
        return check;
    }

    static void Verify(string path, Component component)
    {
        if (component.Source?.Name is { } source && source != component.Name)
        {
            throw new BuildException(
                $"{path} has the sources of '{source}', but its folder is named '{component.Name}'; give both the same name.");
        }

        foreach (var program in component.Brings.Concat(component.Replaces).Where(program => !program.StartsWith('/')))
            throw new BuildException($"{path}: '{program}' must be a path in the root file system that begins with a slash.");
        foreach (var check in component.Checks)
        {
            if (check.Name.Length == 0 || !check.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            {
                throw new BuildException(
                    $"{path}: the name of the check '{check.Name}' must consist of letters, digits, '-', '_' and '.'.");
            }

            if (check.Command is not [['/', ..], ..])
            {
                throw new BuildException(
                    $"{path}: 'run' of the check '{check.Name}' must begin with the path of a program in the root file system.");
            }
        }
    }

    static IReadOnlyList<string> Texts(JsonRecord record, string name) => record.Has(name) ? record.Texts(name) : [];

    static IEnumerable<JsonRecord> Objects(JsonRecord record, string name, string describes) =>
        record.Has(name) ? record.Objects(name, describes) : [];
}
