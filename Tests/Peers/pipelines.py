"""Pipelines of the language as SQL of DuckDB: one entry for each transform.

A query's rows bear their order in the column `n`, which no pipeline sees; every transform says what becomes of it. To add a
transform, add a function of its name to this file: it gets the reader of the text behind the name, and the query so far.
"""

from dataclasses import dataclass

from expressions import FUNCTIONS, ORDER, SQL_TYPES, Typed, cast, column, element, translate
from language import Reader, Unreadable

TRANSFORMS = {}
NUMBER, VALUE = '" number"', '" value"'  # columns of a query within, which no pipeline sees either


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
        node, order, nulls = reader.sort_key()
        return f"{translate(node, query.columns).sql} {order} NULLS {nulls}"

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
def rename(reader, query):
    def pair():
        new = reader.word()
        reader.expect("=")
        return reader.word(), new

    names = dict(reader.series(pair))
    listed = ", ".join(f"{column(name)} AS {column(names.get(name, name))}" for name in query.columns)
    columns = {names.get(name, name): kept(names.get(name, name), item) for name, item in query.columns.items()}
    return Query(f"SELECT {listed}, {ORDER} FROM ({query.sql})", columns)


@transform
def drop(reader, query):
    dropped = reader.series(reader.word)
    return Query(query.sql, {name: item for name, item in query.columns.items() if name not in dropped})


@transform
def cast_(reader, query):
    def pair():
        name = reader.word()
        reader.expect("=")
        return name, reader.word()

    columns = dict(query.columns)
    for name, kind in reader.series(pair):
        columns[name] = FUNCTIONS[kind](columns[name])
    listed = ", ".join(f"{item.sql} AS {column(name)}" for name, item in columns.items())
    return Query(f"SELECT {listed}, {ORDER} FROM ({query.sql})", {name: kept(name, item) for name, item in columns.items()})


@transform
def skip(reader, query):
    number = int(reader.next()[1])
    return Query(f"SELECT * FROM ({query.sql}) ORDER BY {ORDER} OFFSET {number}", query.columns)


@transform
def tail(reader, query):
    number = int(reader.next()[1])
    return Query(f"SELECT * FROM ({query.sql}) ORDER BY {ORDER} DESC LIMIT {number}", query.columns)


@transform
def pivot(reader, query):
    name = reader.word()
    reader.expect("=")
    cell = translate(reader.expression(), query.columns)
    reader.expect("by")
    rows = reader.series(reader.word)
    # The values are numbered, as DuckDB makes no column of a null; their texts are the names.
    value = column(name)
    values = f"SELECT {value} AS {VALUE}, row_number() OVER (ORDER BY min({ORDER})) - 1 AS {NUMBER} FROM ({query.sql}) GROUP BY {value}"
    text = FUNCTIONS["string"](Typed(VALUE, query.columns[name].type)).sql
    names = [each or "null" for (each,) in reader.ask(f"SELECT {text} FROM ({values}) ORDER BY {NUMBER}").fetchall()]
    if not names:
        return Query(query.sql, {each: query.columns[each] for each in rows})
    numbered = f"SELECT q.*, {NUMBER} FROM ({query.sql}) q JOIN ({values}) ON q.{value} IS NOT DISTINCT FROM {VALUE}"
    using = f"{cell.sql} AS cell, min({ORDER}) AS first"
    numbers = range(len(names))
    turned = f"PIVOT ({numbered}) ON {NUMBER} IN ({', '.join(map(str, numbers))}) USING {using} GROUP BY {', '.join(column(each) for each in rows)}"
    listed = "".join(f'"{number}_cell" AS {column(each)}, ' for number, each in enumerate(names))
    order = ", ".join(f'"{number}_first"' for number in numbers)
    kinds = {**{each: query.columns[each] for each in rows}, **{each: Typed(column(each), cell.type, cell.loose) for each in names}}
    return Query(f"SELECT {', '.join(column(each) for each in rows)}, {listed}least({order}) AS {ORDER} FROM ({turned})", kinds)


@transform
def unpivot(reader, query):
    names = reader.series(reader.word)
    reader.expect("into")
    name, value = reader.series(reader.word)
    others = {each: item for each, item in query.columns.items() if each not in names}
    parts = [
        f"SELECT {''.join(column(each) + ', ' for each in others)}'{each}' AS {column(name)}, {query.columns[each].sql} AS {column(value)},"
        f" {ORDER} * {len(names)} + {place} AS {ORDER} FROM ({query.sql})"
        for place, each in enumerate(names)
    ]
    columns = {**others, name: Typed(column(name), "string"), value: kept(value, query.columns[names[0]])}
    return Query(" UNION ALL ".join(parts), columns)


@transform
def explode(reader, query):
    name = reader.word()
    item = query.columns[name]
    if item.type == "json":
        kind, items = "json", f"CASE json_type({item.sql}) WHEN 'ARRAY' THEN json_extract({item.sql}, '$[*]') ELSE [{item.sql}] END"
        cell = f"nullif(({items})[{NUMBER}], 'null'::JSON)"
    else:
        kind, items = element(item.type), item.sql
        cell = f"({items})[{NUMBER}]"
    # DuckDB's own UNNEST has no row of a list that is null or empty.
    numbered = f"SELECT *, unnest(range(1, greatest(coalesce(len({items}), 0), 1) + 1)) AS {NUMBER} FROM ({query.sql})"
    columns = {each: Typed(column(name), kind, item.loose) if each == name else kept(each, query.columns[each]) for each in query.columns}
    listed = ", ".join(f"{cell} AS {column(each)}" if each == name else column(each) for each in columns)
    return Query(f"SELECT {listed}, row_number() OVER (ORDER BY {ORDER}, {NUMBER}) AS {ORDER} FROM ({numbered})", columns)


@transform
def distinct(reader, query):
    keys = [] if reader.at_end or reader.peek() == "|" else reader.series(reader.word)
    listed = ", ".join(column(name) for name in keys or query.columns)
    numbers = f"SELECT {ORDER} FROM ({query.sql}) QUALIFY row_number() OVER (PARTITION BY {listed} ORDER BY {ORDER}) = 1"
    return Query(f"SELECT * FROM ({query.sql}) WHERE {ORDER} IN ({numbers})", query.columns)


@transform
def summarize(reader, query):
    items = [(name, translate(node, query.columns)) for name, node in reader.series(lambda: named(reader))]
    keys = []
    if reader.take("by"):
        keys = [(name, translate(node, query.columns)) for name, node in reader.series(lambda: named(reader))]
    listed = ", ".join(f"{item.sql} AS {column(name)}" for name, item in items + keys)
    grouped = f" GROUP BY {', '.join(item.sql for _, item in keys)}" if keys else ""
    columns = {name: kept(name, item) for name, item in items + keys}
    return Query(f"SELECT {listed}, min({ORDER}) AS {ORDER} FROM ({query.sql}){grouped}", columns)


@transform
def join(reader, query):
    kind = reader.next()[1] if reader.peek() in ("inner", "left", "right", "full", "semi", "anti", "cross") else "inner"
    name = reader.word()
    other = table(name, reader.tables[name])

    def key():
        left = reader.word()
        return (left, reader.word(), False) if reader.take("==") else (left, left, True)

    keys = reader.series(key) if reader.take("on") else []
    on = " AND ".join(f"l.{column(left)} = r.{column(right)}" for left, right, _ in keys)
    on = f" ON {on}" if keys else ""
    if kind in ("semi", "anti"):
        return Query(f"SELECT l.* FROM ({query.sql}) l {kind.upper()} JOIN ({other.sql}) r{on}", query.columns)
    shared = {left for left, _, is_shared in keys if is_shared}
    columns, listed = {}, []
    for each, item in query.columns.items():
        columns[each] = kept(each, item)
        listed.append((f"coalesce(l.{column(each)}, r.{column(each)})" if each in shared else f"l.{column(each)}") + f" AS {column(each)}")
    for each, item in other.columns.items():
        if each not in shared:
            bears = f"{each}_right" if each in query.columns else each
            columns[bears] = kept(bears, item)
            listed.append(f"r.{column(each)} AS {column(bears)}")
    numbered = f"row_number() OVER (ORDER BY l.{ORDER} NULLS LAST, r.{ORDER}) AS {ORDER}"
    return Query(f"SELECT {', '.join(listed)}, {numbered} FROM ({query.sql}) l {kind.upper()} JOIN ({other.sql}) r{on}", columns)


@transform
def union(reader, query):
    name = reader.word()
    other = table(name, reader.tables[name])
    columns = dict(query.columns)
    for each, item in other.columns.items():
        columns.setdefault(each, item)
    columns = {each: kept(each, item) for each, item in columns.items()}

    def side(part, number):
        listed = ", ".join(
            f"{part.columns[each].sql if each in part.columns else 'CAST(NULL AS ' + SQL_TYPES[item.type] + ')'} AS {column(each)}"
            for each, item in columns.items()
        )
        return f"SELECT {listed}, {ORDER} + {number} AS {ORDER} FROM ({part.sql})"

    return Query(f"{side(query, 0)} UNION ALL {side(other, 10**12)}", columns)


@transform
def count(reader, query):
    return Query(f"SELECT count(*) AS count, 0 AS {ORDER} FROM ({query.sql})", {"count": Typed("count", "int")})


def translated(text, tables, ask):
    """The query of a pipeline; `tables` maps their names to the types of their columns, `ask` gives what SQL gives."""
    reader = Reader(text, tables, ask)
    name = reader.word()
    query = table(name, tables[name])
    while reader.take("|"):
        step = reader.word()
        if step not in TRANSFORMS:
            raise Unreadable(f"the transform {step}")
        query = TRANSFORMS[step](reader, query)
    if not reader.at_end:
        raise Unreadable(f"`{reader.peek()}` at the end of `{text}`")
    return query
