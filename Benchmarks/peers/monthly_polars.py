"""Examples/monthly.qs with polars: `monthly_polars.py ORDERS MONTH`, CSV on standard output."""

import sys

import polars as pl


def main(path, month):
    answer = (
        pl.scan_csv(path)
        .filter(pl.col("order_date").str.starts_with(month))
        .group_by("region", "product")
        .agg(pl.len().alias("orders"), (pl.col("quantity") * pl.col("price")).sum().round(2).alias("revenue"))
        .sort("region", "product")
        .collect()
    )
    sys.stdout.write(answer.write_csv())


main(*sys.argv[1:])
