"""The part of the language that pipelines of transforms are written in: text to a small tree.

A node is a tuple: ("literal", value, type), ("name", text), ("list", [nodes]), ("call", function, [nodes]), ("unary", operator, node),
("binary", operator, left, right), ("between", node, low, high), ("member", node, name), ("index", node, node) and ("window", function, [nodes], [names], [sort keys]). This is a second reading of the language page, on purpose: it shares nothing with qs.
"""

import re
from datetime import date

TOKEN = re.compile(
    r"""\s*(?:
      (?P<duration>\d+(?:ms|[smhdw])(?![A-Za-z0-9_]))
    | (?P<number>\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?)
    | (?P<date>@\d{4}-\d\d-\d\d(?!T))
    | (?P<timestamp>@\d{4}-\d\d-\d\dT[\d:.]+Z?)
    | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')
    | (?P<word>[A-Za-z_]\w*|`[^`]+`)
    | (?P<operator>\?\?|==|!=|<=|>=|//|[-+*/%<>(),|=.\[\]])
    )""",
    re.VERBOSE,
)

MICROSECONDS = {"ms": 1_000, "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000, "w": 7 * 86_400_000_000}
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\", '"': '"', "$": "$"}
COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}


class Unreadable(Exception):
    """Text that this reading of the language does not know."""


def tokens(text):
    found, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            raise Unreadable(f"at `{text[position:]}`")
        found.append((match.lastgroup, match.group(match.lastgroup)))
        position = match.end()
    return found + [("end", "")]


def unescaped(text):
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    text = re.sub(r"\\u\{([0-9A-Fa-f]+)\}", lambda match: chr(int(match.group(1), 16)), text[1:-1])
    return re.sub(r"\\(.)", lambda match: ESCAPES[match.group(1)], text)


class Reader:
    """Takes tokens one after the other; `tables` are the types of columns by the table's name, `ask` runs SQL that a translation needs."""

    def __init__(self, text, tables=None, ask=None):
        self.tables, self.ask = tables, ask
        self.text, self.tokens, self.position = text, tokens(text), 0

    def peek(self, ahead=0):
        return self.tokens[min(self.position + ahead, len(self.tokens) - 1)][1]

    def next(self):
        token = self.tokens[self.position]
        self.position += 1
        return token

    def take(self, *words):
        """Takes these words if they come next."""
        if all(self.peek(ahead) == word for ahead, word in enumerate(words)):
            self.position += len(words)
            return True
        return False

    def expect(self, word):
        if not self.take(word):
            raise Unreadable(f"`{word}` expected before `{self.peek()}` in `{self.text}`")

    def word(self):
        kind, text = self.next()
        if kind != "word":
            raise Unreadable(f"a name expected, not `{text}`, in `{self.text}`")
        return text.strip("`")

    @property
    def at_end(self):
        return self.tokens[self.position][0] == "end"

    def series(self, item):
        """`item, item, ...`"""
        items = [item()]
        while self.take(","):
            items.append(item())
        return items

    def sort_key(self):
        """`EXPR [asc|desc] [nulls first|last]` as the expression, DESC or ASC, and FIRST or LAST."""
        node = self.expression()
        order = "DESC" if self.peek() == "desc" else "ASC"
        if self.peek() in ("asc", "desc"):
            self.next()
        return node, order, self.word().upper() if self.take("nulls") else "LAST"

    def over(self, name, arguments):
        """`over ([by COL, ...] [sort EXPR, ...])`"""
        self.expect("(")
        groups = self.series(self.word) if self.take("by") else []
        keys = self.series(self.sort_key) if self.take("sort") else []
        self.expect(")")
        return ("window", name, arguments, groups, keys)

    # Expressions, by rising strength.

    def expression(self):
        left = self.conjunction()
        while self.take("or"):
            left = ("binary", "or", left, self.conjunction())
        return left

    def conjunction(self):
        left = self.negation()
        while self.take("and"):
            left = ("binary", "and", left, self.negation())
        return left

    def negation(self):
        return ("unary", "not", self.negation()) if self.take("not") else self.comparison()

    def comparison(self):
        left = self.fallback()
        if self.peek() in COMPARISONS:
            operator = self.next()[1]
            return ("binary", operator, left, self.fallback())
        if self.take("is", "not", "null"):
            return ("unary", "is not null", left)
        if self.take("is", "null"):
            return ("unary", "is null", left)
        negated = self.peek() == "not" and self.peek(1) in ("in", "like", "matches", "between")
        if negated:
            self.next()
        if self.take("in"):
            found = ("binary", "in", left, self.fallback())
        elif self.peek() in ("like", "matches"):
            found = ("binary", self.next()[1], left, self.fallback())
        elif self.take("between"):
            low = self.fallback()
            self.expect("and")
            found = ("between", left, low, self.fallback())
        else:
            return left
        return ("unary", "not", found) if negated else found

    def fallback(self):
        left = self.sum()
        while self.take("??"):
            left = ("binary", "??", left, self.sum())
        return left

    def sum(self):
        left = self.product()
        while self.peek() in ("+", "-"):
            operator = self.next()[1]
            left = ("binary", operator, left, self.product())
        return left

    def product(self):
        left = self.sign()
        while self.peek() in ("*", "/", "//", "%"):
            operator = self.next()[1]
            left = ("binary", operator, left, self.sign())
        return left

    def sign(self):
        return ("unary", "-", self.sign()) if self.take("-") else self.reached()

    def reached(self):
        """`x.name` and `x[i]`, as far as they go on."""
        node = self.primary()
        while self.peek() in (".", "["):
            if self.take("."):
                node = ("member", node, self.word())
            else:
                self.expect("[")
                node = ("index", node, self.expression())
                self.expect("]")
        return node

    def primary(self):
        kind, text = self.next()
        if text == "(":
            inside = self.expression()
            self.expect(")")
            return inside
        if text == "[":
            items = [] if self.peek() == "]" else self.series(self.expression)
            self.expect("]")
            return ("list", items)
        if kind == "number":
            digits = text.replace("_", "")
            return ("literal", int(digits), "int") if digits.isdecimal() else ("literal", float(digits), "float")
        if kind == "string":
            return ("literal", unescaped(text), "string")
        if kind == "date":
            return ("literal", date.fromisoformat(text[1:]), "date")
        if kind == "timestamp":
            return ("literal", text[1:].rstrip("Z"), "utc" if text.endswith("Z") else "timestamp")
        if kind == "duration":
            number, unit = re.match(r"(\d+)(\w+)", text).groups()
            return ("literal", int(number) * MICROSECONDS[unit], "duration")
        if text in ("true", "false"):
            return ("literal", text == "true", "bool")
        if text == "null":
            return ("literal", None, "null")
        if kind == "word":
            name = text.strip("`")
            if not self.take("("):
                return ("name", name)
            arguments = [] if self.peek() == ")" else self.series(self.expression)
            self.expect(")")
            return self.over(name, arguments) if self.take("over") else ("call", name, arguments)
        raise Unreadable(f"`{text}` in `{self.text}`")
