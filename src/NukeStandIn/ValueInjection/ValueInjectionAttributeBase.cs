using System.Reflection;
using Nuke.Common.Utilities;
using Serilog;

namespace Nuke.Common.ValueInjection;

/// <summary>Base of attributes that give a member of the build its value.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class ValueInjectionAttributeBase : Attribute
{
    public INukeBuild Build { get; internal set; }
    public virtual int Priority => 0;
    public virtual bool SuppressWarnings => false;

    public abstract object GetValue(MemberInfo member, object instance);

    /// <summary>The value, or <see langword="null"/> after a warning if it can't be had.</summary>
    public object TryGetValue(MemberInfo member, object instance)
    {
        try
        {
            return GetValue(member, instance);
        }
        catch (Exception exception)
        {
            if (!SuppressWarnings)
                Log.Warning(exception.Unwrap(), "Could not inject value for {Member}", BuildMembers.DisplayName(member));
            return null;
        }
    }
}
