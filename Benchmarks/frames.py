"""Steps of frames beside Polars and DuckDB: the time of the step alone, in a process that has read the data before.

Every program runs pinned to one core, and then to two. What a program answers is compared by rows and a checksum of each column.
With more orders there are fewer rounds.
"""

import importlib.util
import json
import os
import pathlib
import statistics
import subprocess
import sys

import timing

PEERS = pathlib.Path(__file__).resolve().parent / "peers"
TASKS = {
    "filter": "filter and select",
    "sort": "sort by two keys",
    "top20": "top 20",
    "group_low": "group by region and month",
    "group_high": "group by customer",
    "totals": "totals of all rows",
    "median": "median by region",
    "join": "join with 100,000 customers",
    "distinct": "distinct region and customer",
    "text": "expressions over strings",
    "dates": "expressions over dates",
    "csv_in": "CSV in",
    "csv_out": "CSV out",
    "parquet_in": "Parquet in, what the program itself has written",
    "parquet_out": "Parquet out, as the program does where nothing is said",
    "arrow_in": "Arrow in, what the program itself has written",
    "arrow_out": "Arrow out",
}
# Tasks that are run where they are named.
FILES = ["parquet_in", "parquet_out", "arrow_in", "arrow_out"]
# What a program does not do by itself.
LACKING = {("duckdb", "arrow_in"), ("duckdb", "arrow_out")}
# Rows that are equal by their keys are in an order of each program's own: only the keys, at these places, are compared.
KEYS = {"sort": [2, 5]}


def programs(binary):
    """The command of each program that is here, and the names of those that are not."""
    found, absent = {"qs": [binary]}, []
    for package in ["polars", "duckdb"]:
        if importlib.util.find_spec(package):
            found[package] = [sys.executable, PEERS / f"frames_{package}.py"]
        else:
            absent.append(f"Python's {package}")
    return found, absent


def measure(command, data, task, rounds, cores):
    """What one program says of one task."""
    scratch = timing.SCRATCH / "frames-out.csv"
    available = sorted(os.sched_getaffinity(0))[:cores]
    environment = {**os.environ, "POLARS_MAX_THREADS": str(cores), "THREADS": str(cores)}
    ran = subprocess.run(
        [*map(os.fspath, command), *map(os.fspath, data), task, str(rounds), os.fspath(scratch)],
        stdout=subprocess.PIPE, text=True, env=environment, preexec_fn=lambda: os.sched_setaffinity(0, available),
    )  # fmt: skip
    scratch.unlink(missing_ok=True)
    if ran.returncode != 0:
        raise timing.Failed(f"{command[-1]} ended with the status {ran.returncode} in {task}")
    return json.loads(ran.stdout)


def answered(task, answer):
    """What has to be the same of all programs."""
    checks = answer["checks"]
    return answer["rows"], [checks[place] for place in KEYS[task]] if task in KEYS else checks


def table(data, rows, tasks, found, rounds, cores):
    peers = [name for name in found if name != "qs"]
    heads = ["qs"] + [f"{name} | ×" for name in peers] + [f"memory: {name}" for name in found]
    lines = [f"| {rows:,} rows, {cores} {'core' if cores == 1 else 'cores'} | " + " | ".join(heads) + " |"]
    lines.append("|---" + "|---:" * (1 + 2 * len(peers) + len(found)) + "|")
    for task in tasks:
        answers = {name: measure(command, data, task, rounds, cores) for name, command in found.items() if (name, task) not in LACKING}
        ours = answers["qs"]
        for name in peers:
            if name in answers and answered(task, answers[name]) != answered(task, ours):
                raise timing.Failed(f"{task}: {name} answered {answers[name]}, qs {ours}")
        medians = {name: statistics.median(answer["seconds"]) for name, answer in answers.items()}
        cells = [timing.duration(medians["qs"])]
        for name in peers:
            cells += [timing.duration(medians[name]), f"{medians['qs'] / medians[name]:.2f}"] if name in medians else ["", ""]
        cells += [f"{answers[name]['peak'] / 2**20:.0f} MiB" if name in answers else "" for name in found]
        lines.append(f"| {TASKS[task]} | " + " | ".join(cells) + " |")
        print(lines[-1], file=sys.stderr)
    return "\n".join(lines)


def main():
    parser = timing.options(__doc__, rounds=7)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 5_000_000], help="how many orders, tables for each (1000000 5000000)")
    parser.add_argument("--cores", type=int, nargs="*", default=[1, 2], help="how many cores, one table each (1 2)")
    parser.add_argument("--tasks", nargs="*", choices=TASKS, default=[task for task in TASKS if task not in FILES], help="these tasks alone")
    arguments = parser.parse_args()
    found, absent = programs(timing.build("FrameSteps"))
    customers, tables, sizes = timing.make("customers"), [], []
    for rows in arguments.rows:
        data = timing.make(rows)
        # What takes longer is told by fewer rounds.
        rounds = max(3, arguments.rounds * 1_000_000 // max(rows, 1_000_000))
        tables += [table([data, customers], rows, arguments.tasks, found, rounds, cores) for cores in arguments.cores]
        sizes.append(f"{rows:,} orders ({data.stat().st_size / 1e6:.1f} MB, {rounds} rounds)")
    notes = [
        " and ".join(sizes) + "; × is the time of qs over that of the program before it, so below 1 qs"
        f" is faster; memory is the most that was resident while the step ran; on {timing.machine()}; "
        + ", ".join(f"{name} {importlib.import_module(name).__version__}" for name in found if name != "qs") + "."
    ]  # fmt: skip
    if absent:
        notes.append("Not installed: " + ", ".join(absent) + ".")
    # Files of columns have a page's part of their own.
    name = "files" if set(arguments.tasks) <= set(FILES) else "frames"
    timing.report(name, "\n\n".join(tables + [" ".join(notes)]), arguments.record)


timing.run(main)
