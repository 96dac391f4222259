using System.Text;
using System.Text.RegularExpressions;

namespace L4ReMusl.Musl;

/// <summary>Compiles musl's objects with fewer starts of the compiler than musl's own makefile, which has one per file.</summary>
/// <remarks>
/// <c>make -n</c> says how each object is compiled. Those in one folder whose commands differ in the file only make a batch: the
/// compiler's driver gets all its files at once. A batch works in a folder of its own, because the driver puts all objects into
/// the current one; links there let all paths stay as they are, so the objects have the same bytes. What is not understood is
/// left to make. A third of a build's processor time is in the kernel, where most of it goes into starting processes.
/// </remarks>
public sealed partial class ObjectBatches
{
    /// <summary>The name of the makefile, and its goal.</summary>
    public const string Makefile = "batches.mk", Goal = "batches";

    /// <summary>The folder in which batches work, in the one in which musl is compiled; none of it may be there before.</summary>
    public const string Folder = "batches";

    const string Done = "objects: ";

    // Larger ones save no time, and the last one would keep a single processor busy.
    const int Size = 24;

    readonly List<Batch> batches;

    /// <summary>Finds the batches.</summary>
    /// <param name="commands">What <c>make -n</c> says.</param>
    public ObjectBatches(IEnumerable<string> commands)
    {
        var objects =
            from line in commands
            let match = Compilation().Match(line)
            where match.Success
            let path = match.Groups["object"].Value
            let source = match.Groups["source"].Value
            where Path.GetFileNameWithoutExtension(path) == Path.GetFileNameWithoutExtension(source)
            group source by (
                Command: match.Groups["command"].Value, Folder: Path.GetDirectoryName(path)!, Extension: Path.GetExtension(path));
        batches =
        [
            .. from alike in objects
               from sources in alike.DistinctBy(Path.GetFileNameWithoutExtension).Chunk(Size)
               orderby sources.Length descending // The last ones are small.
               select new Batch(alike.Key.Command, alike.Key.Folder, alike.Key.Extension, sources),
        ];
    }

    /// <summary>The number of objects that a line of the makefile's output says are done.</summary>
    public static int CompiledIn(string line) =>
        line.StartsWith(Done, StringComparison.Ordinal) ? int.Parse(line.AsSpan(Done.Length), provider: null) : 0;

    /// <summary>The makefile, for the folder in which musl is compiled.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("include Makefile\n");
        var goals = string.Join(' ', batches.Index().Select(batch => $"batch-{batch.Index}"));
        text.Append($".PHONY: {Goal} {goals}\n{Goal}: {goals}\n{goals}: $(GENH) $(GENH_INT)\n");
        foreach (var (index, batch) in batches.Index())
            text.Append($"batch-{index}:\n").AppendJoin("", batch.Recipe($"{Folder}/{index}").Select(line => $"\t{line}\n"));
        return text.ToString();
    }

    [GeneratedRegex(@"^(?<command>\S+ (.* )?-c) -o (?<object>obj/\S+\.l?o) (?<source>src/\S+\.[csS])$")]
    private static partial Regex Compilation();

    sealed record Batch(string Command, string Target, string Extension, IReadOnlyList<string> Sources)
    {
        public IEnumerable<string> Recipe(string work)
        {
            var command = Command.Replace("$", "$$", StringComparison.Ordinal);
            var names = string.Join(' ', Sources.Select(Path.GetFileNameWithoutExtension));
            return
            [
                $"@mkdir -p {Target} {work} && ln -s ../../src ../../obj {work}",
                $"cd {work} && PWD={DebugSymbols.WorkFolder} {command} {string.Join(' ', Sources)}",
                $"@for name in {names}; do mv {work}/$$name.o {Target}/$$name{Extension} || exit 1; done",
                $"@echo '{Done}{Sources.Count}'",
            ];
        }
    }
}
