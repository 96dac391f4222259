# What the package's folders share, with an L4Re tree and without.

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

# What an architecture needs is not known here: each prefix has a file of lines KEY=VALUE that says so. $(call described,KEY)
description = $(prefix)/share/l4re-musl/architecture
described   = $(shell sed -n 's/^$(1)=//p' $(call quote,$(description)))

# Stops unless MUSL_PREFIX is a prefix for the architecture: $(call check_prefix,the architecture,what to give if it is not)
define check_prefix
$(if $(and $(call exists,$(prefix)/include/stdio.h),$(call exists,$(prefix)/lib/libc.so),$(call exists,$(prefix)/lib/pkgconfig/musl.pc)),,
    $(error MUSL_PREFIX is '$(prefix)', which has no include/stdio.h, lib/libc.so or lib/pkgconfig/musl.pc: give a staged prefix, such as out/musl/$(1)))
$(if $(call exists,$(description)),,
    $(error MUSL_PREFIX is '$(prefix)', which has no share/l4re-musl/architecture: stage the prefix anew))
$(if $(filter-out $(call described,ARCH),$(1)),
    $(error MUSL_PREFIX is '$(prefix)', which is for ARCH '$(call described,ARCH)', not for '$(1)': give $(2)))
$(if $(more),$(if $(call exists,$(more)/.),,
    $(error MUSL_ASSETS is '$(more)', which is no folder)))
endef

# Makes the folder TO hold these files, and only these: $(call replace,TO,FROM...); replace.sh says more.
replace = sh $(PKGDIR)/replace.sh $(call quote,$(1)) $(2)
