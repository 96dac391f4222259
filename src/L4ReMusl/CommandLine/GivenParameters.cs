namespace L4ReMusl.CommandLine;

/// <summary>
/// What the user gave to a run: on the command line, in the environment, and in files, in order of precedence.
/// </summary>
/// <param name="commandLine">The valid targets and parameters.</param>
/// <param name="arguments">The command line.</param>
/// <param name="variables">The environment without ambient variables (see <see cref="AmbientEnvironment"/>).</param>
/// <param name="folder">The folder <c>.nuke</c> of the repository.</param>
public sealed class GivenParameters(
    CommandLineInfo commandLine, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, string folder)
{
    readonly ParsedArguments parsed = ParsedArguments.Parse(arguments);

    /// <summary>
    /// The targets to leave out; an empty list stands for all that were not asked for, <see langword="null"/> for none.
    /// </summary>
    public IReadOnlyList<string>? Skipped =>
        (Given("skip")
            ?? Files.Select(file => file.ListOf(EngineParameters.Skip.Key)).OfType<IReadOnlyList<string>>().FirstOrDefault())
        ?.SelectMany(value => value.Split('+')).ToList();

    IReadOnlyList<ParameterFile> Files => field ??= ParameterFile.ReadAll(folder, Given("profile") ?? []);

    /// <summary>Validates all of it.</summary>
    /// <exception cref="BuildException">Something is wrong; the message lists all problems, one per line.</exception>
    public void Verify()
    {
        List<string> problems =
        [
            .. new ArgumentCheck(commandLine).Problems(arguments),
            .. new EnvironmentCheck(commandLine).Problems(variables),
        ];
        // Arguments and variables decide which files apply.
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
