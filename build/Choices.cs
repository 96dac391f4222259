using System.Runtime.CompilerServices;

/// <summary>The valid values of parameters for NUKE's shell completion; each member has its parameter's name.</summary>
static class Choices
{
    public static IEnumerable<string> Architectures => Values();

    public static IEnumerable<string> Components => Values();

    public static IEnumerable<string> Flavours => Values();

    public static IEnumerable<string> Image => Values();

    public static IEnumerable<string> ImageFormats => Values();

    public static IEnumerable<string> Languages => Values();

    public static IEnumerable<string> RemoteCacheMode => Values();

    public static IEnumerable<string> RustTargets => Values();

    public static IEnumerable<string> SmokeLevel => Values();

    static IReadOnlyList<string> Values([CallerMemberName] string key = "") =>
        BuildModel.CommandLine.Parameters.Single(parameter => parameter.Key == key).ValidValues!;
}
