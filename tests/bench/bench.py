"""Where everything is, and what the rows share: built programs, data, lists, stores."""

import dataclasses
import os
import pathlib
import shutil
import subprocess

import data
import measure


@dataclasses.dataclass
class Command:
    """What is run, and with which exit statuses it has done so."""

    argv: list
    statuses: tuple = (0,)
    output: str = os.devnull
    cwd: str = None
    environment: dict = None


class Bench:
    """One run: its folders, its data, and commands made of them."""

    def __init__(self, source, build, work, returns, results):
        self.source, self.build, self.work = source, build, work
        self.few, self.all, self.many = max(returns // 10, 1), returns, returns * 10
        self.results = results
        self.template = source / "samples" / "templates" / "permanency-file.xml"
        self.schema = source / "schemas" / "return-1.xsd"
        self.environment = dict(os.environ, LC_ALL="C.UTF-8")
        self.engine = self.find_engine()
        work.mkdir(parents=True, exist_ok=True)
        self.returns = data.make_returns(source, work / "returns", returns)

    def find_engine(self):
        """The program itself: what stands in the build folder is a script of libtool that
        starts it, and takes longer than it does."""
        program = self.build / ".libs" / "caseaudit"
        if program.exists():
            libraries = str(self.build / ".libs")
            self.environment["LD_LIBRARY_PATH"] = libraries
        else:
            program = self.build / "caseaudit"
        if not program.exists():
            raise measure.Failed("no caseaudit in %s: build it first" % self.build)
        return [str(program), "--plugin-dir", str(self.build / "plugins" / ".libs")]

    def program(self, name):
        """A program of this folder, built by `make bench`."""
        path = self.build / "tests" / "bench" / name
        if not path.exists():
            raise measure.Failed("%s is not built: make -C %s tests/bench/%s"
                                 % (name, self.build, name))
        return str(path)

    @staticmethod
    def tool(name):
        path = shutil.which(name)
        if path is None:
            raise measure.Failed("%s is not installed" % name)
        return path

    def list_of(self, count):
        """A list of `count` returns; those there are come again where there are fewer."""
        path = self.work / ("list-%d" % count)
        names = [str(path) for path in self.returns]
        return str(data.write_list(path, (names[i % len(names)] for i in range(count))))

    def command(self, *argv, **more):
        return Command([str(word) for word in argv], environment=self.environment, **more)

    def caseaudit(self, *arguments, **more):
        return self.command(*self.engine, *arguments, **{"statuses": (0, 1), **more})

    def score(self, jobs, count):
        return self.caseaudit("score", "--format", "ndjson", "--jobs", jobs, "--template",
                              self.template, "--files-from", self.list_of(count))

    def run(self, command):
        """Runs what is not timed."""
        measure.finish(measure.start(command), command)

    def output_of(self, command, name):
        """Runs what is not timed; the file with its output."""
        path = self.work / name
        self.run(dataclasses.replace(command, output=path))
        return path

    # ---- stores ----

    def remove_store(self, path):
        for end in ("", "-wal", "-shm"):
            pathlib.Path(str(path) + end).unlink(missing_ok=True)
        pathlib.Path(path).with_suffix(".head").unlink(missing_ok=True)

    def new_store(self, path):
        """An empty one, with the template."""
        self.remove_store(path)
        for words in (["store", "init"], ["template", "load", self.template]):
            self.run(self.caseaudit("--store", "sqlite:%s" % path, *words, statuses=(0,)))

    def record(self, path, count):
        return self.caseaudit("--store", "sqlite:%s" % path, "record", "--jobs", 2,
                              "--files-from", self.list_of(count))


def python_with_lxml():
    """The interpreter of the path, or else the system's."""
    for name in ("python3", "/usr/bin/python3"):
        path = shutil.which(name)
        if path and subprocess.run([path, "-c", "import lxml.etree"], check=False,
                                   capture_output=True).returncode == 0:
            return path
    raise measure.Failed("lxml for Python is not installed")
