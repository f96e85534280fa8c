"""From the bytes of a service's answer to a frame, beside pandas, orjson with Polars, and DuckDB.

Both forms of answers are read from a file in pieces, as they come from a connection. Every program runs pinned to one core, and then to two.
What a program read is compared by rows and by the sums of two columns.
"""

import importlib.util
import json
import os
import statistics
import subprocess
import sys

import timing

PACKAGE = timing.ROOT / ".build" / "benchmarks-package"
LAYOUTS = {"toolkit": "lists", "polytomic": "objects"}
NEEDED = {"pandas": ["pandas"], "polars": ["polars", "orjson"], "duckdb": ["duckdb"]}


def build():
    command = ["swift", "build", "--package-path", timing.ROOT / "Benchmarks", "--scratch-path", PACKAGE, "--product", "Decode"]
    built = subprocess.run([*command, "-c", "release", "--static-swift-stdlib"], stdout=sys.stderr)
    if built.returncode != 0:
        raise timing.Failed("Benchmarks/Decode could not be built")
    return PACKAGE / "release" / "Decode"


def answer(layout, rows):
    """The path of an answer of so many rows, which is made once."""
    made, maker = timing.SCRATCH / f"{layout}-{rows}.json", timing.ROOT / "Benchmarks" / "make-results"
    orders = timing.make(rows)
    if not made.exists() or made.stat().st_mtime < max(maker.stat().st_mtime, orders.stat().st_mtime):
        print(f"making {made.name}", file=sys.stderr)
        unfinished = made.with_suffix(".new")
        with open(orders, "rb") as source, open(unfinished, "wb") as file:
            subprocess.run([sys.executable, maker, layout], stdin=source, stdout=file, check=True)
        unfinished.rename(made)
    return made


def measure(command, cores):
    """What one program says."""
    available = sorted(os.sched_getaffinity(0))[:cores]
    environment = {**os.environ, "POLARS_MAX_THREADS": str(cores)}
    ran = subprocess.run(
        [*map(os.fspath, command)], stdout=subprocess.PIPE, text=True, env=environment,
        preexec_fn=lambda: os.sched_setaffinity(0, available),
    )  # fmt: skip
    if ran.returncode != 0:
        raise timing.Failed(f"{command[0]} ended with the status {ran.returncode}")
    return json.loads(ran.stdout)


def lines(binary, peers, layout, rows, cores, rounds):
    """The lines of the table for one answer."""
    path = answer(layout, rows)
    ours = measure([binary, layout, path, str(cores), str(rounds)], cores)
    found = {"qs": ours}
    for name in peers:
        script = timing.ROOT / "Benchmarks" / "peers" / "decode.py"
        found[name] = measure([sys.executable, script, name, layout, path, str(cores), str(rounds)], cores)
        if (found[name]["rows"], found[name]["checks"]) != (ours["rows"], [ours["checks"][0], ours["checks"][4]]):
            raise timing.Failed(f"{name} answered {found[name]}, qs {ours}")
    size = path.stat().st_size
    base = statistics.median(ours["seconds"])
    for name, said in found.items():
        median = statistics.median(said["seconds"])
        frame = f"{said['frame'] / 2**20:.0f} MiB" if "frame" in said else ""
        yield (
            f"| {rows:,} {LAYOUTS[layout]}, {cores} {'core' if cores == 1 else 'cores'} | {name} | {timing.duration(median)} "
            f"| {size / median / 1e6:.0f} MB/s | {median / base:.2f} | {said['peak'] / 2**20:.0f} MiB | {frame} |"
        )


def main():
    parser = timing.options(__doc__, rounds=5)
    parser.add_argument("--rows", type=int, nargs="*", default=[100_000, 1_000_000, 5_000_000], help="how many rows (100000 1000000 5000000)")
    parser.add_argument("--cores", type=int, nargs="*", default=[1, 2], help="how many cores (1 2)")
    arguments = parser.parse_args()
    binary = build()
    peers = [name for name, packages in NEEDED.items() if all(importlib.util.find_spec(package) for package in packages)]
    table = ["| answer | program | median | speed | × | peak memory | frame |", "|---|---|---:|---:|---:|---:|---:|"]
    for rows in arguments.rows:
        for layout in LAYOUTS:
            for cores in arguments.cores:
                for line in lines(binary, peers, layout, rows, cores, max(3, arguments.rounds * 1_000_000 // max(rows, 1_000_000))):
                    print(line, file=sys.stderr)
                    table.append(line)
    notes = (
        "× is the time of the program over that of qs; memory is the most that was resident, the program and the frame included; "
        f"on {timing.machine()}; " + ", ".join(f"{name} {importlib.import_module(name).__version__}" for name in peers) + "."
    )
    absent = sorted(set(NEEDED) - set(peers))
    if absent:
        notes += " Not installed: " + ", ".join(absent) + "."
    timing.report("decode", "\n".join(table) + "\n\n" + notes, arguments.record)


timing.run(main)
