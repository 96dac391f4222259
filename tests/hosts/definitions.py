"""Runs the definition of a CI system in a root, step by step, as the system does."""

import dataclasses
import fnmatch
import glob
import hashlib
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time
import warnings
import zipfile

import yaml

from expressions import COMMON, Expression, expand, text_of

RUNNER_ID = 1001
REPOSITORY = "l4re-musl"


@dataclasses.dataclass
class Step:
    name: str
    seconds: float
    result: str


class Host:
    """Where the definition runs, and where what it keeps goes. Each job gets a new machine, whose root is 'root'."""

    def __init__(self, machine, repository, commit, folder, caches, tag):
        self.machine, self.repository, self.commit, self.caches, self.tag = machine, repository, commit, caches, tag
        self.root, self.settings = None, {}
        self.artifacts, self.logs = folder / "artifacts", folder / "logs"
        for one in (self.caches, self.artifacts, self.logs):
            one.mkdir(parents=True, exist_ok=True)

    def inside(self, path):
        """The file of a root's path, as this process sees it."""
        return self.root / str(path).lstrip("/")

    def own(self, *paths):
        subprocess.run(["chown", "-R", "-h", f"{RUNNER_ID}:{RUNNER_ID}", *map(str, paths)], check=True)

    def clone(self, workspace, with_history):
        """Checks out the commit as actions/checkout does: by default, it alone."""
        folder = self.inside(workspace)
        folder.mkdir(parents=True, exist_ok=True)
        url, branch = f"file://{self.repository}", f"refs/tags/{self.tag}" if self.tag else "refs/remotes/origin/main"

        def git(*arguments):
            subprocess.run(
                ["git", "-c", "safe.directory=*", "-C", folder, *arguments], check=True, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL)

        git("init", "--quiet", "--initial-branch=main")
        git("remote", "add", "origin", url)
        if with_history:
            git("fetch", "--quiet", "--tags", "origin")
        git("fetch", "--quiet", *([] if with_history else ["--depth=1", "--no-tags"]), "origin", f"+{self.commit}:{branch}")
        git("checkout", "--quiet", "--force", *(["--detach", branch] if self.tag else ["-B", "main", branch]))
        git("remote", "set-url", "origin", f"https://example.org/{REPOSITORY}")
        self.own(folder)

    def run(self, command, variables, workspace, log, seconds):
        """Runs a command as the user of the runner, and returns its exit code; None if it took too long."""
        environment = [f"{name}={value}" for name, value in variables.items()]
        start = ["sh", "-c", 'umask 022; cd "$0" && exec "$@"', workspace]
        with log.open("wb") as output:
            process = subprocess.Popen(
                ["chroot", f"--userspec={RUNNER_ID}:{RUNNER_ID}", "--groups=", self.root, "/usr/bin/env", "-i",
                 *environment, *start, *command],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
            try:
                return process.wait(seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return None

    def restore(self, key, prefixes):
        """Unpacks what was kept under a key, or under the newest that begins with one of the others."""
        kept = self.caches / f"{hashlib.sha256(key.encode()).hexdigest()}.tar"
        found = kept if kept.exists() else None
        if not found:
            names = {file: file.with_suffix(".key").read_text() for file in self.caches.glob("*.tar")}
            for prefix in prefixes:
                fitting = [file for file, name in names.items() if name.startswith(prefix)]
                if fitting:
                    found = max(fitting, key=lambda file: file.stat().st_mtime)
                    break
        if found:
            subprocess.run(["tar", "-xpf", found, "-C", self.root], check=True)
        return kept, found

    def keep(self, kept, key, paths):
        existing = [str(path).lstrip("/") for path in paths if self.inside(path).exists()]
        if existing:
            subprocess.run(["tar", "-cf", f"{kept}.new", "-C", self.root, *existing], check=True)
            os.rename(f"{kept}.new", kept)
            kept.with_suffix(".key").write_text(key)


class Failure(Exception):
    """A step failed for this reason."""


class Runner:
    """What both systems have in common."""

    system = user = ""
    minutes = 60

    def __init__(self, host, definition, say):
        self.host, self.definition, self.say = host, definition, say
        self.steps, self.number, self.commands = [], 0, []
        self.patience, self.selected = 1, None
        self.home = f"/home/{self.user}"

    def environment(self):
        """What each step gets from the machine."""
        return {
            "HOME": self.home, "USER": self.user, "LOGNAME": self.user, "SHELL": "/bin/bash", "LANG": "C.UTF-8", "CI": "true",
            "PATH": f"{self.home}/.local/bin:{self.home}/.cargo/bin:{self.home}/.dotnet/tools:/usr/local/sbin:/usr/local/bin:"
                    "/usr/sbin:/usr/bin:/sbin:/bin:/usr/games:/usr/local/games",
            "DEBIAN_FRONTEND": "noninteractive", "DOTNET_NOLOGO": "1", "DOTNET_MULTILEVEL_LOOKUP": "0",
            "DOTNET_SKIP_FIRST_TIME_EXPERIENCE": "1", "XDG_CONFIG_HOME": f"{self.home}/.config", **self.host.settings,
        }

    def chosen(self, jobs):
        """Those of the jobs that are to be run."""
        unknown = set(self.selected or []) - set(jobs)
        if unknown:
            raise SystemExit(f"there is no job {', '.join(unknown)}, only {', '.join(jobs)}")
        return {name: job for name, job in jobs.items() if not self.selected or name in self.selected}

    def timed(self, name, action):
        """Runs an action, notes how it went, and returns whether it succeeded."""
        self.number += 1
        start = time.monotonic()
        try:
            result = action() or "passed"
        except (Failure, subprocess.CalledProcessError) as failure:
            result = f"FAILED: {failure}"
        step = Step(name, time.monotonic() - start, result)
        self.steps.append(step)
        self.say(f"{step.seconds:8.1f} s  {name}: {result}")
        return not result.startswith("FAILED")

    def left_out(self, name):
        self.say(f"         -  {name}: left out")
        self.steps.append(Step(name, 0, "left out"))

    def script(self, text, shell, variables, workspace, minutes):
        """Runs a script as the system does: from a file."""
        self.commands.append(text)
        file = f"{self.temp}/{self.number}.sh"
        self.host.inside(file).write_text(text)
        self.host.own(self.host.inside(file))
        log = self.host.logs / f"{self.number:02}.log"
        seconds = max(0, min(self.deadline - time.monotonic(), minutes * 60 * self.patience))
        code = self.host.run([*shell, file], variables, workspace, log, seconds)
        if code is None:
            raise Failure(f"it took longer than allowed ({seconds / 60:.0f} minutes were left); see {log}")
        if code:
            tail = "".join(f"\n    {line}" for line in plain(log).splitlines()[-40:])
            raise Failure(f"exit code {code}; the end of {log} is:{tail}")

    def hash_files(self, *patterns):
        """The hash over files of the workspace that patterns name; empty if there are none."""
        workspace = self.host.inside(self.workspace)
        files = sorted({
            file for pattern in patterns for file in glob.glob(str(workspace / pattern), recursive=True)
            if os.path.isfile(file)})
        digest = hashlib.sha256()
        for file in files:
            digest.update(hashlib.sha256(pathlib.Path(file).read_bytes()).digest())
        return digest.hexdigest() if files else ""

    def path(self, text):
        """A path that a definition names."""
        text = text.strip().replace("~", self.home, 1) if text.strip().startswith("~") else text.strip()
        return os.path.normpath(os.path.join(self.workspace, text))

    def pack(self, name, paths, may_exist=False):
        """Keeps files as an artefact of a web page: without modes, and with the files that links lead to."""
        archive = self.host.artifacts / f"{name}.zip"
        if archive.exists() and not may_exist:
            raise Failure(f"there is an artefact '{name}' already")
        files = {}
        for path in paths:
            top = self.host.inside(self.path(path))
            for one in [top] if top.is_file() else [
                    pathlib.Path(folder, file) for folder, _, names in os.walk(top, followlinks=True) for file in names]:
                parts = one.relative_to(top).parts
                if one.is_file() and not any(part.startswith(".") for part in parts):
                    files[str(one.relative_to(top.parent if top.is_file() else top))] = one
        bad = [file for file in files if re.search(r'[":<>|*?\r\n]', file)]
        if bad:
            raise Failure(f"the name '{bad[0]}' has a character that an artefact must not have")
        if not files:
            return None
        replaced = set()
        if archive.exists():
            with zipfile.ZipFile(archive) as source:
                replaced = files.keys() & set(source.namelist())
        with warnings.catch_warnings(), zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            warnings.simplefilter("ignore")  # What has the name of an earlier file replaces it.
            for file, source in sorted(files.items()):
                target.write(source, file)
        return f"{len(files)} files" + (f", {len(replaced)} of them in place of another job's" if replaced else "")


class GitHub(Runner):
    """GitHub Actions."""

    system, user, minutes = "GitHub Actions", "runner", 360

    def run(self):
        self.workspace, self.temp = f"{self.home}/work/{REPOSITORY}/{REPOSITORY}", f"{self.home}/work/_temp"
        done = {}
        for name, job in ordered(self.chosen(self.definition["jobs"])):
            for matrix in combinations(job.get("strategy", {}).get("matrix", {})):
                self.matrix, self.contexts = matrix, {}
                with self.host.machine(self, "-".join([name, *map(text_of, matrix.values())])):
                    self.prepare(name, job, done)
                    if not truth(self.job_condition(job, done)):
                        self.left_out(f"job {name}")
                        continue
                    is_good = self.job(name, job)
                done[name] = {"result": "success" if is_good and done.get(name, {}).get("result") != "failure" else "failure"}
        return all(one["result"] == "success" for one in done.values())

    def job_condition(self, job, done):
        is_good = all(done.get(need, {}).get("result") == "success" for need in listed(job.get("needs")))
        return self.condition(job.get("if"), is_good)

    def prepare(self, name, job, done):
        host = self.host
        for folder in (self.temp, self.workspace):
            host.inside(folder).mkdir(parents=True)
        self.files = {
            key: f"{self.temp}/{key.lower()}"
            for key in ("GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_STATE", "GITHUB_EVENT_PATH")}
        for file in self.files.values():
            host.inside(file).write_text("{}" if file.endswith("event_path") else "")
        host.own(host.inside(f"{self.home}/work"))
        ref = f"refs/tags/{host.tag}" if host.tag else "refs/heads/main"
        self.github = {
            "workspace": self.workspace, "repository": f"example/{REPOSITORY}", "ref": ref, "sha": host.commit,
            "ref_name": ref.split("/")[-1], "ref_type": "tag" if host.tag else "branch", "event_name": "push", "job": name,
            "actor": "runner", "workflow": self.definition.get("name", ""), "run_id": "1", "run_number": "1", "run_attempt": "1",
            "server_url": "https://github.com", "api_url": "https://api.github.com", "head_ref": "", "base_ref": "",
            "repository_owner": "example", "event": {}, "token": "",
        }
        self.runner = {
            "os": "Linux", "arch": "X64", "name": "GitHub Actions 1", "temp": self.temp, "tool_cache": "/opt/hostedtoolcache",
            "workspace": os.path.dirname(self.workspace), "environment": "github-hosted",
        }
        self.added, self.path_added, self.outputs = {}, [], {}
        self.contexts = {
            "github": self.github, "runner": self.runner, "env": {}, "secrets": {}, "vars": {}, "inputs": {},
            "matrix": self.matrix, "steps": self.outputs, "needs": done, "job": {"status": "success"},
        }
        self.is_good = True

    def functions(self):
        return {
            **COMMON, "hashFiles": self.hash_files, "success": lambda: self.is_good, "always": lambda: True,
            "failure": lambda: not self.is_good, "cancelled": lambda: False,
            "toJSON": json.dumps, "fromJSON": json.loads,
        }

    def value(self, text):
        return expand(text, self.contexts, self.functions())

    def condition(self, text, is_good):
        if text is None:
            return is_good
        text = text_of(text).strip()
        text = text[3:-2] if text.startswith("${{") and text.endswith("}}") else text
        value = Expression(text, self.contexts, self.functions()).value()
        return value if re.search(r"\b(success|failure|always|cancelled)\(", text) else is_good and value

    def job(self, name, job):
        system = text_of(self.value(job["runs-on"]))
        minutes = float(self.value(job.get("timeout-minutes", self.minutes)))
        title = f"{name} {' '.join(text_of(value) for value in self.matrix.values())}".strip()
        self.say(f"job {title} on {system}, at most {minutes:.0f} minutes")
        self.deadline = time.monotonic() + minutes * 60 * self.patience
        self.caches = []
        self.job_env = {**self.definition.get("env", {}), **job.get("env", {})}
        for index, step in enumerate(job["steps"]):
            self.contexts["env"] = {key: self.value(value) for key, value in self.job_env.items()} | self.added
            self.contexts["env"] |= {key: self.value(value) for key, value in step.get("env", {}).items()}
            label = text_of(self.value(step.get("name") or step.get("uses") or step.get("run", "").split("\n")[0]))
            if not truth(self.condition(step.get("if"), self.is_good)):
                self.left_out(label)
                continue
            is_passed = self.timed(label, lambda: self.step(step))
            outcome = "success" if is_passed else "failure"
            self.outputs[step.get("id", f"__{index}")] = {"outcome": outcome, "outputs": self.read_outputs()}
            self.is_good &= is_passed or bool(step.get("continue-on-error"))
        if self.is_good:
            for kept, key, paths in self.caches:
                self.timed(f"Post: {key.split('-')[0]} cache", lambda: self.host.keep(kept, key, paths))
        return self.is_good

    def step(self, step):
        inputs = {key: self.value(value) for key, value in step.get("with", {}).items()}
        if "uses" in step:
            action = step["uses"].split("@")[0]
            name = "use_" + re.sub(r"\W", "_", action.removeprefix("actions/"))
            if not hasattr(self, name):
                raise Failure(f"the action '{action}' is not imitated")
            return getattr(self, name)(inputs)
        shell = {None: ["bash", "-e"], "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"], "sh": ["sh", "-e"]}
        folder = self.path(text_of(self.value(step.get("working-directory", "."))))
        self.script(
            text_of(self.value(step["run"])), shell[step.get("shell")], self.variables(), folder,
            float(self.value(step.get("timeout-minutes", 360))))
        self.read_files()
        return None

    def variables(self):
        variables = self.environment()
        variables |= {f"GITHUB_{key.upper()}": text_of(value) for key, value in self.github.items()
                      if key not in ("event", "token")}
        variables |= {f"RUNNER_{key.upper()}": value for key, value in self.runner.items()}
        variables |= {"GITHUB_ACTIONS": "true", "ImageOS": "ubuntu24", "RUNNER_USER": self.user, **self.files}
        variables |= {key: text_of(value) for key, value in self.contexts["env"].items()}
        variables["PATH"] = ":".join([*reversed(self.path_added), variables["PATH"]])
        return variables

    def read_files(self):
        self.added |= self.assignments("GITHUB_ENV")
        self.path_added = self.host.inside(self.files["GITHUB_PATH"]).read_text().splitlines()

    def read_outputs(self):
        outputs = self.assignments("GITHUB_OUTPUT")
        self.host.inside(self.files["GITHUB_OUTPUT"]).write_text("")
        return outputs

    def assignments(self, key):
        """Reads lines NAME=VALUE, and NAME<<END with several lines."""
        values, lines = {}, iter(self.host.inside(self.files[key]).read_text().splitlines())
        for line in lines:
            if match := re.match(r"([^=]+?)<<(.+)", line):
                values[match[1]] = "\n".join(itertools.takewhile(lambda one, end=match[2]: one != end, lines))
            elif "=" in line:
                name, value = line.split("=", 1)
                values[name] = value
        return values

    def use_checkout(self, inputs):
        self.host.clone(self.workspace, text_of(inputs.get("fetch-depth", "1")) == "0")

    def use_setup_dotnet(self, _):
        return None

    def use_cache(self, inputs):
        paths = [self.path(line) for line in inputs["path"].splitlines()]
        prefixes = text_of(inputs.get("restore-keys", "")).split("\n")
        key = inputs["key"]
        kept, found = self.host.restore(key, [one.strip() for one in prefixes if one.strip()])
        if found != kept:
            self.caches.append((kept, key, paths))
        return "hit" if found == kept else "another one's" if found else "miss"

    def use_upload_artifact(self, inputs):
        found = self.pack(inputs.get("name", "artifact"), inputs["path"].splitlines())
        if not found and inputs.get("if-no-files-found") == "error":
            raise Failure("no files were found")
        return f"passed, {found or 'no files were found (a warning)'}"

    def use_download_artifact(self, inputs):
        target = self.host.inside(self.path(inputs.get("path", ".")))
        archives = [self.host.artifacts / f"{inputs['name']}.zip"] if "name" in inputs else [
            file for file in sorted(self.host.artifacts.glob("*.zip")) if fnmatch.fnmatch(file.stem, inputs.get("pattern", "*"))]
        for archive in archives:
            if not archive.exists():
                raise Failure(f"there is no artefact '{archive.stem}'")
            is_alone = "name" in inputs or text_of(inputs.get("merge-multiple", "")) == "true"
            with zipfile.ZipFile(archive) as source:
                source.extractall(target if is_alone else target / archive.stem)
        self.host.own(target)


class Azure(Runner):
    """Azure Pipelines."""

    system, user = "Azure Pipelines", "vsts"

    def run(self):
        self.workspace, self.temp = f"{self.home}/work/1/s", f"{self.home}/work/_temp"
        is_good = True
        stages = self.definition.get("stages") or [{"stage": "default", "jobs": self.definition.get("jobs") or [
            {"job": "default", **{key: self.definition[key] for key in ("steps", "pool") if key in self.definition}}]}]
        for stage in stages:
            for job in self.chosen({job["job"]: job for job in stage["jobs"]}).values():
                with self.host.machine(self, job["job"]):
                    is_good &= self.job(stage, job)
        return is_good

    def job(self, stage, job):
        host = self.host
        for folder in (self.temp, self.workspace, f"{self.home}/work/1/a", f"{self.home}/work/1/b"):
            host.inside(folder).mkdir(parents=True)
        host.own(host.inside(f"{self.home}/work"))
        work = f"{self.home}/work/1"
        self.values = {
            "Agent.OS": "Linux", "Agent.OSArchitecture": "X64", "Agent.Name": "Azure Pipelines 1", "Agent.JobName": job["job"],
            "Agent.TempDirectory": self.temp, "Agent.WorkFolder": f"{self.home}/work", "Agent.BuildDirectory": work,
            "Agent.ToolsDirectory": "/opt/hostedtoolcache", "Agent.JobStatus": "Succeeded", "Agent.HomeDirectory": self.home,
            "Build.SourcesDirectory": self.workspace, "Build.ArtifactStagingDirectory": f"{work}/a",
            "Build.StagingDirectory": f"{work}/a", "Build.BinariesDirectory": f"{work}/b", "Build.BuildId": "1",
            "Build.BuildNumber": "20261130.1", "Build.Reason": "IndividualCI", "Build.SourceVersion": host.commit,
            "Build.SourceBranch": f"refs/tags/{host.tag}" if host.tag else "refs/heads/main",
            "Build.SourceBranchName": host.tag or "main", "Build.DefinitionName": REPOSITORY, "Build.Repository.Name": REPOSITORY,
            "Pipeline.Workspace": work, "System.DefaultWorkingDirectory": self.workspace, "System.JobName": job["job"],
            "System.StageName": stage["stage"], "System.TeamProject": REPOSITORY, "System.JobAttempt": "1",
            "System.TeamFoundationCollectionUri": "https://dev.azure.com/example/", "System.DefinitionId": "1",
            "System.TeamProjectId": "00000000-0000-0000-0000-000000000000", "System.ArtifactsDirectory": f"{work}/a",
        }
        for variables in (self.definition, stage, job):
            self.values |= named(variables.get("variables", {}))
        self.is_good, self.caches = True, []
        minutes = float(job.get("timeoutInMinutes", self.minutes)) or 360
        image = (job.get("pool") or stage.get("pool") or self.definition.get("pool") or {}).get("vmImage", "default")
        self.say(f"stage {stage['stage']}, job {job['job']} on {image}, at most {minutes:.0f} minutes")
        self.deadline = time.monotonic() + minutes * 60 * self.patience
        if not any("checkout" in step for step in job["steps"]):
            self.is_good &= self.timed("Checkout", lambda: host.clone(self.workspace, False))
        for step in job["steps"]:
            label = self.macros(step.get("displayName") or step.get("task") or next(iter(step.values())))
            if not truth(self.condition(step)):
                self.left_out(label)
                continue
            is_passed = self.timed(label, lambda: self.step(step))
            self.is_good &= is_passed or bool(step.get("continueOnError"))
        if self.is_good:
            for kept, key, paths in self.caches:
                self.timed("Post-job: cache", lambda: host.keep(kept, key, paths))
        return self.is_good

    def condition(self, step):
        functions = {
            **COMMON, "succeeded": lambda: self.is_good, "always": lambda: True, "failed": lambda: not self.is_good,
            "succeededOrFailed": lambda: True, "canceled": lambda: False, "not": lambda value: not truth(value),
            "and": lambda *values: all(map(truth, values)), "or": lambda *values: any(map(truth, values)),
            "eq": lambda one, other: text_of(one).lower() == text_of(other).lower(),
            "ne": lambda one, other: text_of(one).lower() != text_of(other).lower(),
        }
        return Expression(text_of(step.get("condition", "succeeded()")), {"variables": self.values}, functions).value()

    def macros(self, text):
        """Replaces $(NAME) by variables, and leaves unknown ones alone."""
        known = {key.lower(): text_of(value) for key, value in {**self.environment(), **self.values}.items()}
        return re.sub(r"\$\(([\w.]+)\)", lambda match: known.get(match[1].lower(), match[0]), text_of(text))

    def step(self, step):
        if "checkout" in step:
            return self.host.clone(self.workspace, text_of(step.get("fetchDepth", "1")) == "0")
        inputs = {key: self.macros(value) for key, value in step.get("inputs", {}).items()}
        for kind in ("script", "bash"):
            if kind in step:
                return self.command(step, self.macros(step[kind]), inputs)
        task = step["task"].split("@")[0]
        if not hasattr(self, f"task_{task}"):
            raise Failure(f"the task '{task}' is not imitated")
        return getattr(self, f"task_{task}")(step, inputs)

    def command(self, step, text, inputs):
        variables = self.environment() | {"TF_BUILD": "True", "ImageOS": "ubuntu24"}
        variables |= {re.sub(r"\W", "_", key).upper(): text_of(value) for key, value in self.values.items()}
        variables |= {key: self.macros(value) for key, value in step.get("env", {}).items()}
        folder = self.path(step.get("workingDirectory") or inputs.get("workingDirectory") or ".")
        number = self.number
        self.script(
            text, ["/usr/bin/bash", "--noprofile", "--norc"], variables, folder, float(step.get("timeoutInMinutes", 0)) or 360)
        for line in plain(self.host.logs / f"{number:02}.log").splitlines():
            if match := re.match(r"##vso\[task\.setvariable variable=([^;\]]+)[^\]]*\](.*)", line):
                self.values[match[1]] = match[2]

    def task_CmdLine(self, step, inputs):
        return self.command(step, inputs["script"], inputs)

    def task_Bash(self, step, inputs):
        return self.command(step, inputs["script"], inputs)

    def task_UseDotNet(self, *_):
        return None

    def task_Cache(self, _, inputs):
        paths = [self.path(inputs["path"])]
        key = self.cache_key(inputs["key"])
        prefixes = [self.cache_key(line) for line in inputs.get("restoreKeys", "").splitlines() if line.strip()]
        kept, found = self.host.restore(key, prefixes)
        if found != kept:
            self.caches.append((kept, key, paths))
        return "hit" if found == kept else "another one's" if found else "miss"

    def cache_key(self, text):
        """Segments between bars; those that name files stand for their hashes."""
        segments = [one.strip() for one in text.split("|")]
        return "|".join(
            self.hash_files(*(part.strip() for part in one.split(",")))
            if re.search(r"[*/]", one) or "," in one else one for one in segments)

    def task_PublishBuildArtifacts(self, _, inputs):
        path = inputs.get("PathtoPublish") or inputs["pathToPublish"]
        name = inputs.get("ArtifactName") or inputs["artifactName"]
        if not self.host.inside(self.path(path)).exists():
            raise Failure(f"not found: {path}")
        return f"passed, {self.pack(name, [path], may_exist=True) or 'no files'}"

    def task_PublishTestResults(self, _, inputs):
        folder = self.path(inputs.get("searchFolder", "."))
        pattern = str(self.host.inside(folder) / inputs.get("testResultsFiles", "**/TEST-*.xml"))
        files = [file for file in glob.glob(pattern, recursive=True) if os.path.isfile(file)]
        if not files and inputs.get("failTaskOnMissingResultsFile", "").lower() == "true":
            raise Failure(f"no test results in {pattern}")
        return f"passed, {len(files)} files"


def plain(log):
    """The text of a log without its colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", log.read_text(errors="replace"))


def ordered(jobs):
    """Jobs in an order in which each comes after those that it needs."""
    left, done = dict(jobs), set()
    while left:
        ready = [name for name, job in left.items() if set(listed(job.get("needs"))) <= done]
        if not ready:
            raise SystemExit(f"the jobs {', '.join(left)} need each other")
        for name in ready:
            yield name, left.pop(name)
            done.add(name)


def listed(value):
    return [] if value is None else [value] if isinstance(value, str) else value


def combinations(matrix):
    """The combinations of a matrix, with what 'include' adds to them."""
    axes = {key: values for key, values in matrix.items() if key not in ("include", "exclude")}
    all_of_them = [dict(zip(axes, values)) for values in itertools.product(*axes.values())] if axes else []
    for extra in matrix.get("include", []):
        fitting = [one for one in all_of_them if all(one.get(key, value) == value for key, value in extra.items() if key in axes)]
        for one in fitting:
            one |= extra
        if not fitting:
            all_of_them.append(dict(extra))
    excluded = matrix.get("exclude", [])
    return [one for one in all_of_them if not any(all(one.get(k) == v for k, v in rule.items()) for rule in excluded)] or [{}]


def named(variables):
    """Variables of Azure as a dictionary."""
    return variables if isinstance(variables, dict) else {one["name"]: one["value"] for one in variables if "name" in one}


def truth(value):
    return value not in (False, None, "", 0, "false")


def committed(repository, revision, file):
    """The commit of a revision, and the text of one of its files."""
    def git(*arguments):
        return subprocess.check_output(["git", "-C", repository, *arguments], text=True)

    commit = git("rev-parse", f"{revision}^{{commit}}").strip()
    return commit, git("show", f"{commit}:{file}")


def load(text):
    """Reads a definition; 'on' is a word there, not a truth value."""
    return GitHub if "runs-on" in text else Azure, yaml.safe_load(text)
