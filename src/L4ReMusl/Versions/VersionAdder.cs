using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Layout;
using L4ReMusl.Patching;
using L4ReMusl.Sources;
using L4ReMusl.Stages;

namespace L4ReMusl.Versions;

/// <summary>Adds a release of musl to the build: a record in the catalogue of sources, and a series of patches.</summary>
/// <param name="layout">Where everything is.</param>
/// <param name="locations">Where to look for its archive.</param>
/// <param name="tools">Runs git and gpg.</param>
/// <param name="policy">How patient downloads are.</param>
public sealed class VersionAdder(BuildLayout layout, ArchiveLocations locations, ToolRunner tools, TransferPolicy? policy = null)
{
    const string Project = "musl";

    /// <summary>Adds a version. If it fails, it changes nothing.</summary>
    /// <param name="version">The version.</param>
    /// <exception cref="BuildException">It already exists, no place has its archive, or the signature is bad.</exception>
    public AddedVersion Add(string version)
    {
        ReleaseRecord.CheckVersion(version);
        var catalogue = SourceCatalogue.Read(layout.SourceCatalogue);
        RefuseWhatIsThere(catalogue, version);
        var newest = ReleaseRecord.Newest(catalogue, Project);
        var folders = new StageFolders(layout.Output);
        var scratch = Directory.CreateDirectory(folders.NewScratch($"version-{version}")).FullName;
        try
        {
            var fetcher = new ReleaseFetcher(
                locations.And(layout.Downloads),
                new SignatureVerifier(tools, layout.SigningKeys),
                policy ?? TransferPolicy.Default);
            var fetched = fetcher.Fetch(ReleaseRecord.For(newest, version), scratch, Path.Combine(scratch, "tree"));
            return Add(fetched, newest.Version, scratch);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException($"{Project} {version} could not be added: {e.Message}", e);
        }
        finally
        {
            StageFolders.Discard(scratch);
        }
    }

    AddedVersion Add(FetchedArchive fetched, string newest, string scratch)
    {
        var (version, tree) = (fetched.Archive.Version, Path.Combine(scratch, "tree"));
        var copies = Directory.CreateDirectory(Path.Combine(scratch, "patches")).FullName;
        // All versions share the series of the l4re flavour, so copies of its patches are not kept.
        var thrownAway = Directory.CreateDirectory(Path.Combine(scratch, "l4re")).FullName;
        var trial = new SeriesTrial(tools);
        var trials = trial.Try(PatchSeries.Read(layout.MuslPatches(newest)), version, tree, copies);
        var flavourTrials = trial.Try(PatchSeries.Read(layout.L4RePatches), version, tree, thrownAway);
        var series = new CarriedSeries(layout.MuslPatches(version), newest, trials);
        File.WriteAllText(Path.Combine(copies, PatchSeries.FileName), series.Text);

        var catalogue = Path.Combine(scratch, "sources.json");
        File.WriteAllText(catalogue, CatalogueEntry.AddTo(File.ReadAllText(layout.SourceCatalogue), fetched.Archive));
        _ = SourceCatalogue.Read(catalogue).Find(Project, version);
        Keep(fetched);
        Publish(copies, version, catalogue);
        var written = FileTree.List(copies)
            .Select(entry => Path.Combine(layout.MuslPatches(version), entry.Path))
            .Prepend(layout.SourceCatalogue);
        return new AddedVersion(fetched, newest, trials, flavourTrials, [.. written.Select(Relative)]);
    }

    void RefuseWhatIsThere(SourceCatalogue catalogue, string version)
    {
        if (catalogue.Archives.Any(archive => archive.Name == Project && archive.Version == version))
        {
            throw new BuildException(
                $"{Project} {version} is already in {Relative(layout.SourceCatalogue)}. Name the version to add with "
                + "--musl-version; to add that one again, first delete its record and its folder of patches.");
        }

        if (Path.Exists(layout.MuslPatches(version)))
        {
            throw new BuildException(
                $"{Relative(layout.MuslPatches(version))} already exists, and is not overwritten; delete it first.");
        }
    }

    // From the cache, later builds get the archive even if the place that it came from is gone.
    void Keep(FetchedArchive fetched)
    {
        var suffix = fetched.Archive.Signature?.Suffix;
        foreach (var file in new[] { fetched.Path, fetched.Path + suffix }.Distinct().Where(File.Exists))
            AtomicFile.Copy(file, Path.Combine(layout.Downloads, Path.GetFileName(file)));
    }

    // The record comes last: without it, the folder has no effect.
    void Publish(string patches, string version, string catalogue)
    {
        var target = layout.MuslPatches(version);
        var beside = Path.Combine(Path.GetDirectoryName(target)!, $".{version}.{Path.GetRandomFileName()}");
        var isPlaced = false;
        try
        {
            FileTree.Copy(patches, beside);
            foreach (var entry in FileTree.List(beside))
                File.SetUnixFileMode(Path.Combine(beside, entry.Path), FileModes.File);
            Directory.Move(beside, target);
            isPlaced = true;
            AtomicFile.Copy(catalogue, layout.SourceCatalogue);
        }
        catch
        {
            FileTree.Delete(isPlaced ? target : beside);
            throw;
        }
    }

    string Relative(string path) => Path.GetRelativePath(layout.Root, path);
}
