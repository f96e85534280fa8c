"""Files of arrow and parquet between qs and pyarrow, Polars and DuckDB: `columnar.py QS [PART ...]`.

Each program writes tables of every type that it has; qs reads them and writes them again, in every compression, and the program has to
find what it wrote. Then the same for what qs makes, and for files of one million rows.
"""

import datetime as dt
import decimal
import itertools
import pathlib
import subprocess
import sys
import tempfile

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet as pq

QS = sys.argv[1]
PARTS = sys.argv[2:]
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="qs-columnar-"))
failures = []


def qs(script):
    ran = subprocess.run([QS, "-c", script], capture_output=True, text=True, cwd=FOLDER)
    if ran.returncode != 0:
        raise RuntimeError(f"{script}: {ran.stderr.strip()}")
    return ran.stdout


def check(name, condition, detail=""):
    if not condition:
        failures.append(name)
        print(f"FAILED {name} {detail}")


def attempt(name, body):
    try:
        body()
    except Exception as error:  # noqa: BLE001 a failure of one case is not one of the others
        check(name, False, f"{type(error).__name__}: {error}")


UTC = dt.timezone.utc
MANY = {
    "bool": pa.array([True, None, False, True], pa.bool_()),
    "int8": pa.array([1, None, -128, 127], pa.int8()),
    "int16": pa.array([1, None, -32768, 32767], pa.int16()),
    "int32": pa.array([1, None, -(2**31), 2**31 - 1], pa.int32()),
    "int64": pa.array([1, None, -(2**63), 2**63 - 1], pa.int64()),
    "uint8": pa.array([1, None, 0, 255], pa.uint8()),
    "uint16": pa.array([1, None, 0, 65535], pa.uint16()),
    "uint32": pa.array([1, None, 0, 2**32 - 1], pa.uint32()),
    "uint64": pa.array([1, None, 0, 2**64 - 1], pa.uint64()),
    "float16": pa.array([1.5, None, -0.25, float("inf")], pa.float16()),
    "float32": pa.array([1.5, None, -0.25, float("inf")], pa.float32()),
    "float64": pa.array([1.1, None, -5e-324, float("-inf")], pa.float64()),
    "string": pa.array(["a", None, "", "日本"], pa.string()),
    "large_string": pa.array(["a", None, "", "日本"], pa.large_string()),
    "binary": pa.array([b"\0\xff", None, b"", b"x"], pa.binary()),
    "large_binary": pa.array([b"\0\xff", None, b"", b"x"], pa.large_binary()),
    "fixed": pa.array([b"ab", None, b"cd", b"ef"], pa.binary(2)),
    "date32": pa.array([dt.date(2024, 5, 1), None, dt.date(1, 1, 1), dt.date(9999, 12, 31)], pa.date32()),
    "date64": pa.array([dt.date(2024, 5, 1), None, dt.date(1969, 1, 1), dt.date(2100, 12, 31)], pa.date64()),
    "stamp_s": pa.array([0, None, -1, 1714557600], pa.timestamp("s")),
    "stamp_ms": pa.array([0, None, -1, 1714557600123], pa.timestamp("ms", "UTC")),
    "stamp_us": pa.array([0, None, -1, 1714557600123456], pa.timestamp("us")),
    "stamp_us_utc": pa.array([0, None, -1, 1714557600123456], pa.timestamp("us", "Europe/Berlin")),
    "stamp_ns": pa.array([0, None, -1000, 1714557600123456000], pa.timestamp("ns", "UTC")),
    "time32": pa.array([0, None, 1000, 86399999], pa.time32("ms")),
    "time64": pa.array([0, None, 1000, 86399999999], pa.time64("us")),
    "duration": pa.array([0, None, -5, 10**15], pa.duration("us")),
    "duration_ms": pa.array([0, None, -5, 10**12], pa.duration("ms")),
    "decimal": pa.array([decimal.Decimal("1.25"), None, decimal.Decimal("-9.99"), decimal.Decimal("123456.78")], pa.decimal128(9, 2)),
    "decimal38": pa.array([decimal.Decimal("1.25"), None, decimal.Decimal("-9.99"), decimal.Decimal("9" * 36 + ".99")], pa.decimal128(38, 2)),
    "words": pa.array(["EU", None, "US", "EU"]).dictionary_encode(),
    "list": pa.array([[1, None], None, [], [2, 3, 4]], pa.list_(pa.int64())),
    "list_string": pa.array([["a", None], None, [], ["b"]], pa.list_(pa.string())),
    "list_list": pa.array([[[1.5], None], None, [[]], [[], [2.5, None]]], pa.list_(pa.list_(pa.float64()))),
    "null": pa.array([None] * 4, pa.null()),
}
ARROW_ALONE = {
    "view": pa.array(["a", None, "", "a text of more than twelve bytes"], pa.string_view()),
    "struct": pa.array([{"a": 1, "b": "x"}, None, {"a": None, "b": "y"}, {"a": 4, "b": None}]),
    "fixed_list": pa.array([[1, 2], None, [3, None], [5, 6]], pa.list_(pa.int64(), 2)),
    "large_list": pa.array([[1, 2], None, [], [5]], pa.large_list(pa.int64())),
    "time_ns": pa.array([0, None, 1000, 86399999999000], pa.time64("ns")),
}


def canonical(column):
    """The values as qs has them, so that what comes back can be compared."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column.cast(kind.value_type)
    wider = {"uint64": pa.decimal128(38, 0), "float": pa.float64(), "halffloat": pa.float64()}.get(str(kind))
    if wider:
        return column.cast(wider)
    if pa.types.is_integer(kind):
        return column.cast(pa.int64())
    if pa.types.is_decimal(kind):
        return column.cast(pa.decimal128(38, kind.scale))
    if pa.types.is_large_string(kind) or str(kind) == "string_view":
        return column.cast(pa.string())
    if pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return column.cast(pa.binary())
    if pa.types.is_date64(kind):
        return column.cast(pa.date32())
    if pa.types.is_timestamp(kind):
        return column.cast(pa.timestamp("us", "UTC" if kind.tz else None))
    if pa.types.is_duration(kind):
        return column.cast(pa.duration("us"))
    if pa.types.is_time(kind):
        return column.cast(pa.time64("us")).cast(pa.int64()).cast(pa.duration("us"))
    if pa.types.is_struct(kind):
        import json

        return pa.array([None if v is None else json.dumps(v, separators=(",", ":")) for v in column.to_pylist()], pa.string())
    if pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        return pa.array(column.to_pylist(), pa.list_(kind.value_type))
    return column


def plain(table):
    """The columns in one chunk each, dictionaries and extensions as what they hold."""
    arrays = []
    for column in table.columns:
        whole = column.combine_chunks()
        whole = whole.storage if isinstance(whole, pa.ExtensionArray) else whole
        arrays.append(canonical(whole) if pa.types.is_dictionary(whole.type) else whole)
    return arrays


def same(name, found, expected):
    found, expected = plain(found), [canonical(column.combine_chunks()) for column in expected.columns]
    check(name, len(found) == len(expected), "number of columns")
    for index, (left, right) in enumerate(zip(found, expected)):
        check(f"{name}, column {index}", left.type.equals(right.type), f"{left.type} for {right.type}")
        check(f"{name}, column {index}", left.equals(right) or left.to_pylist() == right.to_pylist(), f"{left.to_pylist()} for {right.to_pylist()}")


def read_arrow(path):
    if path.suffix == ".arrows":
        return pa.ipc.open_stream(path).read_all()
    return pa.ipc.open_file(path).read_all()


def read(path):
    return pq.read_table(path) if path.suffix == ".parquet" else read_arrow(path)


def write_arrow(table, path, compression=None, batch=2):
    opener = pa.ipc.new_stream if path.suffix == ".arrows" else pa.ipc.new_file
    with opener(path, table.schema, options=pa.ipc.IpcWriteOptions(compression=compression, emit_dictionary_deltas=True)) as writer:
        writer.write_table(table, max_chunksize=batch)


def round_trips():
    for name, column in {**MANY, **ARROW_ALONE}.items():
        for rows in (4, 0):
            table = pa.table({name: column[:rows]})
            for suffix, compression in itertools.product(["arrow", "arrows"], [None, "lz4", "zstd"]):
                made, back = FOLDER / f"in.{suffix}", FOLDER / f"out.{suffix}"

                def body():
                    write_arrow(table, made, compression)
                    qs(f'open "{made}" | export to "{back}"')
                    same(f"arrow {name} {suffix} {compression} {rows}", read(back), table)

                attempt(f"arrow {name} {suffix} {compression} {rows}", body)
    settings = [
        {"compression": "none", "use_dictionary": False},
        {"compression": "snappy"},
        {"compression": "gzip", "data_page_version": "2.0"},
        {"compression": "zstd", "row_group_size": 3},
        {"compression": "lz4", "data_page_version": "2.0", "use_dictionary": False},
        {"compression": "none", "version": "1.0", "use_compliant_nested_type": False},
        {"compression": "none", "store_schema": False, "data_page_size": 8},
    ]
    for name, column in MANY.items():
        for rows, (number, options) in itertools.product((4, 0), enumerate(settings)):
            if name in ("float16",) and number == 5:
                continue
            table = pa.table({name: column[:rows]})
            made, back = FOLDER / "in.parquet", FOLDER / "out.parquet"

            def body():
                pq.write_table(table, made, **options)
                expected = pq.read_table(made)
                if number == 5 and pa.types.is_timestamp(column.type):
                    return
                if expected.schema.field(0).type != table.schema.field(0).type and number != 6:
                    expected = table
                qs(f'open "{made}" | export to "{back}"')
                same(f"parquet {name} {options} {rows}", read(back), expected)

            attempt(f"parquet {name} {options} {rows}", body)


ENCODINGS = {
    "DELTA_BINARY_PACKED": ["int32", "int64"],
    "DELTA_LENGTH_BYTE_ARRAY": ["string", "binary"],
    "DELTA_BYTE_ARRAY": ["string", "binary", "fixed"],
    "BYTE_STREAM_SPLIT": ["float32", "float64", "int32", "int64", "fixed", "decimal38"],
    "PLAIN": ["bool", "int64", "string"],
    "RLE": ["bool"],
}


def encodings():
    """Each encoding over a few hundred values, with and without nulls, in both versions of pages."""
    for encoding, names in ENCODINGS.items():
        for name, nulls, version in itertools.product(names, (True, False), ("1.0", "2.0")):
            column = MANY[name] if nulls else MANY[name].drop_null()
            column = pa.concat_arrays([column] * 150 + [column[:1]] * 70)
            table = pa.table({name: column})
            made, back = FOLDER / "in.parquet", FOLDER / "out.parquet"

            def body():
                pq.write_table(
                    table, made, use_dictionary=False, column_encoding={name: encoding}, data_page_version=version, data_page_size=500, compression="zstd"
                )
                qs(f'open "{made}" | export to "{back}"')
                same(f"{encoding} {name}", read(back), table)

            attempt(f"{encoding} {name} nulls={nulls} {version}", body)
    table = pa.table({"day": pa.array([0, 1714557600123456000, -1000], pa.timestamp("ns"))})
    pq.write_table(table, FOLDER / "in.parquet", use_deprecated_int96_timestamps=True)
    attempt("int96", lambda: (qs('open "in.parquet" | export to "out.parquet"'), same("int96", read(FOLDER / "out.parquet"), table)))


def refusals():
    """What would be rounded, or is not known here, is an error that names file and column."""
    cases = {
        "nanoseconds": (pa.array([1], pa.timestamp("ns")), "nanoseconds"),
        "union": (pa.UnionArray.from_sparse(pa.array([0], pa.int8()), [pa.array([1])]), "union"),
        "months": (pa.array([(1, 2, 3)], pa.month_day_nano_interval()), "interval"),
        "runs": (pa.RunEndEncodedArray.from_arrays([1], ["a"]), "run-end"),
    }
    for name, (column, word) in cases.items():
        write_arrow(pa.table({name: column}), FOLDER / "in.arrow")
        ran = subprocess.run([QS, "-c", 'print (open "in.arrow")'], capture_output=True, text=True, cwd=FOLDER)
        check(f"refusal of {name}", ran.returncode != 0 and word in ran.stderr and name in ran.stderr, ran.stderr)
    pq.write_table(pa.table({"n": pa.array([1], pa.timestamp("ns"))}), FOLDER / "in.parquet", version="2.6")
    ran = subprocess.run([QS, "-c", 'print (open "in.parquet")'], capture_output=True, text=True, cwd=FOLDER)
    check("refusal of nanoseconds in parquet", ran.returncode != 0 and "nanoseconds" in ran.stderr, ran.stderr)
    pq.write_table(pa.table({"n": [1]}), FOLDER / "in.parquet", compression="brotli")
    ran = subprocess.run([QS, "-c", 'print (open "in.parquet")'], capture_output=True, text=True, cwd=FOLDER)
    check("refusal of brotli", ran.returncode != 0 and "brotli" in ran.stderr, ran.stderr)


def others():
    """Polars and DuckDB write, qs reads and writes, and they find the same."""
    frame = pl.DataFrame(
        {
            "i": [1, None, 3],
            "f": [1.5, None, float("nan")],
            "s": ["a", None, "日本"],
            "b": [True, None, False],
            "d": [dt.date(2024, 5, 1), None, dt.date(1, 1, 1)],
            "t": [dt.datetime(2024, 5, 1, 10, 30, 0, 250000), None, dt.datetime(1969, 1, 1)],
            "z": pl.Series([dt.datetime(2024, 5, 1), None, dt.datetime(1969, 1, 1)], dtype=pl.Datetime("us", "UTC")),
            "u": pl.Series([dt.timedelta(seconds=5), None, dt.timedelta(days=-1)], dtype=pl.Duration("us")),
            "y": [b"x", None, b""],
            "l": [[1, None], None, []],
            "c": pl.Series(["EU", None, "EU"], dtype=pl.Categorical),
            "m": pl.Series([decimal.Decimal("1.25"), None, decimal.Decimal("-3.00")], dtype=pl.Decimal(38, 2)),
        }
    )
    plain_frame = frame.with_columns(pl.col("c").cast(pl.String))
    for compression in ["uncompressed", "snappy", "gzip", "zstd", "lz4"]:
        frame.write_parquet(FOLDER / "in.parquet", compression=compression)
        attempt(f"polars parquet {compression}", lambda: (
            qs('open "in.parquet" | export to "out.parquet"'),
            check(f"polars parquet {compression}", pl.read_parquet(FOLDER / "out.parquet").equals(plain_frame), pl.read_parquet(FOLDER / "out.parquet")),
        ))  # fmt: skip
    for compression in ["uncompressed", "lz4", "zstd"]:
        frame.write_ipc(FOLDER / "in.arrow", compression=compression)

        def body():
            qs('open "in.arrow" | export to "out.arrow"')
            back = pl.read_ipc(FOLDER / "out.arrow").with_columns(pl.col("c").cast(pl.String))
            check(f"polars arrow {compression}", back.equals(plain_frame), back)

        attempt(f"polars arrow {compression}", body)
    query = (
        "SELECT i::BIGINT AS i, i / 7.0::DOUBLE AS f, 'w' || (i % 5) AS s, i % 3 = 0 AS b, DATE '2024-01-01' + i::INT AS d,"
        " (i / 100)::DECIMAL(38, 2) AS m, [i, i + 1]::BIGINT[] AS l, CASE WHEN i % 4 = 0 THEN NULL ELSE 'x' || i END AS n,"
        " TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS t FROM range(300000) AS r(i)"
    )
    for compression in ["uncompressed", "snappy", "zstd", "gzip", "lz4_raw"]:
        duckdb.execute(f"COPY ({query}) TO '{FOLDER}/in.parquet' (FORMAT parquet, COMPRESSION {compression}, ROW_GROUP_SIZE 50000)")

        def body():
            qs('open "in.parquet" | export to "out.parquet"')
            for left, right in (("in", "out"), ("out", "in")):
                different = duckdb.execute(f"SELECT count(*) FROM (FROM '{FOLDER}/{left}.parquet' EXCEPT ALL FROM '{FOLDER}/{right}.parquet')").fetchone()[0]
                check(f"duckdb parquet {compression}", different == 0, f"{different} rows of {left}")

        attempt(f"duckdb parquet {compression}", body)


def large():
    """One million rows, through every format and every reader."""
    import random

    random.seed(1)
    words = ["EU", "US", "UK", "ASIA", None]
    count = 1_000_000
    table = pa.table(
        {
            "id": pa.array(range(count)),
            "region": pa.array([words[random.randrange(5)] for _ in range(count)]),
            "price": pa.array([random.random() if row % 7 else None for row in range(count)]),
            "note": pa.array([f"note {row}" for row in range(count)]),
            "flag": pa.array([row % 3 == 0 for row in range(count)]),
        }
    )
    pq.write_table(table, FOLDER / "in.parquet", row_group_size=100_000)

    def body():
        qs('let t = open "in.parquet"\nexport t to "a.arrow"\nexport (open "a.arrow") to "a.arrows"\nexport (open "a.arrows") to "out.parquet"')
        for name in ("a.arrow", "a.arrows", "out.parquet"):
            check(f"1M rows as {name}", all(a.equals(b) for a, b in zip(plain(read(FOLDER / name)), plain(table))))
        check("1M rows in Polars", pl.read_parquet(FOLDER / "out.parquet").equals(pl.from_arrow(table)))
        # Readers use the statistics: what they leave out has to be what is not there.
        for condition in ("id >= 999999", "region = 'UK'", "price > 0.9999", "note = 'note 777'"):
            counts = [duckdb.execute(f"SELECT count(*) FROM '{FOLDER}/{name}.parquet' WHERE {condition}").fetchone()[0] for name in ("in", "out")]
            check(f"pruned by {condition}", counts[0] == counts[1], counts)

    attempt("1M rows", body)


for part in (round_trips, encodings, refusals, others, large):
    if PARTS and part.__name__ not in PARTS:
        continue
    attempt(part.__name__, part)
if failures:
    print(f"columnar: {len(failures)} checks failed")
    sys.exit(1)
print("columnar: pyarrow, Polars and DuckDB read and write what qs does")
