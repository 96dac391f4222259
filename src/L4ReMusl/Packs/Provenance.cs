using System.Text.Json.Nodes;
using L4ReMusl.Sboms;
using static L4ReMusl.Sboms.Document;

namespace L4ReMusl.Packs;

/// <summary>What a pack was made from, and how, as an in-toto statement with the predicate of SLSA 1.0.</summary>
/// <remarks>
/// https://slsa.dev/spec/v1.0/provenance. It says nothing of the machine or the time, so that others can make the same pack.
/// </remarks>
/// <param name="Parameters">What the user asked for: the values of the parameters that results depend on.</param>
/// <param name="Stages">The stages that made the results, each with a hash over its inputs.</param>
/// <param name="Dependencies">All that went in.</param>
/// <param name="Builder">The program that ran the build, and its version.</param>
public sealed record Provenance(
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Stages,
    IReadOnlyList<Dependency> Dependencies,
    IReadOnlyDictionary<string, string> Builder)
{
    /// <summary>The name of the statement's file.</summary>
    public const string FileName = "provenance.intoto.json";

    const string BuildType = "urn:l4re-musl:pack:1", BuilderId = "urn:l4re-musl:build.sh";

    /// <summary>Writes the statement.</summary>
    /// <param name="subjects">The files of the pack.</param>
    public string Describe(IEnumerable<ProductFile> subjects) => Render(Object(
        ("_type", Statement.Type),
        ("subject", Array(subjects.Select(file => Object(
            ("name", file.Name),
            ("digest", Object(("sha256", file.Sha256))))))),
        ("predicateType", Statement.Slsa),
        ("predicate", Object(
            ("buildDefinition", Object(
                ("buildType", BuildType),
                ("externalParameters", Texts(Parameters)),
                ("internalParameters", Object(("stages", Texts(Stages)))),
                ("resolvedDependencies", Array(Dependencies.Select(Describe))))),
            ("runDetails", Object(
                ("builder", Object(("id", BuilderId), ("version", Texts(Builder))))))))));

    static JsonObject Describe(Dependency dependency) => Object(
        ("name", dependency.Name),
        ("uri", dependency.Uri),
        ("digest", dependency.Digests.Count > 0 ? Texts(dependency.Digests) : null),
        ("annotations", dependency.Annotations.Count > 0 ? Texts(dependency.Annotations) : null));

    static JsonObject Texts(IEnumerable<KeyValuePair<string, string>> texts) =>
        Object([.. texts.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => (text.Key, (JsonNode?)text.Value))]);

    /// <summary>The fixed words of a statement.</summary>
    public static class Statement
    {
        /// <summary>Its type.</summary>
        public const string Type = "https://in-toto.io/Statement/v1";

        /// <summary>The type of its predicate.</summary>
        public const string Slsa = "https://slsa.dev/provenance/v1";
    }
}
