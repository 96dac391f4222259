using Nuke.Common.Utilities;

namespace Nuke.Common.CI;

/// <summary>A part of the file of a CI system.</summary>
public abstract class ConfigurationEntity
{
    public abstract void Write(CustomFileWriter writer);
}
