// What is reached inside of JSON: `x.name` and `x[i]`, which are JSON again, and null where there is nothing.

/// `x.name`
struct JSONMember: Operation {
    let name: [UInt8]

    init(_ name: String) { self.name = Array(name.utf8) }

    var type: DataType { .json }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        JSONPart.column(operands, count: count) { document, _ in document.member(name) }
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar { try JSONPart.scalar(operands, column) }
}

/// `x[i]` and `x["name"]`
struct JSONElement: Operation {
    let isByName: Bool

    var type: DataType { .json }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        if isByName {
            let names = Text.source(operands[1])
            return JSONPart.column(operands, count: count) { document, row in document.member(Array(names[row].bytes)) }
        }
        let indexes = Int64.source(operands[1])
        return JSONPart.column(operands, count: count) { document, row in document.element(Int64.read(indexes, row)) }
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar { try JSONPart.scalar(operands, column) }
}

/// Rows of JSON, a part of each.
private enum JSONPart {
    static func column(_ operands: [Operand], count: Int, _ part: (JSONDocument, Int) -> Range<Int>?) -> Outcome {
        let source = Text.source(operands[0]), document = JSONDocument()
        let valid = operands.validity(count: count)
        var sink = TextSink(count: count, byteCount: operands.stringBytes / 2 + count)
        var failures: RowSet?
        let validity = Bitmap.rows(count) { row in
            var isThere = false
            if valid.map({ Bitmap.get($0.values(as: UInt8.self), row) }) ?? true {
                document.load(source[row].bytes)
                if let found = part(document, row), case let text = document[found], text.first != UInt8(ascii: "n") {
                    isThere = true
                    if let start = text.baseAddress { sink.append(Text(start.assumingMemoryBound(to: UInt8.self), text.count)) }
                }
            }
            if !sink.endRow() {
                if failures == nil { failures = RowSet(count: count) }
                failures?.insert(row)
            }
            return isThere
        }
        return Outcome(sink.finish(.json, validity: validity), failures: failures)
    }

    static func scalar(_ operands: [Scalar], _ compute: ([Operand], Int) -> Outcome) throws(EvaluationError) -> Scalar {
        try oneRow(operands, compute: compute) { _ in .limit(operator: "", row: nil, mark: 0) }
    }
}

extension DataType {
    /// Whether a JSON value compares with values of the type, as what it says of that type.
    var isReadFromJSON: Bool {
        switch self {
        case .bool, .int64, .float64, .decimal, .string, .date, .timestamp: true
        case .null, .duration, .binary, .json, .list: false
        }
    }
}

/// A comparison with JSON on either side, which is read as what it says; null where that is of another kind.
struct JSONComparison: Operation {
    let spelling: BinaryOperator

    var type: DataType { .bool }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let left = operands[0], right = operands[1]
        let valid = operands.validity(count: count)
        let bits = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true), to = bits.values(as: UInt8.self)
        let validity = Bitmap.rows(count) { row in
            if let valid, !Bitmap.get(valid.values(as: UInt8.self), row) { return false }
            let a = left.column.scalar(row & left.mask), b = right.column.scalar(row & right.mask)
            guard case .bool(let holds)? = try? ScalarOperators.compare(spelling, a, b, 0) else { return false }
            if holds { Bitmap.set(to, row) }
            return true
        }
        let storage = Column.Storage.bits(bits.freeze(byteCount: Bitmap.byteCount(count)))
        return Outcome(Column(type: .bool, count: count, validity: validity, storage: storage))
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try ScalarOperators.apply(spelling, operands[0], operands[1])
    }
}

/// `x in json`, where the JSON is a list: as with other lists, its elements read as what they say. Null of any other JSON.
struct JSONMembership: Operation {
    var type: DataType { .bool }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let value = operands[0], list = operands[1]
        let valid = operands.validity(count: count)
        let bits = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true), to = bits.values(as: UInt8.self)
        let validity = Bitmap.rows(count) { row in
            if let valid, !Bitmap.get(valid.values(as: UInt8.self), row) { return false }
            let found = try? ScalarOperators.apply(.in, value.column.scalar(row & value.mask), list.column.scalar(row & list.mask))
            guard case .bool(let isFound)? = found else { return false }
            if isFound { Bitmap.set(to, row) }
            return true
        }
        let storage = Column.Storage.bits(bits.freeze(byteCount: Bitmap.byteCount(count)))
        return Outcome(Column(type: .bool, count: count, validity: validity, storage: storage))
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar { try ScalarOperators.apply(.in, operands[0], operands[1]) }
}
