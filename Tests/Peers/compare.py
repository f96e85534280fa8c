"""Runs pipelines in qs and in DuckDB over the same data and compares every cell: `Scripts/peers [--seed N] [--generated N] [PIPELINE ...]`."""

import argparse
import functools
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

import duckdb

import answers
import cases
import expressions
import language
import pipelines
import tables
from generator import generated

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "frames.md"
SYNTAX = 2  # the status of qs where a script is not well-formed


def script(texts, numbers, folder):
    """A script that runs the pipelines of these numbers, one a line, and writes their answers."""
    lines = [f'let {name} = open "{folder}/{name}.csv"' for name in tables.SCHEMAS]
    for number in numbers:
        if texts[number].endswith("| count"):
            lines.append(f'print "{number}", ({texts[number]})')
        else:
            out = f"{folder}/{number}.out"
            lines.append(f'let r = {texts[number]}; export r csv to "{out}.csv"; export r json to "{out}.json"')
    return "\n".join(lines) + "\n"


# What shows that qs has a word of expressions; a transform is a topic of its help.
PROBES = {"decimal": "decimal(a, 2)", "over": "row_number() over ()", "aggregate over": "count() over ()", "matches": 'string(a) matches "1"',
          "lists": "len([a])", "json": 'json("1")'}


def knows(binary, word):
    """Whether this qs has the transform, or what the word stands for in PROBES."""
    text = f"[{{a: 1}}] | derive n = {PROBES[word]}" if word in PROBES else f"help {word}"
    return subprocess.run([binary, "-c", text], capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def ask_qs(binary, texts, folder):
    """The errors of qs by the number of the pipeline; the answers are files of the folder.

    A script ends at its first error, so what stands behind that is run again.
    """
    path = folder / "peers.qs"
    environment = {"QS_WORKSPACE": str(folder / "workspace"), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    errors, numbers = {}, list(range(len(texts)))
    while numbers:
        path.write_text(script(texts, numbers, folder), encoding="utf-8")
        ran = subprocess.run([binary, path], capture_output=True, text=True, env=environment, timeout=60)
        for line in ran.stdout.splitlines():
            number, _, count = line.partition(" ")
            (folder / f"{number}.out.csv").write_text(f"count\n{count}\n", encoding="utf-8")
            (folder / f"{number}.out.json").write_text(f'[{{"count": {count}}}]', encoding="utf-8")
        if ran.returncode == 0:
            break
        found = re.findall(r"^error(.*)\n  at .*peers\.qs:(\d+):", ran.stderr, re.MULTILINE)
        places = [int(line) - 1 - len(tables.SCHEMAS) for _, line in found]
        if not places or min(places) < 0:
            sys.exit(f"peers: qs ended with {ran.returncode}\n{ran.stderr}")
        errors.update((numbers[place], message) for place, (message, _) in zip(places, found))
        # The parser finds every fault before anything runs; while running, the first one is the last.
        rest = numbers if ran.returncode == SYNTAX else numbers[places[0] :]
        numbers = [number for number in rest if number not in errors]
    return errors


def ask_duckdb(connection, text):
    """The rows, and the columns as Typed; duckdb.Error where there are none."""
    query = pipelines.translated(text, tables.SCHEMAS, connection.execute)
    return connection.execute(query.ordered()).fetchall(), query.columns


def load(connection, folder):
    for name, columns in tables.SCHEMAS.items():
        types = ", ".join(f"'{column}': '{expressions.SQL_TYPES[kind]}'" for column, kind in columns.items())
        path = expressions.quoted(str(folder / f"{name}.csv"))
        connection.execute(
            f"CREATE TABLE {expressions.column(name)} AS SELECT *, row_number() OVER () AS {pipelines.ORDER} FROM read_csv({path},"
            f" header = true, columns = {{{types}}}, nullstr = '', allow_quoted_nulls = false, quote = '\"', escape = '\"', parallel = false)"
        )


def differences(texts, errors, connection, folder):
    """Each pipeline that is answered differently, with the difference in words, and how many are an error on both sides."""
    found, failed = [], 0
    for number, text in enumerate(texts):
        problem = errors.get(number)
        try:
            rows, columns = ask_duckdb(connection, text)
        except duckdb.Error as error:
            if problem is None:
                found.append((text, f"only DuckDB fails: {str(error).splitlines()[0]}"))
            failed += 1
            continue
        except (language.Unreadable, expressions.Untranslatable) as missing:
            found.append((text, f"not translated: {missing}"))
            continue
        if problem is not None:
            found.append((text, f"only qs fails: {problem}"))
            continue
        written = [(folder / f"{number}.out.{format}").read_text(encoding="utf-8") for format in ("csv", "json")]
        if different := answers.difference(*written, rows, columns):
            found.append((text, different))
    return found, failed


def main():
    parser = argparse.ArgumentParser(prog="Scripts/peers", description=__doc__)
    parser.add_argument("--qs", default=ROOT / ".build" / "static" / "qs", help="the binary to ask")
    parser.add_argument("--seed", type=int, default=None, help="of the generated pipelines (by chance; printed)")
    parser.add_argument("--generated", type=int, default=300, help="how many pipelines to generate (300)")
    parser.add_argument("pipelines", nargs="*", help="compare these alone")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1_000_000)
    begun = time.monotonic()
    known = functools.cache(lambda word: knows(arguments.qs, word))
    hand_written, left_out = cases.hand_written(known)
    alike = arguments.pipelines or hand_written + cases.lines(cases.ERRORS) + generated(seed, arguments.generated, known)
    different = [] if arguments.pipelines else [text for texts in cases.DIFFERENT.values() for text in texts]
    with tempfile.TemporaryDirectory(dir="/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None) as scratch:
        folder = pathlib.Path(scratch)
        tables.write(folder, 7)
        with duckdb.connect() as connection:
            connection.execute("SET threads = 1; SET preserve_insertion_order = true")
            load(connection, folder)
            errors = ask_qs(arguments.qs, alike + different, folder)
            found, failed = differences(alike + different, errors, connection, folder)
    faults = [f"{text}\n    {words}" for text, words in found if text not in different]
    page = PAGE.read_text(encoding="utf-8")
    for key, texts in cases.DIFFERENT.items():
        if f"| {key} |" not in page:
            faults.append(f"{PAGE.name} has no row `{key}`")
        for text in [] if arguments.pipelines else texts:
            if text not in [each for each, _ in found]:
                faults.append(f"{text}\n    is to be different ({key}), and is not")
    for fault in faults:
        print(f"peers: {fault}")
    if left_out and not arguments.pipelines:
        print(f"peers: {left_out} pipelines are left out: this qs does not know their transforms")
    print(
        f"peers: {len(alike)} pipelines alike to answer ({failed} an error for both), {len(different)} different by design, seed {seed},"
        f" DuckDB {duckdb.__version__}, {time.monotonic() - begun:.0f} s: " + (f"{len(faults)} faults" if faults else "all as it should be")
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
