using L4ReMusl.Stages;

namespace L4ReMusl.Components;

/// <summary>A way to build a component.</summary>
public interface IComponentRecipe
{
    /// <summary>The stages whose results it uses, besides the prefix and the components that it depends on.</summary>
    IEnumerable<IStage> Needs => [];

    /// <summary>What the result depends on besides these stages, for a fingerprint.</summary>
    IEnumerable<(string Name, string Value)> Inputs { get; }

    /// <summary>Builds it.</summary>
    /// <param name="work">A folder to work in, without a space in its path.</param>
    /// <param name="logFile">The log file for the output of tools.</param>
    /// <returns>The folder into which it was installed, laid out like the root of a file system.</returns>
    /// <exception cref="BuildException">The build failed.</exception>
    string Build(string work, string logFile);
}
