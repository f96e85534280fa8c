"""From a service's answer to a frame in Python: `decode.py PROGRAM LAYOUT FILE WORKERS ROUNDS`; prints what Benchmarks/Decode prints.

pandas takes what json makes of the document, polars what orjson makes of it, and duckdb reads the file itself into a temporary table.
"""

import sys

import steps

PROGRAM, LAYOUT, FILE, WORKERS, ROUNDS = sys.argv[1:]
LISTS = LAYOUT == "toolkit"


def rows(document):
    return document["results"]["rows"] if LISTS else document["data"]["results"]


def names(document):
    return document["results"]["columns"] if LISTS else document["data"]["fields"]


def pandas():
    import json

    import pandas

    def step():
        with open(FILE, "rb") as file:
            document = json.load(file)
        return pandas.DataFrame(rows(document), columns=names(document))

    return step, lambda frame: (len(frame), [int((frame["id"] % 1_000_000).sum()), int(frame["quantity"].sum())])


def polars():
    import orjson
    import polars

    def step():
        with open(FILE, "rb") as file:
            document = orjson.loads(file.read())
        if LISTS:
            return polars.DataFrame(rows(document), schema=names(document), orient="row", infer_schema_length=None)
        return polars.DataFrame(rows(document), infer_schema_length=None)

    return step, lambda frame: (frame.height, [int((frame["id"] % 1_000_000).sum()), int(frame["quantity"].sum())])


def duckdb():
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET threads = {WORKERS}")
    fields = ["id", "order_date", "region", "customer", "quantity", "price", "discount", "returned", "note", "ts"]
    types = ["BIGINT", "DATE", "VARCHAR", "VARCHAR", "BIGINT", "DOUBLE", "DOUBLE", "BOOLEAN", "VARCHAR", "TIMESTAMP"]
    record = "STRUCT(" + ", ".join(f"{name} {kind}" for name, kind in zip(fields, types)) + ")"
    if LISTS:
        values = ", ".join(f"(r[{place + 1}] ->> '$')::{kind} AS {name}" for place, (name, kind) in enumerate(zip(fields, types)))
        read = f"read_json('{FILE}', columns = {{results: 'STRUCT(rows JSON[][])'}}, maximum_object_size = 4000000000)"
        query = f"SELECT {values} FROM (SELECT unnest(results.rows) AS r FROM {read})"
    else:
        read = f"read_json('{FILE}', columns = {{data: 'STRUCT(results {record}[])'}}, maximum_object_size = 4000000000)"
        query = f"SELECT r.* FROM (SELECT unnest(data.results) AS r FROM {read})"

    def step():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE answer AS {query}")
        return connection

    def check(connection):
        count, ids, quantities = connection.execute("SELECT count(*), sum(id % 1000000), sum(quantity) FROM answer").fetchone()
        return count, [int(ids), int(quantities)]

    return step, check


step, check = {"pandas": pandas, "polars": polars, "duckdb": duckdb}[PROGRAM]()
steps.run(step, int(ROUNDS), check)
