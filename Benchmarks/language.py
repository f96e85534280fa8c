"""The language beside Lua, Tcl and Python: calls, a loop, strings, records, and a long script that is only read."""

import shutil
import statistics
import subprocess
import sys

import timing

SCRIPTS = timing.ROOT / "Benchmarks" / "language"
PEERS = timing.ROOT / "Benchmarks" / "peers" / "language"
TASKS = {
    "fib": "fib(30)",
    "adds": "10 million additions",
    "interpolation": "a million strings",
    "records": "a million records",
    "reading": "10,000 lines read and checked",
}
# What a program takes for reading alone: its time for the long script less that for one which ends at once.
ALONE = "the same without the start of the program"
# Each with the ending of its programs and what its version is asked by.
LANGUAGES = {"lua5.4": ("lua", ["-v"]), "tclsh": ("tcl", None), "python3": ("py", ["--version"])}

# Ten lines of each language that do the same; {n} is a number of their own.
LINES = {
    "qs": """# Part {n}.
def part_{n}(a, b = {n}) {{
    let c = a * b + {n}
    if c > 100 and a != b {{
        c = c - (a + b) * 2
    }}
    let row = {{name: "part ${{a}}", total: c, tags: ["x", "y"]}}
    for i in 1..b {{ c = c + row.total * i }}
    return "${{c}} of ${{b}}"
}}
""",
    "lua": """-- Part {n}.
function part_{n}(a, b)
    local c = a * b + {n}
    if c > 100 and a ~= b then
        c = c - (a + b) * 2
    end
    local row = {{name = "part " .. a, total = c, tags = {{"x", "y"}}}}
    for i = 1, b do c = c + row.total * i end
    return c .. " of " .. b
end
""",
    "py": """# Part {n}.
def part_{n}(a, b={n}):
    c = a * b + {n}
    if c > 100 and a != b:
        c = c - (a + b) * 2
    row = {{"name": f"part {{a}}", "total": c, "tags": ["x", "y"]}}
    for i in range(1, b + 1):
        c = c + row["total"] * i
    return f"{{c}} of {{b}}"

""",
}
# What ends the run before the first line of a long script; all of it has been read by then.
ENDS = {"qs": "exit\n", "lua": "if true then os.exit() end\n", "py": "raise SystemExit\n"}


def make_script(task, ending):
    """The path of a script that ends where it begins: of 10,000 lines where they are to be read, else of nothing more."""
    path = timing.SCRATCH / f"{task}.{ending}"
    timing.SCRATCH.mkdir(parents=True, exist_ok=True)
    parts = range(1_000 if task == "reading" else 0)
    path.write_text(ENDS[ending] + "".join(LINES[ending].format(n=number) for number in parts), encoding="utf-8")
    return path


def contenders(task, found):
    """The commands of one task. Tcl is left out of reading: it reads a procedure when it is first called."""
    programs = {"qs": ("qs", [timing.QS]), **{name: (LANGUAGES[name][0], [path]) for name, path in found.items()}}
    for name, (ending, command) in programs.items():
        if task in ("reading", "start"):
            if ending not in LINES:
                continue
            script = make_script(task, ending)
        else:
            script = (SCRIPTS if ending == "qs" else PEERS) / f"{task}.{ending}"
        yield timing.Contender(name, [*command, script], {"PYTHONDONTWRITEBYTECODE": "1"}, timing.SCRATCH / f"{task}-{name}.out")


def rows(task, found, rounds):
    """The lines of the table for one task; the answers have to be the same."""
    commands = list(contenders(task, found))
    starts = list(contenders("start", found)) if task == "reading" else []
    timing.measure(commands + starts, rounds)
    answers = {command.name: command.output.read_text(encoding="utf-8") for command in commands}
    for name, answer in answers.items():
        if answer != answers["qs"]:
            raise timing.Failed(f"{task}: {name} answered {answer!r}, qs {answers['qs']!r}")
    medians = {command.name: statistics.median(command.wall) for command in commands}
    peaks = {command.name: command.peak for command in commands}
    yield line(TASKS[task], medians, peaks, found)
    if starts:
        alone = {command.name: medians[command.name] - statistics.median(command.wall) for command in starts}
        yield line(ALONE, alone, {}, found)


def line(title, times, peaks, found):
    """A line of the table, of the programs that have figures."""
    cells = [timing.duration(times["qs"])]
    for name in found:
        cells += [timing.duration(times[name]), f"{times['qs'] / times[name]:.2f}"] if name in times else ["", ""]
    cells += [f"{peaks[name] / 2**20:.0f} MiB" if name in peaks else "" for name in ["qs", *found]]
    line = f"| {title} | " + " | ".join(cells) + " |"
    print(line, file=sys.stderr)
    return line


def version(name, path):
    if name == "tclsh":
        told = subprocess.run([path], input="puts [info patchlevel]", capture_output=True, text=True)
        return f"tclsh {told.stdout.strip()}"
    return timing.versions([[path, *LANGUAGES[name][1]]])[0]


def main():
    parser = timing.options(__doc__, rounds=7)
    parser.add_argument("--tasks", nargs="*", choices=TASKS, default=list(TASKS), help="these tasks alone")
    arguments = parser.parse_args()
    # A shim that looks for the right python would be measured with it: this one is the right one.
    paths = {name: sys.executable if name == "python3" else shutil.which(name) for name in LANGUAGES}
    found = {name: path for name, path in paths.items() if path}
    heads = ["qs"] + [f"{name} | ×" for name in found] + [f"memory: {name}" for name in ["qs", *found]]
    lines = ["| task | " + " | ".join(heads) + " |", "|---" + "|---:" * (2 + 3 * len(found)) + "|"]
    lines += [line for task in arguments.tasks for line in rows(task, found, arguments.rounds)]
    notes = [
        "× is the time of qs over that of the program before it, so below 1 qs is faster; whole processes, with their start;"
        f" memory is the largest resident size; {arguments.rounds} rounds on {timing.machine()}; "
        + ", ".join(version(name, path) for name, path in found.items()) + "."
    ]  # fmt: skip
    absent = [name for name in LANGUAGES if name not in found]
    if absent:
        notes.append("Not installed: " + ", ".join(absent) + ".")
    timing.report("language", "\n".join(lines) + "\n\n" + " ".join(notes), arguments.record)


timing.run(main)
