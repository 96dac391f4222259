using L4ReMusl.Foundation.Files;
using L4ReMusl.Foundation.Processes;
using L4ReMusl.Machines;
using L4ReMusl.Tests.Support;

namespace L4ReMusl.Tests.Packaging;

/// <summary>
/// What the package's makefiles need from an L4Re tree, in a few makefiles that do the same with the same variables; a build
/// folder; and a copy of the package, because a developer may have a prefix in the prebuilt/ of the repository.
/// </summary>
sealed class ImitatedTree : IDisposable
{
    /// <summary>Not the default without a tree: the folder of the libraries gets its name from the build folder.</summary>
    public const string Cpu = "armv9a";

    // As in L4Re: make gets the build folder once, as O; the makes that it calls find it and the tree in the environment.
    const string Makeconf = """
        ifndef makeconf
        makeconf := included
        MAKEFLAGS += --no-print-directory -Rr
        SHELL := bash
        VERBOSE := @
        all::
        install::
        ifneq ($(O),)
        OBJ_BASE := $(abspath $(O))
        export OBJ_BASE
        override O :=
        MAKEOVERRIDES := $(patsubst O=%,,$(MAKEOVERRIDES))
        endif
        ifndef SRC_BASE_ABS
        SRC_BASE_ABS := $(abspath $(L4DIR))
        endif
        export SRC_BASE_ABS
        include $(OBJ_BASE)/.config.all
        -include $(OBJ_BASE)/Makeconf.local
        ARCH := $(BUILD_ARCH)
        SYSTEMS_PLAIN := $(ARCH)-plain
        SYSTEMS_ABI := $(ARCH)-l4f
        SRC_DIR ?= $(CURDIR)
        PKGDIR_ABS ?= $(abspath $(PKGDIR))
        endif

        """;

    // Roles are built by a make without a goal, but installed by a make with one.
    const string Subdir = """
        include $(L4DIR)/mk/Makeconf
        TARGET ?= include lib
        all::
        	@set -e; for folder in $(TARGET); do $(MAKE) -C $$folder; done
        install clean::
        	@set -e; for folder in $(TARGET); do $(MAKE) -C $$folder $@; done

        """;

    const string Include = """
        INSTALLDIR = $(DROPS_STDDIR)/include
        INSTALLDIR_LOCAL = $(OBJ_BASE)/include
        include $(L4DIR)/mk/Makeconf
        clean::

        """;

    // Each system and variant has a folder with a makefile that reads the role's makefile again, so $(CURDIR) there is not the
    // role's folder. Other packages ask for the variant nofpu.
    const string Systems = """
        include $(L4DIR)/mk/Makeconf
        clean::
        ifndef SYSTEM
        SYSTEMS ?= $(SYSTEMS_ABI)
        VARIANTS ?= std nofpu
        folder := $(OBJ_BASE)/ext-pkg$(SRC_DIR)/OBJ-
        names := $(foreach system,$(SYSTEMS),$(foreach variant,$(VARIANTS),$(system:$(ARCH)-%=$(ARCH)_$(CPU)-$(variant)-%)))
        $(names:%=$(folder)%/Makefile): $(folder)%/Makefile:
        	@mkdir -p $(@D)
        	@printf '%s\n' 'SYSTEM := $*' 'L4DIR := $(SRC_BASE_ABS)' 'OBJ_BASE := $(OBJ_BASE)' 'SRC_DIR := $(SRC_DIR)' \
        	    'PKGDIR := $(PKGDIR_ABS)' 'include $(SRC_DIR)/Makefile' > $@
        all install:: $(names:%=$(folder)%/Makefile)
        	@set -e; for name in $(names); do $(MAKE) -C $(folder)$$name $@; done
        endif

        """;

    const string Lib = """
        INSTALLDIR_LIB = $(DROPS_STDDIR)/lib/$(subst -,/,$(SYSTEM))
        INSTALLDIR_LIB_LOCAL = $(OBJ_BASE)/lib/$(subst -,/,$(SYSTEM))
        INSTALLDIR = $(INSTALLDIR_LIB)
        INSTALLDIR_LOCAL = $(INSTALLDIR_LIB_LOCAL)
        include $(L4DIR)/mk/systems.inc

        """;

    const string Assets = """
        INSTALLDIR = $(DROPS_STDDIR)/assets
        INSTALLDIR_LOCAL = $(OBJ_BASE)/assets
        include $(L4DIR)/mk/systems.inc
        ifdef SYSTEM
        files := $(SRC_ASSETS_MODLIST:%=modlist/$(PKGNAME)/%) $(SRC_ASSETS_NED:%=ned/$(PKGNAME)/%)
        all::
        	@set -e; for file in $(files); do source="$(SRC_DIR)/$${file##*/}"; target="$(INSTALLDIR_LOCAL)/$$file"; \
        	    test "$$source" -ef "$$target" || { install -d "$${target%/*}" && ln -sf "$$source" "$$target"; }; done
        install::
        	@set -e; for file in $(files); do install -Dm644 "$(SRC_DIR)/$${file##*/}" "$(INSTALLDIR)/$$file"; done
        endif

        """;

    // S names a package, and the make for that package gets an empty S. Without S, all packages are built.
    const string Root = """
        L4DIR ?= .
        include $(L4DIR)/mk/Makeconf
        all install clean::
        	@set -e; for package in $(or $(S),$(patsubst %/Makefile,%,$(wildcard pkg/*/Makefile))); do \
        		$(MAKE) $(if $(S),S=) -C $$package $@; \
        	done

        """;

    readonly TempFolder temp = new();

    /// <param name="architecture">The architecture of the build folder, under L4Re's name.</param>
    public ImitatedTree(string architecture)
    {
        temp.Write("l4/Makefile", Root);
        foreach (var (name, content) in (IEnumerable<(string, string)>)
            [("Makeconf", Makeconf), ("subdir.mk", Subdir), ("systems.inc", Systems), ("include.mk", Include), ("lib.mk", Lib),
                ("assets.mk", Assets)])
            temp.Write($"l4/mk/{name}", content);
        temp.Write("l4/pkg/other/Makefile", "all:\n\t@touch $(OBJ_BASE)/other-is-built\ninstall clean:\n\t@:\n");
        temp.Write("build/.config.all", $"BUILD_ARCH := {architecture}\nCPU := {Cpu}\nDROPS_STDDIR := {temp["installed"]}\n");
        Directory.CreateSymbolicLink(temp["build", "source"], temp["l4"]);
        FileTree.Copy(Path.Combine(RepositoryRoot.Path, "pkg", "musl"), Package);
        FileTree.Delete(temp["package", "prebuilt"]);
    }

    public string Source => temp["l4"];

    public string Build => temp["build"];

    /// <summary>Where the goal install puts the files.</summary>
    public string Installed => temp["installed"];

    public string Package => temp["package"];

    public string this[params string[] parts] => temp[parts];

    /// <summary>Makes a prefix for the architecture, under any name.</summary>
    public string MakePrefix(Architecture architecture, string name = "musl's $prefix") =>
        HandMadePrefix.Make(temp, architecture, name);

    /// <summary>The same for one of the l4re flavour.</summary>
    public string MakeNativePrefix(Architecture architecture, string name = "musl's $native prefix") =>
        HandMadePrefix.MakeNative(temp, architecture, name);

    public string Write(string path, string content) => temp.Write(path, content);

    public void LinkIntoTree() => Directory.CreateSymbolicLink(temp["l4", "pkg", "musl"], "../../package");

    public void CopyIntoTree() => FileTree.Copy(Package, temp["l4", "pkg", "musl"]);

    /// <summary>Runs make in the tree, as its user does: with the package's folder as S, or for everything.</summary>
    public ToolResult Make(params string[] arguments) => Run(["-C", Source, $"O={Build}", .. arguments]);

    /// <summary>Runs make for the package outside the tree.</summary>
    public ToolResult MakeOutside(params string[] arguments) =>
        Run(["-C", Package, $"L4DIR={Source}", $"O={Build}", .. arguments]);

    public static ToolResult Run(params string[] arguments) =>
        Tools.OfHost.Run(new ToolInvocation("make", ["--no-print-directory", .. arguments]));

    public void Dispose() => temp.Dispose();
}
