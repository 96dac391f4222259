using L4ReMusl.Stages;

namespace L4ReMusl.Components;

/// <summary>A way to build a component.</summary>
public interface IComponentRecipe
{
    /// <summary>The stages whose results it uses besides the prefix and the components that it depends on.</summary>
    IEnumerable<IStage> Needs => [];

    /// <summary>What the result depends on besides those, to be part of a fingerprint.</summary>
    IEnumerable<(string Name, string Value)> Inputs { get; }

    /// <summary>Builds it.</summary>
    /// <param name="work">A folder to work in, without a blank in its path.</param>
    /// <param name="logFile">Where what the tools say goes.</param>
    /// <returns>The folder that holds what was installed, as if it were the root of a file system.</returns>
    /// <exception cref="BuildException">It cannot be built.</exception>
    string Build(string work, string logFile);
}
