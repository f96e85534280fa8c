// The distinct values of one key of a grouping or a join, numbered in the order in which they first appear.

/// Numbers the values of one key column, batch after batch. Equal means equal in the order of sorts; null equals null.
final class KeyNumbers {
    private let integers = IntegerTable()
    private let texts = TextTable()
    /// Whether the keys are bytes of any number: strings as they are, decimals and lists in the form of `Column.keyBytes`.
    private let isBytes: Bool
    /// The values of the dictionary that the last batch had, and their numbers so far.
    private var dictionary: Column?
    private var dictionaryNumbers: [UInt32] = []

    init(_ type: DataType) {
        isBytes = KeyNumbers.isBytes(type)
    }

    /// Whether the keys of a column of `type` are bytes.
    static func isBytes(_ type: DataType) -> Bool {
        switch type.layout {
        case .none, .bits, .fixed(4), .fixed(8): false
        case .fixed, .variable, .list: true
        }
    }

    /// How many distinct values there are so far, null being one of them.
    var count: Int { isBytes ? texts.count : integers.count }

    /// Writes the number of each row's value, a new one where it comes for the first time.
    func assign(_ column: Column, to numbers: UnsafeMutablePointer<UInt32>) {
        let column = isBytes ? column.keyBytes() : column
        withExtendedLifetime(column) {
            guard isBytes else {
                KeyNumbers.integerKeys(column, Assignment(table: integers, numbers: numbers))
                return
            }
            if case .dictionary(let indices, let values) = column.storage, values.count <= 1 << 16 {
                assign(indices.values(as: UInt32.self), values, column, to: numbers)
                return
            }
            texts.assign(column, to: numbers)
        }
    }

    /// Looks up every value of a dictionary once, when a row first has it.
    private func assign(_ indices: UnsafePointer<UInt32>, _ values: Column, _ column: Column, to numbers: UnsafeMutablePointer<UInt32>) {
        if dictionary !== values {
            dictionary = values
            dictionaryNumbers = Array(repeating: IntegerTable.absent, count: values.count)
        }
        let source = TextSource(values), valid = column.validBits, texts = texts
        dictionaryNumbers.withUnsafeMutableBufferPointer { known in
            for row in 0..<column.count {
                if let valid, !Bitmap.get(valid, row) {
                    numbers[row] = texts.numberOfNull()
                    continue
                }
                let index = Int(indices[row])
                if known[index] == IntegerTable.absent { known[index] = texts.number(of: source[index]) }
                numbers[row] = known[index]
            }
        }
    }

    /// Writes the number of each row's value, `IntegerTable.absent` where it never came or is null.
    func find(_ column: Column, to numbers: UnsafeMutablePointer<UInt32>, _ memory: TextTable.Block) {
        let column = isBytes ? column.keyBytes() : column
        withExtendedLifetime(column) {
            guard isBytes else {
                KeyNumbers.integerKeys(column, Lookup(table: integers, numbers: numbers))
                return
            }
            if column.type == .null {
                for row in 0..<column.count { numbers[row] = IntegerTable.absent }
                return
            }
            texts.find(column, to: numbers, memory)
        }
    }

    /// Hands the keys of a column that holds no text to `visitor`, in a loop of their own for each type.
    static func integerKeys<Visitor: KeyVisitor>(_ column: Column, _ visitor: Visitor) {
        let count = column.count
        @inline(__always) func visit(_ key: (Int) -> UInt64) {
            if let valid = column.validBits {
                visitor.visit(count, isNull: { !Bitmap.get(valid, $0) }, key: key)
            } else {
                visitor.visit(count, isNull: { _ in false }, key: key)
            }
        }
        switch column.type {
        case .null: visitor.visit(count, isNull: { _ in true }, key: { _ in 0 })
        case .bool:
            let bits = column.bits
            visit { Bitmap.get(bits, $0) ? 1 : 0 }
        case .int64, .timestamp, .duration:
            let values = column.fixed(as: UInt64.self)
            visit { values[$0] }
        case .float64:
            let values = column.fixed(as: Double.self)
            visit { Membership.key(values[$0]) }
        case .date:
            let values = column.fixed(as: Int32.self)
            visit { UInt64(bitPattern: Int64(values[$0])) }
        case .string, .decimal, .json, .binary, .list: preconditionFailure("\(column.type) has no integer keys")
        }
    }
}

extension Column {
    /// Bytes that are equal where the values are: decimals without a copy, lists as text, strings and nulls as they are.
    func keyBytes() -> Column {
        switch storage {
        case .fixed(let values):
            let width = type.fixedWidth ?? 0
            let offsets = MutableBuffer(capacity: (count + 1) * 4)
            let at = offsets.values(as: Int32.self)
            for row in 0...count { at[row] = Int32(truncatingIfNeeded: row &* width) }
            let storage = Storage.variable(offsets: offsets.freeze(byteCount: (count + 1) * 4), bytes: values)
            return Column(type: .binary, count: count, validity: validity, nullCount: nullCount, storage: storage)
        case .list:
            let builder = StringBuilder(.binary, capacity: count), text = TextBuffer()
            for row in 0..<count {
                if isNull(row) {
                    builder.appendNull()
                    continue
                }
                text.removeAll()
                text.append(scalar(row).withOneZero, quoted: true)
                text.withBytes { builder.append($0) }
            }
            return builder.finish()
        case .none, .bits, .variable, .dictionary: return self
        }
    }
}

extension Scalar {
    /// The value, in which -0.0 is 0.0. It recurses where a list is one of lists, which is never deep.
    fileprivate var withOneZero: Scalar {
        switch self {
        case .float(let value): .float(value + 0.0)
        case .list(let values): .list(values.map(\.withOneZero))
        default: self
        }
    }
}

/// What is done with the keys of a column's rows.
protocol KeyVisitor {
    func visit(_ count: Int, isNull: (Int) -> Bool, key: (Int) -> UInt64)
}

private struct Assignment: KeyVisitor {
    let table: IntegerTable
    let numbers: UnsafeMutablePointer<UInt32>

    @inline(__always)
    func visit(_ count: Int, isNull: (Int) -> Bool, key: (Int) -> UInt64) {
        table.assign(count, to: numbers, isNull: isNull, key: key)
    }
}

private struct Lookup: KeyVisitor {
    let table: IntegerTable
    let numbers: UnsafeMutablePointer<UInt32>

    @inline(__always)
    func visit(_ count: Int, isNull: (Int) -> Bool, key: (Int) -> UInt64) {
        table.find(count, to: numbers, isNull: isNull, key: key)
    }
}
