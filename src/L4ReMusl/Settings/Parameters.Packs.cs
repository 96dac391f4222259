namespace L4ReMusl.Settings;

// What is published.
public static partial class Parameters
{
    const string Packs = "Packs";

    /// <summary>See <see cref="PackFolder"/>.</summary>
    public const string PackFolderText = "Folder that Verify checks: a pack, wherever it comes from.";

    /// <summary>See <see cref="SigningKey"/>.</summary>
    public const string SigningKeyText = "File of the private SSH key, without a passphrase, that Pack signs with.";

    /// <summary>See <see cref="AllowedSigners"/>.</summary>
    public const string AllowedSignersText = "File that lists who may sign packs, in the form that 'man ssh-keygen' calls "
        + "ALLOWED SIGNERS; Verify then refuses all others, and packs without a signature.";

    /// <summary>The folder of a pack to verify, as a full path; <see langword="null"/> for this build's own.</summary>
    public static Parameter<string?> PackFolder { get; } = OfFile(nameof(PackFolder), PackFolderText) with
    {
        Placeholder = "FOLDER",
        Default = "out/pack",
        Rule = new("a folder that exists", Directory.Exists),
    };

    /// <summary>The file of the key to sign with, as a full path; <see langword="null"/> for no signature.</summary>
    public static Parameter<string?> SigningKey { get; } = OfFile(nameof(SigningKey), SigningKeyText);

    /// <summary>The file that lists who may sign, as a full path; <see langword="null"/> if anybody may.</summary>
    public static Parameter<string?> AllowedSigners { get; } = OfFile(nameof(AllowedSigners), AllowedSignersText);

    static Parameter<string?> OfFile(string key, string text) => Parameter.Text(key, text, Packs) with
    {
        Parse = words => words is [var file, ..] ? Path.GetFullPath(file) : null,
        Placeholder = "FILE",
        Rule = new("a file that exists", File.Exists),
    };
}
