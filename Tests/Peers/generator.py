"""Pipelines by chance, from a seed: well-typed by construction, over the columns as they are at each step."""

import random

from tables import SCHEMAS

# Values that have to stay small enough for sums and products of them.
TABLES = ["orders", "orders", "edges", "regions"]
HIDDEN = {"edges": ["i"]}
LITERALS = {
    "int": ["0", "1", "2", "3", "7", "10", "100"],
    "float": ["0.5", "2.0", "0.1", "100.25", "1e3"],
    "string": ['"EU"', '"a"', '"é"', '""', '"%"', '"Acme Ltd"', '"z"'],
    "bool": ["true", "false", "null"],
    "date": ["@2024-02-29", "@1970-01-01", "@2024-12-31"],
    "timestamp": ["@2024-02-29T12:00:00", "@1970-01-01T00:00:00"],
    "utc": ["@2024-02-29T12:00:00Z"],
}


class Generator:
    def __init__(self, seed, knows):
        """`knows` says of a transform or word whether the qs that is asked has it."""
        self.chance = random.Random(seed)
        self.has_aggregates = knows("aggregate over")
        self.has_lists = knows("lists") and knows("json")
        self.steps = [self.where, self.select, self.derive, self.derive, self.sort, self.take]
        self.steps += [
            step
            for word, step in [
                ("distinct", self.distinct), ("summarize", self.summarize), ("rename", self.rename), ("drop", self.drop),
                ("skip", self.skip), ("tail", self.tail), ("over", self.window), ("pivot", self.pivot), ("explode", self.explode),
            ]
            if knows(word)
        ]  # fmt: skip

    def pick(self, items):
        return items[int(self.chance.random() * len(items))]

    def leaf(self, kind, columns):
        names = [name for name, each in columns.items() if each == kind]
        return self.pick(names) if names and self.chance.random() < 0.75 else self.pick(LITERALS[kind])

    def expression(self, kind, columns, depth):
        if depth <= 0 or self.chance.random() < 0.2:
            return self.leaf(kind, columns)
        if self.has_lists and kind in ("int", "string", "bool", "date") and self.chance.random() < 0.1:
            return self.of_list(kind, columns)
        return getattr(self, f"some_{kind}")(columns, depth - 1)

    def some_list(self, kind, columns):
        """A list of values of this type; leaves alone, since SQL says what an operator of lists works on more than once."""

        def items():
            return f"[{', '.join(self.leaf(kind, columns) for _ in range(self.pick([1, 2, 3])))}]"

        if kind == "string" and self.chance.random() < 0.5:
            return f'split({self.leaf(kind, columns)}, {self.pick([",", "a", "", "é", " "])!r})'
        return f"({items()} + {items()})" if self.chance.random() < 0.3 else items()

    def of_list(self, kind, columns):
        """A value of this type that lists or JSON give."""
        index = self.pick(["0", "1", "-1", "-3", self.leaf("int", columns)])
        choices = [f"{self.some_list(kind, columns)}[{index}]"]
        if kind == "int":
            choices.append(f"len({self.some_list(self.pick(['int', 'float', 'string', 'date']), columns)})")
        if kind == "bool":
            inside = self.pick(["int", "float", "string", "date", "timestamp"])
            one, other = self.some_list(inside, columns), self.some_list(inside, columns)
            choices = [f"({self.leaf(inside, columns)} {self.pick(['in', 'not in'])} {one})", f"({one} {self.pick(['==', '!='])} {other})"]
            choices += [f"contains({one}, {self.leaf(inside, columns)})"]
        if kind in ("int", "string"):
            choices.append(f"{kind}(json({self.some_list(kind, columns)})[{index}])")
        return self.pick(choices)

    def some_int(self, columns, depth):
        def of(kind):
            return self.expression(kind, columns, depth)

        return self.pick([
            lambda: f"({of('int')} {self.pick(['+', '-'])} {of('int')})",
            lambda: f"({self.leaf('int', columns)} * {self.pick(LITERALS['int'])})",
            lambda: f"({of('int')} {self.pick(['//', '%'])} {of('int')})",
            lambda: f"len({of('string')})",
            lambda: f"{self.pick(['year', 'month', 'day', 'week', 'weekday', 'quarter'])}({of('date')})",
            lambda: f"{self.pick(['hour', 'minute', 'day'])}({of('timestamp')})",
            lambda: f'date_diff({of("date")}, {of("date")}, "{self.pick(["day", "week", "month", "year"])}")',
            lambda: f"({of('int')} ?? {of('int')})",
            lambda: f"if({of('bool')}, {of('int')}, {of('int')})",
            lambda: f"{self.pick(['min_of', 'max_of'])}({of('int')}, {of('int')})",
            lambda: f"abs({of('int')})",
            lambda: f"int({of('bool')})",
            lambda: f"-{self.leaf('int', columns)}",
        ])()  # fmt: skip

    def some_float(self, columns, depth):
        def of(kind):
            return self.expression(kind, columns, depth)

        return self.pick([
            lambda: f"({of('float')} {self.pick(['+', '-', '*', '/'])} {of('float')})",
            lambda: f"({of('float')} {self.pick(['+', '-', '*', '/'])} {of('int')})",
            lambda: f"({of('int')} / {of('int')})",
            lambda: f"{self.pick(['abs', 'floor', 'ceil', 'round', 'sqrt'])}({of('float')})",
            # Kept small: DuckDB rounds large floats inexactly, as docs/frames.md tells.
            lambda: f"round({of('float')} % 1e6, {self.pick(['0', '1', '2', '3'])})",
            lambda: f"float({of('int')})",
            lambda: f"coalesce({of('float')}, {of('int')})",
            lambda: f"case({of('bool')}, {of('float')}, {of('bool')}, {of('int')}, {of('float')})",
            lambda: f"{self.pick(['min_of', 'max_of'])}({of('float')}, {of('float')})",
        ])()  # fmt: skip

    def some_string(self, columns, depth):
        def of(kind):
            return self.expression(kind, columns, depth)

        return self.pick([
            lambda: f"({of('string')} + {of('string')})",
            lambda: f"{self.pick(['lower', 'upper', 'trim'])}({of('string')})",
            lambda: f"substr({of('string')}, {self.pick(['1', '2', '-3'])}, {self.pick(['0', '1', '2', '5'])})",
            lambda: f'replace({of("string")}, {self.pick(LITERALS["string"])}, {self.pick(LITERALS["string"])})',
            lambda: f'{self.pick(["pad_left", "pad_right"])}({of("string")}, {self.pick(["0", "3", "8"])}, "*-")',
            lambda: f"string({of('int')})",
            lambda: f'format_date({of("date")}, "{self.pick(["%Y-%m", "%d.%m.%Y", "%j", "%G-%V"])}")',
            lambda: f"coalesce({of('string')}, {of('string')})",
            lambda: f"if({of('bool')}, {of('string')}, {of('string')})",
        ])()  # fmt: skip

    def some_bool(self, columns, depth):
        def of(kind):
            return self.expression(kind, columns, depth)

        kind = self.pick(["int", "float", "string", "date", "timestamp"])
        compare = self.pick(["==", "!=", "<", "<=", ">", ">="])
        return self.pick([
            lambda: f"({of(kind)} {compare} {of(kind)})",
            lambda: f"({of(kind)} {compare} {of(kind)})",
            lambda: f"({of('bool')} {self.pick(['and', 'or'])} {of('bool')})",
            lambda: f"(not {of('bool')})",
            lambda: f"({of(kind)} {self.pick(['is null', 'is not null'])})",
            lambda: f"({of(kind)} {self.pick(['in', 'not in'])} [{', '.join(self.pick(LITERALS[kind]) for _ in range(3))}])",
            lambda: f"({of(kind)} {self.pick(['between', 'not between'])} {self.leaf(kind, columns)} and {self.leaf(kind, columns)})",
            lambda: f'({of("string")} {self.pick(["like", "not like"])} "{self.pick(["%a%", "E%", "_U", "%é%", "%", "%_e%"])}")',
            lambda: f"{self.pick(['starts_with', 'ends_with', 'contains'])}({of('string')}, {self.pick(LITERALS['string'])})",
        ])()  # fmt: skip

    def some_date(self, columns, depth):
        return self.pick([
            lambda: f'bin({self.leaf("date", columns)}, "{self.pick(["day", "month", "quarter", "year"])}")',
            lambda: f'date_add(@2024-01-31, {self.leaf("int", {})}, "{self.pick(["day", "week", "month", "year"])}")',
            lambda: f"date({self.expression('timestamp', columns, depth)})",
            lambda: f"coalesce({self.leaf('date', columns)}, {self.leaf('date', columns)})",
        ])()  # fmt: skip

    def some_timestamp(self, columns, depth):
        return self.pick([
            lambda: f'bin({self.leaf("timestamp", columns)}, "{self.pick(["hour", "day", "month", "minute"])}")',
            lambda: f"(@2024-02-29T12:00:00 {self.pick(['+', '-'])} {self.pick(['90m', '1d', '250ms', '2w'])})",
            lambda: f"timestamp({self.expression('date', columns, depth)})",
        ])()  # fmt: skip

    def some_utc(self, columns, depth):
        return self.leaf("utc", columns)

    def key(self, columns):
        kind = self.pick(["int", "float", "string", "bool", "date", "timestamp"])
        order = self.pick(["", " asc", " desc"]) + self.pick(["", "", " nulls first", " nulls last"])
        return self.expression(kind, columns, 1) + order

    def pipeline(self):
        table = self.pick(TABLES)
        columns = {name: kind for name, kind in SCHEMAS[table].items() if name not in HIDDEN.get(table, [])}
        steps = [table]
        for number in range(1 + int(self.chance.random() * 4)):
            steps.append(self.pick(self.steps)(columns, number))
        if self.chance.random() < 0.1:
            steps.append("count")
        return " | ".join(steps)

    def where(self, columns, _):
        return "where " + self.expression("bool", columns, 3)

    def new_columns(self, columns, number):
        kinds = [self.pick(["int", "float", "string", "bool", "date", "timestamp"]) for _ in range(1 + int(self.chance.random() * 3))]
        return [(f"x{number}{index}", kind) for index, kind in enumerate(kinds)]

    def select(self, columns, number):
        made = [(name, kind, self.expression(kind, columns, 3)) for name, kind in self.new_columns(columns, number)]
        kept = [name for name in columns if self.chance.random() < 0.5]
        listed = kept + [f"{name} = {text}" for name, _, text in made]
        for name in set(columns) - set(kept):
            del columns[name]
        columns.update({name: kind for name, kind, _ in made})
        return "select " + ", ".join(listed)

    def derive(self, columns, number):
        listed = []
        for name, kind in self.new_columns(columns, number):
            listed.append(f"{name} = {self.expression(kind, columns, 3)}")
            columns[name] = kind
        return "derive " + ", ".join(listed)

    def sort(self, columns, _):
        return "sort " + ", ".join(self.key(columns) for _ in range(1 + int(self.chance.random() * 3)))

    def take(self, columns, _):
        names = list(columns)
        text = f"take {self.pick([1, 2, 5, 20, 100, 5000])}"
        return text + (f" by {self.pick(names)}" if self.chance.random() < 0.4 else "")

    def some_names(self, columns):
        return [name for name in columns if self.chance.random() < 0.3] or [self.pick(list(columns))]

    def distinct(self, columns, _):
        return "distinct" if self.chance.random() < 0.3 else "distinct " + ", ".join(self.some_names(columns))

    def aggregate(self, columns):
        """An aggregate whose digits do not depend on the order of the rows, and its type."""
        name = self.pick(list(columns))
        choices = [("count()", "int"), (f"count({name})", "int"), (f"count_distinct({name})", "int")]
        choices += [(f"{function}({name})", columns[name]) for function in ("min", "max", "first", "last")]
        if columns[name] == "int":
            choices.append((f"sum({name})", "int"))
        return self.pick(choices)

    def summarize(self, columns, number):
        # -0.0 and 0.0 are one group; which of them stands for it, nobody promises.
        keys = [name for name in self.some_names(columns) if columns[name] != "float"]
        made = [(f"a{number}{index}", *self.aggregate(columns)) for index in range(1 + int(self.chance.random() * 3))]
        kinds = {**{name: kind for name, _, kind in made}, **{name: columns[name] for name in keys}}
        columns.clear()
        columns.update(kinds)
        listed = ", ".join(f"{name} = {text}" for name, text, _ in made)
        return f"summarize {listed}" + (f" by {', '.join(keys)}" if keys else "")

    def pivot(self, columns, number):
        # What the new columns are called is known to nobody here, so later steps see the keys alone. Floats are left out as in summarize.
        keys = [name for name in self.some_names(columns) if columns[name] != "float"]
        turned = [name for name in ("region", "customer", "quantity", "returned", "b") if name in columns and name not in keys]
        if not keys or not turned:
            return self.drop(columns, number)
        text, _ = self.aggregate(columns)
        for name in set(columns) - set(keys):
            del columns[name]
        return f"pivot {self.pick(turned)} = {text} by {', '.join(keys)}"

    def explode(self, columns, number):
        kind = self.pick(["int", "float", "string", "date"])
        text = self.some_list(kind, columns)
        if self.chance.random() < 0.5:
            text = f"if({self.leaf('bool', columns)}, {text}, null)"
        columns[f"e{number}"] = kind
        return f"derive e{number} = {text} | explode e{number}"

    def rename(self, columns, number):
        old = self.pick(list(columns))
        renamed = {(f"r{number}" if name == old else name): kind for name, kind in columns.items()}
        columns.clear()
        columns.update(renamed)
        return f"rename r{number} = {old}"

    def drop(self, columns, number):
        dropped = self.some_names(columns)
        if len(dropped) == len(columns):
            return self.where(columns, number)
        for name in dropped:
            del columns[name]
        return "drop " + ", ".join(dropped)

    def skip(self, *_):
        return f"skip {self.pick([0, 1, 7, 50])}"

    def tail(self, *_):
        return f"tail {self.pick([0, 1, 7, 500])}"

    def window(self, columns, number):
        name = self.pick(list(columns))
        choices = [("row_number()", "int"), (f"lag({name})", columns[name]), (f"lead({name}, 2)", columns[name])]
        text, kind = self.pick(choices + ([self.aggregate(columns)] if self.has_aggregates else []))
        groups = [each for each in self.some_names(columns) if columns[each] != "float"]
        by = f"by {', '.join(groups)}" if groups and self.chance.random() < 0.6 else ""
        sort = f"sort {self.key(columns)}" if text.startswith(("row", "lag", "lead", "first", "last")) else ""
        columns[f"w{number}"] = kind
        return f"derive w{number} = {text} over ({' '.join(part for part in (by, sort) if part)})"


def generated(seed, count, knows):
    generator = Generator(seed, knows)
    return [generator.pipeline() for _ in range(count)]
