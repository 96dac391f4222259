//! Finds the staged musl for the target, checks it, and tells cargo how to link against it.
//!
//! A prefix may be of either flavour: `linux`, with a shared library, or `l4re`, whose system calls are functions, and which
//! links statically only. Which it is can be seen.
//!
//! On a target that does not use musl it says nothing. Which linker, loader and runner are used is not decided here:
//! a build script cannot do that for its dependents. `./build.sh RustEnvironment` writes the settings.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// Where prefixes are staged, a folder for each architecture.
const USUAL_PLACE: &str = "out/musl";

/// A prefix that somebody named, or that is expected at its usual place.
struct Prefix {
    path: PathBuf,
    origin: String,
}

/// How a prefix's musl makes system calls.
#[derive(Clone, Copy, PartialEq)]
enum Flavour {
    Linux,
    L4Re,
}

/// What a prefix says of its architecture: the lines `KEY=VALUE` of a file in it. No architecture is known here by its name.
struct Description(HashMap<String, String>);

/// What is known of the target's architecture before there is a prefix.
struct Machine {
    /// Rust's name.
    arch: String,
    /// The name that the prefix for it has below `out/musl`, and that its architecture has in `./build.sh`.
    folder: String,
    /// The names in environment variables, in the order in which they count.
    variables: Vec<String>,
}

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if variable("CARGO_CFG_TARGET_ENV").as_deref() != Some("musl") {
        return;
    }
    let arch = variable("CARGO_CFG_TARGET_ARCH").expect("cargo sets it");
    let machine = Machine::of(arch);
    let prefix = Prefix::find(&machine);
    let flavour = prefix.flavour();
    match prefix.check(&machine, flavour) {
        Ok(version) => prefix.announce(&version, flavour),
        Err(problem) => {
            eprintln!("error: {problem}");
            process::exit(1);
        }
    }
}

impl Description {
    const FILE: &str = "share/l4re-musl/architecture";

    fn read(prefix: &Path) -> Option<Self> {
        let text = fs::read_to_string(prefix.join(Self::FILE)).ok()?;
        Some(Self(
            text.lines().filter_map(|line| line.split_once('=')).map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        ))
    }

    /// A value; empty if the prefix does not have it.
    fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }
}

impl Machine {
    const VARIABLE: &str = "L4RE_LIBC_MUSL_PREFIX";

    /// Prefixes say which of Rust's architectures they are for, and its other name. Those that variables name are looked at
    /// first, then those that are staged in the workspace.
    fn of(arch: String) -> Self {
        let is_ours = |name: &OsString| name.to_string_lossy().starts_with(Self::VARIABLE);
        let named = env::vars_os().filter(|(name, _)| is_ours(name)).map(|(_, value)| root().join(value));
        let staged = fs::read_dir(root().join(USUAL_PLACE)).into_iter().flatten().flatten().map(|entry| entry.path());
        let folder = named
            .chain(staged)
            .filter_map(|prefix| Description::read(&prefix))
            .find(|description| description.get("RUST_ARCH") == arch)
            .map_or_else(|| arch.clone(), |description| description.get("ARCH").to_owned());
        let mut names = vec![arch.clone(), folder.clone()];
        names.dedup();
        let variables = names.iter().map(|name| format!("{}_{}", Self::VARIABLE, name.to_uppercase()));
        let variables = variables.chain([Self::VARIABLE.to_owned()]).collect();
        Self { arch, folder, variables }
    }
}

impl Prefix {
    fn find(machine: &Machine) -> Self {
        for name in &machine.variables {
            println!("cargo::rerun-if-env-changed={name}");
        }
        let named = machine.variables.iter().find_map(|name| Some((name, variable(name)?)));
        match named {
            Some((name, value)) => Self { path: root().join(value), origin: format!("the environment variable {name}") },
            None => Self {
                path: root().join(USUAL_PLACE).join(&machine.folder),
                origin: "the usual place, because no environment variable names one".to_owned(),
            },
        }
    }

    /// The list of the calls that are functions is what only the flavour `l4re` has; a shared library it never has.
    fn flavour(&self) -> Flavour {
        let [list, shared] = [Flavour::LIST, "lib/libc.so"].map(|file| self.path.join(file));
        println!("cargo::rerun-if-changed={}", list.display());
        if list.is_file() && !shared.exists() { Flavour::L4Re } else { Flavour::Linux }
    }

    /// Returns the version of musl, or one sentence that says what is wrong.
    fn check(&self, machine: &Machine, flavour: Flavour) -> Result<String, String> {
        let target = variable("TARGET").unwrap_or_default();
        let remedy = format!(
            "make it with './build.sh Stage{} --architectures {}', or name a prefix for {target} in {}",
            if flavour == Flavour::L4Re { " --flavours l4re" } else { "" },
            machine.folder,
            machine.variables[0]
        );
        for file in flavour.files() {
            let path = self.path.join(file);
            println!("cargo::rerun-if-changed={}", path.display());
            if !path.is_file() {
                return Err(format!(
                    "'{}' (from {}) is not a musl prefix, because it has no {file}; {remedy}",
                    self.path.display(),
                    self.origin
                ));
            }
        }
        let library = self.path.join(flavour.library());
        let image =
            fs::read(&library).map_err(|e| format!("'{}' (from {}) cannot be read: {e}", library.display(), self.origin))?;
        let description = Description::read(&self.path)
            .ok_or_else(|| format!("'{}/{}' (from {}) cannot be read", self.path.display(), Description::FILE, self.origin))?;
        if let Some(problem) = foreign(&image, &description, machine) {
            return Err(format!(
                "the musl prefix '{}' (from {}) is not for {target}: its {} {problem}; {remedy}",
                self.path.display(),
                self.origin,
                flavour.library().trim_start_matches("lib/")
            ));
        }
        if flavour == Flavour::L4Re && !is_static() {
            return Err(format!(
                "the musl prefix '{}' (from {}) is of the flavour l4re, which has no shared library; \
                 add -Ctarget-feature=+crt-static to rustc's flags",
                self.path.display(),
                self.origin
            ));
        }
        let version = fs::read_to_string(self.path.join("VERSION"))
            .map_err(|e| format!("'{}/VERSION' cannot be read: {e}", self.path.display()))?;
        Ok(version.trim().to_owned())
    }

    fn announce(&self, version: &str, flavour: Flavour) {
        let path = self.path.display();
        println!("cargo::rustc-link-search=native={path}/lib");
        println!("cargo::rustc-link-lib={}=c", flavour.link_kind());
        println!("cargo::rustc-env=L4RE_LIBC_PREFIX={path}");
        println!("cargo::rustc-env=L4RE_LIBC_VERSION={version}");
        println!("cargo::rustc-env=L4RE_LIBC_FLAVOUR={}", flavour.name());
        println!("cargo::metadata=prefix={path}");
        println!("cargo::metadata=include={path}/include");
        println!("cargo::metadata=libdir={path}/lib");
        println!("cargo::metadata=version={version}");
        println!("cargo::metadata=flavour={}", flavour.name());
    }
}

impl Flavour {
    const LIST: &str = "share/l4re-musl/syscalls.def";

    fn name(self) -> &'static str {
        if self == Self::L4Re { "l4re" } else { "linux" }
    }

    /// What a prefix must have.
    fn files(self) -> &'static [&'static str] {
        match self {
            Self::Linux => &[
                "lib/libc.so",
                "lib/libc.a",
                "lib/Scrt1.o",
                "lib/crti.o",
                "lib/crtn.o",
                "include/features.h",
                "VERSION",
                Description::FILE,
            ],
            Self::L4Re => {
                &["lib/libc.a", "lib/crt1.o", "lib/crti.o", "lib/crtn.o", "include/features.h", "VERSION", Description::FILE]
            }
        }
    }

    /// The library that shows what a prefix is for.
    fn library(self) -> &'static str {
        self.files()[0]
    }

    /// How rustc links libc. All of it statically with crt-static, because a second, shared one beside it would crash.
    fn link_kind(self) -> &'static str {
        match self {
            // Not as a part of this crate: libc and the backend that serves it need each other, so that one group must hold both.
            Self::L4Re => "static:-bundle",
            Self::Linux if is_static() => "static",
            Self::Linux => "dylib",
        }
    }
}

fn is_static() -> bool {
    variable("CARGO_CFG_TARGET_FEATURE").is_some_and(|features| features.split(',').any(|feature| feature == "crt-static"))
}

/// Says what keeps a prefix's library, an ELF file or an archive of them, from being for the target, if anything does.
fn foreign(image: &[u8], description: &Description, machine: &Machine) -> Option<String> {
    const HEADER: usize = 52;
    const MACHINE: usize = 18; // Where e_machine is (System V ABI, chapter 4).
    let image = if image.starts_with(b"!<arch>\n") { first_object(image) } else { image };
    if image.len() < HEADER || !image.starts_with(b"\x7fELF") {
        return Some("is not an ELF file".to_owned());
    }
    if description.get("RUST_ARCH") != machine.arch {
        return Some(format!("is for {}", description.get("ARCH")));
    }
    let actual = u16::from_le_bytes([image[MACHINE], image[MACHINE + 1]]).to_string();
    if description.get("ELF_MACHINE") != actual {
        return Some(format!("is for the ELF machine {actual}"));
    }
    // Such as the two ways to pass floating-point numbers, which cannot be mixed.
    let abi = variable("CARGO_CFG_TARGET_ABI").unwrap_or_default();
    if description.get("RUST_ABI") != abi {
        return Some(format!("is for the ABI '{}', not for '{abi}'", description.get("RUST_ABI")));
    }
    None
}

/// The first object in an archive (ar(5)), after the tables of symbols and long names; empty if it has no object.
fn first_object(archive: &[u8]) -> &[u8] {
    const HEADER: usize = 60;
    let mut rest = &archive[8..];
    while rest.len() >= HEADER {
        let (header, content) = rest.split_at(HEADER);
        let size = std::str::from_utf8(&header[48..58]).ok().and_then(|text| text.trim_end().parse::<usize>().ok());
        match size.and_then(|size| content.get(..size)) {
            Some(object) if !header.starts_with(b"/") || header[1].is_ascii_digit() => return object,
            // What follows begins at an even position.
            Some(table) => rest = content.get(table.len().next_multiple_of(2)..).unwrap_or_default(),
            None => break,
        }
    }
    &[]
}

/// The workspace, from which paths count: a build script starts in its crate's folder, where nobody looks for them.
fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().unwrap_or(root)
}

/// A variable's value; set but empty means unset, as for every shell tool.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
