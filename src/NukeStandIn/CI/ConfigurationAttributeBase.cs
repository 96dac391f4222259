namespace Nuke.Common.CI;

/// <summary>Describes the configuration file of a CI server. Only the real package writes such files.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class ConfigurationAttributeBase : Attribute
{
    public bool AutoGenerate { get; set; } = true;
    public virtual string IdPostfix => string.Empty;
    public abstract Type HostType { get; }
    public string HostName => HostType.Name;
    public string Id => string.IsNullOrEmpty(IdPostfix) ? HostName : $"{HostName}_{IdPostfix}";
    public string DisplayName => string.IsNullOrEmpty(IdPostfix) ? HostName : $"{HostName} ({IdPostfix})";
}

/// <summary>The configuration of a CI server that runs each target as a job of its own.</summary>
public abstract class ChainedConfigurationAttributeBase : ConfigurationAttributeBase
{
    public string[] NonEntryTargets { get; set; } = [];
    public string[] ExcludedTargets { get; set; } = [];
}
