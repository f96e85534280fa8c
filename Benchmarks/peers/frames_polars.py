"""The tasks of Benchmarks/FrameSteps in Polars: `frames_polars.py DATA.csv CUSTOMERS.csv TASK ROUNDS SCRATCH`; prints the same JSON."""

import functools

import polars as pl

import steps

DATA, CUSTOMERS, TASK, ROUNDS, SCRATCH = steps.arguments()

TASKS = {
    "filter": lambda o: o.filter(pl.col("region").is_in(["EU", "UK"]) & (pl.col("price") * pl.col("quantity") > 1000)).select(
        "id", "region", "customer", "price"
    ),
    "sort": lambda o: o.sort("region", "price", descending=[False, True]),
    "top20": lambda o: o.sort("price", "id", descending=[True, False]).head(20),
    "text": lambda o: o.select(
        code=pl.col("region").str.to_uppercase() + "-" + pl.col("customer").str.slice(0, 5),
        length=pl.col("customer").str.len_chars(),
        is_ltd=pl.col("customer").str.contains("Ltd", literal=True),
        low=pl.col("customer").str.to_lowercase(),
    ),
    "dates": lambda o: o.select(
        month=pl.col("order_date").dt.truncate("1mo"),
        year=pl.col("order_date").dt.year(),
        weekday=pl.col("order_date").dt.weekday(),
        hour=pl.col("ts").dt.hour(),
        label=pl.col("order_date").dt.strftime("%Y-%m"),
    ),
    "group_low": lambda o: o.group_by("region", pl.col("order_date").dt.truncate("1mo").alias("month"))
    .agg(total=pl.col("price").sum(), quantity=pl.col("quantity").mean(), orders=pl.len(), customers=pl.col("customer").n_unique())
    .select("total", "quantity", "orders", "customers", "region", "month")
    .sort("region", "month"),
    "group_high": lambda o: o.group_by("customer")
    .agg(total=pl.col("price").sum(), quantity=pl.col("quantity").mean(), orders=pl.len())
    .select("total", "quantity", "orders", "customer")
    .sort("customer"),
    "totals": lambda o: o.select(
        total=pl.col("price").sum(),
        quantity=pl.col("quantity").mean(),
        low=pl.col("discount").min(),
        high=pl.col("discount").max(),
        noted=pl.col("note").count(),
    ),
    "median": lambda o: o.group_by("region").agg(median=pl.col("price").median()).select("median", "region").sort("region"),
    "join": lambda o: o.join(customers().lazy(), on="customer"),
    "distinct": lambda o: o.select("region", "customer").unique().sort("region", "customer"),
}


@functools.cache
def customers():
    return pl.read_csv(CUSTOMERS, try_parse_dates=True)


def read():
    return pl.read_csv(DATA, try_parse_dates=True)


def checks(frame):
    def value(name, kind):
        column = pl.col(name)
        if kind == pl.String:
            column = column.str.len_bytes()
        elif kind in (pl.Float64, pl.Float32):
            column = (column * 100).round(mode="half_away_from_zero").cast(pl.Int64) % 1_000_000
        elif kind == pl.Date:
            column = column.to_physical()
        elif isinstance(kind, pl.Datetime):
            column = column.dt.epoch("s")
        elif kind != pl.Boolean:
            column = column.cast(pl.Int64) % 1_000_000
        weight = pl.int_range(pl.len()) % 1000 + 1 if TASK not in steps.UNORDERED else 1
        return (weight * column.cast(pl.Int64).fill_null(-1)).sum().alias(name)

    return list(frame.select(value(name, kind) for name, kind in frame.schema.items()).row(0))


def step():
    if TASK == "csv_in":
        return read
    orders = read()
    if TASK == "join":
        customers()
    if TASK == "csv_out":
        return lambda: orders.write_csv(SCRATCH)
    if TASK == "parquet_out":
        return lambda: orders.write_parquet(SCRATCH)
    if TASK == "arrow_out":
        return lambda: orders.write_ipc(SCRATCH)
    if TASK == "parquet_in":
        orders.write_parquet(SCRATCH)
        return lambda: pl.read_parquet(SCRATCH)
    if TASK == "arrow_in":
        orders.write_ipc(SCRATCH)
        return lambda: pl.read_ipc(SCRATCH)
    return lambda: TASKS[TASK](orders.lazy()).collect()


steps.run(step(), ROUNDS, lambda frame: (frame.height, checks(frame)))
