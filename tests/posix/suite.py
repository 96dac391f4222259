"""posixtestsuite: its source, its conformance programs, and how they are compiled."""

import collections
import concurrent.futures
import dataclasses
import functools
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tarfile

VERSION = "1.5.2"
ARCHIVE = f"posixtestsuite_{VERSION}.orig.tar.gz"
POOL = f"pool/main/p/posixtestsuite/{ARCHIVE}"
SHA256 = "15a2185672127cba851d35ec9d538ff6148defdbb75f99c7e9c50aeba0f94757"

# What a backend for a single process cannot have, or is not meant to have, by the functions that a program calls itself.
NEEDS = {
    "fork": re.compile(r"_?_?v?fork|_Fork|system|popen|posix_spawnp?|daemon|forkpty"),
    "exec": re.compile(r"f?exec[lv]p?e?|execveat"),
    "shared memory": re.compile(r"shm_open|shm_unlink"),
    "System V": re.compile(r"shmget|shmat|shmdt|shmctl|msgget|msgsnd|msgrcv|msgctl"),
    "message queues": re.compile(r"mq_\w+"),
    "aio": re.compile(r"aio_\w+|lio_listio"),
}

# What those have that serve many processes.
OF_PROCESSES = ("fork", "exec", "shared memory")

# The suite's own settings (Makefile, LDFLAGS), but warnings are no errors: it is from 2004, and names what it lacks itself.
FLAGS = ["-std=gnu99", "-O2", "-w", "-D_POSIX_C_SOURCE=200112L", "-D_XOPEN_SOURCE=600"]
# Errors of newer compilers than the suite.
OLD_C = ["implicit-function-declaration", "implicit-int", "int-conversion", "incompatible-pointer-types"]

UNDEFINED = re.compile(r"undefined reference to `([^']+)'")
FUNCTION = re.compile(r"SYS_(\w+)_function")


def fetch(folder):
    """Returns the folder of the unpacked source, from Debian's pool: the mirrors are those of the machine's apt."""
    source = folder / f"posixtestsuite-{VERSION}"
    if source.exists():
        return source
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / ARCHIVE
    if not archive.exists():
        download(archive)
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{archive} is not the archive that is expected: its SHA-256 is another; remove it")
    scratch = folder / "unpacked"
    shutil.rmtree(scratch, ignore_errors=True)
    with tarfile.open(archive) as tar:
        tar.extractall(scratch, filter="data") if hasattr(tarfile, "data_filter") else tar.extractall(scratch)
    (scratch / "posixtestsuite").rename(source)
    scratch.rmdir()
    return source


def download(archive):
    listed = subprocess.run(
        ["apt-get", "-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=", "indextargets",
         "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)"], stdout=subprocess.PIPE, text=True, check=True).stdout
    repositories = sorted({tuple(line.split("|", 2)) for line in listed.splitlines()}, reverse=True)
    for origin, label, address in repositories:
        # apt knows origin and label only of indexes that it has fetched.
        if origin not in ("", "Debian") or label not in ("", "Debian") or address.startswith("cdrom:"):
            continue
        part = archive.with_suffix(".part")
        done = subprocess.run(["/usr/lib/apt/apt-helper", "-qq", "download-file", f"{address.rstrip('/')}/{POOL}", part,
                               f"SHA256:{SHA256}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if done.returncode == 0:
            part.rename(archive)
            return
    raise SystemExit(f"no mirror of Debian that apt knows has {POOL}; put the archive at {archive}")


@dataclasses.dataclass
class Program:
    """One program of the suite."""

    name: str  # such as pthread_create/1-1
    source: pathlib.Path
    needs: tuple = ()  # which of NEEDS
    has_main: bool = True
    error: str = ""  # the compiler's
    missing: tuple = ()  # what the linker misses: calls by their names, other symbols in parentheses
    file: pathlib.Path = None  # the linked program
    limit: float = 0  # seconds, after which it hangs

    @property
    def interface(self):
        return self.name.rpartition("/")[0].removesuffix("/speculative")


def programs(source):
    """All that the suite would run, and not only compile, in a fixed order."""
    conformance = source / "conformance"
    found = []
    for file in conformance.rglob("*.c"):
        if not re.match(r"\d+-", file.name) or "buildonly" in file.name:
            continue
        name = file.relative_to(conformance).with_suffix("").as_posix().removeprefix("interfaces/")
        found.append(Program(name, file))
    return sorted(found, key=lambda program: [int(part) if part.isdigit() else part
                                              for part in re.split(r"(\d+)", program.name)])


class Target:
    """A compiler of one of the prefixes, and where its programs go."""

    def __init__(self, repository, backend, architecture, folder):
        data = json.loads((repository / "config/architectures" / f"{architecture}.json").read_text())
        triple = data["triple"]
        self.data, self.backend, self.architecture, self.folder = data, backend, architecture, folder
        if backend in ("linux", "linux-run"):
            self.prefix = repository / "out/musl" / architecture
            self.compiler = self.prefix / "bin" / f"{triple}-gcc"
            self.link_flags = ["-static"]
        else:
            self.prefix = repository / "out/musl-l4re" / architecture
            machine = triple.partition("-")[0]
            self.compiler = self.prefix / "bin" / f"{machine}-l4re-musl-gcc"
            self.link_flags = [f"--backend={backend}"]
        if not self.compiler.exists():
            raise SystemExit(f"{self.compiler} is missing; ./build.sh Stage --flavours linux l4re makes the prefixes")
        if backend not in ("linux", "linux-run", *(path.name for path in (self.prefix / "lib/syscalls").glob("*"))):
            raise SystemExit(f"{self.prefix} has no backend '{backend}'; see docs/l4re.md")
        self.flags = [*FLAGS, *data["backend"]["flags"], *(f"-Wno-error={one}" for one in OLD_C)]
        self.tools = next(prefix for prefix in data["compiler"]["prefixes"] if shutil.which(f"{prefix}nm"))

    def run(self, *command):
        return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace", env={**os.environ, "LC_ALL": "C"})

    def object_of(self, program):
        return self.objects / f"{program.name.replace('/', '.')}.o"

    def needs_of(self, names):
        served = OF_PROCESSES if self.backend in ("linux", "linux-run") else ()
        return tuple(need for need, pattern in NEEDS.items() if need not in served and any(map(pattern.fullmatch, names)))

    def find_objects(self, source):
        """Objects are kept as long as the headers, the flags, the compiler and the suite are the same."""
        state = hashlib.sha256(" ".join(self.flags).encode() + SHA256.encode())
        state.update(self.run(self.compiler, "--version").stdout.encode())
        for header in sorted((self.prefix / "include").rglob("*.h")):
            state.update(header.read_bytes())
        self.objects = self.folder.parent / "objects" / f"{self.prefix.parent.name}-{state.hexdigest()[:16]}"
        self.objects.mkdir(parents=True, exist_ok=True)
        self.include = source / "include"

    def compile(self, program):
        output = self.object_of(program)
        errors = output.with_suffix(".err")
        if not output.exists() and not errors.exists():
            scratch = output.with_suffix(".part.o")
            done = self.run(self.compiler, *self.flags, f"-I{self.include}", "-c", program.source, "-o", scratch)
            if done.returncode:
                errors.write_text(done.stdout)
            else:
                scratch.rename(output)
        if errors.exists():
            program.error = first_error(errors.read_text())

    def examine(self, programs):
        """Finds out what the objects define and need."""
        undefined, with_main = collections.defaultdict(list), set()
        listing = self.run("sh", "-c", f'cd "$1" && {self.tools}nm -g -A ./*.o', "sh", self.objects).stdout
        for name, kind, symbol in re.findall(r"^\./(.*)\.o:[0-9a-f ]+ (\w) (\S+)$", listing, re.MULTILINE):
            if kind == "U":
                undefined[name].append(symbol)
            elif kind == "T" and symbol == "main":
                with_main.add(name)
        for program in programs:
            name = self.object_of(program).stem
            program.has_main = name in with_main
            program.needs = program.needs or self.needs_of(undefined[name])

    def link(self, program):
        """Links without --enosys, so that the linker names the calls that the backend lacks."""
        output = self.folder / "programs" / program.name.replace("/", ".")
        done = self.run(self.compiler, *self.link_flags, *self.data["backend"]["flags"], self.object_of(program), "-o", output)
        if done.returncode == 0:
            program.file = output
            return
        names = set(UNDEFINED.findall(done.stdout))
        calls = {FUNCTION.fullmatch(name)[1] for name in names if FUNCTION.fullmatch(name)}
        others = {f"({name})" for name in names if not FUNCTION.fullmatch(name)}
        program.missing = tuple(sorted(calls) + sorted(others))
        if not names:
            program.error = first_error(done.stdout)

    def build(self, source, selected, jobs, say):
        """Compiles the programs, and links those that are to run."""
        self.find_objects(source)
        shutil.rmtree(self.folder / "programs", ignore_errors=True)
        (self.folder / "programs").mkdir(parents=True)

        def each(act, programs, done):
            with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
                for index, _ in enumerate(pool.map(act, programs), 1):
                    if index % 200 == 0 or index == len(programs):
                        say(f"{index} of {len(programs)} {done}")

        # Some tests of an interface return early without calling it.
        for one in selected:
            one.needs = self.needs_of([one.interface])
        each(self.compile, [one for one in selected if not one.needs], "are compiled")
        self.examine(selected)
        each(self.link, [one for one in selected if one.has_main and not one.needs and not one.error], "are linked")


def first_error(text):
    lines = [line for line in text.splitlines() if "error" in line or "undefined" in line] or text.splitlines() or ["?"]
    return re.sub(r"^\S*/conformance/", "", lines[0])


@functools.cache
def group_of(interface):
    """The line of the table that an interface belongs to."""
    folder = interface.partition("/")[0]
    for group, pattern in GROUPS.items():
        if re.fullmatch(pattern, folder):
            return group
    return "others"


GROUPS = {
    "pthread": r"pthread_.*",
    "sem": r"sem_.*",
    "sig": r"sig.*",
    "kill, raise": r"kill|killpg|raise",
    "sched": r"sched_.*",
    "mmap, mlock": r"mmap|munmap|mlock|mlockall|munlock|munlockall",
    "timer": r"timer_.*",
    "clock, nanosleep": r"clock.*|nanosleep",
    "time": r"asctime|ctime|difftime|gmtime|localtime|mktime|strftime|time",
    "behavior": r"behavior",
    "mq": r"mq_.*",
    "aio": r"aio_.*|lio_.*",
    "shm": r"shm_.*",
    "definitions": r"definitions",
}
