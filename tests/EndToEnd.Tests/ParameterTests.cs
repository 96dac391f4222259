using System.Reflection;
using L4ReMusl.CommandLine;
using L4ReMusl.Settings;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.EndToEnd;

/// <summary>The parameters that the engine finds in the compiled build, compared with the records that describe them.</summary>
public sealed class ParameterTests
{
    static readonly IReadOnlyDictionary<string, (PropertyInfo Member, CustomAttributeData Attribute)> Members =
        Assembly.LoadFrom(BuildProgram.Dll).GetTypes().Where(type => type.IsInterface)
            .SelectMany(type => type.GetProperties())
            .Select(member => (Member: member, Attribute: member.CustomAttributes.SingleOrDefault(IsParameter)))
            .Where(member => member.Attribute is not null)
            .ToDictionary(
                member => Named(member.Attribute!, "Name") ?? member.Member.Name,
                member => (member.Member, member.Attribute!));

    static readonly IReadOnlyList<CommandLine.ParameterInfo> All =
        Parameters.AllIn(RepositoryRoot.Path, ArchitectureCatalogue.All);

    [Fact]
    public void Each_has_a_record_and_each_record_has_one() =>
        Members.Keys.Should().BeEquivalentTo(All.Select(parameter => parameter.Key));

    [Fact]
    public void The_engine_is_told_what_the_record_says()
    {
        foreach (var parameter in All)
        {
            var (member, attribute) = Members[parameter.Key];
            attribute.ConstructorArguments.Single().Value.Should().Be(parameter.Description);
            member.PropertyType.Should().Be(parameter.Kind switch
            {
                ParameterKind.Flag => typeof(bool),
                ParameterKind.List => typeof(string[]),
                _ => typeof(string),
            });
            Named(attribute, "ValueProviderMember").Should().Be(parameter.ValidValues is null ? null : parameter.Key);
        }
    }

    static bool IsParameter(CustomAttributeData attribute) =>
        attribute.AttributeType.FullName == "Nuke.Common.ParameterAttribute";

    static string? Named(CustomAttributeData attribute, string name) =>
        (string?)attribute.NamedArguments.SingleOrDefault(argument => argument.MemberName == name).TypedValue.Value;
}
