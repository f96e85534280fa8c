"""From the bytes of a service's answer to a frame, beside pandas, orjson with Polars, and DuckDB; and over HTTP, beside curl.

Both forms of answers are read from a file in pieces, as they come from a connection. The programs run in turns; no peer uses a second
core on one document, so each may have all of them, and qs runs with one thread and with two.
"""

import importlib.util
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys

import timing
from decoding import fetching, goals
from decoding.ceiling import Ceiling
from decoding.documents import FORMS, Documents

PACKAGE = timing.ROOT / ".build" / "benchmarks-package"
PEERS = {"pandas": ["pandas"], "polars": ["polars", "orjson"], "duckdb": ["duckdb"]}
TITLES = {"pandas": "json, pandas", "polars": "orjson, Polars", "duckdb": "DuckDB", "simdjson": "simdjson to columns"}
OURS = {1: "qs, 1 thread", 2: "qs, 2 threads"}
LARGE = 2_000_000  # rows beyond which a peer runs once
SMALL, SMALL_ROUNDS = 500_000, 3  # rows below which there are so many times the rounds
HEAD = (
    "| answer | program | median | speed | CPU | × 1 thread | × 2 threads | memory | frame | memory / frame |\n"
    "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def build():
    command = ["swift", "build", "--package-path", timing.ROOT / "Benchmarks", "--scratch-path", PACKAGE, "--product", "Decode"]
    built = subprocess.run([*command, "-c", "release", "--static-swift-stdlib"], stdout=sys.stderr)
    if built.returncode != 0:
        raise timing.Failed("Benchmarks/Decode could not be built")
    return PACKAGE / "release" / "Decode"


def available_memory():
    """Bytes that a program may take without driving others out; None where the system does not tell."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)
    except OSError:
        return None


class Program:
    """What turns one document into a frame, each time in a new process; `figures` are what it said in each round."""

    def __init__(self, name, command, rounds, seconds=None):
        self.name, self.command, self.rounds, self.seconds = name, [str(word) for word in command], rounds, seconds
        self.figures, self.failure = [], None

    def run(self, cores):
        """Runs it once; a peer that takes too long or too much memory is left out from then on."""
        if self.failure or len(self.figures) == self.rounds:
            return
        environment = {**os.environ, "POLARS_MAX_THREADS": str(cores)}
        most = available_memory() if self.seconds else None

        def bound():
            if most:
                resource.setrlimit(resource.RLIMIT_DATA, (most * 3 // 4, most * 3 // 4))

        errors = subprocess.DEVNULL if self.seconds else None
        try:
            ran = subprocess.run(
                self.command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment, timeout=self.seconds, preexec_fn=bound
            )
        except subprocess.TimeoutExpired:
            self.failure = f"not done after {self.seconds} s"
            return
        if ran.returncode == 0:
            self.figures.append(json.loads(ran.stdout))
        elif self.seconds:
            self.failure = f"failed, with {most * 3 / 4 / 2**30:.0f} GiB at most" if most else "failed"
        else:
            raise timing.Failed(f"{self.command[0]} ended with the status {ran.returncode}")

    def median(self, of):
        return statistics.median(value for figures in self.figures for value in figures[of])

    def best(self, of):
        return min(value for figures in self.figures for value in figures[of])

    def ratio(self, base):
        """How many times as long as `base` it took, in rounds side by side."""
        return statistics.median(
            statistics.median(mine["seconds"]) / statistics.median(its["seconds"]) for mine, its in zip(self.figures, base.figures)
        )

    @property
    def memory(self):
        """Bytes that were taken at most, besides what the program itself takes."""
        return max(figures["peak"] - figures["before"] for figures in self.figures)

    @property
    def frame(self):
        return self.figures[0].get("frame")


def programs(binary, peers, layout, path, rows, arguments):
    """All that decode one document, by name."""
    rounds = arguments.rounds * (SMALL_ROUNDS if rows < SMALL else 1)
    found = {threads: Program(OURS[threads], [binary, layout, path, threads, 1], rounds) for threads in OURS}
    script = timing.ROOT / "Benchmarks" / "peers" / "decode.py"
    for name in peers:
        command = [sys.executable, script, name, layout, path, max(OURS), 1]
        found[name] = Program(TITLES[name], command, 1 if rows > LARGE else rounds, arguments.seconds)
    return found


def measure(found):
    """Runs all of them in turns, beginning with another one each time; their answers have to be the same."""
    order = list(found.values())
    for number in range(max(program.rounds for program in order)):
        first = number % len(order)
        for program in order[first:] + order[:first]:
            program.run(max(OURS))
    ours = found[1].figures[0]
    for program in order:
        for said in program.figures:
            wanted = ours["checks"] if "frame" in said else [ours["checks"][0], ours["checks"][4]]
            if (said["rows"], said["checks"]) != (ours["rows"], wanted):
                raise timing.Failed(f"{program.name} answered {said['rows'], said['checks']}, qs {ours['rows'], wanted}")


def lines(found, limit, what, size):
    """The lines of the table for one document; `limit` is what simdjson took, on the clock and on the processor."""
    for program in found.values():
        if not program.figures:
            yield f"| {what} | {program.name} | {program.failure} | | | | | | | |"
            continue
        median, frame = program.median("seconds"), program.frame
        ratios = [f"{program.ratio(found[threads]):.2f}" for threads in OURS]
        own = f"{frame / 2**20:.0f} MiB | {program.memory / frame:.2f}" if frame else "|"
        yield (
            f"| {what} | {program.name} | {timing.duration(median)} | {size / median / 1e6:.0f} MB/s "
            f"| {timing.duration(program.median('cpu'))} | {' | '.join(ratios)} | {program.memory / 2**20:.0f} MiB | {own} |"
        )
    if limit:
        ratios = [f"{limit[0] / found[threads].best('seconds'):.2f}" for threads in OURS]
        yield (
            f"| {what} | {TITLES['simdjson']} | {timing.duration(limit[0])} | {size / limit[0] / 1e6:.0f} MB/s "
            f"| {timing.duration(limit[1])} | {' | '.join(ratios)} | | | |"
        )


def options():
    parser = timing.options(__doc__, rounds=3)
    parser.add_argument("--rows", type=int, nargs="*", default=[100_000, 1_000_000, 5_000_000], help="how many rows (100000 1000000 5000000)")
    parser.add_argument("--http", type=int, default=1_000_000, help="how many rows over HTTP, 0 for none (1000000)")
    parser.add_argument("--seconds", type=int, default=150, help="how long a peer may take (150)")
    shared = timing.ROOT.parent / "shared" / "bench"
    parser.add_argument("--shared", type=pathlib.Path, default=shared, help="where gen.py and limits.cpp are (../shared/bench)")
    return parser.parse_args()


def main():
    arguments = options()
    binary, made, ceiling = build(), Documents(arguments.shared), Ceiling(arguments.shared)
    peers = [name for name, packages in PEERS.items() if all(importlib.util.find_spec(package) for package in packages)]
    table, reached = [HEAD], goals.Reached()

    def add(line):
        print(line, file=sys.stderr)
        table.append(line)

    for rows in arguments.rows:
        paths = {form: made.path(form, rows) for form in FORMS}
        limits = {} if ceiling.reason else ceiling.measure(made.folder, rows)
        for form, (layout, _) in FORMS.items():
            found = programs(binary, peers, layout, paths[form], rows, arguments)
            measure(found)
            size = paths[form].stat().st_size
            for line in lines(found, limits.get(form), f"{rows:,} {form}", size):
                add(line)
            reached.decoded(found, limits.get(form), form, rows, size)
    if arguments.http:
        add("")
        add(fetching.HEAD)
        for form in FORMS:
            text, times = fetching.lines(made, form, arguments.http, arguments.rounds)
            reached.fetched(times, f"{arguments.http:,} {form}")
            for line in text:
                add(line)
    absent = sorted(set(PEERS) - set(peers))
    notes = [
        f"× is the time of a program over that of qs with one thread and with two, the middle one of {arguments.rounds} rounds side by side, "
        f"of 1 for peers beyond {LARGE:,} rows; memory is the most that was resident meanwhile, without what was before; "
        f"documents of {made.maker}; on {timing.machine()}; "
        + ", ".join(f"{name} {importlib.import_module(name).__version__}" for name in peers) + f", {fetching.version()}.",
        *([f"Not installed: {', '.join(absent)}."] if absent else []),
        *([f"Without simdjson: {ceiling.reason}."] if ceiling.reason else []),
    ]  # fmt: skip
    timing.report("decode", "\n".join([*table, "", *reached.lines(), "", " ".join(notes)]), arguments.record)


timing.run(main)
