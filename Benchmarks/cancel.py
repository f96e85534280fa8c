"""How long it takes from a cancel until the work has ended, for everything that the language can do over much data."""

import subprocess
import sys

import timing

# Milliseconds that a cancel may take: 99 of 100, and every one.
MOST, LONGEST = 10, 50


def tried(program, arguments):
    """What was tried, one after the other: group, name, p50, p99, longest, idle (milliseconds), why it was refused."""
    folder = timing.SCRATCH / "cancel"
    folder.mkdir(parents=True, exist_ok=True)
    command = [program, folder, arguments.seed, arguments.samples, arguments.text << 20, arguments.rows, *arguments.only]
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        group, name, *rest = line.rstrip("\n").split("\t")
        times = [float(figure) * 1e3 for figure in rest[:4]]
        refusal = rest[4] if len(rest) > 4 else ""
        print(" ".join(f"{figure:8.1f}" for figure in times), f" {group}: {name}", f"({refusal})" if refusal else "", file=sys.stderr, flush=True)
        yield group, name, times, refusal
    if process.wait() != 0:
        raise timing.Failed(f"the program that cancels ended with the status {process.returncode}")


def table(results):
    """A row of each group, and the slowest of all."""
    lines = ["| work | tried | p50 | p99 | longest | idle | slowest |", "|---|---:|---:|---:|---:|---:|---|"]
    for group in dict.fromkeys(group for group, *_ in results):
        rows = [(name, times) for found, name, times, _ in results if found == group]
        slowest = max(rows, key=lambda row: row[1][2])
        middle = sorted(times[0] for _, times in rows)[len(rows) // 2]
        worst = [max(times[place] for _, times in rows) for place in (1, 2, 3)]
        figures = " | ".join(f"{figure:.1f} ms" for figure in [middle, *worst])
        name = slowest[0].replace("|", "\\|")
        lines.append(f"| {group} | {len(rows)} | {figures} | `{name}` |")
    return "\n".join(lines)


def main():
    parser = timing.options(__doc__, rounds=1)
    parser.add_argument("--seed", type=int, default=1, help="what the moments of the cancels follow from")
    parser.add_argument("--samples", type=int, default=30, help="cancels of each piece of work")
    parser.add_argument("--text", type=int, default=60, help="MiB of a long text")
    parser.add_argument("--rows", type=int, default=2_000_000, help="rows of a frame, elements of a list")
    parser.add_argument("--only", nargs=1, default=[], help="what has this in its name alone")
    arguments = parser.parse_args()
    results = list(tried(timing.build("Cancelling"), arguments))
    refused = sum(1 for *_, refusal in results if refusal)
    note = (
        f"{arguments.samples} cancels of each, at moments that follow from the seed {arguments.seed}; texts of {arguments.text} MiB, lists and"
        f" frames of {arguments.rows:,} elements and rows. p50 is the middle one of the group, p99 and longest the worst of any in it; idle is"
        f" the longest until the process had nothing to do any more. {refused} of {len(results)} refuse such a value, which takes its time"
        f" too; on {timing.machine()}."
    )
    timing.report("cancel", table(results) + "\n\n" + note, arguments.record)
    late = [name for _, name, times, _ in results if times[1] > MOST or times[2] > LONGEST]
    if late:
        raise timing.Failed(f"slower than {MOST} ms (p99) or {LONGEST} ms (every one): " + "; ".join(late))


timing.run(main)
