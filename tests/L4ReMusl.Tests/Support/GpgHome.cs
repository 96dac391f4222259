using L4ReMusl.Foundation.Processes;

namespace L4ReMusl.Tests.Support;

/// <summary>Keys and signatures made with the real gpg, in a separate home folder.</summary>
public sealed class GpgHome : IDisposable
{
    readonly TempFolder folder = new("gpg-");

    public GpgHome()
    {
        Run(
            folder.Path, "--pinentry-mode", "loopback", "--passphrase", "", "--quick-generate-key", "Test <test@example.org>",
            "ed25519", "sign", "never");
        Fingerprint = Run(folder.Path, "--with-colons", "--list-keys").Split('\n')
            .First(line => line.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];
    }

    public string Fingerprint { get; }

    public void ExportKey(string file) => Run(folder.Path, "--armor", "--output", file, "--export");

    public void Sign(string file, string signature) => Run(folder.Path, "--armor", "--output", signature, "--detach-sign", file);

    public void ClearSign(string file, string output) => Run(folder.Path, "--output", output, "--clearsign", file);

    public static string Run(string home, params string[] arguments) =>
        Tools.OfHost.Run(new ToolInvocation("gpg", ["--batch", "--no-tty", "--homedir", home, .. arguments]))
            .OrThrow("run gpg").Output;

    public void Dispose()
    {
        Tools.OfHost.Run(new ToolInvocation("gpgconf", "--homedir", folder.Path, "--kill", "all"));
        folder.Dispose();
    }
}
