using System.Text.Json.Serialization;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Stages;

/// <summary>The record of a finished stage.</summary>
/// <param name="Inputs">The fingerprint's entries.</param>
/// <param name="OutputState">The state of the result right after it was made (see <see cref="FileTree.State"/>).</param>
/// <param name="Figures">The figures that the stage reported.</param>
public sealed record StageStamp(IReadOnlyDictionary<string, string> Inputs, string OutputState, IReadOnlyList<Figure> Figures)
{
    /// <summary>Reads a stamp.</summary>
    /// <returns>The stamp; <see langword="null"/> if it is missing or unreadable.</returns>
    public static StageStamp? Read(string path)
    {
        var stamp = JsonFile.Read(path, StampJson.Default.StageStamp);
        return stamp is { Inputs: not null, OutputState: not null, Figures: not null } ? stamp : null;
    }

    /// <summary>Writes the stamp, whole or not at all.</summary>
    public void Write(string path) => JsonFile.Write(path, this, StampJson.Default.StageStamp);
}

// Generated serialisers: reflection would cost a no-op build tens of milliseconds.
[JsonSerializable(typeof(StageStamp))]
[JsonSourceGenerationOptions(WriteIndented = true)]
sealed partial class StampJson : JsonSerializerContext;
