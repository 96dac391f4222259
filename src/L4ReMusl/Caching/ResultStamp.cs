using System.Text.Json;
using System.Text.Json.Serialization;
using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Reports;

namespace L4ReMusl.Caching;

/// <summary>The description of a result in a cache.</summary>
/// <param name="Inputs">The entries of the fingerprint of what it was made from.</param>
/// <param name="Digest">The digest of the result (see <see cref="TreeDigest"/>).</param>
/// <param name="Figures">The figures that the stage reported.</param>
sealed record ResultStamp(IReadOnlyDictionary<string, string> Inputs, string Digest, IReadOnlyList<Figure> Figures)
{
    /// <summary>Reads a stamp that anybody may have written.</summary>
    /// <exception cref="BadResultException">It is damaged, or of another result.</exception>
    public static ResultStamp Parse(ReadOnlySpan<byte> json, Fingerprint inputs)
    {
        var stamp = Parse(json);
        if (stamp is not { Inputs: not null, Digest: not null, Figures: not null } || !stamp.Figures.All(IsPlain))
            throw new BadResultException("its stamp is damaged");
        return new Fingerprint(stamp.Inputs.Select(input => (input.Key, input.Value))).Digest == inputs.Digest
            ? stamp
            : throw new BadResultException("it was made from something else");
    }

    /// <summary>The stamp as JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ResultStampJson.Default.ResultStamp);

    static ResultStamp? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ResultStampJson.Default.ResultStamp);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Figures are shown to the user, perhaps on a terminal.
    static bool IsPlain(Figure? figure) =>
        figure is { Name: not null, Value: not null } && !$"{figure.Name}{figure.Value}".Any(char.IsControl);
}

[JsonSerializable(typeof(ResultStamp))]
[JsonSourceGenerationOptions(WriteIndented = true)]
sealed partial class ResultStampJson : JsonSerializerContext;
