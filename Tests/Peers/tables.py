"""The tables that pipelines run over, made here and read by both sides from the same CSV files."""

import random
from datetime import date, datetime, timedelta

# Each column with its type; a value is a Python value of that type, or None.
EDGES = {
    "id": "int", "i": "int", "j": "int", "f": "float", "g": "float", "s": "string", "u": "string", "b": "bool",
    "d": "date", "e": "date", "ts": "timestamp", "z": "utc",
}  # fmt: skip
ORDERS = {
    "id": "int", "region": "string", "customer": "string", "quantity": "int", "price": "float", "discount": "float",
    "day": "date", "at": "timestamp", "returned": "bool",
}  # fmt: skip
MANY = {"id": "int", "k": "int", "v": "float", "s": "string"}
REGIONS = {"region": "string", "name": "string", "manager": "string", "target": "int"}

PAGES = {"id": "int", "tags": "string", "doc": "string", "n": "int"}

SCHEMAS = {"edges": EDGES, "orders": ORDERS, "many": MANY, "regions": REGIONS, "pages": PAGES}

LARGEST = 2**63 - 1
INTS = [None, 0, 1, -1, 7, -7, 10, 1000, 2**31, -(2**31), 2**53, 2**53 + 1, -(2**53) - 1, LARGEST, -LARGEST]
FLOATS = [
    None, 0.0, -0.0, 1.0, -1.0, 0.1, -2.5, 2.5, 1e15, 1e16, 123456789.125, 1e-7, 1.5e300, -1.5e300, 1.7976931348623157e308,
    5e-324, 2.2250738585072014e-308, float("nan"), float("inf"), float("-inf"), 0.30000000000000004, 9007199254740993.0,
]  # fmt: skip
TEXTS = [
    None, "", "a", "A", "ab", "abc", "abcdefgh", "abcdefghijklmnopqrstuvwxyz", " padded ", "\ttab", "line\nbreak", "comma, quote \"", "é",
    "e\u0301", "naïve café", "ΑΒΓ", "Ωμέγα", "さくら工業", "😀 smile", "👨‍👩‍👧", "100%", "under_score", "%", "back\\slash", "null", "NULL",
    "0", "007", "zz", "z", "\u00a0nbsp\u00a0", "\ufffd", "Ⅷ", "x" * 300,
]  # fmt: skip
DATES = [None, date(1, 1, 1), date(9999, 12, 31), date(1970, 1, 1), date(1969, 12, 31), date(2000, 2, 29), date(1900, 2, 28),
         date(2024, 2, 29), date(2024, 12, 30), date(2021, 1, 3), date(2020, 12, 31), date(2024, 5, 31), date(1582, 10, 15)]  # fmt: skip
TIMES = [None, datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999), datetime(1970, 1, 1), datetime(1969, 12, 31, 23, 59, 59, 999999),
         datetime(2024, 2, 29, 12, 30, 15, 500000), datetime(2024, 5, 1, 10, 0, 0, 1), datetime(2000, 1, 1), datetime(2024, 3, 31, 2, 30)]  # fmt: skip


def edges(chance):
    def of(values, index, step):
        return values[(index * step) % len(values)]

    for index in range(90):
        yield (
            index, of(INTS, index, 1), chance.choice([None, 0, 1, 2, 3, -3, 5, -10]), of(FLOATS, index, 1),
            chance.choice([None, 0.5, 1.25, -1.5, 2.0, 100.0, 0.75]), of(TEXTS, index, 1), chance.choice([None, "EU", "UK", "US", ""]),
            chance.choice([None, True, False]), of(DATES, index, 1), of(DATES, index, 5), of(TIMES, index, 1), of(TIMES, index, 2),
        )  # fmt: skip


def orders(chance):
    names = ["Acme Ltd", "Baker, Fox", "Café Zoë", "Łódź Metal", "さくら工業", 'Smith "Speedy"', "Ελλάς ΑΕ", "klein gmbh", "O'Neill"]
    for index in range(1500):
        yield (
            1000 + index, chance.choice(["EU", "UK", "US", "APAC", None]), chance.choice(names), chance.choice([None, 1, 2, 3, 5, 8, 40]),
            round(chance.uniform(0.5, 400), 2), chance.choice([None, 0.05, 0.1, 0.25, 0.0]),
            date(2024, 1, 1) + timedelta(days=chance.randrange(366)),
            datetime(2024, 1, 1) + timedelta(microseconds=chance.randrange(366 * 86_400_000_000)), chance.choice([True, False, False, None]),
        )  # fmt: skip


def many(chance):
    """More rows than one batch has."""
    for index in range(140_000):
        yield index, chance.choice([None, 1, 2, 3, 500, 70_000]), chance.choice([None, 0.0, 0.5, index * 0.25]), f"k{chance.randrange(900)}"


def regions(_):
    return [("EU", "Europe", "Zoë", 100), ("UK", "United Kingdom", None, 50), ("MEA", "Middle East", "Ömer", None), (None, "none", "x", 1), ("EU", "Europe again", "é", 7)]


def pages(_):
    """Text that `split` and `json` read."""
    tags = ["a,b,c", "", None, ",", "é,さくら,😀", "a", "a,,a", "a,b,c", "👨‍👩‍👧", "null,NULL", "x" * 40 + ",y", " a , b "]
    docs = [
        '{"name": "é", "n": 1, "on": true, "xs": [1, 2, 3], "in": {"d": "2024-02-29", "t": "2024-05-01T10:00:00", "deep": [[1], [2, 3]]}}',
        '{"name": "", "n": 2.5, "on": false, "xs": []}', '{"name": null, "n": null, "on": null, "xs": null}', "{}", "[]", "null", None,
        '[1, "two", null, true, {"name": "inside"}]', '"text 😀"', "-7", "0.5", "true", '{"xs": [null, "z", 0.5], "n": "42", "name": 7}',
        '{"name": "さくら", "n": 9223372036854775807, "xs": ["a", "é", "a"], "in": {"deep": {"name": "a b"}}}', '{"xs": {"a": 1}, "a b": 3, "n": -1}',
        '{"name": "é", "n": 1, "on": true, "xs": [1, 2, 3]}', '{"name":"quote \\" and \\\\","n":0,"xs":[[],{},""]}', '{"n": 1, "name": "a", "xs": [1, 2, 3]}',
    ]
    for index in range(36):
        yield index, tags[index % len(tags)], docs[index % len(docs)], [None, 0, 1, 2, -1, 3, -4][index % 7]


def written(value):
    """A value as CSV: null is nothing, and text that would be taken for something else stands in quotes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}.get(repr(value), repr(value))
    if isinstance(value, datetime):
        return f"{value.year:04}-{value:%m-%d}T{value:%H:%M:%S}.{value.microsecond:06}"
    if isinstance(value, date):
        return f"{value.year:04}-{value:%m-%d}"
    if isinstance(value, str) and (value == "" or any(mark in value for mark in ',"\n\r')):
        return '"' + value.replace('"', '""') + '"'
    return str(value)


def write(folder, seed):
    """Writes every table as NAME.csv."""
    makers = {"edges": edges, "orders": orders, "many": many, "regions": regions, "pages": pages}
    for name, make in makers.items():
        kinds = list(SCHEMAS[name].values())
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            file.write(",".join(SCHEMAS[name]) + "\n")
            for row in make(random.Random(seed)):
                cells = [written(value) + ("Z" if kind == "utc" and value is not None else "") for value, kind in zip(row, kinds)]
                file.write(",".join(cells) + "\n")
