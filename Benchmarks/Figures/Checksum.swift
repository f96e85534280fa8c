// A number for each column of a result, which changes with any value and with the order of the rows: figures of two programs are
// compared only where these are equal.
import QueryFrames

public enum Checksum {
    /// The sum over the rows of (1 + row % 1000) * value; text counts by its bytes, a float by its hundredths, a date by its day and a
    /// timestamp by its second. A null counts as -1. Where the order of the rows is open, the factor is left out.
    public static func of(_ frame: Frame, isOrdered: Bool) -> [Int64] {
        frame.schema.fields.indices.map { column in
            var sum: Int64 = 0
            var row: Int64 = 0
            for batch in frame.batches {
                let column = batch.columns[column]
                for index in 0..<column.count {
                    sum &+= (isOrdered ? 1 + row % 1000 : 1) &* value(column, index)
                    row += 1
                }
            }
            return sum
        }
    }

    private static func value(_ column: Column, _ index: Int) -> Int64 {
        if column.isNull(index) { return -1 }
        switch column.type {
        case .string: return Int64(column.utf8(index).count)
        case .int64: return column.fixed(as: Int64.self)[index] % 1_000_000
        case .float64: return Int64((column.fixed(as: Double.self)[index] * 100).rounded(.toNearestOrAwayFromZero)) % 1_000_000
        case .date: return Int64(column.fixed(as: Int32.self)[index])
        case .timestamp, .duration: return column.fixed(as: Int64.self)[index] / 1_000_000
        case .bool: return Bitmap.get(column.bits, index) ? 1 : 0
        case .decimal, .binary, .json, .list: return Int64(column.scalar(index).text.utf8.count)
        case .null: return -1
        }
    }
}
