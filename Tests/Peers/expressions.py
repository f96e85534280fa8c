"""Expressions of the language as SQL of DuckDB: one entry for each operator and function.

What a function of DuckDB means otherwise is written out here in SQL, so that both have to give the same; docs/frames.md tells where.
Durations are BIGINT microseconds in the SQL. To add a function, add a row to FUNCTIONS.
"""

from dataclasses import dataclass
from decimal import Decimal

DAY = 86_400_000_000


class SQLTypes(dict):
    """The types of SQL by those of the language; a decimal's name has its digits after the point: `decimal2`, a list's what is in it: `[int]`."""

    def __missing__(self, kind):
        return f"{self[element(kind)]}[]" if kind.startswith("[") else f"DECIMAL(38,{scale(kind)})"


SQL_TYPES = SQLTypes({
    "int": "BIGINT", "float": "DOUBLE", "string": "VARCHAR", "bool": "BOOLEAN", "date": "DATE",
    "timestamp": "TIMESTAMP", "utc": "TIMESTAMP", "duration": "BIGINT", "null": "BOOLEAN", "json": "JSON",
})  # fmt: skip
TIMES = ("timestamp", "utc")
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
ORDER = '" n"'  # the column that numbers a query's rows


@dataclass
class Typed:
    """SQL text, the type of the language that it stands for, and whether the last digits of a float may differ."""

    sql: str
    type: str
    loose: bool = False


class Untranslatable(Exception):
    """What this table has no SQL for."""


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def column(name):
    return '"' + name.replace('"', '""') + '"'


def literal(value, kind):
    if value is None:
        return Typed("NULL", "null")
    if kind == "float":
        return Typed(f"'{value!r}'::DOUBLE", kind)
    if kind in ("int", "duration"):
        return Typed(f"{value}::BIGINT", kind)
    if kind == "bool":
        return Typed("true" if value else "false", kind)
    if kind == "string":
        return Typed(quoted(value).replace("\0", "' || chr(0) || '"), kind)
    return Typed(f"{SQL_TYPES[kind]} '{value}'", kind)


def scale(kind):
    return int(kind.removeprefix("decimal")) if kind.startswith("decimal") else 0


def element(kind):
    return kind[1:-1]


def is_list(item):
    return item.type.startswith("[")


def is_decimal(item):
    return item.type.startswith("decimal")


def beside(node, item, other):
    """A literal float beside a decimal is the decimal that is written so."""
    if node[0] != "literal" or node[2] != "float" or not is_decimal(other):
        return item
    text = f"{Decimal(repr(node[1])):f}"
    digits = len(text.partition(".")[2])
    return Typed(f"CAST({quoted(text)} AS DECIMAL(38,{digits}))", f"decimal{digits}")


def common(items):
    """The type that all of these can have."""
    kinds = {item.type for item in items} - {"null"}
    if kinds <= {"int", "float"} and len(kinds) == 2:
        return "float"
    if kinds and all(kind.startswith("[") for kind in kinds):
        return f"[{common([Typed('', element(kind)) for kind in kinds])}]"
    if any(kind.startswith("decimal") for kind in kinds) and all(kind == "int" or kind.startswith("decimal") for kind in kinds):
        return f"decimal{max(scale(kind) for kind in kinds)}"
    if len(kinds) > 1:
        raise Untranslatable(f"a common type of {kinds}")
    return kinds.pop() if kinds else "null"


def cast(item, kind):
    return f"CAST({item.sql} AS {SQL_TYPES[kind]})" if item.type != kind else item.sql


# Operators


def floor_divide(a, b):
    return f"(({a}) // nullif({b}, 0) - CASE WHEN ({a}) % nullif({b}, 0) <> 0 AND (({a}) < 0) <> (({b}) < 0) THEN 1 ELSE 0 END)"


def remainder(a, b):
    rest = f"(({a}) % nullif({b}, 0))"
    return f"(CASE WHEN {rest} <> 0 AND ({rest} < 0) <> (({b}) < 0) THEN {rest} + ({b}) ELSE {rest} END)"


def float_remainder(a, b):
    return f"(CASE WHEN {remainder(a, b)} = 0 THEN if(({b}) < 0, '-0.0'::DOUBLE, 0.0::DOUBLE) ELSE {remainder(a, b)} END)"


def moved(time, sign, duration):
    if time.type == "date":
        return Typed(f"(({time.sql}) {sign} to_days(CAST(({duration.sql}) // {DAY} AS INTEGER)))::DATE", "date")
    return Typed(f"(({time.sql}) {sign} to_microseconds({duration.sql}))", time.type)


def decimals(operator, a, b):
    if "float" in (a.type, b.type) or operator == "/":
        return arithmetic(operator, *(Typed(f"CAST({item.sql} AS DOUBLE)", "float", True) for item in (a, b)))
    if operator == "*":
        return Typed(f"(({cast_decimal(a)}) * ({cast_decimal(b)}))", f"decimal{scale(a.type) + scale(b.type)}")
    kind = common([a, b])
    if operator not in "+-":
        raise Untranslatable(f"{a.type} {operator} {b.type}")
    return Typed(f"({cast(a, kind)} {operator} {cast(b, kind)})", kind)


def cast_decimal(item):
    return item.sql if is_decimal(item) else f"CAST({item.sql} AS DECIMAL(38,0))"


def arithmetic(operator, a, b):
    kinds, loose = (a.type, b.type), a.loose or b.loose
    if operator == "+" and is_list(a) and is_list(b):
        kind = common([a, b])
        return Typed(f"({cast(a, kind)} || {cast(b, kind)})", kind)
    if operator == "+" and "string" in kinds and set(kinds) <= {"string", "null"}:
        return Typed(f"(({a.sql}) || ({b.sql}))", "string")
    if operator in "+-" and kinds[1] == "duration" and kinds[0] in ("date", *TIMES):
        return moved(a, operator, b)
    if operator == "+" and kinds[0] == "duration" and kinds[1] in ("date", *TIMES):
        return moved(b, operator, a)
    if operator == "-" and kinds == ("date", "date"):
        return Typed(f"(CAST(({a.sql}) - ({b.sql}) AS BIGINT) * {DAY})", "duration")
    if operator == "-" and kinds[0] == kinds[1] and kinds[0] in TIMES:
        return Typed(f"(epoch_us({a.sql}) - epoch_us({b.sql}))", "duration")
    if "duration" in kinds and operator in "+-*" and set(kinds) <= {"duration", "int"}:
        return Typed(f"(({a.sql}) {operator} ({b.sql}))", "duration")
    if is_decimal(a) or is_decimal(b):
        return decimals(operator, a, b)
    kind = common([a, b])
    if kind not in ("int", "float", "null"):
        raise Untranslatable(f"{a.type} {operator} {b.type}")
    if operator == "/":
        return Typed(f"(CAST({a.sql} AS DOUBLE) / nullif(CAST({b.sql} AS DOUBLE), 0))", "float", loose)
    if operator == "//":
        if kind == "float":
            return Typed(f"floor(({a.sql}) / nullif(CAST({b.sql} AS DOUBLE), 0))", "float", loose)
        return Typed(floor_divide(a.sql, b.sql), kind)
    if operator == "%":
        rest = float_remainder if kind == "float" else remainder
        return Typed(rest(cast(a, kind), cast(b, kind)), kind, loose)
    return Typed(f"({cast(a, kind)} {operator} {cast(b, kind)})", kind, loose)


def binary(operator, left, right, columns):
    if operator == "in" and (right[0] != "list" or not right[1]):
        return member_of(translate(left, columns), translate(right, columns))
    if operator == "in":
        a = translate(left, columns)
        items = [translate(item, columns) for item in right[1]]
        a = read_as(a, common(items))
        return Typed(f"(({a.sql}) IN ({', '.join(item.sql for item in items)}))", "bool")
    a, b = translate(left, columns), translate(right, columns)
    a, b = beside(left, a, b), beside(right, b, a)
    if operator in COMPARISONS:
        a, b = read_as(a, b.type), read_as(b, a.type)
    if operator in ("+", "-", "*", "/", "//", "%"):
        return arithmetic(operator, a, b)
    if operator == "??":
        return choose([a, b])
    if operator == "matches":
        return Typed(f"regexp_matches({a.sql}, {b.sql})", "bool")
    if operator in ("and", "or", "like"):
        return Typed(f"(({a.sql}) {operator.upper()} ({b.sql}))", "bool")
    return Typed(f"(({a.sql}) {'=' if operator == '==' else '<>' if operator == '!=' else operator} ({b.sql}))", "bool")


def unary(operator, operand):
    if operator == "not":
        return Typed(f"(NOT ({operand.sql}))", "bool")
    if operator == "-":
        return Typed(f"(-({operand.sql}))", operand.type, operand.loose)
    return Typed(f"(({operand.sql}) {operator.upper()})", "bool")


def choose(items):
    kind = common(items)
    return Typed(f"coalesce({', '.join(cast(item, kind) for item in items)})", kind, any(item.loose for item in items))


# Lists and JSON


def member_of(x, items):
    """As IN says of single values: null where it may be among the nulls."""
    among = f"list_contains({items.sql}, {x.sql})"
    nulls = f"({x.sql}) IS NULL OR list_count({items.sql}) < len({items.sql})"
    return Typed(f"CASE WHEN ({items.sql}) IS NULL THEN NULL WHEN len({items.sql}) = 0 THEN false WHEN {among} THEN true WHEN {nulls} THEN NULL ELSE false END", "bool")


def read_as(x, kind):
    """A JSON value beside one of this type: null where it is of another kind."""
    if x.type != "json" or kind in ("json", "null"):
        return x
    if kind not in JSON_KINDS:
        raise Untranslatable(f"JSON beside {kind}")
    text = f"json_extract_string({x.sql}, '$')"
    kind, of = ("decimal10", kind) if kind == "int" else (kind, kind)  # 2.5 beside an int stays what it is
    return Typed(f"CASE WHEN json_type({x.sql}) IN ({JSON_KINDS[of]}) THEN TRY_CAST({text} AS {SQL_TYPES[kind]}) END", kind)


NUMBERS = "'BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT', 'DOUBLE'"
JSON_KINDS = {"int": NUMBERS, "float": NUMBERS, "string": "'VARCHAR'", "date": "'VARCHAR'", "timestamp": "'VARCHAR'", "bool": "'BOOLEAN'"}


def reach(x, path):
    """What JSON has at a path, without the null that is written in JSON."""
    return Typed(f"nullif(json_extract({x.sql}, {path}), 'null'::JSON)", "json")


def at(x, index):
    if x.type == "json":
        return reach(x, f"CASE WHEN ({index.sql}) < 0 THEN '$[#' ELSE '$[' END || ({index.sql}) || ']'")
    return Typed(f"({x.sql})[CASE WHEN ({index.sql}) < 0 THEN ({index.sql}) ELSE ({index.sql}) + 1 END]", element(x.type), x.loose)


def to_json(x):
    return Typed(f"to_json({x.sql})", "json") if is_list(x) else Typed(f"nullif(json({x.sql}), 'null'::JSON)", "json")


def length(x):
    if x.type == "json":
        text = f"length(json_extract_string({x.sql}, '$'))"
        kinds = f"WHEN 'ARRAY' THEN json_array_length({x.sql}) WHEN 'OBJECT' THEN len(json_keys({x.sql})) WHEN 'VARCHAR' THEN {text}"
        return Typed(f"CASE json_type({x.sql}) {kinds} END", "int")
    return Typed(f"{'len' if is_list(x) else 'length'}({x.sql})", "int")


def contains(x, part):
    return member_of(part, x) if is_list(x) else Typed(f"contains({x.sql}, {part.sql})", "bool")


def listed(items):
    kind = common(items)
    return Typed(f"CAST([{', '.join(cast(item, kind) for item in items)}] AS {SQL_TYPES[kind]}[])", f"[{kind}]", any(item.loose for item in items))


def plain(x):
    """What a conversion reads: the text of a string, or of any other value, in JSON."""
    return f"json_extract_string({x.sql}, '$')" if x.type == "json" else x.sql


# Functions


def simple(name, kind):
    """A function that is called the same way."""
    return lambda *arguments: Typed(f"{name}({', '.join(item.sql for item in arguments)})", kind)


def same_type(name, of_int="{}"):
    """A function of numbers that gives its argument's type."""

    def made(x, *rest):
        if x.type == "int" and not rest:
            return Typed(of_int.format(x.sql), "int")
        return Typed(f"{name}({', '.join([x.sql] + [f'CAST({item.sql} AS INTEGER)' for item in rest])})", x.type, x.loose)

    return made


def real(template):
    """A function of the C library: its last digit is the library's."""
    return lambda *xs: Typed(template.format(*(f"CAST({x.sql} AS DOUBLE)" for x in xs)), "float", True)


def extreme(name):
    def made(*xs):
        kind = common(xs)
        nulls = " OR ".join(f"({x.sql}) IS NULL" for x in xs)
        return Typed(f"CASE WHEN {nulls} THEN NULL ELSE {name}({', '.join(cast(x, kind) for x in xs)}) END", kind)

    return made


def padding(name):
    def made(s, width, fill=Typed("' '", "string")):
        whole = f"length({s.sql}) >= {width.sql} OR {fill.sql} = ''"
        nulls = f"({s.sql}) IS NULL OR ({width.sql}) IS NULL OR ({fill.sql}) IS NULL"
        padded = f"{name}({s.sql}, CAST({width.sql} AS INTEGER), {fill.sql})"
        return Typed(f"CASE WHEN {nulls} THEN NULL WHEN {whole} THEN {s.sql} ELSE {padded} END", "string")

    return made


def conditional(*arguments):
    values = list(arguments[1::2][: len(arguments) // 2]) + [arguments[-1]]
    kind = common(values)
    whens = " ".join(f"WHEN {c.sql} THEN {cast(v, kind)}" for c, v in zip(arguments[0:-1:2], values))
    return Typed(f"CASE {whens} ELSE {cast(arguments[-1], kind)} END", kind, any(value.loose for value in values))


def text_of(node):
    if node[0] != "literal" or node[2] != "string":
        raise Untranslatable("a unit or format that is no literal")
    return node[1]


def date_add(d, n, unit):
    return Typed(f"CAST({d.sql} + to_{unit}s(CAST({n.sql} AS INTEGER)) AS {SQL_TYPES[d.type]})", d.type)


def date_diff(a, b, unit):
    if unit == "week":
        days = " - ".join(f"CAST(date_trunc('week', {d.sql}) AS DATE)" for d in (b, a))
        return Typed(f"(CAST({days} AS BIGINT) // 7)", "int")
    return Typed(f"date_diff('{unit}', {a.sql}, {b.sql})", "int")


def bin_of(d, width):
    if isinstance(width, str):
        return Typed(f"CAST(date_trunc('{width}', {d.sql}) AS {SQL_TYPES[d.type]})", d.type)
    bucket = f"time_bucket(to_microseconds({width.sql}), CAST({d.sql} AS TIMESTAMP), TIMESTAMP '1970-01-05')"
    return Typed(f"CAST({bucket} AS {SQL_TYPES[d.type]})", d.type)


def to_int(x):
    return Typed(f"CAST({plain(x)} AS BIGINT)", "int")


def to_string(x):
    if x.type in TIMES:
        digits = f"CASE epoch_us({x.sql}) % 1000000 WHEN 0 THEN '' ELSE strftime({x.sql}, '.%f') END"
        thousandths = f"regexp_replace({digits}, '^(\\.\\d\\d\\d)000$', '\\1')"
        return Typed(f"(strftime({x.sql}, '%Y-%m-%dT%H:%M:%S') || {thousandths} || '{'Z' if x.type == 'utc' else ''}')", "string")
    return Typed(f"CAST({plain(x)} AS VARCHAR)", "string")


def to_timestamp(x):
    return x if x.type in TIMES else Typed(f"CAST({plain(x)} AS TIMESTAMP)", "timestamp")


def parse_date(text, form):
    return Typed(f"CAST(strptime({text.sql}, {quoted(form)}) AS DATE)", "date")


def formatted(x, decimals=Typed("0", "int"), thousands=Typed("''", "string")):
    if x.type == "int":
        return Typed(f"replace(format('{{:,}}', {x.sql}), ',', {thousands.sql})", "string")
    number = f"round({x.sql}, CAST({decimals.sql} AS INTEGER))"
    return Typed(f"replace(format('{{:,.' || CAST({decimals.sql} AS INTEGER) || 'f}}', {number}), ',', {thousands.sql})", "string")


WHITE = " || ".join(f"chr({code})" for code in [9, 10, 11, 12, 13, 32, 0x85, 0xA0, 0x2003, 0x3000])

def to_decimal(x, digits):
    """The number of digits is a literal."""
    digits = int(digits.sql.partition("::")[0])
    return Typed(f"CAST({x.sql} AS DECIMAL(38,{digits}))", f"decimal{digits}")


FUNCTIONS = {
    "abs": same_type("abs", "abs({})"), "round": same_type("round"), "floor": same_type("floor"), "ceil": same_type("ceil"),
    "sqrt": real("CASE WHEN {0} < 0 THEN 'NaN'::DOUBLE ELSE sqrt({0}) END"),
    "ln": real("CASE WHEN {0} = 0 THEN '-Infinity'::DOUBLE WHEN {0} < 0 THEN 'NaN'::DOUBLE ELSE ln({0}) END"),
    "exp": real("exp({})"), "power": real("pow({}, {})"),
    "min_of": extreme("least"), "max_of": extreme("greatest"),
    "lower": simple("lower", "string"), "upper": simple("upper", "string"),
    "trim": lambda s: Typed(f"trim({s.sql}, {WHITE})", "string"),
    "len": length, "substr": simple("substring", "string"), "replace": simple("replace", "string"),
    "starts_with": simple("starts_with", "bool"), "ends_with": simple("suffix", "bool"), "contains": contains,
    "split": lambda s, by: Typed(f"CASE WHEN ({by.sql}) IS NOT NULL THEN string_split({s.sql}, {by.sql}) END", "[string]"), "json": to_json,
    "pad_left": padding("lpad"), "pad_right": padding("rpad"),
    "year": simple("year", "int"), "quarter": simple("quarter", "int"), "month": simple("month", "int"),
    "week": simple("week", "int"), "weekday": simple("isodow", "int"), "day": simple("day", "int"),
    "hour": simple("hour", "int"), "minute": simple("minute", "int"),
    "date_add": date_add, "bin": bin_of,
    "date_diff": date_diff,
    "parse_date": parse_date, "format": formatted,
    "format_date": lambda d, form: Typed(f"strftime({d.sql}, {quoted(form)})", "string"),
    "int": to_int, "float": lambda x: Typed(f"CAST({plain(x)} AS DOUBLE)", "float"), "string": to_string,
    "decimal": to_decimal,
    "bool": lambda x: Typed(f"CAST({plain(x)} AS BOOLEAN)", "bool"),
    "date": lambda x: Typed(f"CAST({plain(x)} AS DATE)", "date"), "timestamp": to_timestamp,
    "coalesce": lambda *xs: choose(xs), "if": conditional, "case": conditional,
}  # fmt: skip

# Aggregates, of a group's rows in their order


def aggregate(template, kind, loose=False):
    """`kind` None stands for the argument's own type."""

    def made(*xs):
        arguments = [f"CAST({x.sql} AS DOUBLE)" if loose and x.type != "duration" else x.sql for x in xs]
        return Typed(template.format(*arguments, order=ORDER), kind or xs[0].type, loose or bool(xs) and xs[0].loose)

    return made


def total(x):
    return Typed(f"CAST(sum({x.sql}) AS {SQL_TYPES[x.type]})", x.type, x.type == "float")


def gathered(x):
    return Typed(f"coalesce(list({x.sql} ORDER BY {ORDER}), CAST([] AS {SQL_TYPES[x.type]}[]))", f"[{x.type}]", x.loose)


AGGREGATES = {
    "count": lambda x=None: Typed(f"count({x.sql if x else '*'})", "int"),
    "count_distinct": aggregate("count(DISTINCT {0})", "int"), "sum": total, "avg": aggregate("avg({0})", "float", True),
    "min": aggregate("min({0})", None), "max": aggregate("max({0})", None),
    "median": aggregate("quantile_cont({0}, 0.5)", "float", True), "quantile": aggregate("quantile_cont({0}, {1})", "float", True),
    "stddev": aggregate("stddev_samp({0})", "float", True), "variance": aggregate("var_samp({0})", "float", True),
    "list": gathered,
    "first": aggregate("first({0} ORDER BY {order})", None), "last": aggregate("last({0} ORDER BY {order})", None),
}  # fmt: skip

# Windows: the SQL before OVER, the type, and the frame of rows

RUNNING = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"


def neighbour(name):
    return lambda x, n=Typed("1", "int"): (f"{name}({x.sql}, CAST({n.sql} AS INTEGER))", x.type, x.loose, "")


WINDOWS = {
    "row_number": lambda: ("row_number()", "int", False, ""),
    "lag": neighbour("lag"), "lead": neighbour("lead"),
    "cumsum": lambda x: (f"sum({x.sql})", x.type, x.type == "float", RUNNING),
    "moving_avg": lambda x, n: (f"avg(CAST({x.sql} AS DOUBLE))", "float", True, f"ROWS BETWEEN {n.sql} - 1 PRECEDING AND CURRENT ROW"),
}  # fmt: skip


def window(name, arguments, groups, keys, columns):
    given = [translate(node, columns) for node in arguments]
    parts = [f"PARTITION BY {', '.join(columns[group].sql for group in groups)}"] if groups else []
    order = [f"{translate(node, columns).sql} {way} NULLS {nulls}" for node, way, nulls in keys]
    if name == "rank":
        return Typed(f"rank() OVER ({' '.join(parts)} ORDER BY {', '.join(order)})", "int")
    if name in WINDOWS:
        sql, kind, loose, frame = WINDOWS[name](*given)
        sql = f"{sql} OVER ({' '.join([*parts, 'ORDER BY ' + ', '.join([*order, ORDER]), frame])})"
        return Typed(f"CAST({sql} AS {SQL_TYPES[kind]})", kind, loose)
    made = AGGREGATES[name](*given)
    if name in ("first", "last", "list"):
        # Of the whole group: with an order, DuckDB's end at the current row.
        listed = f"{name if name == 'list' else name + '_value'}({given[0].sql})"
        whole = f"ORDER BY {', '.join([*order, ORDER])} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
        return Typed(f"({listed} OVER ({' '.join([*parts, whole])}))", made.type, made.loose)
    made = Typed(f"sum({given[0].sql})", made.type, made.loose) if name == "sum" else made
    return Typed(f"CAST({made.sql} OVER ({' '.join(parts)}) AS {SQL_TYPES[made.type]})", made.type, made.loose)


# Arguments that are text of the language and not values: by function, which.
WORDS = {"date_add": [2], "date_diff": [2], "format_date": [1], "parse_date": [1], "bin": [1]}


def call(name, arguments, columns):
    function = FUNCTIONS.get(name) or AGGREGATES.get(name)
    if not function:
        raise Untranslatable(f"the function {name}")
    given = []
    for index, node in enumerate(arguments):
        is_word = index in WORDS.get(name, []) and node[0] == "literal" and node[2] == "string"
        given.append(text_of(node) if is_word else translate(node, columns))
    made = function(*given)
    made.loose = made.loose or any(item.loose for item in given if isinstance(item, Typed)) and made.type == "float"
    return made


def translate(node, columns):
    """The SQL of an expression; `columns` maps names to types and looseness, as Typed."""
    kind = node[0]
    if kind == "literal":
        return literal(node[1], node[2])
    if kind == "name":
        if node[1] not in columns:
            raise Untranslatable(f"the column {node[1]}")
        return columns[node[1]]
    if kind == "call":
        return call(node[1], node[2], columns)
    if kind == "window":
        return window(*node[1:], columns)
    if kind == "unary":
        return unary(node[1], translate(node[2], columns))
    if kind == "between":
        x, low, high = (translate(part, columns) for part in node[1:])
        x = read_as(x, common([low, high]))
        return Typed(f"(({x.sql}) BETWEEN ({low.sql}) AND ({high.sql}))", "bool")
    if kind == "list":
        return listed([translate(item, columns) for item in node[1]])
    if kind == "index":
        return at(translate(node[1], columns), translate(node[2], columns))
    if kind == "member":
        return reach(translate(node[1], columns), quoted(f'$."{node[2]}"'))
    if kind == "binary":
        return binary(node[1], node[2], node[3], columns)
    raise Untranslatable(f"{kind} here")
