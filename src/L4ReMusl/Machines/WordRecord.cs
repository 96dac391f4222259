using System.Text.Json;
using System.Text.RegularExpressions;
using L4ReMusl.Foundation.Text;

namespace L4ReMusl.Machines;

/// <summary>
/// An object in the file of an architecture. Its texts become parts of scripts and of file names, so each must be a word without
/// characters that are special there.
/// </summary>
sealed partial class WordRecord
{
    readonly string path;
    readonly JsonRecord record;

    WordRecord(string path, JsonRecord record) => (this.path, this.record) = (path, record);

    /// <summary>Reads an object of which every field must be known.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="owner">What the object describes, for messages.</param>
    /// <param name="json">The object.</param>
    /// <param name="read">Reads its fields.</param>
    /// <exception cref="BuildException">A field is missing, wrong or unknown.</exception>
    public static T ReadAll<T>(string path, string owner, JsonElement json, Func<WordRecord, T> read) =>
        ReadAll(path, new JsonRecord(path, owner, json), read);

    /// <summary>A word.</summary>
    public string Word(string name) => Checked(name, record.Text(name));

    /// <summary>A word; <see langword="null"/> if the field is not there.</summary>
    public string? WordOrNull(string name) => record.Has(name) ? Word(name) : null;

    /// <summary>A list of words, which may be empty.</summary>
    public IReadOnlyList<string> Words(string name) => [.. record.Texts(name).Select(text => Checked(name, text))];

    /// <summary>A list of words that is not empty.</summary>
    public IReadOnlyList<string> SomeWords(string name) => Words(name) is { Count: > 0 } words
        ? words
        : throw new BuildException($"{path}: '{name}' is an empty list; it must have at least one entry.");

    /// <summary>A number from 1 to <paramref name="last"/>.</summary>
    public int Number(string name, int last) => record.Number(name) is var number && number >= 1 && number <= last
        ? (int)number
        : throw new BuildException($"{path}: '{name}' is {number}; it must be from 1 to {last}.");

    /// <summary>Whether a field is there and true.</summary>
    public bool IsSet(string name) => record.Has(name) && record.Flag(name);

    /// <summary>One of several words, and what it stands for.</summary>
    public T Choice<T>(string name, params (string Word, T Meaning)[] choices)
    {
        var word = Word(name);
        var index = Array.FindIndex(choices, choice => choice.Word == word);
        return index >= 0
            ? choices[index].Meaning
            : throw new BuildException(
                $"{path}: '{name}' is '{word}'; it must be {string.Join(" or ", choices.Select(c => $"'{c.Word}'"))}.");
    }

    /// <summary>The same; <see langword="null"/> if the field is not there.</summary>
    public T? ChoiceOrNull<T>(string name, params (string Word, T Meaning)[] choices) =>
        record.Has(name) ? Choice(name, choices) : default;

    /// <summary>An object.</summary>
    public T Part<T>(string name, Func<WordRecord, T> read) => ReadAll(path, record.Object(name, $"'{name}'"), read);

    /// <summary>An object; <see langword="null"/> if the field is not there.</summary>
    public T? PartOrNull<T>(string name, Func<WordRecord, T> read)
        where T : class => record.Has(name) ? Part(name, read) : null;

    static T ReadAll<T>(string path, JsonRecord record, Func<WordRecord, T> read)
    {
        var result = read(new WordRecord(path, record));
        record.Finish();
        return result;
    }

    string Checked(string name, string text) => Pattern().IsMatch(text)
        ? text
        : throw new BuildException($"{path}: '{name}' is '{text}'; it must be one word of letters, digits and '+,-./=_'.");

    [GeneratedRegex(@"^[A-Za-z0-9+,\-./=_]+\z")]
    private static partial Regex Pattern();
}
