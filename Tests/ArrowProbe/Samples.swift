// The frame that Python gets from here; Tests/Peers/exchange.py knows its values too.
import QueryFrames

func samples() -> Frame {
    let columns: [(DataType, [Scalar])] = [
        (.null, [.null, .null, .null]),
        (.bool, [.bool(true), .null, .bool(false)]),
        (.int64, [.int(.min), .null, .int(.max)]),
        (.float64, [.float(-0.0), .null, .float(1.5)]),
        (.decimal(scale: 2), [.decimal(Decimal128(unscaled: -1_234_567_890_123_456_789_012, scale: 2)), .null, .decimal(Decimal128(unscaled: 5, scale: 2))]),
        (.string, [.string("größe 🎈"), .null, .string("")]),
        (.date, [.date(-719_162), .null, .date(19_844)]),
        (.timestamp(utc: true), [.timestamp(1, utc: true), .null, .timestamp(-1, utc: true)]),
        (.timestamp(utc: false), [.timestamp(1, utc: false), .null, .timestamp(-1, utc: false)]),
        (.duration, [.duration(-5), .null, .duration(86_400_000_000)]),
        (.binary, [.binary([0, 255]), .null, .binary([])]),
        (.json, [.json("{\"a\": [1]}"), .null, .json("null")]),
        (.list(.int64), [.list([.int(1), .null]), .null, .list([])]),
        (.list(.list(.string)), [.list([.list([.string("a"), .string("b")]), .null]), .null, .list([.list([])])]),
    ]
    let schema = Schema(columns.enumerated().map { Field("c\($0.offset)", $0.element.0) })
    let batch = RecordBatch(count: 3, columns: columns.map { Column($0.0, $0.1) })
    return Frame(schema: schema, batches: [batch, batch.slice(1, 2)])
}
