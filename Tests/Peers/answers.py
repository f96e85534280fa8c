"""What both sides answered, cell by cell: the CSV and JSON that qs wrote, and the rows that DuckDB gives."""

import json
import math
import re
from datetime import date, datetime
from decimal import Decimal

from expressions import Typed, element
from language import MICROSECONDS


def csv_rows(text):
    """The cells of a CSV file as text, None for nothing at all; unlike Python's reader, this tells `""` from nothing."""
    rows, row, position = [], [], 0
    while position < len(text):
        if text[position] == '"':
            end = position + 1
            while text[end] != '"' or text[end : end + 2] == '""':
                end += 2 if text[end] == '"' else 1
            cell, position = text[position + 1 : end].replace('""', '"'), end + 1
        else:
            end = re.compile(r"[,\n]|\Z").search(text, position).start()
            cell, position = text[position:end] or None, end
        row.append(cell)
        if position >= len(text) or text[position] == "\n":
            rows.append(row)
            row = []
        elif position + 1 == len(text) or text[position + 1] == "\n":
            row.append(None)
            position += 1
            rows.append(row)
            row = []
        position += 1
    return rows


def duration(text):
    if text == "0s":
        return 0
    sign = -1 if text.startswith("-") else 1
    parts = re.findall(r"(\d+(?:\.\d+)?)(us|µs|ms|[smhdw])", text)
    units = {**MICROSECONDS, "us": 1, "µs": 1}
    return sign * sum(round(float(number) * units[unit]) for number, unit in parts)


def time_text(value, kind):
    text = f"{value.year:04}-{value:%m-%dT%H:%M:%S}"
    if value.microsecond:
        text += f".{value.microsecond:06}" if value.microsecond % 1000 else f".{value.microsecond // 1000:03}"
    return text + ("Z" if kind == "utc" else "")


def same_float(ours, theirs, loose):
    if math.isnan(ours) or math.isnan(theirs):
        return math.isnan(ours) and math.isnan(theirs)
    if loose and math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-300):
        return True
    return ours == theirs and math.copysign(1, ours) == math.copysign(1, theirs)


def same_csv(cell, value, typed):
    """Whether a cell of CSV says what DuckDB gave."""
    kind = typed.type
    if cell is None or value is None:
        return cell is None and value is None
    if kind.startswith("["):
        return same_json(json.loads(cell, parse_float=Written), value, typed)
    if kind == "float":
        return same_float(float(cell), float(value), typed.loose)
    if kind == "int":
        return cell == str(value)
    if kind.startswith("decimal"):
        return Decimal(cell) == value
    if kind == "bool":
        return cell == ("true" if value else "false")
    if kind == "duration":
        return duration(cell) == value
    if isinstance(value, datetime):
        return cell == time_text(value, kind)
    if isinstance(value, date):
        return cell == f"{value.year:04}-{value:%m-%d}"
    return cell == value


class Written(float):
    """A number of JSON with its digits."""

    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __str__(self):
        return self.text


def same_json(cell, value, typed):
    """The same of a value of JSON, which has no NaN and no infinities."""
    if typed.type == "float":
        if value is None or not math.isfinite(value):
            return cell is None
        return isinstance(cell, (int, float)) and same_float(float(cell), value, typed.loose)
    if typed.type.startswith("decimal") and value is not None:
        return isinstance(cell, (int, Written)) and Decimal(str(cell)) == value
    if typed.type in ("int", "bool", "string") or value is None:
        return type(cell) is type(value) and cell == value
    if typed.type == "json":
        return cell == json.loads(value, parse_float=Written)
    if typed.type.startswith("["):
        inside = Typed("", element(typed.type), typed.loose)
        return isinstance(cell, list) and len(cell) == len(value) and all(same_json(*pair, inside) for pair in zip(cell, value))
    return isinstance(cell, str) and same_csv(cell, value, typed)


def difference(csv_text, json_text, rows, columns):
    """The first difference in words, or None."""
    types = list(columns.values())
    ours = csv_rows(csv_text)
    if ours[:1] != [list(columns)]:
        return f"the columns are {ours[:1]}, not {list(columns)}"
    objects = json.loads(json_text, parse_float=Written)
    if not len(ours) - 1 == len(objects) == len(rows):
        return f"{len(ours) - 1} rows of CSV, {len(objects)} of JSON, {len(rows)} of DuckDB"
    for number, (cells, record, values) in enumerate(zip(ours[1:], objects, rows)):
        for name, cell, value, typed in zip(columns, cells, values, types):
            if not same_csv(cell, value, typed):
                return f"row {number}, {name} ({typed.type}): qs {cell!r}, DuckDB {value!r}"
            if not same_json(record[name], value, typed):
                return f"row {number}, {name} ({typed.type}): qs {record[name]!r} in JSON, DuckDB {value!r}"
    return None
