// The values of a column as places on an axis, the first step from rows to a chart.
import QueryFrames

/// What the numbers of an axis mean; they are doubles for all of them.
enum ChartMeasure: Equatable, Sendable {
    case number
    /// Numbers without a fraction, as those of the ticks are.
    case whole
    /// Microseconds since 1970-01-01.
    case date
    case timestamp
    /// Microseconds.
    case duration
    /// Numbers of a list of names, which stand in bands side by side.
    case names([String])

    /// The measure of a column's values; nil of a type without an order in numbers.
    init?(_ type: DataType) {
        switch type {
        case .int64, .decimal(0): self = .whole
        case .float64, .decimal: self = .number
        case .date: self = .date
        case .timestamp: self = .timestamp
        case .duration: self = .duration
        case .null, .bool, .string, .binary, .json, .list: return nil
        }
    }

}

extension DataType {
    /// Whether a chart can show how large the values are.
    var isDrawn: Bool { isNumeric || self == .duration }
}

/// A column's values as doubles. It holds pointers, so the column has to outlive it.
struct ChartNumbers {
    private let values: Values
    private let validity: UnsafePointer<UInt8>?

    private enum Values {
        case none
        case ints(UnsafePointer<Int64>)
        case floats(UnsafePointer<Double>)
        case dates(UnsafePointer<Int32>)
        case decimals(UnsafePointer<Int128>, scale: Int)
    }

    init(_ column: Column) {
        validity = column.validBits
        values =
            switch column.type {
            case .int64, .timestamp, .duration: .ints(column.fixed(as: Int64.self))
            case .float64: .floats(column.fixed(as: Double.self))
            case .date: .dates(column.fixed(as: Int32.self))
            case .decimal(let scale): .decimals(column.fixed(as: Int128.self), scale: scale)
            case .null, .bool, .string, .binary, .json, .list: .none
            }
    }

    /// The value of `row`; nil where there is none that has a place: null, NaN, infinity.
    subscript(row: Int) -> Double? {
        if let validity, !Bitmap.get(validity, row) { return nil }
        let value: Double
        switch values {
        case .none: return nil
        case .ints(let ints): value = Double(ints[row])
        case .floats(let floats): value = floats[row]
        case .dates(let dates): value = Double(dates[row]) * Double(TimeUnit.day)
        case .decimals(let decimals, let scale): value = Decimal128(unscaled: decimals[row], scale: scale).float
        }
        return value.isFinite ? value : nil
    }
}

extension Frame {
    /// Calls `body` with every batch and the numbers of these columns in it, until it gives false; nil stands for no column.
    func withNumbers(
        _ columns: [Int?], _ isCancelled: () -> Bool, _ body: (RecordBatch, [ChartNumbers?]) -> Bool
    ) throws(ChartError) {
        for batch in batches {
            if isCancelled() { throw .cancelled }
            if !body(batch, columns.map { $0.map { ChartNumbers(batch.columns[$0]) } }) { return }
        }
    }
}
