using System.Reflection;
using Nuke.Common.ValueInjection;

namespace Nuke.Common;

/// <summary>
/// A parameter of the build. Its value is the first that is found on the command line, in the environment (also as
/// <c>NUKE_NAME</c>), in the profiles, in <c>.nuke/parameters.json</c>, and in the initialiser of the member.
/// </summary>
public class ParameterAttribute(string description = null) : ValueInjectionAttributeBase
{
    public virtual string Description { get; } = description;
    public string Name { get; set; }

    /// <summary>The one character that separates the elements of a single value of an array.</summary>
    public string Separator { get; set; }

    public virtual bool List { get; set; } = true;
    public Type ValueProviderType { get; set; }
    public string ValueProviderMember { get; set; }

    public override object GetValue(MemberInfo member, object instance) => NukeBuild.Parameters.GetParameter(member);

    public virtual IEnumerable<(string, object)> GetValueSet(MemberInfo member, object instance) => null;
}

/// <summary>The build does not start without a value for this member.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public class RequiredAttribute : Attribute;

/// <summary>The value is not taken from a parameters file in clear text.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public class SecretAttribute : Attribute;

/// <summary>Prefixes the names of all parameters that an interface declares.</summary>
[AttributeUsage(AttributeTargets.Interface, AllowMultiple = false, Inherited = false)]
public class ParameterPrefixAttribute(string prefix) : Attribute
{
    const string Suffix = "Prefix";

    public string Prefix { get; } = prefix.EndsWith(Suffix, StringComparison.Ordinal) ? prefix[..^Suffix.Length] : prefix;
}
