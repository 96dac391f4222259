using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Musl;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Musl;

/// <summary>A small tree with rules like musl's, and the compiler of the host.</summary>
public sealed class ObjectBatchesTests : IDisposable
{
    const string Rules = """
        GENH = obj/include/generated.h
        GENH_INT =
        OBJS = $(patsubst src/%.c,obj/%.lo,$(wildcard src/src/*/*.c src/src/*/deep/*.c)) obj/crt/start.o
        all: obj/all
        obj/all: $(OBJS)
        	ls $(OBJS) > $@
        $(GENH):
        	mkdir -p $(@D)
        	echo '#define ONE 1' > $@
        $(OBJS): $(GENH)
        obj/src/string/copy.lo: FLAGS = -DSPECIAL='"a $$ b"'
        obj/%.lo: src/%.c
        	mkdir -p $(@D)
        	cc -Iobj/include -DWHERE='"s p"' $(FLAGS) -fPIC -c -o $@ $<
        obj/%.o: src/%.s
        	mkdir -p $(@D)
        	cc -c -o $@ $<

        """;

    readonly TempFolder temp = new("a tree ");

    public ObjectBatchesTests()
    {
        temp.Write("src/rules", Rules);
        temp.Write("src/crt/start.s", ".globl start\nstart:\n");
        temp.Write("src/src/string/copy.c", "#include <generated.h>\nconst char *f(void) { return SPECIAL WHERE __FILE__; }\n");
        temp.Write("src/src/string/deep/copy.c", "int deeper(void) { return __LINE__; }\n");
        for (var i = 0; i < 30; i++)
            temp.Write($"src/src/math/f{i}.c", $"#include <generated.h>\nint f{i}(void) {{ return ONE + {i}; }}\n");
    }

    [Fact]
    public void The_objects_are_those_of_make_and_leave_nothing_for_it_to_compile()
    {
        var plain = NewBuild("plain");
        Make(plain).OrThrow("build");
        var build = NewBuild("build");

        var output = MakeBatches(build).OrThrow("compile").Output;

        Hash(build).Should().Be(Hash(plain));
        output.Split('\n').Sum(ObjectBatches.CompiledIn).Should().Be(33);
        output.Split('\n').Count(line => line.Contains(" -c ", StringComparison.Ordinal)).Should().Be(5, "30 are two batches");
        Make(build).OrThrow("build").Output.Should().NotContain(" -c ");
        File.ReadAllText(Path.Combine(build, "obj", "all")).Should().Be(File.ReadAllText(Path.Combine(plain, "obj", "all")));
    }

    [Fact]
    public void An_error_names_the_file_and_leaves_no_object_of_it()
    {
        temp.Write("src/src/math/f7.c", "int f7(void) { return wrong; }\n");
        var build = NewBuild("build");

        var result = MakeBatches(build);

        result.Succeeded.Should().BeFalse();
        result.Error.Should().Contain("src/src/math/f7.c:1:").And.Contain("wrong");
        File.Exists(Path.Combine(build, "obj", "src", "math", "f7.lo")).Should().BeFalse();
    }

    public void Dispose() => temp.Dispose();

    string NewBuild(string name)
    {
        Directory.CreateDirectory(temp[name]);
        File.CreateSymbolicLink(temp[name, "src"], temp["src"]);
        File.CreateSymbolicLink(temp[name, "Makefile"], "src/rules");
        return temp[name];
    }

    static string Hash(string build) => FileTree.ContentHash(Path.Combine(build, "obj", "src"));

    static ToolResult MakeBatches(string build)
    {
        var commands = Make(build, "-n").OrThrow("ask make").Output;
        File.WriteAllText(Path.Combine(build, ObjectBatches.Makefile), $"{new ObjectBatches(commands.Split('\n'))}");
        return Make(build, "-f", ObjectBatches.Makefile, ObjectBatches.Goal);
    }

    static ToolResult Make(string build, params string[] arguments) =>
        Tools.OfHost.Run(new ToolInvocation("make", arguments) { WorkingDirectory = build });
}
