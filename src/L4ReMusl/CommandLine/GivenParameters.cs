namespace L4ReMusl.CommandLine;

/// <summary>What the user gave to a run: on the command line, in the environment, and in files, in order of precedence.</summary>
/// <param name="commandLine">What there is to give.</param>
/// <param name="arguments">The command line.</param>
/// <param name="variables">The environment, ambient variables dropped (see <see cref="AmbientEnvironment"/>).</param>
/// <param name="folder">The folder <c>.nuke</c> of the repository.</param>
public sealed class GivenParameters(
    CommandLineInfo commandLine, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, string folder)
{
    readonly ParsedArguments parsed = ParsedArguments.Parse(arguments);

    /// <summary>
    /// The targets to leave out, all that were not asked for if the list is empty, or <see langword="null"/> for none.
    /// </summary>
    public IReadOnlyList<string>? Skipped =>
        (Given("skip")
            ?? Files.Select(file => file.ListOf(EngineParameters.Skip.Key)).OfType<IReadOnlyList<string>>().FirstOrDefault())
        ?.SelectMany(value => value.Split('+')).ToList();

    IReadOnlyList<ParameterFile> Files => field ??= ParameterFile.ReadAll(folder, Given("profile") ?? []);

    /// <summary>Passes what is right.</summary>
    /// <exception cref="BuildException">Something is wrong; the message has all of it, one problem a line.</exception>
    public void Verify()
    {
        List<string> problems =
        [
            .. new ArgumentCheck(commandLine).Problems(arguments),
            .. new EnvironmentCheck(commandLine).Problems(variables),
        ];
        // Which files count, the others decide.
        if (problems.Count == 0)
            problems.AddRange(Files.SelectMany(new ParameterFileCheck(commandLine).Problems));
        if (problems.Count > 0)
            throw new BuildException(string.Join(Environment.NewLine, problems));
    }

    IReadOnlyList<string>? Given(string name) => parsed.ValuesOf(name)
        ?? (variables.FirstOrDefault(variable => AmbientEnvironment.IsFor(variable.Key, name)).Value is { } value
            ? [value]
            : null);
}
