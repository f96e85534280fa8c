"""What counting instructions costs: the machine as it is, beside one that is built without the counting."""

import re
import shutil
import statistics
import subprocess
import sys

import timing

SCRIPTS = timing.ROOT / "Benchmarks" / "language"
TASKS = {
    "fib": "fib(30)",
    "adds": "10 million additions",
    "interpolation": "a million strings",
    "records": "a million records",
}


def instructions(program, script):
    """Instructions of the processor that a run takes, as valgrind counts them; they hardly differ from run to run."""
    # Without names and lines, which valgrind cannot always read.
    bare = timing.SCRATCH / "bare"
    bare.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["strip", "-o", bare, program], check=True)
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", bare, script]
    ran = subprocess.run(command, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", ran.stderr)
    if ran.returncode != 0 or not found:
        raise timing.Failed(f"valgrind failed: {ran.stderr.strip()[-300:]}")
    return int(found.group(1))


def row(task, programs, rounds):
    """The line of the table for one task."""
    script = SCRIPTS / f"{task}.qs"
    pair = [timing.Contender(name, [program, script]) for name, program in zip(["counting", "without"], programs)]
    timing.measure(pair, rounds)
    cpu = [statistics.median(contender.cpu) for contender in pair]
    cells = [timing.duration(cpu[0]), timing.duration(cpu[1]), f"{(cpu[0] / cpu[1] - 1) * 100:+.1f} %"]
    if shutil.which("valgrind"):
        counts = [instructions(program, script) for program in programs]
        cells += [f"{counts[0] / 1e6:.1f} M", f"{counts[1] / 1e6:.1f} M", f"{(counts[0] / counts[1] - 1) * 100:+.1f} %"]
    line = f"| {TASKS[task]} | " + " | ".join(cells) + " |"
    print(line, file=sys.stderr)
    return line


def main():
    parser = timing.options(__doc__, rounds=31)
    parser.add_argument("--tasks", nargs="*", choices=TASKS, default=list(TASKS), help="these tasks alone")
    arguments = parser.parse_args()
    # The second one's machine counts nothing: no script of it can be stopped.
    programs = [
        timing.build("Scripting"),
        timing.build("Scripting", scratch=timing.ROOT / ".build" / "uncounted", flags=["-Xswiftc", "-DWITHOUT_COUNTING"]),
    ]
    heads = ["task", "counting", "without", "difference"]
    if shutil.which("valgrind"):
        heads += ["instructions, counting", "instructions, without", "difference"]
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    lines += [row(task, programs, arguments.rounds) for task in arguments.tasks]
    note = f"Medians of the CPU time of whole processes, {arguments.rounds} rounds in turns on {timing.machine()}."
    if shutil.which("valgrind"):
        note += " Instructions are the processor's, counted by " + timing.versions([["valgrind", "--version"]])[0] + "."
    timing.report("counting", "\n".join(lines) + "\n\n" + note, arguments.record)


timing.run(main)
