# Without an L4Re tree: the variables that the caller gives, their checks, and the layout of an L4Re build folder.

# After make -C, the shell's current folder is not make's. Programs that start make without a shell may leave PWD unset.
caller   := $(if $(PWD),$(value PWD),$(CURDIR))
absolute  = $(if $(filter /%,$(firstword $(1))),$(1),$(caller)/$(1))

ifeq ($(strip $(ARCH)),)
$(error ARCH is not set: give L4Re's name of the architecture that the prefix is for, such as arm64)
endif
# It becomes part of paths, some of which are removed.
ifneq ($(words $(ARCH))$(findstring /,$(ARCH))$(filter .%,$(ARCH)),1)
$(error ARCH is '$(ARCH)', which is not the name of an architecture: give the one that the prefix is for, such as arm64)
endif

ifeq ($(strip $(DESTDIR)),)
$(error DESTDIR is not set: give the folder to install into, such as an L4Re build folder)
endif
destination := $(call absolute,$(DESTDIR))

# What L4Re's roles define in a tree: where the files of a role go, and where pkg-config's files are.
place_of_include := include
place_of_lib      = lib/$(ARCH)_$(CPU)/std/plain
place_of_assets  := assets
place             = $(destination)/$(place_of_$(role))
publish          := install
pc               := $(destination)/pc

ifneq ($(filter install,$(MAKECMDGOALS)),)
ifeq ($(strip $(MUSL_PREFIX)),)
$(error MUSL_PREFIX is not set: give the staged prefix, the folder with include/ and lib/, such as out/musl/$(ARCH))
endif
prefix := $(call absolute,$(MUSL_PREFIX))
more   := $(if $(strip $(MUSL_ASSETS)),$(call absolute,$(MUSL_ASSETS)))
$(call check_prefix,$(ARCH),the prefix or the ARCH that fits)
LOADER := $(call described,LOADER)
ifeq ($(strip $(CPU)),)
override CPU := $(call described,L4RE_CPU)
endif
others := $(filter-out $(ARCH),$(shell ls $(call quote,$(destination)/assets/misc/musl) 2>/dev/null))
ifneq ($(others),)
$(error DESTDIR is '$(destination)', which holds this package for $(others): \
give another DESTDIR for '$(ARCH)', or uninstall that first)
endif
else ifeq ($(strip $(CPU)),)
override CPU := *
endif

.PHONY: install uninstall
.SILENT:

# Removes TO, and the folders above it (its PARENT) that are then empty: $(call remove,TO,PARENT)
# Both are patterns of relative paths.
remove = ! cd $(call quote,$(destination)) 2>/dev/null || \
    { rm -rf $(1) $(1).new && for parent in $(2); do \
        ! test -d "$$parent" || rmdir -p --ignore-fail-on-non-empty "$$parent" || exit; done; }
