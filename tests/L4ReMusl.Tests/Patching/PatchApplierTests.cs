namespace L4ReMusl.Tests.Patching;

public sealed class PatchApplierTests : IDisposable
{
    readonly PatchFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void Patches_are_applied_in_order_in_an_ignored_folder_of_a_repository()
    {
        fixture.Add("1.patch", "lib/ten.c", "line5", "five");
        fixture.Apply("1.patch");
        fixture.Read("lib/ten.c").Should().Be(PatchFixture.TenLines.Replace("line5", "five", StringComparison.Ordinal));
    }

    [Fact]
    public void A_later_patch_builds_on_an_earlier_one()
    {
        fixture.Add("1.patch", "lib/ten.c", "line5", "five");
        var five = fixture.Read("lib/ten.c").Replace("line5", "five", StringComparison.Ordinal);
        fixture.Folder.Write("out/src/lib/ten.c", five);
        fixture.Add("2.patch", "lib/ten.c", "five", "cinq");
        fixture.Folder.Write("out/src/lib/ten.c", PatchFixture.TenLines);
        fixture.Apply("1.patch", "2.patch");
        fixture.Read("lib/ten.c").Should().Contain("int cinq;").And.NotContain("five");
    }

    [Fact]
    public void Names_with_spaces_are_fine()
    {
        fixture.Add("a patch.patch", "a b.c", "int", "long");
        fixture.Apply("a patch.patch");
        fixture.Read("a b.c").Should().Be("long ab;\n");
    }

    [Fact]
    public void A_patch_can_add_and_delete_files()
    {
        fixture.Folder.Write("patches/1.patch", """
            Subject: move
            Why: tidy
            ---
            diff --git a/a b.c b/a b.c
            deleted file mode 100644
            --- a/a b.c
            +++ /dev/null
            @@ -1 +0,0 @@
            -int ab;
            diff --git a/new/ab.c b/new/ab.c
            new file mode 100755
            --- /dev/null
            +++ b/new/ab.c
            @@ -0,0 +1 @@
            +int ab;

            """);
        fixture.Apply("1.patch");
        File.Exists(Path.Combine(fixture.Tree, "a b.c")).Should().BeFalse();
        fixture.Read("new/ab.c").Should().Be("int ab;\n");
    }

    [Fact]
    public void A_patch_that_does_not_apply_is_an_error_that_names_patch_file_and_line()
    {
        fixture.Add("1.patch", "lib/ten.c", "line5", "five");
        fixture.Folder.Write("out/src/lib/ten.c", PatchFixture.TenLines.Replace("line6", "six", StringComparison.Ordinal));
        var apply = () => fixture.Apply("1.patch");
        apply.Should().Throw<BuildException>()
            .WithMessage("The patch 1.patch (a change) does not apply:*patch failed: lib/ten.c:2*Refresh it*");
        fixture.Read("lib/ten.c").Should().NotContain("five");
        Directory.GetFiles(fixture.Tree, "*.rej", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public void A_patch_that_applies_only_at_other_lines_is_an_error_that_names_file_and_hunk()
    {
        fixture.Add("1.patch", "lib/ten.c", "line5", "five");
        fixture.Folder.Write("out/src/lib/ten.c", "int line0;\n" + PatchFixture.TenLines);
        var apply = () => fixture.Apply("1.patch");
        apply.Should().Throw<BuildException>()
            .WithMessage("The patch 1.patch (a change) applies, but not at the lines that it names*lib/ten.c: "
                + "Hunk #1 succeeded at 3 (offset 1 line)*Refresh it*");
    }

    [Fact]
    public void A_patch_with_other_white_space_is_an_error()
    {
        fixture.Add("1.patch", "lib/ten.c", "line5", "five");
        fixture.Folder.Write(
            "out/src/lib/ten.c", PatchFixture.TenLines.Replace("int line4", "int\tline4", StringComparison.Ordinal));
        var apply = () => fixture.Apply("1.patch");
        apply.Should().Throw<BuildException>().WithMessage("*does not apply*");
    }

    [Fact]
    public void A_patch_of_a_missing_file_is_an_error()
    {
        fixture.Add("1.patch", "lib/ten.c", "line5", "five");
        File.Delete(Path.Combine(fixture.Tree, "lib", "ten.c"));
        var apply = () => fixture.Apply("1.patch");
        apply.Should().Throw<BuildException>().WithMessage("*1.patch*lib/ten.c: No such file*");
    }

    [Theory]
    [InlineData("../outside.c")]
    [InlineData(".git/config")]
    public void A_patch_cannot_write_outside_the_tree(string path)
    {
        fixture.Folder.Write("patches/1.patch", $"Subject: s\nWhy: w\n---\n--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+evil\n");
        var apply = () => fixture.Apply("1.patch");
        apply.Should().Throw<BuildException>().WithMessage("*1.patch*does not apply*");
    }

    [Fact]
    public void A_damaged_patch_is_an_error()
    {
        fixture.Folder.Write(
            "patches/1.patch", "Subject: s\nWhy: w\n---\n--- a/lib/ten.c\n+++ b/lib/ten.c\n@@ -1,7 +1,7 @@\n int line1;\n");
        var apply = () => fixture.Apply("1.patch");
        apply.Should().Throw<BuildException>().WithMessage("*1.patch*corrupt patch*");
    }
}
