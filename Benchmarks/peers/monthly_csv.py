"""Examples/monthly.qs with Python's standard library alone: `monthly_csv.py ORDERS MONTH`, CSV on standard output."""

import csv
import math
import sys


def main(path, month):
    groups = {}
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        date, region, product, quantity, price = map(header.index, ["order_date", "region", "product", "quantity", "price"])
        for row in rows:
            if row[date][:7] == month:
                groups.setdefault((row[region], row[product]), []).append(int(row[quantity]) * float(row[price]))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["region", "product", "orders", "revenue"])
    for (name, item), amounts in sorted(groups.items()):
        out.writerow([name, item, len(amounts), round(math.fsum(amounts), 2)])


main(*sys.argv[1:])
