// Groups of rows with equal keys, numbered in the order in which they first appear.

/// Numbers the groups of rows that come batch after batch. Equal means equal in the order of sorts; null equals null.
struct GroupNumbers {
    /// Numbers the distinct values of one key; null is a value.
    private struct Key {
        var integers = IntegerTable()
        var texts = TextTable()
    }

    private var keys: [Key]
    /// For each key but the first: the distinct pairs of what the keys before it gave and what it gives.
    private var pairs: [IntegerTable]

    /// Groups by keys of these types; at least one.
    init(_ types: [DataType]) {
        keys = types.map { _ in Key() }
        pairs = types.dropFirst().map { _ in IntegerTable() }
    }

    /// How many groups there are so far.
    private(set) var count = 0

    /// The number of each row's group.
    mutating func numbers(_ columns: [Column], count rows: Int) -> [UInt32] {
        var result = Array(repeating: UInt32(0), count: rows)
        for (index, column) in columns.enumerated() {
            let codes = codes(column, &keys[index])
            if index == 0 {
                result = codes
                continue
            }
            for row in 0..<rows {
                let pair = UInt64(result[row]) << 32 | UInt64(codes[row])
                result[row] = UInt32(truncatingIfNeeded: pairs[index - 1].number(of: pair))
            }
        }
        for number in result { count = max(count, Int(number) + 1) }
        return result
    }

    /// A number for the value of each row; 0 is null's.
    private func codes(_ column: Column, _ key: inout Key) -> [UInt32] {
        var codes = Array(repeating: UInt32(0), count: column.count)
        let valid = column.validBits
        @inline(__always) func isNull(_ row: Int) -> Bool { valid.map { !Bitmap.get($0, row) } ?? false }
        @inline(__always) func number(_ row: Int, _ bits: UInt64) {
            if !isNull(row) { codes[row] = UInt32(truncatingIfNeeded: key.integers.number(of: bits) + 1) }
        }
        switch column.type {
        case .null: break
        case .bool:
            let bits = column.bits
            for row in codes.indices where !isNull(row) { codes[row] = Bitmap.get(bits, row) ? 2 : 1 }
        case .int64, .timestamp, .duration:
            let values = column.fixed(as: UInt64.self)
            for row in codes.indices { number(row, values[row]) }
        case .float64:
            let values = column.fixed(as: Double.self)
            for row in codes.indices { number(row, Membership.key(values[row])) }
        case .date:
            let values = column.fixed(as: Int32.self)
            for row in codes.indices { number(row, UInt64(bitPattern: Int64(values[row]))) }
        case .string:
            let source = TextSource(column)
            for row in codes.indices where !isNull(row) {
                codes[row] = UInt32(truncatingIfNeeded: key.texts.number(of: source[row]) + 1)
            }
        }
        return codes
    }
}
