"""Start-up: the least that a program can be asked, from the start of its process to its end."""

import os
import shutil
import sys
import tempfile

import timing

PEERS = [
    ("sqlite3 :memory: 'select 1'", ["sqlite3", ":memory:", "select 1"], "-version"),
    ("lua5.4 -e 'print(1)'", ["lua5.4", "-e", "print(1)"], "-v"),
    ("python3 -c 'print(1)'", [sys.executable, "-c", "print(1)"], "--version"),
    ("duckdb -c 'select 1'", ["duckdb", "-c", "select 1"], "--version"),
]


def main():
    arguments = timing.options(__doc__, rounds=51).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fresh = {"QS_WORKSPACE": os.path.join(folder, "workspace"), "HOME": folder}
        contenders = [
            timing.Contender("qs -c 'print 1'", [timing.QS, "-c", "print 1"], fresh),
            timing.Contender("Scripts/qs -c 'print 1'", [timing.ROOT / "Scripts" / "qs", "-c", "print 1"], fresh),
        ]
        absent, present = [], []
        for name, command, version in PEERS:
            program = shutil.which(command[0])
            if program:
                contenders.append(timing.Contender(name, [program, *command[1:]], {"HOME": folder}))
                present.append([program, version])
            else:
                absent.append(command[0])
        contenders.append(timing.Contender("true", [shutil.which("true")]))
        timing.measure(contenders, arguments.rounds, warm_up=3)
    text = timing.table(contenders, reference=contenders[0])
    notes = [f"{arguments.rounds} rounds on {timing.machine()}; " + ", ".join(timing.versions(present)) + "."]
    if absent:
        notes.append("Not installed: " + ", ".join(absent) + ".")
    timing.report("startup", text + "\n\n" + " ".join(notes), arguments.record)


timing.run(main)
