"""Exchanges columns and streams between pyarrow and QueryFrames within this process, through the Arrow C interfaces.

Run by Scripts/arrow with the path of the library that Tests/ArrowProbe becomes. Asserts that values arrive, that buffers are the same
memory wherever layouts agree, that everything is released exactly once, and that what is malformed is refused with a reason.
"""

import ctypes
import datetime
import decimal
import struct
import sys

import pyarrow as pa

UTC = datetime.timezone.utc


class Schema(ctypes.Structure):
    pass


class Array(ctypes.Structure):
    pass


class Stream(ctypes.Structure):
    pass


Schema._fields_ = [
    ("format", ctypes.c_char_p), ("name", ctypes.c_char_p), ("metadata", ctypes.c_void_p), ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64), ("children", ctypes.POINTER(ctypes.POINTER(Schema))), ("dictionary", ctypes.POINTER(Schema)),
    ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p),
]  # fmt: skip
Array._fields_ = [
    ("length", ctypes.c_int64), ("null_count", ctypes.c_int64), ("offset", ctypes.c_int64), ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64), ("buffers", ctypes.POINTER(ctypes.c_void_p)), ("children", ctypes.POINTER(ctypes.POINTER(Array))),
    ("dictionary", ctypes.POINTER(Array)), ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p),
]  # fmt: skip
Stream._fields_ = [(name, ctypes.c_void_p) for name in ("get_schema", "get_next", "get_last_error", "release", "private_data")]

Release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)

lib = ctypes.CDLL(sys.argv[1])
HANDLE = ctypes.c_void_p
for name, result, arguments in [
    ("probe_import_column", HANDLE, [ctypes.c_void_p] * 3),
    ("probe_import_stream", HANDLE, [ctypes.c_void_p] * 2),
    ("probe_samples", HANDLE, []),
    ("probe_export_column", ctypes.c_int32, [HANDLE, ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_void_p]),
    ("probe_export_stream", None, [HANDLE, ctypes.c_void_p]),
    ("probe_slice", HANDLE, [HANDLE, ctypes.c_ssize_t, ctypes.c_ssize_t]),
    ("probe_text", ctypes.c_void_p, [HANDLE, ctypes.c_ssize_t, ctypes.c_ssize_t]),
    ("probe_type", ctypes.c_void_p, [HANDLE, ctypes.c_ssize_t]),
    ("probe_count", ctypes.c_ssize_t, [HANDLE]),
    ("probe_release", None, [HANDLE]),
]:
    function = getattr(lib, name)
    function.restype, function.argtypes = result, arguments
libc = ctypes.CDLL(None)
libc.free.argtypes = [ctypes.c_void_p]


def text_at(pointer):
    text = ctypes.string_at(pointer).decode()
    libc.free(pointer)
    return text


class Counted:
    """Replaces the release callback of a struct by one that counts, and then does what the original does."""

    callbacks = []  # kept for good: they may be called long after

    def __init__(self):
        self.wrapped, self.released = 0, 0

    def wrap(self, item):
        original = Release(item.release)
        # What a test spoils is put back, or pyarrow would stumble over it.
        children = getattr(item, "n_children", 0)
        dictionary = ctypes.cast(item.dictionary, ctypes.c_void_p).value if hasattr(item, "dictionary") else None

        def release(pointer):
            self.released += 1
            released = type(item).from_address(pointer)
            released.n_children = children
            if dictionary:
                released.dictionary = ctypes.cast(dictionary, ctypes.POINTER(type(item)))
            released.release = ctypes.cast(original, ctypes.c_void_p).value
            original(pointer)

        callback = Release(release)
        Counted.callbacks += [original, callback]
        item.release = ctypes.cast(callback, ctypes.c_void_p).value
        self.wrapped += 1

    def wrap_all(self, item):
        """The struct and all below it: each is released on its own, and once."""
        self.wrap(item)
        for index in range(item.n_children):
            self.wrap_all(item.children[index].contents)
        if item.dictionary:
            self.wrap_all(item.dictionary.contents)

    def check(self, what):
        assert self.released == self.wrapped, f"{what}: {self.released} of {self.wrapped} structs were released"


class Frame:
    """A frame of the library."""

    def __init__(self, handle):
        self.handle = handle

    def __del__(self):
        if self.handle:
            lib.probe_release(self.handle)

    @staticmethod
    def of(array, counted=None, change=None):
        """The column of a pyarrow array. `change` may spoil the structs before they are handed over."""
        c_schema, c_array = Schema(), Array()
        array._export_to_c(ctypes.addressof(c_array), ctypes.addressof(c_schema))
        counted = counted or Counted()
        counted.wrap_all(c_schema)
        counted.wrap_all(c_array)
        if change:
            change(c_schema, c_array)
        fault = ctypes.c_void_p()
        handle = lib.probe_import_column(ctypes.addressof(c_schema), ctypes.addressof(c_array), ctypes.addressof(fault))
        assert not c_schema.release and not c_array.release, "what was handed over still looks owned"
        if not handle:
            counted.check("after a refusal")
            raise Refused(text_at(fault.value))
        return Frame(handle)

    @staticmethod
    def of_reader(reader):
        stream, counted = Stream(), Counted()
        reader._export_to_c(ctypes.addressof(stream))
        counted.wrap(stream)
        fault = ctypes.c_void_p()
        handle = lib.probe_import_stream(ctypes.addressof(stream), ctypes.addressof(fault))
        counted.check("stream")
        if not handle:
            raise Refused(text_at(fault.value))
        return Frame(handle)

    def column(self, index=0, counted=None):
        """A pyarrow array of the column."""
        c_schema, c_array = Schema(), Array()
        assert lib.probe_export_column(self.handle, index, ctypes.addressof(c_schema), ctypes.addressof(c_array)) == 0
        if counted:
            counted.wrap_all(c_schema)
            counted.wrap_all(c_array)
        array = pa.Array._import_from_c(ctypes.addressof(c_array), ctypes.addressof(c_schema))
        array.validate(full=True)
        return array

    def reader(self):
        stream = Stream()
        lib.probe_export_stream(self.handle, ctypes.addressof(stream))
        return pa.RecordBatchReader._import_from_c(ctypes.addressof(stream))

    def slice(self, start, end):
        return Frame(lib.probe_slice(self.handle, start, end))

    def text(self, row, column=0):
        return text_at(lib.probe_text(self.handle, column, row))

    def type(self, column=0):
        return text_at(lib.probe_type(self.handle, column))

    def __len__(self):
        return lib.probe_count(self.handle)


class Refused(Exception):
    pass


def addresses(array):
    """Where the buffers are that hold values; validity may be dropped where nothing is null."""
    found = [buffer.address if buffer else None for buffer in array.buffers()]
    if isinstance(array, pa.DictionaryArray):
        return found[:2] + addresses(array.dictionary)
    return found


D = decimal.Decimal
ROWS = 1000
DAY = datetime.date(2024, 5, 1)
MOMENT = datetime.datetime(2024, 5, 1, 10, 0, 0, 123456)

# Types that lie in a column as they do in pyarrow: the buffers have to be the same memory.
SAME = {
    "bool": pa.array([True, False, None] * ROWS),
    "bool without nulls": pa.array([True, False] * ROWS),
    "int": pa.array([-(2**63), 2**63 - 1, None] * ROWS),
    "float": pa.array([-0.0, float("inf"), None] * ROWS),
    "decimal": pa.array([D("-12345678901234567890123456789012345.678"), D("0.001"), None] * ROWS, pa.decimal128(38, 3)),
    "string": pa.array(["größe 🎈", "", None, "x" * 100] * ROWS),
    "string without nulls": pa.array(["a", "bc"] * ROWS),
    "binary": pa.array([b"\x00\xff", b"", None] * ROWS),
    "date": pa.array([DAY, datetime.date(1, 1, 1), None] * ROWS),
    "timestamp": pa.array([MOMENT, None] * ROWS, pa.timestamp("us")),
    "timestamp in UTC": pa.array([MOMENT, None] * ROWS, pa.timestamp("us", "UTC")),
    "duration": pa.array([datetime.timedelta(microseconds=-5), None] * ROWS, pa.duration("us")),
    "dictionary": pa.array(["a", "b", None, "a"] * ROWS).dictionary_encode(),
    "list": pa.array([[1, None], [], None, [3]] * ROWS),
    "list of lists of strings": pa.array([[["a"], None, []], None, [["b", None]]] * ROWS),
}  # fmt: skip

# Types that become others, with the values unchanged.
WIDENED = {
    "null": (pa.nulls(3), pa.null(), None),
    "int8": (pa.array([-128, 127, None], pa.int8()), pa.int64(), None),
    "int16": (pa.array([-(2**15), None], pa.int16()), pa.int64(), None),
    "int32": (pa.array([-(2**31), None], pa.int32()), pa.int64(), None),
    "uint8": (pa.array([255, None], pa.uint8()), pa.int64(), None),
    "uint16": (pa.array([2**16 - 1, None], pa.uint16()), pa.int64(), None),
    "uint32": (pa.array([2**32 - 1, None], pa.uint32()), pa.int64(), None),
    "uint64": (pa.array([2**64 - 1, 0, None], pa.uint64()), pa.decimal128(38, 0), [D(2**64 - 1), D(0), None]),
    "float16": (pa.array([1.5, -2.0, None, 65504.0, 6e-8], pa.float16()), pa.float64(), None),
    "float32": (pa.array([0.1, None], pa.float32()), pa.float64(), None),
    "large_string": (pa.array(["a", None, "größe"], pa.large_utf8()), pa.utf8(), None),
    "large_binary": (pa.array([b"\xff", None], pa.large_binary()), pa.binary(), None),
    "string_view": (pa.array(["short", None, "longer than twelve bytes"], pa.string_view()), pa.utf8(), None),
    "binary_view": (pa.array([b"\xff" * 20, None, b""], pa.binary_view()), pa.binary(), None),
    "fixed_size_binary": (pa.array([b"abc", None], pa.binary(3)), pa.binary(), None),
    "date64": (pa.array([DAY, None], pa.date64()), pa.date32(), None),
    "timestamp[s]": (pa.array([MOMENT.replace(microsecond=0), None], pa.timestamp("s")), pa.timestamp("us"), None),
    "timestamp[ms]": (pa.array([MOMENT.replace(microsecond=5000), None], pa.timestamp("ms")), pa.timestamp("us"), None),
    "timestamp[ns]": (pa.array([123_000, None], pa.timestamp("ns")), pa.timestamp("us"), [datetime.datetime(1970, 1, 1, 0, 0, 0, 123), None]),
    "timestamp in a zone": (
        pa.array([0, None], pa.timestamp("us", "Europe/Berlin")), pa.timestamp("us", "UTC"), [datetime.datetime(1970, 1, 1, tzinfo=UTC), None]),
    "duration[s]": (pa.array([datetime.timedelta(seconds=-1), None], pa.duration("s")), pa.duration("us"), None),
    "duration[ns]": (pa.array([5000, None], pa.duration("ns")), pa.duration("us"), [datetime.timedelta(microseconds=5), None]),
    "decimal of a smaller precision": (pa.array([D("1.25"), None], pa.decimal128(5, 2)), pa.decimal128(38, 2), None),
    "decimal with a negative scale": (pa.array([D("1200"), None], pa.decimal128(5, -2)), pa.decimal128(38, 0), None),
    "decimal256": (pa.array([D("-1.25"), D("99.99"), None], pa.decimal256(40, 2)), pa.decimal128(38, 2), None),
    "dictionary of int8 indexes": (pa.array(["a", None, "b"]).dictionary_encode().cast(pa.dictionary(pa.int8(), pa.utf8())), None, None),
    "dictionary of uint64 indexes": (pa.DictionaryArray.from_arrays(pa.array([1, None, 0], pa.uint64()), pa.array(["a", "b"])), None, None),
    "dictionary with a null": (pa.DictionaryArray.from_arrays(pa.array([1, 0, None], pa.int32()), pa.array(["a", None])), None, None),
    "dictionary of ints": (pa.DictionaryArray.from_arrays(pa.array([1, 0, None]), pa.array([7, 8])), pa.int64(), None),
    "dictionary of nothing": (pa.DictionaryArray.from_arrays(pa.array([None, None], pa.int32()), pa.array([], pa.utf8())), pa.utf8(), None),
    "large_list": (pa.array([[1, 2], None, []], pa.large_list(pa.int32())), pa.list_(pa.int64()), None),
    "fixed_size_list": (pa.array([[1, 2], None, [3, None]], pa.list_(pa.int64(), 2)), pa.list_(pa.int64()), None),
    "list of null rows that are not empty": (
        pa.ListArray.from_arrays(pa.array([0, 2, 3], pa.int32()), pa.array(["a", "b", "c"]), mask=pa.array([True, False])),
        pa.list_(pa.utf8()), [None, ["c"]]),
}  # fmt: skip
for bits in (32, 64):
    if hasattr(pa, f"decimal{bits}"):
        WIDENED[f"decimal{bits}"] = (
            pa.array([D("-1.25"), None], getattr(pa, f"decimal{bits}")(9, 2)), pa.decimal128(38, 2), None)  # fmt: skip


def check_same_memory():
    for name, array in SAME.items():
        for part in (array, array.slice(8), array.slice(3, 10), array.slice(0, 0), array.slice(len(array))):
            counted = Counted()
            frame = Frame.of(part, counted)
            back = frame.column(counted=counted)
            assert back.type.equals(part.type) or isinstance(part, pa.DictionaryArray), f"{name}: {back.type} for {part.type}"
            assert back.to_pylist() == part.to_pylist() or name == "decimal" and back.cast(part.type).equals(part), name
            if part is array:
                assert addresses(back) == addresses(part), f"{name}: the buffers were copied"
            del frame
            assert back.to_pylist() == part.to_pylist(), f"{name}: the values went with the frame"
            assert counted.released < counted.wrapped, f"{name}: released while values are in use"
            del back
            counted.check(name)


def check_slices():
    """Slices made on the other side: buffers begin in the middle, and are not copied."""
    for name, array in SAME.items():
        frame = Frame.of(array)
        for start, end in ((0, 5), (8, 40), (3, 900), (len(array) - 1, len(array))):
            back = frame.slice(start, end).column()
            assert back.to_pylist() == array.slice(start, end - start).to_pylist(), f"{name}: rows {start} to {end}"


def check_widened():
    for name, (array, type_, values) in WIDENED.items():
        for part, expected in ((array, values), (array.slice(1), values and values[1:])):
            counted = Counted()
            frame = Frame.of(part, counted)
            back = frame.column(counted=counted)
            assert type_ is None or back.type == type_, f"{name}: became {back.type}"
            assert back.to_pylist() == (part.to_pylist() if expected is None else expected), f"{name}: {back.to_pylist()}"
            del frame, back
            counted.check(name)
    large = pa.array(["abc", "de"], pa.large_utf8())
    assert Frame.of(large).column().buffers()[2].address == large.buffers()[2].address, "the bytes of large strings were copied"


def check_unaligned():
    raw = pa.py_buffer(b"\0" + struct.pack("<4q", 1, -2, 3, 4)).slice(1)
    array = pa.Array.from_buffers(pa.int64(), 4, [None, raw])
    assert Frame.of(array).column().to_pylist() == [1, -2, 3, 4]
    raw = pa.py_buffer(b"\0" * 8 + struct.pack("<4q", 5, 0, -1, -1)).slice(8)
    array = pa.Array.from_buffers(pa.decimal128(38, 0), 2, [None, raw])
    assert Frame.of(array).column().to_pylist() == [D(5), D(-1)]


def check_nonsense_in_null_rows():
    """What stands in a null row means nothing, and must not lead astray."""
    valid = pa.py_buffer(b"\x01")
    text = pa.Array.from_buffers(pa.utf8(), 2, [valid, pa.py_buffer(struct.pack("<3i", 0, 1, 2)), pa.py_buffer(b"a\xff")])
    assert Frame.of(text).column().to_pylist() == ["a", None]
    day = pa.Array.from_buffers(pa.date32(), 2, [valid, pa.py_buffer(struct.pack("<2i", 0, 2**31 - 1))])
    assert Frame.of(day).column().to_pylist() == [datetime.date(1970, 1, 1), None]


def check_dictionary_of_nonsense():
    indices = pa.Array.from_buffers(pa.int32(), 3, [pa.py_buffer(b"\x05"), pa.py_buffer(struct.pack("<3i", 1, 2**30, 0))])
    array = pa.DictionaryArray.from_arrays(indices, pa.array(["a", "b"]), safe=False)
    frame = Frame.of(array)
    back = frame.column()
    assert isinstance(back, pa.DictionaryArray) and back.to_pylist() == ["b", None, "a"]
    assert back.indices.buffers()[1].address != indices.buffers()[1].address
    numbers = struct.unpack("<3i", back.indices.buffers()[1].to_pybytes()[:12])
    assert all(0 <= number < 2 for number in numbers), f"indexes of null rows are {numbers}"


SAMPLES = [
    [None, None, None],
    [True, None, False],
    [-(2**63), None, 2**63 - 1],
    [-0.0, None, 1.5],
    [D("-12345678901234567890.12"), None, D("0.05")],
    ["größe 🎈", None, ""],
    [datetime.date(1, 1, 1), None, datetime.date(2024, 5, 1)],
    [datetime.datetime(1970, 1, 1, 0, 0, 0, 1, UTC), None, datetime.datetime(1969, 12, 31, 23, 59, 59, 999999, UTC)],
    [datetime.datetime(1970, 1, 1, 0, 0, 0, 1), None, datetime.datetime(1969, 12, 31, 23, 59, 59, 999999)],
    [datetime.timedelta(microseconds=-5), None, datetime.timedelta(days=1)],
    [b"\x00\xff", None, b""],
    ['{"a": [1]}', None, "null"],
    [[1, None], None, []],
    [[["a", "b"], None], None, [[]]],
]


def check_samples():
    frame = Frame(lib.probe_samples())
    table = frame.reader().read_all()
    table.validate(full=True)
    formats = ["null", "bool", "int64", "double", "decimal128(38, 2)", "string", "date32[day]", "timestamp[us, tz=UTC]", "timestamp[us]",
               "duration[us]", "binary", "extension<arrow.json>", "list<item: int64>", "list<item: list<item: string>>"]  # fmt: skip
    for index, (values, format_) in enumerate(zip(SAMPLES, formats, strict=True)):
        field = table.schema.field(index)
        metadata = field.metadata or {}
        if format_ != "extension<arrow.json>":
            assert str(field.type) == format_, f"{field}: not {format_}"
        else:
            assert str(field.type) == format_ or metadata.get(b"ARROW:extension:name") == b"arrow.json", f"{field}: not {format_}"
        assert field.nullable and field.name == f"c{index}"
        column = table.column(index)
        assert column.num_chunks == 2
        found = column.to_pylist()
        assert found == values + values[1:], f"{format_}: {found}"
    again = Frame.of_reader(table.to_reader())
    assert [again.type(index) for index in range(len(SAMPLES))] == [frame.type(index) for index in range(len(SAMPLES))]
    for index in range(len(SAMPLES)):
        for row in range(len(frame)):
            assert again.text(row, index) == frame.text(row, index)


def check_streams():
    table = pa.table({"i": pa.array(range(5000)), "s": pa.array([f"text {n}" for n in range(5000)]).dictionary_encode()})
    batches = table.to_batches(max_chunksize=1237)
    frame = Frame.of_reader(pa.RecordBatchReader.from_batches(table.schema, batches))
    back = list(frame.reader())
    assert pa.Table.from_batches(back).to_pylist() == table.to_pylist()
    assert addresses(back[0].column(0)) == addresses(batches[0].column(0))
    assert addresses(back[0].column(1)) == addresses(batches[0].column(1))
    # A reader that is given up early, and one that outlives the frame.
    reader = frame.reader()
    reader.read_next_batch()
    del reader
    reader = frame.reader()
    del frame
    assert reader.read_all().num_rows == 5000
    # Part of a batch stays readable when all else is gone.
    frame = Frame.of_reader(pa.RecordBatchReader.from_batches(table.schema, batches))
    column = frame.reader().read_next_batch().column(1)
    del frame
    assert column.to_pylist() == batches[0].column(1).to_pylist()
    # Nothing at all, no columns, and a failing producer.
    empty = Frame.of_reader(pa.RecordBatchReader.from_batches(table.schema, []))
    assert len(empty) == 0 and empty.reader().read_all().num_rows == 0

    def failing():
        yield batches[0]
        raise ValueError("words of the producer")

    refused("words of the producer", lambda: Frame.of_reader(pa.RecordBatchReader.from_batches(table.schema, failing())))


def check_mixed_dictionaries():
    """Batches of which some are dictionaries and others are not cannot come from pyarrow; each batch may have a dictionary of its own."""
    parts = [pa.record_batch({"s": pa.array(words).dictionary_encode()}) for words in (["a", "b", None], ["c", "a"])]
    frame = Frame.of_reader(pa.RecordBatchReader.from_batches(parts[0].schema, parts))
    assert [row["s"] for batch in frame.reader() for row in batch.to_pylist()] == ["a", "b", None, "c", "a"]


def refused(reason, body):
    try:
        body()
    except Refused as error:
        assert reason in str(error), f"refused, but with {error}"
    else:
        raise AssertionError(f"should have been refused: {reason}")


def check_refusals():
    def spoil(change, reason, array=None):
        given = array if array is not None else pa.array([1, 2, None])
        refused(reason, lambda: Frame.of(given, change=change))

    def put(name, value):
        return lambda schema, array: setattr(array, name, value)

    spoil(put("length", -1), "length(-1)")
    spoil(put("length", 2**62), "length(")
    spoil(put("offset", -8), "length(-8)")
    spoil(put("offset", 2**62), "length(")
    spoil(put("n_buffers", 1), "bufferCount")
    spoil(put("n_buffers", 3), "bufferCount")
    spoil(put("n_children", 1), "childCount")
    spoil(lambda schema, array: setattr(schema, "format", b"nonsense"), "unsupportedType")
    spoil(lambda schema, array: setattr(schema, "format", None), "format")

    def drop(index):
        def change(schema, array):
            array.buffers[index] = None
        return change  # fmt: skip

    spoil(drop(1), "missingBuffer(1)")
    spoil(drop(0), "missingBuffer(0)")
    spoil(drop(2), "missingBuffer(2)", pa.array(["a"]))

    refused("unsupportedType", lambda: Frame.of(pa.nulls(2, pa.month_day_nano_interval())))

    kept = []

    def put_buffer(index, bytes_):
        kept.append(ctypes.create_string_buffer(bytes_, len(bytes_)))

        def change(schema, array):
            array.buffers[index] = ctypes.addressof(kept[-1])
        return change  # fmt: skip

    def offsets(*numbers, width="i"):
        return put_buffer(1, struct.pack(f"<{len(numbers)}{width}", *numbers))

    two = pa.array(["ab", "cd"])
    spoil(offsets(0, 3, 2), "offsets(row: 2)", two)
    spoil(offsets(-1, 3, 4), "offsets(row: 1)", two)
    spoil(offsets(0, -5, 4), "offsets(row: 1)", two)
    spoil(offsets(0, 2**31 - 1, -(2**31)), "offsets(row: 2)", two)
    spoil(put_buffer(2, b"ab\xffd"), "invalidUTF8(row: 2)", two)
    spoil(put_buffer(2, "aébc".encode()[:4]), "invalidUTF8(row: 1)", two)
    large = pa.array(["a", "b"], pa.large_utf8())
    spoil(offsets(5, -1, 7, width="q"), "offsets(row: 1)", large)
    spoil(offsets(0, 5, 4, width="q"), "offsets(row: 2)", large)
    spoil(offsets(0, 1, 2**62, width="q"), "offsets(row: 2)", large)
    spoil(offsets(0, 0, 2**33, width="q"), "tooLarge", large)
    spoil(offsets(0, 7), "shortChild", pa.array([[1]]))
    spoil(offsets(0, -7), "offsets(row: 1)", pa.array([[1]]))

    out_of_range = pa.DictionaryArray.from_arrays(pa.array([0, 5], pa.int32()), pa.array(["a"]), safe=False)
    refused("index(row: 2)", lambda: Frame.of(out_of_range))
    negative = pa.DictionaryArray.from_arrays(pa.array([-1], pa.int8()), pa.array(["a"]), safe=False)
    refused("index(row: 1)", lambda: Frame.of(negative))
    spoil(lambda schema, array: setattr(array, "dictionary", None), "missingDictionary", pa.array(["a"]).dictionary_encode())

    if hasattr(pa, "json_"):
        refused("invalidJSON(row: 2)", lambda: Frame.of(pa.ExtensionArray.from_storage(pa.json_(pa.utf8()), pa.array(["1", "{", None]))))

    refused("value(field", lambda: Frame.of(pa.array([1], pa.timestamp("ns"))))
    refused("value(field", lambda: Frame.of(pa.array([2**62], pa.timestamp("us"))))
    refused("value(field", lambda: Frame.of(pa.array([2**62], pa.timestamp("s"))))
    refused("value(field", lambda: Frame.of(pa.array([10**7], pa.date32())))
    refused("value(field", lambda: Frame.of(pa.array([5], pa.int64()).view(pa.date64())))
    refused("value(field", lambda: Frame.of(pa.array([D(10) ** 50], pa.decimal256(60, 0))))

    view = pa.array(["longer than twelve bytes"], pa.string_view())
    spoil(put("n_buffers", 2), "bufferCount", view)

    refused('repeatedName("a")', lambda: Frame.of_reader(pa.table([[1], [2]], names=["a", "a"]).to_reader()))
    deep = pa.int64()
    for _ in range(70):
        deep = pa.list_(deep)
    refused("nestingTooDeep", lambda: Frame.of(pa.nulls(1, deep)))


def check_foreign_types():
    """What frames have no type for comes as the nearest one: JSON, lists of JSON, durations."""
    record = Frame.of(pa.array([{"a": 1, "b": "x"}, None], pa.struct([("a", pa.int64()), ("b", pa.utf8())])))
    assert (record.type(), record.text(0)) == ("json", r'json("{\"a\":1,\"b\":\"x\"}")'), (record.type(), record.text(0))
    time = Frame.of(pa.array([datetime.time(0, 1, 30)], pa.time64("us")))
    assert (time.type(), time.text(0)) == ("duration", "duration(90000000)"), (time.type(), time.text(0))


def check_released_structs():
    fault = ctypes.c_void_p()
    schema, array, stream = Schema(), Array(), Stream()
    assert not lib.probe_import_column(ctypes.addressof(schema), ctypes.addressof(array), ctypes.addressof(fault))
    assert text_at(fault.value) == "released"
    assert not lib.probe_import_stream(ctypes.addressof(stream), ctypes.addressof(fault))
    assert text_at(fault.value) == "released"


def check_moved_children():
    """Whoever moves a child out of what it got may release the parent before it uses the child."""
    frame = Frame.of(pa.array([["a", "b"], ["c"]]))
    schema, array, moved_schema, moved = Schema(), Array(), Schema(), Array()
    assert lib.probe_export_column(frame.handle, 0, ctypes.addressof(schema), ctypes.addressof(array)) == 0
    del frame
    for parent, place in ((schema, moved_schema), (array, moved)):
        child = parent.children[0].contents
        ctypes.memmove(ctypes.addressof(place), ctypes.addressof(child), ctypes.sizeof(child))
        child.release = None
        Release(parent.release)(ctypes.addressof(parent))
        assert not parent.release
    assert pa.Array._import_from_c(ctypes.addressof(moved), ctypes.addressof(moved_schema)).to_pylist() == ["a", "b", "c"]


def main():
    checks = [value for name, value in globals().items() if name.startswith("check_")]
    before = pa.total_allocated_bytes()
    for check in checks:
        check()
    assert pa.total_allocated_bytes() == before, f"{pa.total_allocated_bytes() - before} bytes are still held"
    print(f"arrow: {len(checks)} checks, {len(SAME) + len(WIDENED)} arrays, pyarrow {pa.__version__}")


main()
