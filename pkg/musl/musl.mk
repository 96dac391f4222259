# What the package's folders share: the variables that the caller gives, their checks, and the layout of an L4Re build folder.

# Of each architecture: the CPU in the name of L4Re's library folder, and musl's dynamic loader.
CPU_arm      := armv7a
LOADER_arm   := ld-musl-armhf.so.1
CPU_arm64    := armv8a
LOADER_arm64 := ld-musl-aarch64.so.1

# Make splits words at spaces, shells do not: so paths appear in recipes only, quoted, and never as targets or in wildcards.
quote    = '$(subst ','\'',$(1))'
argument = $(call quote,$(subst $$,$$$$,$(1)))
exists   = $(shell test -e $(call quote,$(1)) && echo yes)

# The shell's folder is not make's after make -C. Programs that start make without a shell may leave PWD unset.
caller   := $(if $(PWD),$(value PWD),$(CURDIR))
absolute  = $(if $(filter /%,$(firstword $(1))),$(1),$(caller)/$(1))

architectures := $(sort $(patsubst LOADER_%,%,$(filter LOADER_%,$(.VARIABLES))))
ifeq ($(strip $(ARCH)),)
$(error ARCH is not set: give L4Re's name of the architecture, one of: $(architectures))
endif
ifeq ($(LOADER_$(ARCH)),)
$(error ARCH is '$(ARCH)', which this package does not know: give one of: $(architectures))
endif
ifeq ($(strip $(CPU)),)
override CPU := $(CPU_$(ARCH))
endif
LOADER := $(LOADER_$(ARCH))

ifeq ($(strip $(DESTDIR)),)
$(error DESTDIR is not set: give the folder to install into, such as an L4Re build folder)
endif
destination := $(call absolute,$(DESTDIR))

# Below the build folder.
headers   := include/contrib/musl
libraries := lib/$(ARCH)_$(CPU)/std/plain/musl
assets    := assets/misc/musl/$(ARCH)
pc        := pc/musl.pc

ifneq ($(filter install,$(MAKECMDGOALS)),)
ifeq ($(strip $(MUSL_PREFIX)),)
$(error MUSL_PREFIX is not set: give the staged prefix, the folder with include/ and lib/, such as out/musl/$(ARCH))
endif
prefix := $(call absolute,$(MUSL_PREFIX))
ifeq ($(and $(call exists,$(prefix)/include/stdio.h),$(call exists,$(prefix)/lib/libc.so),$(call exists,$(prefix)/lib/pkgconfig/musl.pc)),)
$(error MUSL_PREFIX is '$(prefix)', which has no include/stdio.h, lib/libc.so or lib/pkgconfig/musl.pc: give a staged prefix, such as out/musl/$(ARCH))
endif
ifeq ($(call exists,$(prefix)/lib/$(LOADER)),)
$(error MUSL_PREFIX is '$(prefix)', which has no lib/$(LOADER) and so is not for ARCH '$(ARCH)': give the prefix or the ARCH that fits)
endif
others := $(filter-out $(ARCH),$(filter $(architectures),$(shell ls $(call quote,$(destination)/assets/misc/musl) 2>/dev/null)))
ifneq ($(others),)
$(error DESTDIR is '$(destination)', which holds this package for $(others): give another DESTDIR for '$(ARCH)', or uninstall that first)
endif
endif

.ONESHELL:
.SHELLFLAGS := -euc
.PHONY: install uninstall
.SILENT:

# A folder is made beside its place and renamed: $(call begin,TO), what fills "$$new", and $(finish).
define begin
umask 022
to=$(call quote,$(destination)/$(1))
new="$$to.new"
rm -rf "$$new"
mkdir -p "$$new"
endef

define finish
rm -rf "$$to"
mv "$$new" "$$to"
endef

# Modes, times and links as they are, but the files of whoever installs: $(call copy,FROM,TO)
copy = cp -a --no-preserve=ownership $(call quote,$(prefix)/$(1)) $(2)

# Removes TO, and the folders above it (its PARENT) that are empty then: $(call remove,TO,PARENT)
define remove
if cd $(call quote,$(destination)) 2>/dev/null; then
    rm -rf $(1) $(1).new
    if test -d $(2); then rmdir -p --ignore-fail-on-non-empty $(2); fi
fi
endef
