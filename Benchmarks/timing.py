"""Times commands side by side: every round runs each of them once, so that what else the machine does hits all alike.

A benchmark gives a list of Contender and gets a Markdown table; it says itself which peers are not installed.
"""

import argparse
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parent.parent
QS = ROOT / ".build" / "static" / "qs"
SCRATCH = ROOT / ".build" / "benchmarks"
PAGE = ROOT / "docs" / "benchmarks.md"


class Failed(Exception):
    """A contender did not do its job; the text says which and how."""


@dataclass
class Contender:
    """One command. `prepare` runs before each round, outside of the measured time, and `output` is where standard output goes."""

    name: str
    command: list
    environment: dict = field(default_factory=dict)
    output: pathlib.Path = pathlib.Path(os.devnull)
    prepare: object = None
    wall: list = field(default_factory=list)  # seconds, one for each round
    cpu: list = field(default_factory=list)  # user and system time, seconds
    peak: int = 0  # bytes resident at most, over all rounds

    def run(self):
        """Runs the command once; gives its wall time, CPU time and peak memory."""
        if self.prepare:
            self.prepare()
        command = [os.fspath(word) for word in self.command]
        program = shutil.which(command[0])
        create = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.fspath(self.output), create, 0o644),
        ]
        environment = {**os.environ, **self.environment}
        start = time.perf_counter()
        process = os.posix_spawn(program, command, environment, file_actions=actions)
        _, status, usage = os.wait4(process, 0)
        wall = time.perf_counter() - start
        code = os.waitstatus_to_exitcode(status)
        if code != 0:
            raise Failed(f"{self.name} ended with the status {code}")
        unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit


def measure(contenders, rounds, warm_up=1):
    """Runs all contenders `rounds` times, in turn and beginning with another one each time."""
    for contender in contenders:
        for _ in range(warm_up):
            contender.run()
    for number in range(rounds):
        first = number % len(contenders)
        for contender in contenders[first:] + contenders[:first]:
            wall, cpu, peak = contender.run()
            contender.wall.append(wall)
            contender.cpu.append(cpu)
            contender.peak = max(contender.peak, peak)
        if sys.stderr.isatty():
            print(f"\rround {number + 1} of {rounds}", end="\n" if number + 1 == rounds else "", file=sys.stderr, flush=True)


def table(contenders, reference):
    """The Markdown table of what was measured; ratios are of median wall times, to that of `reference`."""
    base = statistics.median(reference.wall)
    # A new process starts as a copy of this one, and the system counts that copy's memory too: nothing smaller can be seen.
    floor = min(contender.peak for contender in contenders)
    lines = [
        "| command | wall, median | wall, least | CPU, median | × | peak memory |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for contender in contenders:
        median = statistics.median(contender.wall)
        least = "≤ " if contender.peak < floor * 1.1 else ""
        lines.append(
            f"| {contender.name} | {duration(median)} | {duration(min(contender.wall))} "
            f"| {duration(statistics.median(contender.cpu))} | {median / base:.2f} | {least}{contender.peak / 2**20:.0f} MiB |"
        )
    return "\n".join(lines)


def duration(seconds):
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def versions(commands):
    """`name version` of each command, from the first line that it prints about itself."""
    found = []
    for command in commands:
        answer = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        lines = (answer.stdout + answer.stderr).strip().splitlines()
        version = re.search(r"\d+(\.\d+)+", lines[0]) if lines else None
        found.append(f"{os.path.basename(command[0])} {version.group() if version else '(version unknown)'}")
    return found


def build(product, package=ROOT / "Benchmarks", scratch=ROOT / ".build" / "benchmarks-package", flags=()):
    """The path of an optimized program, built if need be: of the benchmarks' own package, unless told otherwise."""
    command = ["swift", "build", "--package-path", package, "--scratch-path", scratch, "-c", "release", "--static-swift-stdlib"]
    if subprocess.run([*command, "--product", product, *flags], stdout=sys.stderr).returncode != 0:
        raise Failed(f"{product} could not be built")
    return scratch / "release" / product


def make(what):
    """The path of that many orders, or of the customers, which are made once."""
    made, maker = SCRATCH / f"wide-{what}.csv", ROOT / "Benchmarks" / "make-wide-orders"
    SCRATCH.mkdir(parents=True, exist_ok=True)
    if not made.exists() or made.stat().st_mtime < maker.stat().st_mtime:
        print(f"making {made.name}", file=sys.stderr)
        unfinished = made.with_suffix(".new")
        with open(unfinished, "wb") as file:
            subprocess.run([sys.executable, maker, str(what)], stdout=file, check=True)
        unfinished.rename(made)
    return made


def machine():
    """The processor, its number of cores, and the system."""
    processor = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            processor = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), processor)
    except OSError:
        pass  # not Linux
    return f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def options(description, rounds):
    """The options that all benchmarks take."""
    parser = argparse.ArgumentParser(prog="Scripts/bench", description=description)
    parser.add_argument("--rounds", type=int, default=rounds, help=f"how often each command runs ({rounds})")
    parser.add_argument("--record", action="store_true", help="put the result into docs/benchmarks.md")
    return parser


def report(name, text, record):
    """Prints the result; with `record`, also replaces what stands between the page's markers for `name`."""
    print(text)
    if not record:
        return
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    if begin not in page or end not in page:
        raise Failed(f"docs/benchmarks.md has no place for {name}")
    head, rest = page.split(begin, 1)
    PAGE.write_text(head + begin + text.strip() + "\n" + end + rest.split(end, 1)[1], encoding="utf-8")


def run(benchmark):
    """Runs a benchmark's main function and turns its failure into a message and the status 1."""
    try:
        benchmark()
    except Failed as failure:
        print(f"bench: {failure}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
