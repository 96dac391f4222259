using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Packs;

/// <summary>Signatures of packs: those of <c>ssh-keygen -Y</c>, over the sums of all files.</summary>
/// <param name="tools">Runs <c>ssh-keygen</c>.</param>
public sealed class PackSignature(ToolRunner tools)
{
    /// <summary>The name of the signature's file.</summary>
    public const string FileName = Sha256Sums.FileName + ".sig";

    /// <summary>What the signature is for, so that no other signature of the same key can pass as one.</summary>
    public const string Namespace = "l4re-musl";

    const string Tool = "ssh-keygen";

    /// <summary>The public key of a signing key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="BuildException">It is no key that signs without asking for a passphrase.</exception>
    public string PublicKeyOf(SshKey key) =>
        // The empty passphrase keeps it from asking for one.
        key.Use(file => Text(tools.Run(new ToolInvocation(Tool, "-y", "-P", "", "-f", file)) is { Succeeded: true } answer
            ? answer.Output
            : throw Unusable(key)));

    /// <summary>Signs the sums in a folder.</summary>
    /// <exception cref="BuildException">The key cannot be used.</exception>
    public void Sign(string folder, SshKey key) => key.Use(file =>
        tools.Run(new ToolInvocation(Tool, "-Y", "sign", "-f", file, "-n", Namespace, Path.Combine(folder, Sha256Sums.FileName)))
            .OrThrow("sign the pack"));

    /// <summary>Says who signed the sums in a folder.</summary>
    /// <param name="folder">The folder, which has a signature.</param>
    /// <param name="allowedSigners">
    /// The file that lists who may sign, in the form that <c>ssh-keygen</c> documents as "ALLOWED SIGNERS".
    /// </param>
    /// <exception cref="BuildException">Nobody in the list did, or the signature is not one of these sums.</exception>
    public string Verify(string folder, string allowedSigners)
    {
        var (sums, signature) = (Path.Combine(folder, Sha256Sums.FileName), Path.Combine(folder, FileName));
        var found = tools.Run(new ToolInvocation(Tool, "-Y", "find-principals", "-s", signature, "-f", allowedSigners));
        var signer = found.Output.Split('\n')[0];
        if (!found.Succeeded || signer.Length == 0)
            throw new BuildException($"{FileName} is not by anybody whom '{allowedSigners}' lists.");
        var answer = tools.Run(new ToolInvocation(
            Tool, "-Y", "verify", "-f", allowedSigners, "-I", signer, "-n", Namespace, "-s", signature)
        {
            Input = File.ReadAllText(sums),
        });
        return answer.Succeeded ? signer : throw new BuildException(
            $"{FileName} is not a signature of {Sha256Sums.FileName} by {signer}: {Text(answer.Output + answer.Error)}");
    }

    /// <summary>Says which key signed the sums in a folder, whoever's it is.</summary>
    /// <exception cref="BuildException">The signature is not one of these sums.</exception>
    public string KeyOf(string folder)
    {
        var answer = tools.Run(new ToolInvocation(
            Tool, "-Y", "check-novalidate", "-n", Namespace, "-s", Path.Combine(folder, FileName))
        {
            Input = File.ReadAllText(Path.Combine(folder, Sha256Sums.FileName)),
        });
        return answer.Succeeded
            ? answer.Output.Trim().Split(' ')[^1]
            : throw new BuildException($"{FileName} is not a signature of {Sha256Sums.FileName}: {Text(answer.Error)}");
    }

    static BuildException Unusable(SshKey key) => new(
        $"{key.Origin} is not a private key of SSH without a passphrase. Make one with: ssh-keygen -t ed25519 -N '' -f pack.key");

    static string Text(string output) => output.Trim().ReplaceLineEndings(" ");
}

/// <summary>A private key of SSH: a file, or the text of one.</summary>
/// <param name="Origin">Where it comes from, for messages, which never contain the key itself.</param>
/// <param name="File">The file; <see langword="null"/> if there is only the text.</param>
/// <param name="Text">The text.</param>
public sealed record SshKey(string Origin, string? File, string? Text)
{
    /// <summary>Does something with the key's file, which is a temporary one if there is only the text.</summary>
    public T Use<T>(Func<string, T> action)
    {
        if (File is not null)
            return action(File);
        using var scratch = new ScratchFolder();
        var file = Path.Combine(scratch.Path, "key");
        using (var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(Text!.TrimEnd() + "\n");
        }

        return action(file);
    }

    /// <summary>Never shows the key.</summary>
    public override string ToString() => Origin;
}
