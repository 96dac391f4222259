# In an L4Re tree, after mk/Makeconf: the prefix, for the architecture of the build folder, and where its files go.

prefix := $(or $(strip $(MUSL_PREFIX)),$(PKGDIR_ABS)/prebuilt/$(BUILD_ARCH))
more   := $(strip $(MUSL_ASSETS))

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
ifneq ($(filter-out /%,$(firstword $(MUSL_PREFIX)) $(firstword $(MUSL_ASSETS))),)
$(error MUSL_PREFIX is '$(MUSL_PREFIX)' and MUSL_ASSETS is '$(MUSL_ASSETS)': in an L4Re tree give absolute paths)
endif
ifeq ($(or $(strip $(MUSL_PREFIX)),$(call exists,$(prefix))),)
$(error MUSL_PREFIX is not set, and there is no $(prefix): \
give the staged prefix, the folder with include/ and lib/, such as out/musl/$(BUILD_ARCH))
endif
$(call check_prefix,$(BUILD_ARCH),the prefix for $(BUILD_ARCH))
LOADER := $(call described,LOADER)
endif
