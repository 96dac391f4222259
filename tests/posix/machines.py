"""Where programs run: in emulation of a user's process, as all that an emulated machine runs, or as tasks of L4Re."""

import concurrent.futures
import dataclasses
import os
import pathlib
import re
import selectors
import shutil
import signal
import subprocess
import tempfile
import threading
import time

# How much of a program's output is kept.
TAIL = 2000

CODES = {0: "pass", 1: "fail", 2: "unresolved", 4: "unsupported", 5: "untested"}


@dataclasses.dataclass
class Outcome:
    word: str  # one of CODES, "hang", "crash" or "other"
    code: int = 0
    seconds: float = 0.0
    output: str = ""


def outcome_of(code, seconds, output):
    word = CODES.get(code) or ("crash" if code < 0 or code > 128 else "other")
    return Outcome(word, code, round(seconds, 2), output[-TAIL:])


def plain(data):
    return data.decode(errors="replace").replace("\r\n", "\n")


# What runs now, to be ended with this program.
running = set()


def end_all(*_):
    for process in list(running):
        kill(process)
    os._exit(1)


def kill(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)  # Also what a program has left behind.
    except ProcessLookupError:
        pass


def watched(command, folder, limit):
    """Runs a command in a folder and in a session of its own; returns its exit code, None for a hang, and its output."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        running.add(process)
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:
            code = None
        kill(process)
        process.wait()
        running.discard(process)
        log.seek(0)
        return code, plain(log.read())


class Single:
    """Runs each program on its own, in an empty folder, but some look for the suite's."""

    def __init__(self, target):
        self.target = target

    def command(self, program):
        raise NotImplementedError

    def run_all(self, programs, jobs, report):
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            futures = {pool.submit(self.run, program): program for program in programs}
            for future in concurrent.futures.as_completed(futures):
                report(futures[future], future.result())

    def run(self, program):
        with tempfile.TemporaryDirectory(prefix="posix-") as folder:
            (pathlib.Path(folder) / "conformance").symlink_to(self.target.include.parent / "conformance")
            begin = time.monotonic()
            code, output = watched(self.command(program), folder, program.limit)
            seconds = time.monotonic() - begin
        if code is None:
            return Outcome("hang", 0, round(seconds, 2), output[-TAIL:])
        return outcome_of(code, seconds, output)


class UserMode(Single):
    """The Linux flavour in user-mode emulation: real Linux, through QEMU."""

    def command(self, program):
        return [self.target.data["qemuUser"], program.file]


class BareMachine(Single):
    """The backend semihosting: a machine for each program. With virtual time, waiting takes no time."""

    def __init__(self, target, virtual_time):
        super().__init__(target)
        self.virtual_time = virtual_time

    def command(self, program):
        machine = self.target.data["emulation"]
        name = pathlib.Path(program.file).name.replace(",", ",,")
        return [machine["qemuSystem"], "-machine", machine["machine"], "-cpu", machine["processor"], "-nodefaults",
                "-display", "none", *(["-icount", "shift=1,sleep=off"] if self.virtual_time else []),
                "-semihosting-config", f"enable=on,target=native,arg={name}", "-kernel", program.file]


class L4Re:
    """The backend l4re: boot images of an L4Re tree, in each of which pkg/musl's script for Ned runs some programs in turn.

    A program that hangs ends its boot; what was to come after it goes into another image.
    """

    PREFIX = ""  # of each command
    PER_IMAGE = 60  # Many more modules, and L4Re's bootstrap has no place for them.
    BOOT_LIMIT = 60

    def __init__(self, target, repository, build, virtual_time):
        self.target, self.virtual_time = target, virtual_time
        self.script = repository / "pkg/musl/assets/musl-native.ned"
        self.build = build.resolve()
        self.tree = (self.build / "source").resolve()
        if not (self.tree / "mk").is_dir():
            raise SystemExit(f"{build} is no build folder of L4Re")
        self.images = target.folder / "images"
        shutil.rmtree(self.images, ignore_errors=True)
        self.boots, self.making = 0, threading.Lock()

    def run_all(self, programs, jobs, report):
        size = max(1, min(self.PER_IMAGE, -(-len(programs) // jobs)))
        batches = [programs[start:start + size] for start in range(0, len(programs), size)]
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            list(pool.map(lambda batch: self.run_batch(batch, report), batches))

    def run_batch(self, programs, report):
        while programs:
            count = self.boot(programs, report)
            programs = programs[count:]

    def make_image(self, programs):
        with self.making:  # L4Re's make does not stand another one beside it.
            return self.make_image_alone(programs)

    def make_image_alone(self, programs):
        self.boots += 1
        entry = f"posix-{self.boots}"
        folder = self.images / entry
        folder.mkdir(parents=True)
        names = [program.file.name for program in programs]
        (folder / "commands").write_text("".join(f"{self.PREFIX}{name}\n" for name in names))
        modules = ["l4re", "ned", self.script, folder / "commands", *self.more_modules(), *(program.file for program in programs)]
        (folder / "modules.list").write_text(
            "modaddr 0x01100000\ndefault-kernel fiasco -serial_esc\ndefault-bootstrap bootstrap\n"
            f"entry {entry}\nroottask moe rom/{self.script.name}\n" + "".join(f"module {one}\n" for one in modules))
        done = subprocess.run(
            [*os.environ.get("MAKE", "make").split(), "--no-print-directory", "-C", self.tree, f"O={self.build}", f"E={entry}",
             f"MODULES_LIST={folder / 'modules.list'}", f"BOOTSTRAP_OUTPUT_DIR={folder}", "elfimage"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            env={"CROSS_COMPILE": self.target.tools, **os.environ})
        if done.returncode:
            raise SystemExit(f"L4Re's make cannot make an image:\n{done.stdout[-3000:]}")
        return folder / f"bootstrap_{entry}.elf"

    def more_modules(self):
        return []

    def boot(self, programs, report):
        """Runs programs until all have run or one hangs; returns how many have a result."""
        image = self.make_image(programs)
        machine = self.target.data["emulation"]
        command = [machine["qemuSystem"], "-M", self.target.data["l4re"]["machine"], "-cpu", machine["processor"], "-m", "1024",
                   "-nographic", "-no-reboot", "-nic", "none",
                   *(["-icount", "shift=1,sleep=off"] if self.virtual_time else []), "-kernel", image]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   start_new_session=True)
        running.add(process)
        log = bytearray()
        try:
            return self.follow(process, programs, report, log)
        finally:
            kill(process)
            process.wait()
            running.discard(process)
            process.stdout.close()
            (image.parent / "log").write_bytes(log)
            for one in image.parent.glob("*.elf"):  # The last image has another name, too.
                one.unlink()

    def follow(self, process, programs, report, log):
        """Reads what the machine prints."""
        index, begin, position = 0, None, 0
        deadline = time.monotonic() + self.BOOT_LIMIT
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while index < len(programs):
                data = b""
                if selector.select(max(0, deadline - time.monotonic())):
                    data = os.read(process.stdout.fileno(), 65536)
                    log += data
                text = bytes(log[position:])
                name = re.escape(f"{self.PREFIX}{programs[index].file.name}".encode())
                # A program may leave a line unfinished.
                if begin is None and (found := re.search(rb"MUSL-NATIVE BEGIN %b\r?\n" % name, text)):
                    begin, deadline = time.monotonic(), time.monotonic() + programs[index].limit
                    position += found.end()
                    text = text[found.end():]
                if begin is not None and (found := re.search(rb"MUSL-NATIVE EXIT (-?\d+) %b\r?\n" % name, text)):
                    report(programs[index], outcome_of(int(found[1]), time.monotonic() - begin, plain(text[:found.start()])))
                    position += found.end()
                    index, begin, deadline = index + 1, None, time.monotonic() + self.BOOT_LIMIT
                    continue
                if time.monotonic() >= deadline or (not data and process.poll() is not None):
                    if begin is None and index == 0:
                        raise SystemExit(f"L4Re does not boot; it printed:\n{plain(text)[-3000:]}")
                    if begin is not None:
                        word = "hang" if process.poll() is None else "crash"
                        report(programs[index], Outcome(word, 0, round(time.monotonic() - begin, 2), plain(text)[-TAIL:]))
                        index += 1
                    return index
        return index
        return index


class LinuxRun(L4Re):
    """Programs for Linux, run by linux-run."""

    PREFIX = "linux-run rom/"
    PER_IMAGE = 55

    def __init__(self, target, repository, build, virtual_time):
        super().__init__(target, repository, build, virtual_time)
        self.program = repository / "out/linux-run" / target.architecture / "linux-run"
        if not self.program.exists():
            raise SystemExit(f"{self.program} is missing; ./build.sh Image --l4re-build {build} makes it")

    def more_modules(self):
        return [self.program]
