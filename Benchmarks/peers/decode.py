"""From a service's answer to a frame in Python: `decode.py PROGRAM LAYOUT FILE WORKERS ROUNDS`; prints what Benchmarks/Decode prints.

pandas takes what json makes of the document, polars what orjson makes of it, and duckdb reads the file itself into a temporary table.
The last two are told the types; dates and timestamps stay text.
"""

import sys

import steps

PROGRAM, LAYOUT, FILE, WORKERS, ROUNDS = sys.argv[1:]
LISTS = LAYOUT == "toolkit"
TYPES = {
    "id": "BIGINT", "order_date": "VARCHAR", "region": "VARCHAR", "customer": "VARCHAR", "quantity": "BIGINT", "price": "DOUBLE",
    "discount": "DOUBLE", "returned": "BOOLEAN", "note": "VARCHAR", "ts": "VARCHAR",
}  # fmt: skip


def weighted(frame):
    """The checksums of two columns of a frame of pandas or Polars, in which the order of the rows counts."""
    import numpy

    weights = 1 + numpy.arange(len(frame)) % 1000
    ids, quantities = frame["id"].to_numpy(), frame["quantity"].to_numpy()
    return len(frame), [int((ids % 1_000_000 * weights).sum()), int((quantities * weights).sum())]


def pandas():
    import json

    import pandas

    def step():
        with open(FILE, "rb") as file:
            document = json.load(file)
        if LISTS:
            return pandas.DataFrame(document["results"]["rows"], columns=document["results"]["columns"])
        return pandas.DataFrame(document["data"]["results"])

    return step, weighted


def polars():
    import orjson
    import polars

    kinds = {"BIGINT": polars.Int64, "VARCHAR": polars.String, "DOUBLE": polars.Float64, "BOOLEAN": polars.Boolean}
    schema = {name: kinds[kind] for name, kind in TYPES.items()}

    def step():
        with open(FILE, "rb") as file:
            document = orjson.loads(file.read())
        if not LISTS:
            return polars.DataFrame(document["data"]["results"], schema=schema)
        columns = zip(*document["results"]["rows"])
        return polars.DataFrame(dict(zip(document["results"]["columns"], columns)), schema=schema)

    return step, weighted


def duckdb():
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET threads = {WORKERS}")
    if LISTS:
        values = ", ".join(f"r[{place + 1}]::{kind} AS {name}" for place, (name, kind) in enumerate(TYPES.items()))
        rows, column = "results.rows", "results: 'STRUCT(rows VARCHAR[][])'"
    else:
        values = "r.*"
        rows, column = "data.results", "data: 'STRUCT(results STRUCT(" + ", ".join(map(" ".join, TYPES.items())) + ")[])'"
    read = f"read_json('{FILE}', format = 'unstructured', columns = {{{column}}}, maximum_object_size = 4000000000)"
    query = f"SELECT {values} FROM (SELECT unnest({rows}) AS r FROM {read})"

    def step():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE answer AS {query}")
        return connection

    def check(connection):
        weight = "(1 + rowid % 1000)"
        sums = f"SELECT count(*), sum({weight} * (id % 1000000)), sum({weight} * quantity) FROM answer"
        count, ids, quantities = connection.execute(sums).fetchone()
        return count, [int(ids), int(quantities)]

    return step, check


step, check = {"pandas": pandas, "polars": polars, "duckdb": duckdb}[PROGRAM]()
steps.run(step, int(ROUNDS), check)
