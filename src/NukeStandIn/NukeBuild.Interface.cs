using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common.IO;
using Nuke.Common.ValueInjection;

namespace Nuke.Common;

public abstract partial class NukeBuild
{
    readonly Dictionary<MemberInfo, object> values = [];

    AbsolutePath INukeBuild.RootDirectory => RootDirectory;
    AbsolutePath INukeBuild.TemporaryDirectory => TemporaryDirectory;
    AbsolutePath INukeBuild.BuildAssemblyFile => BuildAssemblyFile;
    AbsolutePath INukeBuild.BuildAssemblyDirectory => BuildAssemblyDirectory;
    AbsolutePath INukeBuild.BuildProjectDirectory => BuildProjectDirectory;
    AbsolutePath INukeBuild.BuildProjectFile => BuildProjectFile;
    Verbosity INukeBuild.Verbosity => Verbosity;
    Host INukeBuild.Host => Host;
    bool INukeBuild.IsLocalBuild => IsLocalBuild;
    bool INukeBuild.IsServerBuild => IsServerBuild;

    T INukeBuild.TryGetValue<T>(Expression<Func<T>> parameterExpression) => TryGetValue<T>(parameterExpression);

    T INukeBuild.TryGetValue<T>(Expression<Func<object>> parameterExpression) => TryGetValue<T>(parameterExpression);

    T TryGetValue<T>(LambdaExpression parameter)
    {
        var member = BuildMembers.Of(parameter);
        if (values.GetValueOrDefault(member) is null)
        {
            var attribute = member.GetCustomAttribute<ValueInjectionAttributeBase>()
                .NotNull($"Member '{BuildMembers.DisplayName(member)}' is not marked with an injection attribute");
            attribute.Build = this;
            values[member] = attribute.TryGetValue(member, this);
        }

        return (T)values[member];
    }
}
