"""The whole of Examples/monthly.qs on many orders: register, save, run, wait, export; from a new workspace each time.

The peers read the same file and write the same CSV, which is compared with that of qs.
"""

import csv
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys

import timing

EXAMPLES = timing.ROOT / "Examples"
PEERS = pathlib.Path(__file__).resolve().parent / "peers"
MONTH = "2024-05"  # as Examples/monthly.qs says
QUERY = (
    "select region, product, count(*) as orders, round(sum(quantity * price), 2) as revenue from orders"
    f" where substr(order_date, 1, 7) = '{MONTH}' group by region, product order by region, product"
)


def make_orders(rows):
    """A folder with monthly.qs and that many orders beside it; the orders are made once."""
    folder = timing.SCRATCH / f"monthly-{rows}"
    orders, maker = folder / "orders.csv", EXAMPLES / "make-orders"
    folder.mkdir(parents=True, exist_ok=True)
    if not orders.exists() or orders.stat().st_mtime < maker.stat().st_mtime:
        print(f"making {rows} orders", file=sys.stderr)
        unfinished = folder / "orders.csv.new"
        with open(unfinished, "wb") as file:
            subprocess.run([sys.executable, maker, str(rows)], stdout=file, check=True)
        unfinished.rename(orders)
    shutil.copy(EXAMPLES / "monthly.qs", folder)
    return folder


def contenders(folder):
    """qs and the peers that are here, and the names of those that are not."""
    workspace = folder / "workspace"
    orders = folder / "orders.csv"
    found = [
        timing.Contender(
            "qs monthly.qs",
            [timing.QS, folder / "monthly.qs"],
            {"QS_WORKSPACE": os.fspath(workspace)},
            folder / "qs.csv",
            prepare=lambda: shutil.rmtree(workspace, ignore_errors=True),
        )
    ]
    absent = []
    if shutil.which("sqlite3"):
        command = ["sqlite3", "-csv", "-header", ":memory:", f'.import "{orders}" orders', QUERY]
        found.append(timing.Contender("sqlite3 `.import`, `select`", command, output=folder / "sqlite3.csv"))
    else:
        absent.append("sqlite3")
    if shutil.which("duckdb"):
        query = QUERY.replace("from orders", f"from read_csv('{orders}', types = {{'order_date': 'VARCHAR'}})")
        found.append(timing.Contender("duckdb `read_csv`", ["duckdb", "-csv", "-c", query], output=folder / "duckdb-cli.csv"))
    else:
        absent.append("duckdb")
    for package in ["csv", "duckdb", "polars"]:
        if importlib.util.find_spec(package):
            command = [sys.executable, PEERS / f"monthly_{package}.py", orders, MONTH]
            found.append(timing.Contender(f"python3 with {package}", command, output=folder / f"python-{package}.csv"))
        else:
            absent.append(f"Python's {package}")
    return found, absent


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def compare(reference, others):
    """Fails unless all answers are the same, but for the last digit of a rounded sum."""
    expected = read(reference.output)
    if len(expected) < 2:
        raise timing.Failed(f"{reference.name} wrote no rows")
    for other in others:
        answer = read(other.output)
        if len(answer) != len(expected) or answer[0] != expected[0]:
            raise timing.Failed(f"{other.name} and {reference.name} wrote different headers or numbers of rows")
        for ours, theirs in zip(expected[1:], answer[1:]):
            if ours[:3] != theirs[:3] or abs(float(ours[3]) - float(theirs[3])) > 0.0101:
                raise timing.Failed(f"{other.name} wrote {theirs} where {reference.name} wrote {ours}")
    return expected


def main():
    parser = timing.options(__doc__, rounds=7)
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many orders (1000000)")
    arguments = parser.parse_args()
    folder = make_orders(arguments.rows)
    found, absent = contenders(folder)
    timing.measure(found, arguments.rounds)
    answer = compare(found[0], found[1:])

    size = (folder / "orders.csv").stat().st_size
    notes = [
        f"{arguments.rows:,} orders, {size / 1e6:.1f} MB; all wrote the same {len(answer) - 1} rows of"
        f" {sum(int(row[2]) for row in answer[1:]):,} orders; {arguments.rounds} rounds on {timing.machine()}."
    ]
    if absent:
        notes.append("Not installed: " + ", ".join(absent) + ".")
    timing.report("monthly", timing.table(found, reference=found[0]) + "\n\n" + " ".join(notes), arguments.record)


timing.run(main)
