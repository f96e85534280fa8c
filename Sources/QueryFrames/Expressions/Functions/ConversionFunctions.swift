// `int`, `float`, `decimal`, `string`, `bool`, `date`, `timestamp`: conversions that are asked for. None changes a value: what does
// not fit is an error.

extension Functions {
    static let conversions: [FunctionRow] = [
        FunctionRow(
            "int(x)", "The whole number that a float, a decimal, a string or a bool says; an error for 2.7, which round, floor or ceil make whole.",
            FunctionExample(.string("42"), gives: .int(42)), arity: 1...1
        ) { (call) throws(PlanError) in
            switch call.types[0] {
            case .null, .int64: return FunctionChoice(Identity(type: .int64), .int64)
            case .float64: return FunctionChoice(mapUnary(type: .int64, function: FloatToInt()), .float64)
            case .decimal(let scale): return FunctionChoice(mapUnary(type: .int64, function: DecimalToInt(scale: scale)), call.types[0])
            case .string: return FunctionChoice(mapUnary(type: .int64, function: TextToInt()), .string)
            case .bool: return FunctionChoice(mapUnary(type: .int64, function: BoolToInt()), .bool)
            case .json: return FunctionChoice(mapUnary(type: .int64, function: JSONToInt()), .json)
            default: throw call.mismatch(0, expected: "number, string or bool")
            }
        },
        FunctionRow(
            "float(x)", "The float that an int or a string says, or that is nearest to a decimal.", FunctionExample(.string("2.5"), gives: .float(2.5)), arity: 1...1
        ) { (call) throws(PlanError) in
            switch call.types[0] {
            case .null, .int64, .float64, .decimal: return FunctionChoice(Identity(type: .float64), .float64)
            case .string: return FunctionChoice(mapUnary(type: .float64, function: TextToFloat()), .string)
            case .json: return FunctionChoice(mapUnary(type: .float64, function: JSONToFloat()), .json)
            default: throw call.mismatch(0, expected: "number or string")
            }
        },
        decimal,
        FunctionRow(
            "string(x)", "The value as print writes it.", FunctionExample(.float(5), gives: .string("5.0")), arity: 1...1
        ) { (call) throws(PlanError) in
            let type = call.types[0]
            switch type {
            case .null, .string: return FunctionChoice(Identity(type: .string), .string)
            case .bool: return FunctionChoice(mapText(function: Formatted(format: BoolFormat())), type)
            case .int64: return FunctionChoice(mapText(function: Formatted(format: IntFormat())), type)
            case .float64: return FunctionChoice(mapText(function: Formatted(format: FloatFormat())), type)
            case .date: return FunctionChoice(mapText(function: Formatted(format: DayFormat())), type)
            case .timestamp(let utc): return FunctionChoice(mapText(function: Formatted(format: TimestampFormat(utc: utc))), type)
            case .duration: return FunctionChoice(mapText(function: Formatted(format: DurationFormat())), type)
            case .decimal(let scale): return FunctionChoice(mapText(function: Formatted(format: DecimalFormat(scale: scale))), type)
            case .json: return FunctionChoice(mapText(function: TextOfJSON()), type)
            case .binary, .list: return FunctionChoice(mapText(function: TextOfValue()), type)
            }
        },
        FunctionRow(
            "bool(x)", "The bool that the string true or false says; of a number, whether it is not 0.",
            FunctionExample(.string("true"), gives: .bool(true)), arity: 1...1
        ) { (call) throws(PlanError) in
            switch call.types[0] {
            case .null, .bool: return FunctionChoice(Identity(type: .bool), .bool)
            case .int64: return FunctionChoice(mapUnary(type: .bool, function: IntToBool()), .int64)
            case .decimal: return FunctionChoice(mapUnary(type: .bool, function: DecimalToBool()), call.types[0])
            case .string: return FunctionChoice(mapUnary(type: .bool, function: TextToBool()), .string)
            case .json: return FunctionChoice(mapUnary(type: .bool, function: JSONToBool()), .json)
            default: throw call.mismatch(0, expected: "int, decimal or string")
            }
        },
        FunctionRow(
            "date(x)", "The day of a timestamp, or the date that a string such as 2024-05-01 says.",
            FunctionExample(.string("2024-05-01"), gives: .date(19_844)), arity: 1...1
        ) { (call) throws(PlanError) in
            switch call.types[0] {
            case .null, .date, .timestamp: return FunctionChoice(Identity(type: .date), .date)
            case .string: return FunctionChoice(mapUnary(type: .date, function: TextToDate()), .string)
            case .json: return FunctionChoice(ofJSON(mapUnary(type: .date, function: TextToDate())), .json)
            default: throw call.mismatch(0, expected: "timestamp or string")
            }
        },
        FunctionRow(
            "timestamp(x)",
            "The midnight of a date, or the time that a string such as 2024-05-01T10:00:00 says; one with an offset is taken at its "
                + "time in UTC.",
            FunctionExample(.date(19_844), gives: .timestamp(1_714_521_600_000_000, utc: false)), arity: 1...1
        ) { (call) throws(PlanError) in
            switch call.types[0] {
            case .null, .date: return FunctionChoice(Identity(type: .timestamp(utc: false)), .timestamp(utc: false))
            case .timestamp: return FunctionChoice(Identity(type: call.types[0]), call.types[0])
            case .string: return FunctionChoice(mapUnary(type: .timestamp(utc: false), function: TextToTimestamp()), .string)
            case .json: return FunctionChoice(ofJSON(mapUnary(type: .timestamp(utc: false), function: TextToTimestamp())), .json)
            default: throw call.mismatch(0, expected: "date or string")
            }
        },
        json,
    ]

    /// What `conversion` of a text makes of a JSON string.
    private static func ofJSON(_ conversion: any Operation) -> any Operation {
        Composed(first: mapText(function: TextOfJSON()), second: conversion)
    }
}

/// A conversion that fails where the value is not of that kind.
protocol PartialConversion: UnaryFunction {
    static var placeholder: Output { get }
    func convert(_ a: A) -> Output?
}

extension PartialConversion {
    @inline(__always)
    func call(_ a: A, _ failed: inout Bool) -> Output {
        if let value = convert(a) { return value }
        failed = true
        return Self.placeholder
    }

    func error(_ operands: [Scalar]) -> EvaluationError { .conversion(function: "", value: operands[0], row: nil, mark: 0) }
}

struct FloatToInt: PartialConversion {
    typealias A = Double
    typealias Output = Int64

    static var placeholder: Int64 { 0 }
    func convert(_ a: Double) -> Int64? { Int64(exactly: a) }
}

struct TextToInt: PartialConversion {
    typealias A = Text
    typealias Output = Int64

    static var placeholder: Int64 { 0 }
    func convert(_ a: Text) -> Int64? { TextParsing.int(a.bytes) }
}

struct TextToFloat: PartialConversion {
    typealias A = Text
    typealias Output = Double

    static var placeholder: Double { 0 }
    func convert(_ a: Text) -> Double? { TextParsing.float(a.bytes) }
}

struct TextToBool: PartialConversion {
    typealias A = Text
    typealias Output = Bool

    static var placeholder: Bool { false }
    func convert(_ a: Text) -> Bool? { TextParsing.bool(a.bytes) }
}

struct TextToDate: PartialConversion {
    typealias A = Text
    typealias Output = Int32

    static var placeholder: Int32 { 0 }
    func convert(_ a: Text) -> Int32? {
        TextParsing.date(a.bytes) ?? TextParsing.timestamp(a.bytes).map { TimeArithmetic.day($0.micros) }
    }
}

struct TextToTimestamp: PartialConversion {
    typealias A = Text
    typealias Output = Int64

    static var placeholder: Int64 { 0 }
    func convert(_ a: Text) -> Int64? {
        TextParsing.timestamp(a.bytes)?.micros ?? TextParsing.date(a.bytes).flatMap { TimeArithmetic.midnight($0) }
    }
}

struct BoolToInt: UnaryFunction {
    func call(_ a: Bool, _ failed: inout Bool) -> Int64 { a ? 1 : 0 }
}

struct IntToBool: UnaryFunction {
    func call(_ a: Int64, _ failed: inout Bool) -> Bool { a != 0 }
}

struct BoolFormat: TextFormat {
    func append(_ value: Bool, to buffer: TextBuffer) { value ? buffer.append("true") : buffer.append("false") }
}

struct IntFormat: TextFormat {
    func append(_ value: Int64, to buffer: TextBuffer) { buffer.appendInt(value) }
}

struct FloatFormat: TextFormat {
    func append(_ value: Double, to buffer: TextBuffer) { buffer.appendFloat(value) }
}

struct DayFormat: TextFormat {
    func append(_ value: Int32, to buffer: TextBuffer) { buffer.appendDate(value) }
}

struct TimestampFormat: TextFormat {
    let utc: Bool

    func append(_ value: Int64, to buffer: TextBuffer) { buffer.appendTimestamp(value, utc: utc) }
}

struct DurationFormat: TextFormat {
    func append(_ value: Int64, to buffer: TextBuffer) { buffer.appendDuration(value) }
}
