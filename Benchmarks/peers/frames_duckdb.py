"""The tasks of Benchmarks/FrameSteps in DuckDB: `frames_duckdb.py DATA.csv CUSTOMERS.csv TASK ROUNDS SCRATCH`; prints the same JSON.

A result is a temporary table, as it is a frame elsewhere; dropping the last one is not timed.
"""

import os

import duckdb

import steps

DATA, CUSTOMERS, TASK, ROUNDS, SCRATCH = steps.arguments()


def read(path):
    return f"SELECT * FROM read_csv('{path}', header = true, quote = '\"', escape = '\"')"


TASKS = {
    "csv_in": read(DATA),
    "filter": "SELECT id, region, customer, price FROM orders WHERE region IN ('EU', 'UK') AND price * quantity > 1000",
    "sort": "SELECT * FROM orders ORDER BY region, price DESC",
    "top20": "SELECT * FROM orders ORDER BY price DESC, id LIMIT 20",
    "text": "SELECT upper(region) || '-' || substring(customer, 1, 5) AS code, length(customer) AS length,"
    " customer LIKE '%Ltd%' AS is_ltd, lower(customer) AS low FROM orders",
    "dates": "SELECT CAST(date_trunc('month', order_date) AS DATE) AS month, year(order_date) AS year, isodow(order_date) AS weekday, hour(ts) AS hour,"
    " strftime(order_date, '%Y-%m') AS label FROM orders",
    "group_low": "SELECT sum(price) AS total, avg(quantity) AS quantity, count(*) AS orders, count(DISTINCT customer) AS customers, region,"
    " CAST(date_trunc('month', order_date) AS DATE) AS month FROM orders GROUP BY region, month ORDER BY region, month",
    "group_high": "SELECT sum(price) AS total, avg(quantity) AS quantity, count(*) AS orders, customer FROM orders GROUP BY customer"
    " ORDER BY customer",
    "totals": "SELECT sum(price) AS total, avg(quantity) AS quantity, min(discount) AS low, max(discount) AS high, count(note) AS noted FROM orders",
    "median": "SELECT median(price) AS median, region FROM orders GROUP BY region ORDER BY region",
    "join": "SELECT * FROM orders JOIN customers USING (customer)",
    "distinct": "SELECT DISTINCT region, customer FROM orders ORDER BY region, customer",
}

connection = duckdb.connect()
connection.execute(f"SET threads = {os.environ['THREADS']}; SET TimeZone = 'UTC'")


def checks(_):
    parts = []
    for name, kind, *_ in connection.execute("DESCRIBE result").fetchall():
        if kind == "VARCHAR":
            value = f"strlen({name})"
        elif kind == "DOUBLE":
            value = f"CAST(round({name} * 100) AS BIGINT) % 1000000"
        elif kind == "DATE":
            value = f"{name} - DATE '1970-01-01'"
        elif kind.startswith("TIMESTAMP"):
            value = f"epoch_us({name}) // 1000000"
        elif kind == "BOOLEAN":
            value = f"CAST({name} AS BIGINT)"
        else:
            value = f"{name} % 1000000"
        weight = "1" if TASK in steps.UNORDERED else "(n % 1000 + 1)"
        parts.append(f"CAST(sum({weight} * coalesce(CAST({value} AS BIGINT), -1)) AS BIGINT)")
    rows = connection.execute("SELECT count(*) FROM result").fetchone()[0]
    numbered = "SELECT *, row_number() OVER () - 1 AS n FROM result"
    return rows, list(connection.execute(f"SELECT {', '.join(parts)} FROM ({numbered})").fetchone())


def step():
    if TASK != "csv_in":
        connection.execute(f"CREATE TABLE orders AS {read(DATA)}")
    if TASK == "join":
        connection.execute(f"CREATE TABLE customers AS {read(CUSTOMERS)}")
    if TASK == "csv_out":
        return lambda: connection.execute(f"COPY orders TO '{SCRATCH}' (HEADER)") and None
    if TASK == "parquet_out":
        return lambda: connection.execute(f"COPY orders TO '{SCRATCH}' (FORMAT parquet)") and None
    if TASK == "parquet_in":
        connection.execute(f"COPY orders TO '{SCRATCH}' (FORMAT parquet)")
        return lambda: connection.execute(f"CREATE TEMP TABLE result AS FROM read_parquet('{SCRATCH}')")
    return lambda: connection.execute(f"CREATE TEMP TABLE result AS {TASKS[TASK]}")


steps.run(step(), ROUNDS, checks, before=lambda: connection.execute("DROP TABLE IF EXISTS result"))
