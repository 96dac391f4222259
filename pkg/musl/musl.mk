# What the package's folders share, with an L4Re tree and without.

# L4Re's makes always have a build folder; without a tree there is a DESTDIR, whatever else is in the environment. The tree is
# L4DIR, or SRC_BASE_ABS in makes that L4Re's make starts, or known to the build folder. It can't be looked for two folders up,
# because this package may be a link in the tree.
ifneq ($(if $(filter command,$(origin DESTDIR)),,$(strip $(L4DIR)$(O)$(OBJ_BASE))),)
in_tree := yes
L4DIR ?= $(or $(SRC_BASE_ABS),$(realpath $(or $(O),$(OBJ_BASE))/source))
ifeq ($(strip $(L4DIR)),)
$(error O is '$(or $(O),$(OBJ_BASE))', which is not a build folder of L4Re: it has no link 'source' to its tree)
else ifeq ($(wildcard $(L4DIR)/mk/subdir.mk),)
$(error L4DIR is '$(L4DIR)', which is not an L4Re source tree: it has no mk/subdir.mk)
endif
PKGNAME := musl
endif

# Make splits words at spaces, so paths appear only in recipes, where the shell respects quotes, and never as targets or in
# wildcards.
quote    = '$(subst ','\'',$(1))'
argument = $(call quote,$(subst $$,$$$$,$(1)))
exists   = $(shell test -e $(call quote,$(1)) && echo yes)

# Facts about the architecture come from the prefix, which has a file of lines KEY=VALUE: $(call described,KEY[,PREFIX])
description = $(or $(1),$(prefix))/share/l4re-musl/architecture
described   = $(shell sed -n 's/^$(1)=//p' $(call quote,$(call description,$(2))))

# Stops unless MUSL_PREFIX is a prefix for the architecture: $(call check_prefix,the architecture,what to give if it is not)
essential = include/stdio.h, lib/libc.so or lib/pkgconfig/musl.pc
define check_prefix
$(if $(and $(call exists,$(prefix)/include/stdio.h),
           $(call exists,$(prefix)/lib/libc.so),
           $(call exists,$(prefix)/lib/pkgconfig/musl.pc)),,
    $(error MUSL_PREFIX is '$(prefix)', which has no $(essential): give a staged prefix, such as out/musl/$(1)))
$(if $(call exists,$(call description)),,
    $(error MUSL_PREFIX is '$(prefix)', which has no share/l4re-musl/architecture: stage the prefix again))
$(if $(filter-out $(call described,ARCH),$(1)),
    $(error MUSL_PREFIX is '$(prefix)', which is for ARCH '$(call described,ARCH)', not for '$(1)': give $(2)))
$(if $(more),$(if $(call exists,$(more)/.),,
    $(error MUSL_ASSETS is '$(more)', which is not a folder)))
endef

# The same for MUSL_NATIVE_PREFIX, of the l4re flavour: $(call check_native,the architecture)
define check_native
$(if $(and $(call exists,$(native)/include/stdio.h),$(call exists,$(native)/lib/syscalls/l4re/start.o)),,
    $(error MUSL_NATIVE_PREFIX is '$(native)', which has no include/stdio.h or lib/syscalls/l4re/start.o: \
give one that was staged with --l4re-build, such as out/musl-l4re/$(1)))
$(if $(filter-out $(call described,ARCH,$(native)),$(1)),
    $(error MUSL_NATIVE_PREFIX is '$(native)', which is for ARCH '$(call described,ARCH,$(native))': give that for '$(1)'))
endef

# Makes the folder TO hold these files, and only these: $(call replace,TO,FROM...); replace.sh says more.
replace = sh $(PKGDIR)/replace.sh $(call quote,$(1)) $(2)
