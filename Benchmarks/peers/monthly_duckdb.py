"""Examples/monthly.qs with DuckDB's Python package: `monthly_duckdb.py ORDERS MONTH`, CSV on standard output."""

import csv
import sys

import duckdb


def main(path, month):
    answer = duckdb.execute(
        """
        select region, product, count(*) as orders, round(sum(quantity * price), 2) as revenue
        from read_csv(?) where strftime(order_date, '%Y-%m') = ?
        group by region, product order by region, product
        """,
        [path, month],
    )
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([column[0] for column in answer.description])
    out.writerows(answer.fetchall())


main(*sys.argv[1:])
