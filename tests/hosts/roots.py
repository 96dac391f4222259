"""Makes the root file systems of imitated hosts with debootstrap, and keeps them."""

import gzip
import hashlib
import os
import pathlib
import shutil
import subprocess

import internet

# What GitHub's and Azure's images of Ubuntu have of all that the build and its tests use. Node.js and Rust come on top.
ON_A_RUNNER = """
    apt-utils autoconf automake bison bzip2 ca-certificates curl file flex g++ gcc git gnupg iproute2 jq libicu-dev libtool
    lsb-release make man-db netbase openssh-client patch pkg-config procps python3 rsync shellcheck sudo tar tzdata unzip wget
    xz-utils zip zstd
""".split()

# A person's machine that has only git, sudo, and what the .NET SDK needs.
ON_A_MACHINE = "ca-certificates git libicu-dev netbase procps sudo wget".split()

# What the build installs on a runner: the table of './build.sh Doctor'. Ubuntu has all of these, too.
PROVISIONED = """
    autoconf bsdutils bzip2 cmake cpio debian-archive-keyring dpkg e2fsprogs g++-aarch64-linux-gnu g++-arm-linux-gnueabihf
    gcc gcc-aarch64-linux-gnu gcc-arm-linux-gnueabihf gcc-riscv64-linux-gnu gdb-multiarch git gnupg libc6-dev
    linux-libc-dev-arm64-cross linux-libc-dev-armhf-cross linux-libc-dev-riscv64-cross make meson ninja-build pkg-config
    qemu-system-arm qemu-system-misc qemu-user squashfs-tools xz-utils gcc-12-source
""".split()

RUNNER_ID = 1001

DEVICES = (("null", 1, 3), ("zero", 1, 5), ("full", 1, 7), ("random", 1, 8), ("urandom", 1, 9), ("tty", 5, 0))
DEVICE_LINKS = (("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2"), ("ptmx", "pts/ptmx"))

OS_RELEASE = """\
PRETTY_NAME="Ubuntu 24.04.3 LTS"
NAME="Ubuntu"
VERSION_ID="24.04"
VERSION="24.04.3 LTS (Noble Numbat)"
VERSION_CODENAME=noble
ID=ubuntu
ID_LIKE=debian
UBUNTU_CODENAME=noble
"""

LSB_RELEASE = """\
DISTRIB_ID=Ubuntu
DISTRIB_RELEASE=24.04
DISTRIB_CODENAME=noble
DISTRIB_DESCRIPTION="Ubuntu 24.04.3 LTS"
"""

# As on GitHub's machines, where apt takes the first of several mirrors that answers.
UBUNTU_SOURCES = """\
Types: deb
URIs: mirror+file:/etc/apt/apt-mirrors.txt
Suites: noble
Components: main
Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg
"""


def run(*command, **options):
    subprocess.run([str(part) for part in command], check=True, **options)


def mount_system(root):
    """Mounts what programs expect besides files; it goes away with the mount namespace."""
    for folder in ("proc", "sys", "dev"):
        (root / folder).mkdir(exist_ok=True)
    run("mount", "-t", "proc", "proc", root / "proc")
    run("mount", "--rbind", "-o", "ro", "/sys", root / "sys")
    # Devices of its own: root in there must not remove those of this machine.
    dev = root / "dev"
    run("mount", "-t", "tmpfs", "-o", "mode=755", "dev", dev)
    for name, major, minor in DEVICES:
        os.mknod(dev / name, 0o020000, os.makedev(major, minor))
        os.chmod(dev / name, 0o666)
    for name, target in DEVICE_LINKS:
        (dev / name).symlink_to(target)
    for name in ("pts", "shm"):
        (dev / name).mkdir()
    run("mount", "-t", "devpts", "-o", "newinstance,ptmxmode=666,mode=620,gid=5", "devpts", dev / "pts")
    run("mount", "-t", "tmpfs", "-o", "mode=1777", "shm", dev / "shm")
    run("mount", "-t", "tmpfs", "-o", "mode=755", "run", root / "run")


def in_root(root, *command, **options):
    environment = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "HOME": "/root",
    }
    run("chroot", root, *command, env=environment, stdin=subprocess.DEVNULL, **options)


def install(root, packages, log, *options):
    with log.open("a") as output:
        in_root(root, "apt-get", "install", "-y", "--no-install-recommends", *options, *packages, stdout=output, stderr=output)


class Roots:
    """The roots in a folder; each is made when it is first asked for."""

    def __init__(self, folder, repository, cache, ubuntu_archive, net, say):
        self.folder, self.repository, self.cache, self.ubuntu, self.net, self.say = \
            folder, repository, cache, ubuntu_archive, net, say
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "making.log"

    def layers(self, host, is_provisioned):
        """Returns the layers of a host's root, the lowest one first."""
        if host == "debian13":
            layers = [self._make("debian13", lambda root: self._debootstrap(root, "trixie", ON_A_MACHINE))]
            provisioned = "debian13-provisioned"
        else:
            layers = [self._make("ubuntu", self._ubuntu)]
            provisioned = "ubuntu-provisioned"
        if is_provisioned or host == "bare":
            layers.append(self._make_layer(provisioned, layers[0], lambda root: install(root, PROVISIONED, self.log)))
        if host == "bare":
            layers.append(self._make_layer("bare", layers, self._forget_repositories))
        return layers

    def _make(self, name, make):
        root, unfinished = self.folder / name, self.folder / f"{name}.unfinished"
        if not root.exists():
            self.say(f"making the root '{name}'; the output is in {self.log}")
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(root)
        return root

    def _make_layer(self, name, below, change):
        """Makes a folder with what a change does to the layers below."""
        def make(layer):
            layer.mkdir()
            with Overlay(below if isinstance(below, list) else [below], layer) as root:
                self._connect(root)
                mount_system(root)
                change(root)
        return self._make(name, make)

    def _debootstrap(self, root, suite, packages):
        mirror, keyring = debian_mirror(), "/usr/share/keyrings/debian-archive-keyring.gpg"
        with self.log.open("a") as output:
            run("debootstrap", "--variant=minbase", f"--keyring={keyring}", suite, root, mirror, stdout=output, stderr=output)
            self._connect(root)
            (root / "etc/apt/sources.list").unlink(missing_ok=True)
            sources = root / "etc/apt/sources.list.d/debian.sources"
            sources.write_text(
                f"Types: deb\nURIs: {mirror}\nSuites: {suite} {suite}-updates\nComponents: main\nSigned-By: {keyring}\n")
            mount_system(root)
            in_root(root, "apt-get", "update", stdout=output, stderr=output)
            install(root, packages, self.log)
            in_root(root, "apt-get", "clean")
        in_root(root, "useradd", "--create-home", "--uid", RUNNER_ID, "--shell", "/bin/bash", "runner")
        trust = root / "usr/local/share/ca-certificates"
        shutil.copy(self.net.authority, trust / "imitated-internet.crt")
        for own in pathlib.Path("/usr/local/share/ca-certificates").glob("*.crt"):
            shutil.copy(own, trust)
        in_root(root, "update-ca-certificates", stdout=subprocess.DEVNULL)
        (root / "usr/share/dotnet").mkdir()
        (root / "usr/bin/dotnet").symlink_to("../share/dotnet/dotnet")
        # The indexes are those of today, as on a machine that is used.

    def _connect(self, root):
        """Lets a root find this machine's registries, and what is imitated."""
        shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
        (root / "etc/hosts").write_text(pathlib.Path("/etc/hosts").read_text() + self.net.hosts)

    def _ubuntu(self, root):
        self._debootstrap(root, "bookworm", ON_A_RUNNER)
        self._fill_archive(root)
        shutil.rmtree(root / "var/lib/apt/lists")
        for file in (root / "etc/apt").rglob("*.sources"):
            file.unlink()
        (root / "etc/os-release").unlink()
        (root / "etc/os-release").write_text(OS_RELEASE)
        (root / "usr/lib/os-release").write_text(OS_RELEASE)
        (root / "etc/lsb-release").write_text(LSB_RELEASE)
        self._replace_keyring(root)
        (root / "etc/apt/apt-mirrors.txt").write_text(f"http://{internet.UBUNTU}/ubuntu/\tpriority:1\n")
        (root / "etc/apt/sources.list.d/ubuntu.sources").write_text(UBUNTU_SOURCES)
        with self.log.open("a") as output:
            in_root(root, "apt-get", "update", stdout=output, stderr=output)
        self._add_node(root)
        self._add_rust(root)

    def _replace_keyring(self, root):
        """Ubuntu's apt depends on the keys of Ubuntu; those of Debian are another package."""
        tree = root / "tmp/ubuntu-keyring"
        keyrings = tree / "usr/share/keyrings"
        keyrings.mkdir(parents=True)
        shutil.copy(self.ubuntu / "archive-keyring.gpg", keyrings / "ubuntu-archive-keyring.gpg")
        (tree / "DEBIAN").mkdir(mode=0o755)
        (tree / "DEBIAN/control").write_text(
            "Package: ubuntu-keyring\nVersion: 2023.11.28.1\nArchitecture: all\nMaintainer: nobody\n"
            "Provides: debian-archive-keyring\nDescription: imitates the keys of Ubuntu\n")
        run("dpkg-deb", "--build", tree, root / "tmp/ubuntu-keyring.deb", stdout=subprocess.DEVNULL)
        with self.log.open("a") as output:
            in_root(root, "dpkg", "--install", "/tmp/ubuntu-keyring.deb", stdout=output, stderr=output)
            in_root(root, "dpkg", "--purge", "debian-archive-keyring", stdout=output, stderr=output)
        shutil.rmtree(tree)
        (root / "tmp/ubuntu-keyring.deb").unlink()
        shutil.rmtree(root / "etc/apt/trusted.gpg.d")
        (root / "etc/apt/trusted.gpg.d").mkdir()

    def _fill_archive(self, root):
        """Downloads what the build may install, and makes an archive of it that is signed, and says that it is Ubuntu's."""
        pool, suite = self.ubuntu / "pool", self.ubuntu / "dists/noble"
        pool.mkdir(parents=True, exist_ok=True)
        install(root, PROVISIONED, self.log, "--download-only", "--reinstall")
        for file in (root / "var/cache/apt/archives").glob("*.deb"):
            shutil.move(file, pool / file.name.replace("%3a", "_"))
        index = suite / "main/binary-amd64/Packages"
        index.parent.mkdir(parents=True, exist_ok=True)
        index.write_text("".join(self._stanza(file) for file in sorted(pool.iterdir())))
        packed = index.with_suffix(".gz")
        packed.write_bytes(gzip.compress(index.read_bytes()))
        lines = "".join(
            f" {hashlib.sha256(file.read_bytes()).hexdigest()} {file.stat().st_size} {file.relative_to(suite)}\n"
            for file in (index, packed))
        date = subprocess.check_output(["date", "-Ru"], text=True).strip().replace("+0000", "UTC")
        release = (
            "Origin: Ubuntu\nLabel: Ubuntu\nSuite: noble\nVersion: 24.04\nCodename: noble\n"
            f"Date: {date}\nArchitectures: amd64\nComponents: main\nSHA256:\n{lines}")
        home = self.ubuntu / "gnupg"
        home.mkdir(mode=0o700, exist_ok=True)
        gpg = ["gpg", "--homedir", home, "--batch", "--quiet", "--yes", "--pinentry-mode", "loopback", "--passphrase", ""]
        run(*gpg, "--quick-generate-key", "Imitated Ubuntu <ubuntu@localhost>", "rsa2048", "sign", "never")
        run(*gpg, "--output", self.ubuntu / "archive-keyring.gpg", "--export")
        run(*gpg, "--output", suite / "InRelease", "--clearsign", input=release.encode())

    def _stanza(self, file):
        control = subprocess.check_output(["dpkg-deb", "--field", file], text=True).rstrip()
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        return f"{control}\nFilename: {file.relative_to(self.ubuntu)}\nSize: {file.stat().st_size}\nSHA256: {digest}\n\n"

    @staticmethod
    def _add_node(root):
        """Puts this machine's Node.js where a runner has it."""
        node = pathlib.Path(os.path.realpath(shutil.which("node")))
        shutil.copy(node, root / "usr/local/bin/node")
        modules = root / "usr/local/lib/node_modules"
        modules.mkdir(parents=True)
        npm = pathlib.Path(os.path.realpath(shutil.which("npm"))).parents[1]
        shutil.copytree(npm, modules / "npm", symlinks=True)
        for name in ("npm", "npx"):
            (root / "usr/local/bin" / name).symlink_to(f"../lib/node_modules/npm/bin/{name}-cli.js")

    def _add_rust(self, root):
        """Installs this machine's Rust as rustup would, and what the stand-in for rustup can add to it."""
        toolchain = pathlib.Path(subprocess.check_output(["rustc", "--print", "sysroot"], text=True, cwd="/").strip())
        home = root / "home/runner"
        own = home / ".rustup/toolchains/stable-x86_64-unknown-linux-gnu"
        own.mkdir(parents=True)
        for part in ("bin", "lib", "libexec", "etc"):
            run("cp", "-a", toolchain / part, own)
        programs = home / ".cargo/bin"
        programs.mkdir(parents=True)
        shutil.copy(self.repository / "tests/hosts/rustup", programs / "rustup")
        for program in (own / "bin").iterdir():
            (programs / program.name).symlink_to("rustup")
        server = root / "usr/share/imitated-rustup"
        server.mkdir()
        version = subprocess.check_output([toolchain / "bin/rustc", "--version"], text=True).split()[1]
        sources = self.cache / "rust" / f"rustc-{version}"
        if sources.exists():
            run("cp", "-a", sources / "library", sources / "vendor", self._folder(server / "rust-src"))
            (server / "rust-src/vendor").rename(server / "rust-src/library/vendor")
        for target in (self.repository / "out/rust/std").glob("*/lib/rustlib/*"):
            libraries = self._folder(server / f"rust-std-{target.name}")
            run("cp", "-a", *(target / "lib").glob("*.rlib"), libraries)
        run("chown", "-R", "0:0", server)
        run("chown", "-R", f"{RUNNER_ID}:{RUNNER_ID}", home)

    @staticmethod
    def _folder(path):
        path.mkdir()
        return path

    @staticmethod
    def _forget_repositories(root):
        for file in (root / "etc/apt").rglob("*.sources"):
            file.unlink()
        for file in (root / "var/lib/apt/lists").iterdir():
            if file.is_file():
                file.unlink()


class Overlay:
    """Layers mounted as one folder, and what is changed in it in a folder of its own."""

    def __init__(self, layers, changes):
        self.layers, self.changes = layers, changes
        self.work, self.root = changes.with_name(f"{changes.name}.work"), changes.with_name(f"{changes.name}.root")

    def __enter__(self):
        for folder in (self.changes, self.work, self.root):
            folder.mkdir(parents=True, exist_ok=True)
        lower = ":".join(str(layer) for layer in reversed(self.layers))
        options = f"lowerdir={lower},upperdir={self.changes},workdir={self.work}"
        run("mount", "-t", "overlay", "overlay", "-o", options, self.root)
        return self.root

    def __exit__(self, *_):
        subprocess.run(["umount", "--recursive", "--lazy", self.root], check=False)
        shutil.rmtree(self.work, ignore_errors=True)
        os.rmdir(self.root)


def debian_mirror():
    """This machine's first mirror of Debian, according to its apt."""
    answer = subprocess.check_output(
        ["apt-get", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)"], text=True)
    for line in answer.splitlines():
        origin, label, uri = line.split("|")
        if (origin, label) in (("Debian", "Debian"), ("", "")):
            return uri
    raise SystemExit("apt on this machine uses no mirror of Debian")
