# In an L4Re tree, after mk/Makeconf: the prefix, for the architecture of the build folder, and where its files go.

prefix := $(or $(strip $(MUSL_PREFIX)),$(PKGDIR_ABS)/prebuilt/$(BUILD_ARCH))
more   := $(strip $(MUSL_ASSETS))

# That of the l4re flavour; empty if there is none.
prebuilt_native := $(PKGDIR_ABS)/prebuilt/$(BUILD_ARCH)-native
native := $(or $(strip $(MUSL_NATIVE_PREFIX)),$(if $(call exists,$(prebuilt_native)),$(prebuilt_native)))

# The goal all fills the build folder, and install the folder CONFIG_DROPS_STDDIR. The roles lib and assets call make again for
# each SYSTEM, which determines the folder of the libraries.
place   = $(if $(filter install,$@),$(INSTALLDIR),$(INSTALLDIR_LOCAL))
publish = $(and $(there),$(or $(SYSTEM),$(filter include,$(role))),all install)

there := yes
ifeq ($(or $(filter command,$(origin S) $(origin L4DIR)),$(strip $(MUSL_PREFIX)),$(call exists,$(prefix))),)
# A make of the whole tree, by a user who has linked the package but has not set MUSL_PREFIX. For S=pkg/musl, L4Re's make calls
# the package's with an S that is set, but empty.
$(info musl: left out for $(BUILD_ARCH), because MUSL_PREFIX is not set and there is no $(prefix))
there :=
else ifeq ($(filter help clean cleanall scrub,$(MAKECMDGOALS)),)
given := MUSL_PREFIX MUSL_NATIVE_PREFIX MUSL_ASSETS
ifneq ($(filter-out /%,$(foreach name,$(given),$(firstword $($(name))))),)
$(error $(foreach name,$(given),$(name) is '$($(name))',): in an L4Re tree give absolute paths)
endif
ifeq ($(or $(strip $(MUSL_PREFIX)),$(call exists,$(prefix))),)
$(error MUSL_PREFIX is not set, and there is no $(prefix): \
give the staged prefix, the folder with include/ and lib/, such as out/musl/$(BUILD_ARCH))
endif
$(call check_prefix,$(BUILD_ARCH),the prefix for $(BUILD_ARCH))
LOADER := $(call described,LOADER)
ifneq ($(native),)
$(call check_native,$(BUILD_ARCH))
endif
endif
