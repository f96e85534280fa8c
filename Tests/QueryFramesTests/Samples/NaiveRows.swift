// Frames as lists of rows, and the equality of keys: what grouping and joining are compared with, slow and plain.
@testable import QueryFrames

extension Frame {
    /// All rows, each with its values in the order of the columns.
    var rows: [[Scalar]] {
        batches.flatMap { batch in (0..<batch.count).map { row in batch.columns.map { $0.scalar(row) } } }
    }
}

extension Scalar {
    /// Bytes that are equal where the values are equal as keys: one zero, one NaN, strings by their bytes, an int like the float that it is.
    var keyBytes: [UInt8] {
        switch self {
        case .float(let value):
            if let int = Int64(exactly: value) { return Scalar.int(int).keyBytes }
            return Array("float \(value.isNaN ? "NaN" : String(value.bitPattern))".utf8)
        case .decimal(let value): return value.int.map { Scalar.int($0).keyBytes } ?? Array("decimal \(value.shortest)".utf8)
        case .string(let value): return Array("string ".utf8) + Array(value.utf8)
        default: return Array("\(self)".utf8)
        }
    }
}

/// A key of several columns.
struct NaiveKey: Hashable {
    let parts: [[UInt8]]
    let hasNull: Bool

    init(_ values: [Scalar]) {
        parts = values.map(\.keyBytes)
        hasNull = values.contains(.null)
    }
}

/// Whether `a` comes before `b` in a sort; neither is null.
func naivelyComes(_ a: Scalar, before b: Scalar) -> Bool {
    switch (a, b) {
    case (.bool(let x), .bool(let y)): !x && y
    case (.int(let x), .int(let y)), (.timestamp(let x, _), .timestamp(let y, _)), (.duration(let x), .duration(let y)): x < y
    case (.float(let x), .float(let y)): x < y || (y.isNaN && !x.isNaN)
    case (.date(let x), .date(let y)): x < y
    // Of one column, so of one scale.
    case (.decimal(let x), .decimal(let y)): x.unscaled < y.unscaled
    case (.string(let x), .string(let y)): x.utf8.lexicographicallyPrecedes(y.utf8)
    default: false
    }
}

/// A column of the result: `total = sum(x)`.
func projection(_ name: String, _ sample: Sample) -> Projection { Projection(name: name, expression: sample.expression) }

/// A column that is kept, or a group.
func projection(_ column: String) -> Projection { projection(column, name(column)) }
