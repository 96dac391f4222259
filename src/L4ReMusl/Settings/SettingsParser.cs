using L4ReMusl.CommandLine;
using L4ReMusl.L4Re;
using L4ReMusl.Machines;
using L4ReMusl.Smoke;

namespace L4ReMusl.Settings;

/// <summary>Validates what the user gave, in one place, before anything runs.</summary>
/// <param name="known">All architectures.</param>
public sealed class SettingsParser(IReadOnlyList<Architecture> known)
{
    /// <summary>The version of musl that is built by default.</summary>
    public const string DefaultMuslVersion = "1.2.5";

    /// <summary>Turns text into settings.</summary>
    /// <exception cref="BuildException">A value is wrong, or two conflict; the message says what would be right.</exception>
    public BuildSettings Parse(RawSettings raw)
    {
        var architectures = Parameters.ArchitecturesAmong(known);
        Verify(raw, Parameters.For(known));
        var each = new BuildSettings(raw)
        {
            Architectures = architectures.Parse(raw.Of(architectures)),
            KnownArchitectures = known,
            CrossPrefixes = known
                .Select(architecture => (architecture.Name, Words: raw.Of(Parameters.CrossCompile(architecture))))
                .Where(user => user.Words.Count > 0)
                .ToDictionary(user => user.Name, user => user.Words[0]),
        };
        var settings = each with { Tree = Tree(each) };
        VerifyTogether(settings);
        return settings;
    }

    // Values from NUKE have been checked before, with the name of their variable or file in the message.
    static void Verify(RawSettings raw, IEnumerable<ParameterInfo> parameters)
    {
        var problems = parameters
            .SelectMany(parameter => raw.Of(parameter).SelectMany(word => parameter.Problems($"'{parameter.Option}'", word)))
            .ToList();
        if (problems.Count > 0)
            throw new BuildException(string.Join(Environment.NewLine, problems));
    }

    L4ReTree? Tree(BuildSettings settings) =>
        (settings.Get(Parameters.L4ReSource), settings.Get(Parameters.L4ReBuild)) switch
        {
            (null, null) => null,
            var (source, build) => L4ReTree.Open(source, build, known),
        };

    static void VerifyTogether(BuildSettings settings)
    {
        foreach (var architecture in settings.Architectures)
            _ = settings.KernelHeadersOf(architecture);
        if (settings is { Offline: true, UpdateKernels: true })
            throw new BuildException("--update-kernels needs the network, which --offline forbids; leave one of them out.");
        if (settings.UpdateKernels && settings.Get(Parameters.Locked))
            throw new BuildException("--update-kernels locks other kernels, which --locked forbids; leave one of them out.");
        if (settings is { Tree: null, SmokeLevel: SmokeLevel.L4Re })
            throw new BuildException("--smoke-level l4re needs an L4Re tree; name its build folder with --l4re-build.");
        if (settings is { Tree: null, BootImage: { } image })
            throw new BuildException($"--image {image} is made by an L4Re tree; name its build folder with --l4re-build.");
        if (settings.Tree is { } tree && !settings.Architectures.Contains(tree.Architecture))
        {
            throw new BuildException($"The L4Re build folder '{tree.Build}' is for {tree.Architecture}, which --architectures "
                + $"{string.Join(' ', settings.Architectures)} leaves out; add it, or give a build folder that fits.");
        }
    }
}
