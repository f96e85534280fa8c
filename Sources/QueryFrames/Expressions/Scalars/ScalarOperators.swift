// Operators on single values, for scripts: the same results and errors as the operations on columns give row by row.

/// Applies operators to values whose types are not known before.
///
/// Floats compare in one order of all of them, which is the order of sorts too: NaN equals NaN and is greater than
/// Infinity, -0.0 equals 0.0. Numbers of different types compare by their exact values. Text compares by code point. A date counts
/// as its midnight beside a timestamp, a zoneless timestamp as one in UTC, and a string as what it says beside either, or beside a decimal.
public enum ScalarOperators {
    /// The result of `a op b` where `a` alone decides it, as `false` does for `and` and any value for `??`; else nil.
    public static func decided(_ op: BinaryOperator, by a: Scalar) -> Scalar? {
        switch (op, a) {
        case (.and, .bool(false)), (.or, .bool(true)): a
        case (.coalesce, let a) where a != .null: a
        default: nil
        }
    }

    /// `a op b` of values that are both there already. `and`, `or` and `??` do not need their right side where the left
    /// one decides; a caller that can save computing it asks `decided` first.
    public static func apply(
        _ op: BinaryOperator, _ a: Scalar, _ b: Scalar, mark: Int32 = 0
    ) throws(EvaluationError) -> Scalar {
        switch op {
        case .add, .subtract, .multiply, .divide, .floorDivide, .remainder: return try arithmetic(op, a, b, mark)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return try compare(op, a, b, mark)
        case .and, .or: return try connect(op, a, b, mark)
        case .coalesce:
            guard a.type != nil, b.type != nil else { throw .plan(.listMisplaced(mark: mark)) }
            guard let type = DataType.common([a, b]) else { throw mismatch(op, a, b, mark) }
            return try (a == .null ? b : a).converted(to: type)
        case .in: return try contains(a, b, mark)
        case .like:
            if a == .null || b == .null, [a, b].allSatisfy({ $0.type == .string || $0 == .null }) { return .null }
            guard case .string(var text) = a, case .string(let pattern) = b else { throw mismatch(op, a, b, mark) }
            let like = LikePattern(pattern)
            return .bool(text.withText { like.matches($0) })
        case .matches:
            if a == .null || b == .null, [a, b].allSatisfy({ $0.type == .string || $0 == .null }) {
                return .null
            }
            guard case .string(var text) = a, case .string(let source) = b else { throw mismatch(op, a, b, mark) }
            switch RegularExpression.read(source) {
            case .success(let pattern): return .bool(text.withText { pattern.matches($0) })
            case .failure(let fault): throw .pattern(text: source, reason: fault.reason, row: nil, mark: mark)
            }
        }
    }

    /// `op a`.
    public static func apply(_ op: UnaryOperator, _ a: Scalar, mark: Int32 = 0) throws(EvaluationError) -> Scalar {
        if a.type == nil { throw .plan(.listMisplaced(mark: mark)) }
        switch (op, a) {
        case (.isNull, _): return .bool(a == .null)
        case (.isNotNull, _): return .bool(a != .null)
        case (.not, .null), (.negate, .null): return .null
        case (.not, .bool(let value)): return .bool(!value)
        case (.not, _): throw .plan(.conditionType(found: a.typeName, mark: mark))
        case (.negate, .int(let value)): return .int(try negated(value, a, mark))
        case (.negate, .duration(let value)): return .duration(try negated(value, a, mark))
        case (.negate, .float(let value)): return .float(-value)
        case (.negate, .decimal(let value)): return .decimal(value.negated)
        case (.negate, _): throw .plan(.operatorTypes(operator: op.rawValue, operands: [a.typeName], mark: mark))
        }
    }

    private static func negated(_ value: Int64, _ a: Scalar, _ mark: Int32) throws(EvaluationError) -> Int64 {
        let (result, overflow) = (0 as Int64).subtractingReportingOverflow(value)
        if overflow { throw .overflow(operator: "-", left: a, right: .null, row: nil, mark: mark) }
        return result
    }

    /// The error of operands whose types the operator does not take.
    static func mismatch(_ op: BinaryOperator, _ a: Scalar, _ b: Scalar, _ mark: Int32) -> EvaluationError {
        if op != .in, a.type == nil || b.type == nil { return .plan(.listMisplaced(mark: mark)) }
        return .plan(.operatorTypes(operator: op.rawValue, operands: [a.typeName, b.typeName], mark: mark))
    }

    private static func connect(_ op: BinaryOperator, _ a: Scalar, _ b: Scalar, _ mark: Int32) throws(EvaluationError) -> Scalar {
        let left = try condition(a, mark), right = try condition(b, mark)
        let decisive = op == .or
        if left == decisive || right == decisive { return .bool(decisive) }
        return left == nil || right == nil ? .null : .bool(!decisive)
    }

    private static func condition(_ value: Scalar, _ mark: Int32) throws(EvaluationError) -> Bool? {
        switch value {
        case .null: return nil
        case .bool(let value): return value
        default: throw .plan(.conditionType(found: value.typeName, mark: mark))
        }
    }

    /// SQL's `in`: true where the list holds the value, else null where the value or an element is null, else false. In an
    /// empty list there is nothing, not even null.
    private static func contains(_ a: Scalar, _ b: Scalar, _ mark: Int32) throws(EvaluationError) -> Scalar {
        if a.type == nil { throw .plan(.listMisplaced(mark: mark)) }
        let elements: [Scalar], isRead: Bool
        switch b {
        case .list(let values): (elements, isRead) = (values, false)
        case .json(let text):
            let document = JSONDocument(text)
            if a == .null || !document.isList { return .null }
            (elements, isRead) = (document.elements().map { Scalar(json: document[$0]) }, true)
        case .null: return .null
        default: throw mismatch(.in, a, b, mark)
        }
        var result = Scalar.bool(false)
        for element in elements {
            // Of what is read from JSON, something of another kind is just something else.
            let equal = isRead ? (try? compare(.equal, a, element, mark, as: .in)) ?? .bool(false) : try compare(.equal, a, element, mark, as: .in)
            if equal == .bool(true) { result = equal } else if equal == .null, result == .bool(false) { result = .null }
        }
        return result
    }
}

extension String {
    /// Calls `body` with the string's UTF-8.
    mutating func withText<R>(_ body: (Text) -> R) -> R {
        withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return body(Text.empty) }
            return body(Text(start, bytes.count))
        }
    }
}

extension Text {
    /// No bytes, somewhere.
    static let empty: Text = {
        let nothing: StaticString = "none"
        return Text(nothing.utf8Start, 0)
    }()
}
