// Functions of strings. They count in Unicode code points: `len("é")` is 1, or 2 where the accent is a code point of its own.

extension Functions {
    static let strings: [FunctionRow] = [
        text("lower(s)", "The string in lower case, by Unicode's rules for no language.", .string("ÀB"), gives: .string("àb"), LowerCase()),
        text(
            "upper(s)", "The string in upper case, by Unicode's rules for no language.", .string("straße"), gives: .string("STRASSE"),
            UpperCase()),
        text("trim(s)", "The string without white space at either end.", .string(" a b "), gives: .string("a b"), Trim()),
        FunctionRow(
            "len(x)", "How many code points a string has, elements a list or JSON, bytes a binary.",
            FunctionExample(.string("naïve"), gives: .int(5)), arity: 1...1
        ) { (call) throws(PlanError) in
            switch call.types[0] {
            case .list: return FunctionChoice(ListLength(), call.types[0])
            case .json: return FunctionChoice(JSONLength(), .json)
            case .binary: return FunctionChoice(mapUnary(type: .int64, function: ByteCount()), .binary)
            default:
                try call.string(0)
                return FunctionChoice(mapUnary(type: .int64, function: Length()), .string)
            }
        },
        FunctionRow(
            "substr(s, start, count = to the end)",
            "The code points from start on, which counts from 1 or, if negative, from the end; none where count is not positive.",
            FunctionExample(.string("monthly"), .int(1), .int(5), gives: .string("month")), arity: 2...3
        ) { (call) throws(PlanError) in
            try call.string(0)
            for index in 1..<call.count { try call.int(index) }
            let substring = mapText(function: Substring(hasCount: call.count == 3))
            return call.count == 3 ? FunctionChoice(substring, .string, .int64, .int64) : FunctionChoice(substring, .string, .int64)
        },
        FunctionRow(
            "replace(s, old, new)", "The string with new in place of every old, from left to right; an empty old replaces nothing.",
            FunctionExample(.string("a-b-c"), .string("-"), .string("+"), gives: .string("a+b+c")), arity: 3...3
        ) { (call) throws(PlanError) in
            for index in 0..<3 { try call.string(index) }
            return FunctionChoice(mapText(function: Replacement()), .string, .string, .string)
        },
        test("starts_with(s, part)", "Whether the string begins with part.", "month", gives: true, StartsWith()),
        test("ends_with(s, part)", "Whether the string ends with part.", "month", gives: false, EndsWith()),
        FunctionRow(
            "contains(s, part)", "Whether part occurs in the string, or is an element of the list, as `part in s` tells.",
            FunctionExample(.string("monthly"), .string("nth"), gives: .bool(true)), arity: 2...2
        ) { (call) throws(PlanError) in
            switch call.types[0] {
            case .list(let element):
                guard let choice = ListMembership.choice(call.types[1], in: element) else {
                    throw call.mismatch(1, expected: element.name)
                }
                return FunctionChoice(Swapped(operation: choice.operation), .list(choice.operands[1]), choice.operands[0])
            case .json: return FunctionChoice(Swapped(operation: JSONMembership()), .json, call.types[1])
            case .null: return FunctionChoice(NullOperation(type: .bool), all: call.types)
            default:
                try call.string(0)
                try call.string(1)
                return FunctionChoice(mapBinary(type: .bool, function: Contains()), .string, .string)
            }
        },
        pad("pad_left", "before", gives: "007", isLeft: true),
        pad("pad_right", "after", gives: "700", isLeft: false),
    ]

    private static func text(
        _ usage: String, _ summary: String, _ argument: Scalar, gives result: Scalar, _ function: some TextFunction
    ) -> FunctionRow {
        FunctionRow(usage, summary, FunctionExample(argument, gives: result), arity: 1...1) { (call) throws(PlanError) in
            try call.string(0)
            return FunctionChoice(mapText(function: function), .string)
        }
    }

    private static func test<F: BinaryFunction>(
        _ usage: String, _ summary: String, _ part: String, gives result: Bool, _ function: F
    ) -> FunctionRow {
        let example = FunctionExample(.string("monthly"), .string(part), gives: .bool(result))
        return FunctionRow(usage, summary, example, arity: 2...2) { (call) throws(PlanError) in
            try call.string(0)
            try call.string(1)
            return FunctionChoice(mapBinary(type: .bool, function: function), .string, .string)
        }
    }

    private static func pad(_ name: String, _ place: String, gives result: String, isLeft: Bool) -> FunctionRow {
        FunctionRow(
            "\(name)(s, width, fill = \" \")",
            "The string with fill, as often as it takes, \(place) it up to width code points; a longer string stays as it is.",
            FunctionExample(.string("7"), .int(3), .string("0"), gives: .string(result)), arity: 2...3
        ) { (call) throws(PlanError) in
            try call.string(0)
            try call.int(1)
            if call.count == 3 { try call.string(2) }
            let padding = mapText(function: Padding(isLeft: isLeft, hasFill: call.count == 3))
            return call.count == 3 ? FunctionChoice(padding, .string, .int64, .string) : FunctionChoice(padding, .string, .int64)
        }
    }
}

struct Length: UnaryFunction {
    func call(_ a: Text, _ failed: inout Bool) -> Int64 { Int64(truncatingIfNeeded: a.codePoints) }
}

struct StartsWith: BinaryFunction {
    func call(_ a: Text, _ b: Text, _ failed: inout Bool) -> Bool { a.hasPrefix(b) }
}

struct EndsWith: BinaryFunction {
    func call(_ a: Text, _ b: Text, _ failed: inout Bool) -> Bool { a.hasSuffix(b) }
}

struct Contains: BinaryFunction {
    func call(_ a: Text, _ b: Text, _ failed: inout Bool) -> Bool { a.firstIndex(of: b) != nil }
}

struct LowerCase: TextFunction {
    private let letters = LetterCase.lower

    func sources(_ operands: [Operand]) -> TextSource { Text.source(operands[0]) }

    func write(_ sources: TextSource, _ row: Int, to sink: inout TextSink) -> Bool {
        sources[row].mapped(to: &sink, letters)
        return true
    }
}

struct UpperCase: TextFunction {
    private let letters = LetterCase.upper

    func sources(_ operands: [Operand]) -> TextSource { Text.source(operands[0]) }

    func write(_ sources: TextSource, _ row: Int, to sink: inout TextSink) -> Bool {
        sources[row].mapped(to: &sink, letters)
        return true
    }
}

struct Trim: TextFunction {
    func sources(_ operands: [Operand]) -> TextSource { Text.source(operands[0]) }

    func write(_ sources: TextSource, _ row: Int, to sink: inout TextSink) -> Bool {
        sink.append(sources[row].trimmed)
        return true
    }
}

struct Substring: TextFunction {
    typealias Sources = (text: TextSource, start: FixedSource<Int64>, count: FixedSource<Int64>)

    let hasCount: Bool

    func sources(_ operands: [Operand]) -> Sources {
        (Text.source(operands[0]), Int64.source(operands[1]), Int64.source(operands[hasCount ? 2 : 1]))
    }

    func write(_ sources: Sources, _ row: Int, to sink: inout TextSink) -> Bool {
        let text = sources.text[row]
        var start = Int64.read(sources.start, row)
        if start < 0 {
            let (fromEnd, overflow) = start.addingReportingOverflow(Int64(text.codePoints) + 1)
            start = overflow ? .min : fromEnd
        }
        var end = Int64.max
        if hasCount {
            let count = Int64.read(sources.count, row)
            if count <= 0 { return true }
            let (sum, overflow) = start.addingReportingOverflow(count)
            end = overflow ? .max : sum
        }
        // Positions before the first are counted, but there is nothing there.
        start = max(start, 1)
        guard end > start, start <= text.count else { return true }
        let rest = text.dropFirst(text.offset(ofCodePoint: Int(start) - 1))
        let wanted = end &- start
        let length = wanted >= rest.count ? rest.count : rest.offset(ofCodePoint: Int(wanted))
        sink.append(Text(rest.start, length))
        return true
    }
}

struct Replacement: TextFunction {
    typealias Sources = (text: TextSource, old: TextSource, new: TextSource)

    func sources(_ operands: [Operand]) -> Sources {
        (Text.source(operands[0]), Text.source(operands[1]), Text.source(operands[2]))
    }

    func write(_ sources: Sources, _ row: Int, to sink: inout TextSink) -> Bool {
        let text = sources.text[row], old = sources.old[row], new = sources.new[row]
        var at = 0
        if old.count > 0 {
            while let found = text.firstIndex(of: old, from: at) {
                sink.append(Text(text.start + at, found - at))
                guard sink.append(new) else { return false }
                at = found + old.count
            }
        }
        sink.append(text.dropFirst(at))
        return true
    }
}

struct Padding: TextFunction {
    typealias Sources = (text: TextSource, width: FixedSource<Int64>, fill: TextSource)

    let isLeft: Bool
    let hasFill: Bool

    private static let space: StaticString = " "

    func sources(_ operands: [Operand]) -> Sources {
        (Text.source(operands[0]), Int64.source(operands[1]), Text.source(operands[hasFill ? 2 : 0]))
    }

    func write(_ sources: Sources, _ row: Int, to sink: inout TextSink) -> Bool {
        let text = sources.text[row], width = Int64.read(sources.width, row)
        let fill = hasFill ? sources.fill[row] : Text(Padding.space.utf8Start, 1)
        let missing = width.subtractingReportingOverflow(Int64(text.codePoints)).partialValue
        if width <= 0 || missing <= 0 || fill.count == 0 {
            sink.append(text)
            return true
        }
        if missing > TextSink.rowLimit { return false }
        if !isLeft { sink.append(text) }
        let points = Int64(fill.codePoints)
        for _ in 0..<(missing / points) {
            guard sink.append(fill) else { return false }
        }
        sink.append(Text(fill.start, fill.offset(ofCodePoint: Int(missing % points))))
        if isLeft { sink.append(text) }
        return true
    }
}
