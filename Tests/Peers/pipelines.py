"""Pipelines of the language as SQL of DuckDB: one entry for each transform.

A query's rows bear their order in the column `n`, which no pipeline sees; every transform says what becomes of it. To add a
transform, add a function of its name to this file: it gets the reader of the text behind the name, and the query so far.
"""

from dataclasses import dataclass

from expressions import Typed, cast, column, translate
from language import Reader, Unreadable

ORDER = column(" n")
TRANSFORMS = {}


@dataclass
class Query:
    """SQL that gives the columns and ORDER; `columns` are their names and types, in order."""

    sql: str
    columns: dict

    def names(self):
        return ", ".join(column(name) for name in self.columns)

    def ordered(self):
        return f"SELECT {self.names()} FROM ({self.sql}) ORDER BY {ORDER}"


def table(name, columns):
    """All rows of a table, whose types are given by name."""
    return Query(f"SELECT * FROM {column(name)}", {name: Typed(column(name), kind) for name, kind in columns.items()})


def transform(function):
    TRANSFORMS[function.__name__.rstrip("_")] = function
    return function


def kept(name, item):
    """The column that `item` becomes."""
    return Typed(column(name), item.type, item.loose)


def named(reader):
    """`NAME = EXPR`, or an expression with the name of the column that it is."""
    if reader.peek(1) == "=":
        name = reader.word()
        reader.expect("=")
        return name, reader.expression()
    name = reader.word()
    return name, ("name", name)


@transform
def where(reader, query):
    condition = translate(reader.expression(), query.columns)
    return Query(f"SELECT * FROM ({query.sql}) WHERE {condition.sql}", query.columns)


@transform
def select(reader, query):
    items = [(name, translate(node, query.columns)) for name, node in reader.series(lambda: named(reader))]
    listed = ", ".join(f"{cast(item, item.type)} AS {column(name)}" for name, item in items)
    return Query(f"SELECT {listed}, {ORDER} FROM ({query.sql})", {name: kept(name, item) for name, item in items})


@transform
def derive(reader, query):
    for name, node in reader.series(lambda: named(reader)):
        item = translate(node, query.columns)
        columns = {**query.columns, name: kept(name, item)}
        listed = ", ".join(f"{item.sql} AS {column(name)}" if each == name else column(each) for each in columns)
        query = Query(f"SELECT {listed}, {ORDER} FROM ({query.sql})", columns)
    return query


@transform
def sort(reader, query):
    def key():
        item = translate(reader.expression(), query.columns)
        order = "DESC" if reader.peek() == "desc" else "ASC"
        if reader.peek() in ("asc", "desc"):
            reader.next()
        nulls = "LAST"
        if reader.take("nulls"):
            nulls = reader.word().upper()
        return f"{item.sql} {order} NULLS {nulls}"

    keys = ", ".join(reader.series(key))
    numbered = f"row_number() OVER (ORDER BY {keys}, {ORDER}) AS {ORDER}"
    return Query(f"SELECT {query.names()}, {numbered} FROM ({query.sql})", query.columns)


@transform
def take(reader, query):
    count = int(reader.next()[1])
    if not reader.take("by"):
        return Query(f"SELECT * FROM ({query.sql}) ORDER BY {ORDER} LIMIT {count}", query.columns)
    keys = ", ".join(translate(("name", name), query.columns).sql for name in reader.series(reader.word))
    # Only the numbers of rows go through the window, which makes 0.0 of -0.0.
    first = f"row_number() OVER (PARTITION BY {keys} ORDER BY {ORDER}) <= {count}"
    numbers = f"SELECT {ORDER} FROM ({query.sql}) QUALIFY {first}"
    return Query(f"SELECT * FROM ({query.sql}) WHERE {ORDER} IN ({numbers})", query.columns)


@transform
def count(reader, query):
    return Query(f"SELECT count(*) AS count, 0 AS {ORDER} FROM ({query.sql})", {"count": Typed("count", "int")})


def translated(text, tables):
    """The query of a pipeline, and whether it ends with `count`; `tables` maps their names to the types of their columns."""
    reader = Reader(text)
    name = reader.word()
    query, steps = table(name, tables[name]), []
    while reader.take("|"):
        steps.append(reader.word())
        if steps[-1] not in TRANSFORMS:
            raise Unreadable(f"the transform {steps[-1]}")
        query = TRANSFORMS[steps[-1]](reader, query)
    if not reader.at_end:
        raise Unreadable(f"`{reader.peek()}` at the end of `{text}`")
    return query, steps[-1:] == ["count"]
