"""A whole `qs` that asks a service on this machine for a job's rows, beside curl, which throws the same bytes away."""

import os
import statistics
import subprocess
import tempfile

import timing
from decoding import documents
from decoding.serving import Server

GIGABIT = 125_000_000  # bytes a second
RATES = {"loopback": 0, "1 Gbit/s": GIGABIT}
SCRIPT = """
connect service to "{url}" with kind="{kind}", token=env("KEY"){more}
use service
let j = run text("select * from orders")
wait j
print (j | count)
"""
MORE = {"toolkit": "", "polytomic": ', connection="c"'}


def pair(server, rate, layout, rows, home):
    """curl and qs at that rate, once each has shown that it gets what it should."""
    script, output = home / "fetch.qs", home / "output"
    script.write_text(SCRIPT.format(url=server.base(rate), kind=layout, more=MORE[layout]))
    environment = {"HOME": os.fspath(home), "KEY": "secret", "LC_ALL": "C.UTF-8"}
    ours = timing.Contender("qs", [timing.QS, script], environment, output)
    ours.run()
    if output.read_text() != f"{rows}\n":
        raise timing.Failed(f"qs printed {output.read_text()!r} of an answer of {rows} rows")
    return timing.Contender("curl", ["curl", "-sf", "-o", os.devnull, f"{server.base(rate)}/document"]), ours


def lines(made, form, rows, rounds):
    """The lines of the table for one document, and how many times as long as curl qs took at each rate."""
    path, text, times = made.path(form, rows), [], {}
    size, server = path.stat().st_size, Server(path)
    try:
        for name, rate in RATES.items():
            with tempfile.TemporaryDirectory() as home:
                both = pair(server, rate, documents.FORMS[form][0], rows, timing.pathlib.Path(home))
                timing.measure(both, rounds, warm_up=0)
            ratio = statistics.median(ours / theirs for theirs, ours in zip(both[0].wall, both[1].wall))
            times[name] = ratio
            for one in both:
                median = statistics.median(one.wall)
                text.append(
                    f"| {rows:,} {form}, {name} | {one.name} | {timing.duration(median)} | {timing.duration(statistics.median(one.cpu))} "
                    f"| {size / median / 1e6:.0f} MB/s | {1 if one is both[0] else ratio:.2f} | {one.peak / 2**20:.0f} MiB |"
                )
    finally:
        server.close()
    return text, times


HEAD = "| over HTTP | program | median | CPU | speed | × curl | peak memory |\n|---|---|---:|---:|---:|---:|---:|"


def version():
    return timing.versions([["curl", "--version"]])[0]
