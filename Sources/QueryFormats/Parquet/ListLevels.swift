// Lists taken apart: for each element, or list without elements, the levels by which parquet tells where it stands.
import QueryFrames

/// The levels of some rows of a list column, and its innermost elements.
struct ListLevels {
    /// At which depth a list goes on: 0 begins a row.
    private(set) var repetition: [UInt8] = []
    /// How far down the way to the leaf there is something.
    private(set) var definition: [UInt8] = []
    /// Rows of the innermost column that are there, nulls not among them.
    private(set) var rows: [Int32] = []
    /// The innermost elements, of which `rows` tells those that are written.
    let elements: Column

    init(_ column: Column) {
        var innermost = column
        while case .list(_, let elements) = innermost.storage { innermost = elements }
        elements = innermost
        for row in 0..<column.count { append(column, row, depth: 0, repetition: 0) }
    }

    /// Adds one row of a column within so many lists. It recurses as deep as lists nest, which the type limits.
    private mutating func append(_ column: Column, _ row: Int, depth: UInt8, repetition level: UInt8) {
        guard case .list = column.storage else {
            let isNull = column.isNull(row)
            repetition.append(level)
            definition.append(2 * depth + (isNull ? 0 : 1))
            if !isNull { rows.append(Int32(truncatingIfNeeded: row)) }
            return
        }
        guard !column.isNull(row) else { return appendEmpty(2 * depth, level) }
        let (range, elements) = column.elements(row)
        guard !range.isEmpty else { return appendEmpty(2 * depth + 1, level) }
        for element in range {
            append(elements, element, depth: depth + 1, repetition: element == range.lowerBound ? level : depth + 1)
        }
    }

    private mutating func appendEmpty(_ defined: UInt8, _ level: UInt8) {
        repetition.append(level)
        definition.append(defined)
    }
}
