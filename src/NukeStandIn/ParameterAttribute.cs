namespace Nuke.Common;

/// <summary>
/// A parameter of the build. Its value is the first that is found on the command line, in the environment (also as
/// <c>NUKE_NAME</c>), in the profiles, and in <c>.nuke/parameters.json</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public class ParameterAttribute(string description = null) : Attribute
{
    public virtual string Description { get; } = description;
    public string Name { get; set; }
    public Type ValueProviderType { get; set; }
    public string ValueProviderMember { get; set; }
}
