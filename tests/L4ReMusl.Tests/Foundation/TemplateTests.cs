using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Text;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Foundation;

public sealed class TemplateTests : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData("@ARCH@ is @ARCH@", "arm is arm")]
    [InlineData("@SHA256@@ARCH@", "0f0farm")]
    [InlineData("\"$@\" user@example.org @ @@ @ARCH", "\"$@\" user@example.org @ @@ @ARCH")]
    [InlineData("a@b.c @ARCH@", "a@b.c arm")]
    [InlineData("", "")]
    public void Names_between_at_signs_are_replaced_and_nothing_else(string template, string text) =>
        Values().Expand(template, "file").Should().Be(text);

    [Fact]
    public void A_value_that_looks_like_a_placeholder_is_put_in_as_it_is() =>
        new TemplateValues(new Dictionary<string, string> { ["A"] = "@B@", ["B"] = "@A@" })
            .Expand("@A@ @B@", "file").Should().Be("@B@ @A@");

    [Theory]
    [InlineData("@ARHC@", "*'config/boot/run'*@ARHC@*no value*Did you mean 'ARCH'?*@ARCH@, @SHA256@.")]
    [InlineData("@arch@", "*'config/boot/run'*@arch@*Did you mean 'ARCH'?*")]
    [InlineData("@ARCH@@Other_Thing@", "*'config/boot/run'*@Other_Thing@*@ARCH@, @SHA256@.")]
    public void A_name_without_a_value_is_an_error_that_names_file_and_placeholder(string template, string message) =>
        Values().Invoking(values => values.Expand(template, "config/boot/run"))
            .Should().Throw<BuildException>().WithMessage(message);

    [Fact]
    public void A_value_that_no_template_uses_is_an_error_that_names_it()
    {
        var values = Values();
        values.Expand("@ARCH@ @SHA256", "file");

        values.Invoking(v => v.DemandAllUsed("config/boot")).Should().Throw<BuildException>()
            .Which.Message.Should().Contain("'config/boot'").And.Contain("@SHA256@").And.NotContain("@ARCH@");

        values.Expand("@SHA256@", "other");
        values.Invoking(v => v.DemandAllUsed("config/boot")).Should().NotThrow();
    }

    [Fact]
    public void Names_and_contents_of_a_folders_files_are_expanded()
    {
        temp.Write("templates/bin/@ARCH@-gcc", "for @ARCH@\n");
        temp.Write("templates/plain", "no names\n");

        new TemplateFolder("config/x", temp["templates"]).Expand(Values())
            .Should().Equal(("bin/arm-gcc", "for arm\n"), ("plain", "no names\n"));
    }

    [Theory]
    [InlineData("bin/@TRIPEL@-gcc", "", "*'config/x/bin/@TRIPEL@-gcc'*@TRIPEL@*")]
    [InlineData("bin/gcc", "@TRIPEL@", "*'config/x/bin/gcc'*@TRIPEL@*")]
    public void A_misspelt_name_is_told_with_the_file_as_it_lies_in_the_repository(string file, string content, string message)
    {
        temp.Write($"templates/{file}", content);

        new TemplateFolder("config/x", temp["templates"]).Invoking(folder => folder.Expand(Values()))
            .Should().Throw<BuildException>().WithMessage(message);
    }

    static TemplateValues Values() => new(new Dictionary<string, string> { ["ARCH"] = "arm", ["SHA256"] = "0f0f" });
}
