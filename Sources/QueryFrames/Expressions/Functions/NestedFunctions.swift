// `split` and `json`, and what the conversions make of JSON, lists and bytes.

extension Functions {
    static let split = FunctionRow(
        "split(s, separator)", "The parts of the string between the separators; with an empty separator, its code points.",
        FunctionExample(.string("a,b,,c"), .string(","), gives: .list([.string("a"), .string("b"), .string(""), .string("c")])), arity: 2...2
    ) { (call) throws(PlanError) in
        try call.string(0)
        try call.string(1)
        return FunctionChoice(Split(), .string, .string)
    }

    static let json = FunctionRow(
        "json(x)", "The JSON value that a string says, an error where it says none; or a list as one. Its parts are reached with .name and [i].",
        FunctionExample(.string("{\"a\": [1, 2.50]}"), gives: .json("{\"a\":[1,2.50]}")), arity: 1...1
    ) { (call) throws(PlanError) in
        switch call.types[0] {
        case .null, .json: return FunctionChoice(Identity(type: .json), .json)
        case .string: return FunctionChoice(ParsedJSON(), .string)
        case .list: return FunctionChoice(mapText(type: .json, function: JSONOfValue()), call.types[0])
        default: throw call.mismatch(0, expected: "string or list")
        }
    }
}

/// The operation `first`, and `second` of what it gives.
struct Composed: Operation {
    let first: any Operation
    let second: any Operation

    var type: DataType { second.type }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let between = first.column(operands, count: count)
        let outcome = second.evaluate([Operand(between.column)], count: count)
        return Outcome(outcome.column, failures: RowSet.union(outcome.failures, between.failures))
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar { try second.scalar([try first.scalar(operands)]) }
}

/// `json(text)`: JSON `null` is null.
struct ParsedJSON: Operation {
    var type: DataType { .json }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let source = Text.source(operands[0]), document = JSONDocument()
        let valid = operands.validity(count: count)
        var sink = TextSink(count: count, byteCount: operands.stringBytes + count)
        var failures: RowSet?
        let validity = Bitmap.rows(count) { row in
            var isThere = false, isRead = true
            if valid.map({ Bitmap.get($0.values(as: UInt8.self), row) }) ?? true {
                document.load(source[row].bytes)
                isThere = !document.isNull
                isRead = !isThere || document.appendCompact(to: &sink)
            }
            if !sink.endRow() || !isRead {
                if failures == nil { failures = RowSet(count: count) }
                failures?.insert(row)
            }
            return isThere
        }
        return Outcome(sink.finish(.json, validity: validity), failures: failures)
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try oneRow(operands, compute: column) { .conversion(function: "", value: $0[0], row: nil, mark: 0) }
    }
}

/// `json(list)`
struct JSONOfValue: TextFunction {
    func sources(_ operands: [Operand]) -> (Operand, TextBuffer) { (operands[0], TextBuffer()) }

    func write(_ sources: (Operand, TextBuffer), _ row: Int, to sink: inout TextSink) -> Bool {
        let (source, text) = sources
        text.removeAll()
        text.appendJSON(source.column.scalar(row & source.mask))
        return sink.append(Text(text.pointer, text.count))
    }
}

/// `string(x)` of lists and bytes: as print writes them.
struct TextOfValue: TextFunction {
    func sources(_ operands: [Operand]) -> (Operand, TextBuffer) { (operands[0], TextBuffer()) }

    func write(_ sources: (Operand, TextBuffer), _ row: Int, to sink: inout TextSink) -> Bool {
        let (source, text) = sources
        text.removeAll()
        text.append(source.column.scalar(row & source.mask), quoted: false)
        return sink.append(Text(text.pointer, text.count))
    }
}

/// `string(json)`: what a JSON string says, and of any other value its text.
struct TextOfJSON: TextFunction {
    func sources(_ operands: [Operand]) -> TextSource { Text.source(operands[0]) }

    func write(_ source: TextSource, _ row: Int, to sink: inout TextSink) -> Bool {
        let text = source[row]
        guard text.count >= 2, text.start[0] == UInt8(ascii: "\"") else { return sink.append(text) }
        guard let room = sink.room(text.count - 2) else { return false }
        sink.giveBack(text.count - 2 - JSONText.unescape(text.start + 1, text.count - 2, room))
        return true
    }
}

/// `int(json)`, `float(json)`, `bool(json)`: what the value says, as the function of that name reads it.
struct JSONToInt: PartialConversion {
    typealias A = Text
    typealias Output = Int64

    static var placeholder: Int64 { 0 }
    func convert(_ a: Text) -> Int64? {
        switch Scalar(json: a.bytes) {
        case .int(let value): value
        case .float(let value): Int64(exactly: value)
        case .bool(let value): value ? 1 : 0
        case .string(var text): text.withText { TextParsing.int($0.bytes) }
        default: nil
        }
    }
}

struct JSONToFloat: PartialConversion {
    typealias A = Text
    typealias Output = Double

    static var placeholder: Double { 0 }
    func convert(_ a: Text) -> Double? {
        switch Scalar(json: a.bytes) {
        case .int, .float, .decimal: TextParsing.float(a.bytes)
        case .string(var text): text.withText { TextParsing.float($0.bytes) }
        default: nil
        }
    }
}

struct JSONToBool: PartialConversion {
    typealias A = Text
    typealias Output = Bool

    static var placeholder: Bool { false }
    func convert(_ a: Text) -> Bool? {
        switch Scalar(json: a.bytes) {
        case .bool(let value): value
        case .int(let value): value != 0
        case .string(var text): text.withText { TextParsing.bool($0.bytes) }
        default: nil
        }
    }
}

/// `len(binary)`
struct ByteCount: UnaryFunction {
    func call(_ a: Text, _ failed: inout Bool) -> Int64 { Int64(truncatingIfNeeded: a.count) }
}

/// `len(list)`
struct ListLength: Operation {
    var type: DataType { .int64 }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let lists = ListRows(operands[0])
        let storage = Int64.storage(count) { Int64(lists[$0].count) }
        return Outcome(Column(type: .int64, count: count, validity: operands.validity(count: count), storage: storage))
    }

    func scalar(_ operands: [Scalar]) -> Scalar {
        guard case .list(let values) = operands[0] else { return .null }
        return .int(Int64(values.count))
    }
}

/// `len(json)`: the elements of a list, the members of a record, the code points of a string; null of anything else.
struct JSONLength: Operation {
    var type: DataType { .int64 }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let source = Text.source(operands[0]), document = JSONDocument()
        let valid = operands.validity(count: count)
        let out = MutableBuffer(capacity: count * 8, zeroed: true), values = out.values(as: Int64.self)
        let validity = Bitmap.rows(count) { row in
            if let valid, !Bitmap.get(valid.values(as: UInt8.self), row) { return false }
            document.load(source[row].bytes)
            if let count = document.elementCount {
                values[row] = Int64(count)
                return true
            }
            guard case .string(var text) = Scalar(json: source[row].bytes) else { return false }
            values[row] = Int64(text.withText { $0.codePoints })
            return true
        }
        return Outcome(Column(type: .int64, count: count, validity: validity, storage: .fixed(out.freeze(byteCount: count * 8))))
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try oneRow(operands, compute: column) { _ in .limit(operator: "", row: nil, mark: 0) }
    }
}

/// `split(s, separator)`
struct Split: Operation {
    var type: DataType { .list(.string) }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let texts = Text.source(operands[0]), separators = Text.source(operands[1])
        let validity = operands.validity(count: count), valid = validity?.values(as: UInt8.self)
        let parts = StringBuilder(capacity: count * 2)
        let offsets = MutableBuffer(capacity: (count + 1) * 4), ends = offsets.values(as: Int32.self)
        var failures: RowSet?
        ends[0] = 0
        for row in 0..<count {
            defer { ends[row + 1] = Int32(truncatingIfNeeded: parts.count) }
            if let valid, !Bitmap.get(valid, row) { continue }
            let text = texts[row], separator = separators[row]
            guard parts.byteCount + text.count <= StringBuilder.byteLimit, parts.count + text.count < ListRows.elementLimit else {
                if failures == nil { failures = RowSet(count: count) }
                failures?.insert(row)
                continue
            }
            var at = 0
            while true {
                let end = separator.count > 0 ? text.firstIndex(of: separator, from: at) : at < text.count ? nextCodePoint(text, at) : nil
                guard let end, separator.count > 0 || end < text.count else { break }
                parts.append(text.start + at, end - at)
                at = end + separator.count
            }
            parts.append(text.start + at, text.count - at)
        }
        let storage = Column.Storage.list(offsets: offsets.freeze(byteCount: (count + 1) * 4), elements: parts.finish())
        return Outcome(Column(type: type, count: count, validity: validity, storage: storage), failures: failures)
    }

    /// Where the code point after the one at `start` begins.
    private func nextCodePoint(_ text: Text, _ start: Int) -> Int {
        var at = start + 1
        while at < text.count, !Text.isBoundary(text.start[at]) { at += 1 }
        return at
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try oneRow(operands, compute: column) { _ in .limit(operator: "", row: nil, mark: 0) }
    }
}
