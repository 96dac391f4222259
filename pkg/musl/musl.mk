# What the package's folders share, with an L4Re tree and without.

# Of each architecture: the CPU in the name of L4Re's library folder, and musl's dynamic loader.
CPU_arm      := armv7a
LOADER_arm   := ld-musl-armhf.so.1
CPU_arm64    := armv8a
LOADER_arm64 := ld-musl-aarch64.so.1

architectures := $(sort $(patsubst LOADER_%,%,$(filter LOADER_%,$(.VARIABLES))))

# L4Re's makes always have a build folder, this package by itself a DESTDIR, whatever else a shell has set. Where the tree is, L4Re's
# makes are told, or have told those below (SRC_BASE_ABS), or the build folder knows; a package that is a link in the tree cannot look
# for it two folders up.
ifneq ($(if $(filter command,$(origin DESTDIR)),,$(strip $(L4DIR)$(O)$(OBJ_BASE))),)
in_tree := yes
L4DIR ?= $(or $(SRC_BASE_ABS),$(realpath $(or $(O),$(OBJ_BASE))/source))
ifeq ($(strip $(L4DIR)),)
$(error O is '$(or $(O),$(OBJ_BASE))', which is no build folder of L4Re: it has no link 'source' to its tree)
else ifeq ($(wildcard $(L4DIR)/mk/subdir.mk),)
$(error L4DIR is '$(L4DIR)', which is no L4Re source tree: it has no mk/subdir.mk)
endif
PKGNAME := musl
endif

# Make splits words at spaces, shells do not: so paths appear in recipes only, quoted, and never as targets or in wildcards.
quote    = '$(subst ','\'',$(1))'
argument = $(call quote,$(subst $$,$$$$,$(1)))
exists   = $(shell test -e $(call quote,$(1)) && echo yes)

# Stops unless MUSL_PREFIX is a prefix for the architecture: $(call check_prefix,what to give if it is not)
define check_prefix
$(if $(and $(call exists,$(prefix)/include/stdio.h),$(call exists,$(prefix)/lib/libc.so),$(call exists,$(prefix)/lib/pkgconfig/musl.pc)),,
    $(error MUSL_PREFIX is '$(prefix)', which has no include/stdio.h, lib/libc.so or lib/pkgconfig/musl.pc: give a staged prefix, such as out/musl/$(ARCH)))
$(if $(call exists,$(prefix)/lib/$(LOADER)),,
    $(error MUSL_PREFIX is '$(prefix)', which has no lib/$(LOADER) and so is not for ARCH '$(ARCH)': give $(1)))
$(if $(more),$(if $(call exists,$(more)/.),,
    $(error MUSL_ASSETS is '$(more)', which is no folder)))
endef

# Makes the folder TO hold these files, and only these: $(call replace,TO,FROM...); replace.sh says more.
replace = sh $(PKGDIR)/replace.sh $(call quote,$(1)) $(2)
